"""The campaign's report: what is in it, what it holds for a later one, what a damaged file does."""

import re
from pathlib import Path

import pytest

from gestures.session import Header, Session, read, write
from kiosk.app.replay import ReplayHouse
from kiosk.tools import campaign
from kiosk.tools.campaign.figures import SCHEMA, Campaign
from kiosk.tools.campaign.figures import Session as Played
from kiosk.tools.campaign.page import NoCampaign, page, read_campaign
from tests.helpers.hands import DEMO


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A labelled session, the same with a label that nobody answers, an idle one, a damaged one."""
    made = tmp_path_factory.mktemp("campaign")
    session = read(DEMO / "made" / "victory.jsonl.gz")
    write(made / "good.jsonl", session)
    first, last = session.labels
    wrong = last.__class__(last.start_ms, last.end_ms, first.kind)
    write(made / "missed.jsonl", Session(session.header, session.frames, (first, wrong)))
    idle = Header(scene="idle: nobody", aspect=1.7, generator="by hand")
    write(made / "quiet.jsonl", Session(idle, session.frames[:3]))
    (made / "bad.jsonl").write_text("{}\n")
    return made


def made(folder: Path, out: Path, *more: str) -> int:
    house = ReplayHouse()
    return campaign.main([str(folder), "--out", str(out), *more], lambda sites: house)


def test_a_folder_becomes_one_page_that_needs_nothing_else(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "one.html"
    assert made(folder, out, "--label", "first") == 2  # one of them is damaged
    said = capsys.readouterr()
    assert "bad.jsonl:1" in said.err
    assert "3 sessions" in said.out
    text = out.read_text("utf-8")
    assert "bad.jsonl:1" in text
    without_face = re.sub(r"url\(data:[^)]*\)", "", text)
    assert not re.search(r"https?://|src=|href=|@import", without_face)
    found = read_campaign(text)
    assert (found.label, found.meant, found.detected, found.false) == ("first", 4, 3, 1)
    assert found.table("idle")[0]["events"] == 0
    assert found.delays_ms["static"]


def test_a_later_report_draws_how_the_earlier_did(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    made(folder, one, "--label", "first")
    assert "버전별" not in one.read_text("utf-8")
    made(folder, two, "--label", "second", "--earlier", str(one))
    assert "버전별" in two.read_text("utf-8")
    assert "first" in two.read_text("utf-8")


@pytest.mark.parametrize("text", ["", "<html></html>", "no report"])
def test_an_earlier_report_that_is_none_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    other = tmp_path / "other.html"
    other.write_text(text)
    assert made(folder, tmp_path / "out.html", "--earlier", str(other)) == 2
    assert "other.html" in capsys.readouterr().err
    assert not (tmp_path / "out.html").exists()


def test_what_a_session_is_called_can_not_become_part_of_the_page() -> None:
    name = "<script>alert(1)</script>"
    sessions = (Played(name, 1.0, golden="differs", differences={"late": 1}),)
    text = page(Campaign(SCHEMA, name, 0, sessions))
    assert "<script>alert" not in text
    assert read_campaign(text).sessions[0].name == name


def test_another_schema_is_refused() -> None:
    text = page(Campaign("campaign/9", "x", 0, ()))
    with pytest.raises(NoCampaign, match="campaign/9"):
        read_campaign(text)
