"""The demonstration's hands give on the wall what they gave when their goldens were written.

After a change that is meant: `./kiosk.sh replay assets/demo/hands --golden UPDATE --goldens
tests/data/goldens`, and look at what has changed."""

from pathlib import Path

import pytest

from kiosk.app.replay import ReplayHouse
from kiosk.tools import replay
from tests.helpers.hands import DEMO

GOLDENS = Path(__file__).resolve().parents[1] / "data" / "goldens"


def test_the_demonstration_s_hands_are_as_their_goldens(
    capsys: pytest.CaptureFixture[str],
) -> None:
    house = ReplayHouse()
    options = ["--golden", "CHECK", "--goldens", str(GOLDENS)]
    code = replay.main([str(DEMO), *options], lambda sites: house)
    said = capsys.readouterr()
    assert (code, said.out) == (0, "")
    assert "11 compared, 0 differ" in said.err
    assert len(list(GOLDENS.iterdir())) == 11
