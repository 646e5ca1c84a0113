"""The tour through another city. In a file of its own: both tours are long, and files run side by
side."""

import json
from pathlib import Path

import pytest

from kiosk.tools import tour
from kiosk.tools.tour.script import SCRIPT

pytestmark = pytest.mark.slow


def test_the_tour_goes_through_another_city(tmp_path: Path) -> None:
    """The invented city shows fewer panels and understands other recordings."""
    report = tmp_path / "tour.jsonl"
    code = tour.main(["--site", "ternharbour", "--json", str(report)])
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [line["failure"] for line in lines if not line["ok"]] == []
    assert code == 0
    assert len(lines) == len(SCRIPT) - sum(bool(step.clip) for step in SCRIPT)
