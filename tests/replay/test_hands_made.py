"""The tour's made-up hands say what their labels say."""

from pathlib import Path

import pytest

from gestures.events import Phase
from gestures.replay import replay_stream
from gestures.session import read
from tests.helpers.hands import DEMO

MADE = sorted((DEMO / "made").glob("*.jsonl.gz"))


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name.split(".")[0])
def test_a_made_session_is_recognised_and_says_how_it_was_made(path: Path) -> None:
    session = read(path)
    begun = (Phase.FIRED, Phase.BEGAN)
    found = [e.kind for e in replay_stream(path, engaged=False) if e.phase in begun]
    assert found == [label.kind for label in session.labels]
    assert len(found) == 2
    assert session.header.generator
    assert session.header.seed is not None
    assert session.header.note.startswith("cut from")
