"""Sessions of the wall: what is written is read, and whatever a file holds, it is a session or an
error with its line."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.app.replay import ReplayHouse
from kiosk.inputs.recorded import (
    SCHEMA,
    Flicked,
    Header,
    Keyed,
    Pointed,
    Requested,
    Said,
    Sounded,
    Told,
    Touched,
    WallSession,
    WallSessionError,
    read_wall_session,
    write_wall_session,
)
from kiosk.tools.replay.play import play
from kiosk.tools.replay.sources import find_sources
from kiosk.tools.replay.timeline import read_timeline

WORDS = st.text(max_size=12)
ARGS = st.dictionaries(WORDS, st.integers(-9, 9) | WORDS | st.booleans(), max_size=3)
TIMES = st.integers(0, 10**9)
LINES = st.one_of(
    st.builds(Touched, TIMES, WORDS, ARGS, WORDS),
    st.builds(Pointed, TIMES, WORDS, ARGS, WORDS),
    st.builds(Keyed, TIMES, WORDS),
    st.builds(Flicked, TIMES, WORDS),
    st.builds(Said, TIMES, WORDS),
    st.builds(Sounded, TIMES, WORDS),
    st.builds(Requested, TIMES, WORDS, WORDS, st.sampled_from(["mayor", None]), ARGS),
    st.builds(Told, TIMES, WORDS, ARGS),
)
SESSIONS = st.lists(LINES, max_size=8).map(
    lambda lines: WallSession(Header(SCHEMA), tuple(sorted(lines, key=lambda line: line.t_ms)))
)
quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def trouble(file: Path) -> WallSessionError | None:
    """None where it can be read."""
    try:
        read_wall_session(file)
    except WallSessionError as error:
        return error
    return None


@pytest.mark.parametrize("name", ["a.wall.jsonl", "a.wall.jsonl.gz"])
@quick
@given(session=SESSIONS)
def test_what_is_written_is_read(tmp_path: Path, name: str, session: WallSession) -> None:
    file = tmp_path / name
    write_wall_session(file, session)
    first = file.read_bytes()
    assert read_wall_session(file) == session
    write_wall_session(file, session)
    assert file.read_bytes() == first


@quick
@given(session=SESSIONS, at=st.floats(0, 1), junk=st.binary(max_size=20))
def test_damage_anywhere_is_an_error_with_a_line_or_no_damage(
    tmp_path: Path, session: WallSession, at: float, junk: bytes
) -> None:
    file = tmp_path / "a.wall.jsonl"
    write_wall_session(file, session)
    whole = file.read_bytes()
    place = round(at * len(whole))
    file.write_bytes(whole[:place] + junk + whole[place + len(junk) :])
    found = trouble(file)
    if found is not None:
        assert found.file == file
        assert 0 <= found.line <= whole.count(b"\n") + junk.count(b"\n") + 1


@quick
@given(session=SESSIONS, kept=st.floats(0, 1))
def test_a_packed_file_that_is_cut_off_says_so(
    tmp_path: Path, session: WallSession, kept: float
) -> None:
    file = tmp_path / "a.wall.jsonl.gz"
    write_wall_session(file, session)
    whole = file.read_bytes()
    file.write_bytes(whole[: round(kept * (len(whole) - 1))])
    with pytest.raises(WallSessionError, match=r"a\.wall\.jsonl\.gz:"):
        read_wall_session(file)


@pytest.fixture(scope="module")
def house() -> ReplayHouse:
    return ReplayHouse()


@quick
@given(session=SESSIONS)
def test_any_session_can_be_played_and_gives_the_same_twice(
    tmp_path: Path, house: ReplayHouse, session: WallSession
) -> None:
    """What is no command, key or gesture of ours is refused like anything else at the wall."""
    lines = tuple(line for line in session.lines if not isinstance(line, Said | Sounded))
    file = tmp_path / "a.wall.jsonl"
    write_wall_session(file, WallSession(session.header, lines))
    (source,) = find_sources([file])
    first, second = (
        play(read_timeline(source, lambda: house.understanding), house) for _ in range(2)
    )
    assert first == second
    touched = [line for line in lines if isinstance(line, Touched)]
    told = [e for e in first.events if e.details.get("source") == "touch"]
    assert len(told) >= len(touched)
