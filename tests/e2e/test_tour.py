"""The tour is the visitors' demonstration and the widest test: every step leads to its Outcome."""

import json
from pathlib import Path

import pytest

from kiosk.tools import tour
from kiosk.tools.tour.script import SCRIPT

pytestmark = pytest.mark.slow


def test_every_step_of_the_tour_leads_to_its_outcome(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report, shots = tmp_path / "tour.jsonl", tmp_path / "shots"
    code = tour.main(["--quick", "--json", str(report), "--screenshot", str(shots)])
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [line["failure"] for line in lines if not line["ok"]] == []
    assert code == 0
    assert [line["step"] for line in lines] == [step.name for step in SCRIPT]
    sources = {record["source"] for line in lines for record in line["records"]}
    assert sources >= {"touch", "gesture", "voice", "tablet"}
    assert len(list(shots.glob("*.png"))) == len(SCRIPT)
    assert f"{len(SCRIPT)} of {len(SCRIPT)} steps" in capfd.readouterr().out


def test_the_tour_goes_through_another_city(tmp_path: Path) -> None:
    """The invented city shows fewer panels and understands other recordings."""
    report = tmp_path / "tour.jsonl"
    code = tour.main(["--quick", "--site", "ternharbour", "--json", str(report)])
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [line["failure"] for line in lines if not line["ok"]] == []
    assert code == 0
    assert len(lines) == len(SCRIPT) - sum(bool(step.clip) for step in SCRIPT)
