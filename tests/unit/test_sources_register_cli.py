"""`sources list` and `sources check`: what is registered, and one question to a real address."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.cli import main
from tests.helpers.city_systems import (
    KEY,
    Systems,
    air,
    city_systems,
    declare,
    refusal,
    write_key,
)


@pytest.fixture
def systems() -> Iterator[Systems]:
    with city_systems() as made:
        made.answers["RealtimeCityAir"] = lambda: (200, air("202611221400", {"종로구": 33.0}))
        yield made


@pytest.fixture
def site(tmp_path: Path, systems: Systems) -> list[str]:
    """Options for a site with three sources of its own and one key."""
    declare(tmp_path / "sources", systems.url)
    write_key(tmp_path / "secrets.toml")
    file = tmp_path / "site.toml"
    file.write_text(
        f'[backend]\nsources = "{tmp_path}/sources"\nsecrets = "{tmp_path}/secrets.toml"\n',
        encoding="utf-8",
    )
    return ["--site", str(file), "--data", str(tmp_path / "data")]


def listed(capsys: pytest.CaptureFixture[str], *argv: str) -> list[dict[str, object]]:
    main(["sources", "list", "--json", *argv])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_source_is_listed(site: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    rows = listed(capsys, *site)
    assert len(rows) >= 300
    assert len({row["id"] for row in rows}) == len(rows)
    by_id = {row["id"]: row for row in rows}
    assert by_id["demo-signals"]["simulated"]
    assert by_id["seoul-air"]["idle"] is not None
    assert by_id["test-air"].get("idle") is None
    assert all(row["freshness"] in ("fresh", "late", "stale", "absent") for row in rows)


@pytest.mark.parametrize(
    ("words", "found"),
    [("test-air", 1), ("종로구청", 5), ("ㄸㄹㅇ 정비", 1), ("nothing at all", 0)],
)
def test_sources_are_found_by_words(
    site: list[str], capsys: pytest.CaptureFixture[str], words: str, found: int
) -> None:
    assert len(listed(capsys, "--find", words, *site)) == found


def test_a_real_question_and_what_came(
    site: list[str], systems: Systems, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sources", "check", "test-air", "--json", *site]) == 0
    out, err = capsys.readouterr()
    items = [json.loads(line) for line in out.splitlines()]
    assert [i["value"] for i in items if i["kind"] == "air.pm25"] == [33.0]
    assert "calls today: 1 of 1000" in err
    assert "{key}" in err
    assert KEY not in out + err
    assert KEY in systems.asked[0]


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        ((200, refusal("INFO-100")), 3, "INFO-100"),
        ((200, "<html/>"), 4, "not_understood"),
        ((503, KEY), 3, "status 503"),
        ((200, f"no such key: {KEY}"), 4, ""),
        ((200, refusal("INFO-200")), 0, "calls today"),
    ],
)
def test_the_exit_code_says_what_came_of_it(
    site: list[str],
    systems: Systems,
    capsys: pytest.CaptureFixture[str],
    answer: tuple[int, str],
    code: int,
    message: str,
) -> None:
    systems.answers["RealtimeCityAir"] = lambda: answer
    assert main(["sources", "check", "test-air", *site]) == code
    out, err = capsys.readouterr()
    assert message in err
    assert KEY not in out + err


@pytest.mark.parametrize(
    ("name", "message"),
    [("seoul-air", "no key here: seoul"), ("hub-air", "no address"), ("nope", "no declared")],
)
def test_what_cannot_be_asked_says_why(
    site: list[str], capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    assert main(["sources", "check", name, *site]) == 2
    assert message in capsys.readouterr().err
