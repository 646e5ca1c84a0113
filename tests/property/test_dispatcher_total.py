"""Whatever is submitted: an Outcome, a record, and a state that is still a state."""

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.commands import all_commands
from kiosk.core.state import ViewState
from tests.helpers.heart import Heart

IDS = [command.id for command in all_commands()]
NAMES = ["panel", "district", "indicator", "camera", "tiles", "number", "nonce", "language", "x"]
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
likely = st.sampled_from(["home", "cctv", "송파구", "11110", "pm25", "3", 1, 9, 16, "ko", "dark"])
steps = st.tuples(
    st.sampled_from(IDS) | st.text(max_size=20),
    st.dictionaries(st.sampled_from(NAMES), json_values | likely, max_size=3),
    st.integers(min_value=0, max_value=20_000),
)


@settings(deadline=None)
@given(st.lists(steps, max_size=25))
def test_submit_is_total(script: list[tuple[str, dict[str, Any], int]]) -> None:
    heart = Heart()
    for command, args, wait_ms in script:
        before = len(heart.records)
        outcome = heart.intake.touch(command, args, "fuzz")
        heart.clock.advance(wait_ms)
        heart.dispatcher.tick()
        assert outcome.status.value != "failed"
        assert outcome.reason.ko
        assert len(heart.records) > before
    encoded = msgspec.json.encode(heart.store.state)
    assert msgspec.json.decode(encoded, type=ViewState) == heart.store.state
