"""What is written is what is read, whatever it was."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gestures.events import GestureEvent, GestureKind, Hand, HandFrame, Phase
from gestures.session import Header, Label, Session, read, write

numbers = st.floats(-2, 2).map(lambda value: round(value, 4) + 0.0)
points = st.lists(st.tuples(numbers, numbers, numbers), min_size=21, max_size=21).map(tuple)
hands = st.builds(
    Hand,
    side=st.sampled_from(["left", "right"]),
    score=st.floats(0, 1),
    lm=points,
    world=points,
)
kinds = st.sampled_from(list(GestureKind))
times = st.integers(0, 2**53)
spans = st.tuples(times, times).map(sorted)
labels = st.builds(lambda span, kind: Label(span[0], span[1], kind), spans, kinds)
events = st.builds(
    GestureEvent,
    kind=kinds,
    phase=st.sampled_from(list(Phase)),
    hand=st.sampled_from(["left", "right"]),
    pointer=st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)),
    confidence=st.floats(0, 1),
    t_ms=times,
)
headers = st.builds(
    Header,
    schema=st.just("hands/1"),
    model=st.text(),
    camera=st.text(),
    crop=st.text(),
    aspect=st.floats(0.2, 5),
    source=st.text(),
    fps=st.none() | st.floats(1, 240),
    distance_m=st.none() | st.floats(0.1, 20),
    generator=st.text(),
    seed=st.none() | st.integers(0, 2**31),
    scene=st.text(),
    engaged=st.booleans(),
)


@given(
    header=headers,
    shown=st.lists(st.lists(hands, max_size=2).map(tuple), max_size=4),
    at=st.lists(times, min_size=4, max_size=4, unique=True).map(sorted),
    meant=st.lists(labels, max_size=3).map(tuple),
    said=st.lists(events, max_size=3).map(tuple),
    suffix=st.sampled_from([".jsonl", ".jsonl.gz"]),
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
def test_a_session_comes_back(
    tmp_path: Path,
    header: Header,
    shown: list[tuple[Hand, ...]],
    at: list[int],
    meant: tuple[Label, ...],
    said: tuple[GestureEvent, ...],
    suffix: str,
) -> None:
    aspect = header.aspect
    assert aspect is not None
    frames = tuple(HandFrame(t, each, aspect) for t, each in zip(at, shown, strict=False))
    session = Session(header, frames, meant, said)
    path = tmp_path / f"any{suffix}"
    write(path, session)
    assert read(path) == session
