"""What a golden is compared by: each kind of difference, told so that a person can read it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.tools.replay.golden import Tolerance, compare
from kiosk.tools.replay.play import Event

TOLERANCE = Tolerance(time_ms=80, pointer=0.03, score=0.1)


def swipe(t_ms: int, kind: str = "swipe_up", confidence: float = 0.8) -> Event:
    return Event(
        t_ms,
        "gesture",
        kind,
        {"phase": "fired", "hand": "right", "pointer": [0.5, 0.5], "confidence": confidence},
    )


def outcome(t_ms: int, status: str = "done") -> Event:
    return Event(t_ms, "outcome", "panel.next", {"status": status, "args": {"n": 1}})


@pytest.mark.parametrize(
    ("found", "kinds"),
    [
        ([swipe(1000)], []),
        ([swipe(1080)], []),
        ([swipe(1081)], ["late"]),
        ([swipe(919)], ["early"]),
        ([swipe(1000, confidence=0.71)], []),
        ([swipe(1000, confidence=0.6)], ["other values"]),
        ([swipe(1020, "swipe_down")], ["other kind"]),
        ([swipe(1500, "swipe_down")], ["missing", "extra"]),
        ([swipe(3001)], ["missing", "extra"]),
        ([], ["missing"]),
        ([swipe(1000), swipe(1400)], ["extra"]),
        ([outcome(1000)], ["missing", "extra"]),
    ],
)
def test_each_kind_of_difference(found: list[Event], kinds: list[str]) -> None:
    told = compare([swipe(1000)], found, TOLERANCE)
    assert sorted(d.kind for d in told) == sorted(kinds)


def test_it_is_told_what_was_expected_and_what_was_found() -> None:
    (late,) = compare([swipe(1000)], [swipe(1240)], TOLERANCE)
    assert late.told == "gesture swipe_up fired, 240 ms later than expected (at most 80 ms)"
    (other,) = compare([outcome(5)], [outcome(5, "denied")], TOLERANCE)
    assert other.told == 'outcome panel.next done: status "done" expected, "denied" found'


def test_a_pointer_may_be_off_by_a_little() -> None:
    moved = msgspec.structs.replace(swipe(0), details={**swipe(0).details, "pointer": [0.52, 0.5]})
    far = msgspec.structs.replace(swipe(0), details={**swipe(0).details, "pointer": [0.6, 0.5]})
    none = msgspec.structs.replace(swipe(0), details={**swipe(0).details, "pointer": None})
    assert compare([swipe(0)], [moved], TOLERANCE) == ()
    assert [d.kind for d in compare([swipe(0)], [far], TOLERANCE)] == ["other values"]
    assert [d.kind for d in compare([swipe(0)], [none], TOLERANCE)] == ["other values"]


EVENTS = st.lists(
    st.builds(
        swipe,
        st.integers(0, 20_000),
        st.sampled_from(["swipe_up", "swipe_down", "point"]),
        st.floats(0, 1).map(lambda value: round(value, 3)),
    ),
    max_size=12,
).map(lambda events: sorted(events, key=lambda event: event.t_ms))


@given(EVENTS)
def test_what_is_the_same_differs_in_nothing(events: list[Event]) -> None:
    assert compare(events, events, Tolerance(0, 0.0, 0.0)) == ()


@given(EVENTS, EVENTS)
def test_every_event_is_accounted_for(expected: list[Event], found: list[Event]) -> None:
    """Missing ones and paired ones are all that was expected, extra ones and paired all found."""
    kinds = [d.kind for d in compare(expected, found, TOLERANCE)]
    missing, extra = kinds.count("missing"), kinds.count("extra")
    assert len(expected) - missing == len(found) - extra
    assert [d.t_ms for d in compare(expected, found, TOLERANCE)] == sorted(
        d.t_ms for d in compare(expected, found, TOLERANCE)
    )
