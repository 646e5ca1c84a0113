"""The wall of another city, every panel of it: not a word of the default city's on any."""

import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[2]
SEOUL = ROOT / "config" / "city" / "seoul"
NAMED = {"districts": "district", "neighbourhoods": "neighbourhood", "cameras": "camera"}
OTHERS = ("서울", "Seoul", "한강", "Han River", "아리수", "Arisu", "따릉이", "엠보팅", "mVoting")
MORE = ("다산", "Dasan", "119", "자치구", "행정동", "TOPIS", "AirKorea", "에어코리아", "Songpa")
CITY_PANELS = {"incident", "cctv", "traffic", "air", "complaints", "indicators", "compare"}
OWN_PANELS = {
    "home",
    "orders",
    "search",
    "system",
    "help",
    "pairing",
    "sources",
    "usage",
    "disclosure",
}


class Screen(msgspec.Struct, frozen=True):
    """What is written on a screen, in a language; `voice` is what can be said."""

    screen: str
    language: str
    texts: tuple[str, ...]


def painted(site: str) -> list[Screen]:
    """Every screen of a site's wall, in a process of its own: a process is one city's."""
    command = [sys.executable, "-m", "tests.helpers.painted", site]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [msgspec.json.decode(line, type=Screen) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def screens() -> list[Screen]:
    return painted("ternharbour")


def names_of_seoul() -> set[str]:
    found = {*OTHERS, *MORE}
    for file, table in NAMED.items():
        rows = tomllib.loads((SEOUL / f"{file}.toml").read_text("utf-8"))[table]
        found |= {name for row in rows for name in row["name"].values()}
    return found


@pytest.mark.slow
def test_no_name_of_seoul_is_on_any_screen_or_can_be_said(screens: list[Screen]) -> None:
    names = names_of_seoul()
    assert len(names) > 800
    found = {
        (screen.screen, screen.language, name)
        for screen in screens
        for text in screen.texts
        for name in names
        if name in text
    }
    assert not found


@pytest.mark.slow
def test_it_shows_every_panel_that_it_declares_and_no_other(screens: list[Screen]) -> None:
    shown = {s.screen for s in screens if " " not in s.screen and s.screen != "voice"}
    assert shown == CITY_PANELS | OWN_PANELS | {"projects"}
    for screen in screens:
        assert len(screen.texts) > 20, screen.screen


@pytest.mark.slow
def test_it_says_on_every_screen_that_it_is_invented(screens: list[Screen]) -> None:
    words = {"ko": "가상 도시", "en": "An invented city"}
    for screen in screens:
        if screen.screen != "voice":
            assert any(words[screen.language] in text for text in screen.texts), screen.screen


@pytest.mark.slow
def test_it_counts_as_its_people_do(screens: list[Screen]) -> None:
    written = {s.screen: s.texts for s in screens if s.language == "en"}
    assert "mph" in written["traffic"]
    assert "°F" in written["air"]
    assert any("Traffic by ward" in text for text in written["traffic"])
    assert "Tern Harbour" in written["home"]


@pytest.mark.slow
def test_the_edition_of_a_district_names_no_other_one() -> None:
    rows = tomllib.loads((SEOUL / "districts.toml").read_text("utf-8"))["district"]
    others = {row["name"]["ko"] for row in rows} - {"강남구", "중구"}
    found = {
        (screen.screen, text)
        for screen in painted("gangnam")
        if screen.screen not in ("voice", "sources") and screen.language == "ko"
        for text in screen.texts
        for name in others
        if name in text
    }
    assert not found
