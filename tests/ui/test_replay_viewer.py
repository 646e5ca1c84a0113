"""The viewer by finger and key: time, differences, labels, a part as a golden, both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from gestures.events import GestureKind
from gestures.session import SCHEMA as HANDS_SCHEMA
from gestures.session import Header as HandsHeader
from gestures.session import Label, Session, read, write
from gestures.variant import Variant, read_variant
from kiosk.app.replay import ReplayHouse
from kiosk.inputs.recorded import SCHEMA, Header, Touched, WallSession, write_wall_session
from kiosk.tools import replay
from kiosk.tools.replay.golden import read_golden
from kiosk.tools.replay.sources import find_sources
from kiosk.tools.replay.viewer.model import SessionView
from kiosk.tools.replay.viewer.window import Viewer
from kiosk.ui.theme import make_theme
from tests.helpers.hands import DEMO, Scene, perform

VICTORY = DEMO / "made" / "victory.jsonl.gz"


@pytest.fixture(scope="module")
def house() -> ReplayHouse:
    return ReplayHouse()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "victory.jsonl.gz").write_bytes(VICTORY.read_bytes())
    write_wall_session(
        tmp_path / "victory.wall.jsonl",
        WallSession(Header(SCHEMA), (Touched(400, "panel.open", {"panel": "help"}),)),
    )
    return tmp_path


@pytest.fixture
def viewer(qapp: object, folder: Path, house: ReplayHouse) -> Iterator[Viewer]:
    yield from shown(folder, house, None)


def shown(folder: Path, house: ReplayHouse, other: Variant | None) -> Iterator[Viewer]:
    theme = make_theme(1280, 720)
    made = Viewer(find_sources([folder]), house, other, theme, ask=lambda parent, words: True)
    made.resize(1280, 720)
    made.show()
    opened(made)
    yield made
    made.close()
    made.deleteLater()


def opened(viewer: Viewer) -> None:
    """Waits until the session that is being read is there, or why it is not."""
    if viewer.opening.running:
        loop = QEventLoop()
        viewer.opening.ended.connect(lambda _: loop.quit())
        loop.exec()


def session_of(viewer: Viewer) -> SessionView | None:
    return viewer.session


def press(viewer: Viewer, words: str) -> None:
    (button,) = [b for b in viewer.findChildren(QPushButton) if b.text() == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def limits(viewer: Viewer) -> list[str]:
    table = viewer.reasons.limits
    items = [table.item(y, 0) for y in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def test_it_says_why(viewer: Viewer) -> None:
    viewer.show_time(2700)
    assert "가장 비슷한 모양" in limits(viewer)
    table = viewer.reasons.told
    told = [table.item(y, 1) for y in range(table.rowCount())]
    assert any("두 손가락" in item.text() for item in told if item is not None)


def test_keys_step_through_the_frames(viewer: Viewer) -> None:
    viewer.activateWindow()
    viewer.show_time(1000)
    press(viewer, "한 장 ›")
    after = viewer.t_ms
    assert after > 1000 - 1
    press(viewer, "‹ 한 장")
    assert viewer.t_ms < after


def test_it_plays_and_rests(viewer: Viewer) -> None:
    press(viewer, "재생")
    assert viewer.play.text() == "멈춤"
    viewer.show_time(10_000_000)
    assert viewer.session is not None
    assert viewer.t_ms == viewer.session.length_ms
    assert viewer.play.text() == "재생"


def test_the_next_difference_is_a_label_that_nobody_answers(viewer: Viewer) -> None:
    session = viewer.session
    assert session is not None
    press(viewer, "다음 다른 점 ›")
    assert viewer.t_ms == 0
    session.add_label(4000, 4200, GestureKind.CALL)
    press(viewer, "다음 다른 점 ›")
    assert viewer.t_ms == 4000
    press(viewer, "‹ 다른 점")
    assert viewer.t_ms == 4000


def test_a_label_is_added_saved_and_taken_away(viewer: Viewer, folder: Path) -> None:
    before = read(folder / "victory.jsonl.gz")
    assert not viewer.editing.save.isEnabled()
    press(viewer, "실제 표시")
    viewer.show_time(4000)
    press(viewer, "[ 여기부터")
    viewer.show_time(4300)
    press(viewer, "여기까지 ]")
    viewer.editing.kind.setCurrentIndex(viewer.editing.kind.findData(GestureKind.CALL.value))
    press(viewer, "실제 표시")
    press(viewer, "표시 저장")
    after = read(folder / "victory.jsonl.gz")
    assert set(after.labels) - set(before.labels) == {Label(4000, 4300, GestureKind.CALL)}
    assert after.frames == before.frames
    press(viewer, "표시 지우기")
    press(viewer, "표시 저장")
    assert read(folder / "victory.jsonl.gz").labels == before.labels
    assert not viewer.editing.save.isEnabled()


def test_a_part_becomes_a_session_with_a_golden(viewer: Viewer, folder: Path) -> None:
    press(viewer, "이 부분을 기준으로 내보내기")
    assert len(list(folder.iterdir())) == 2
    viewer.show_time(2000)
    press(viewer, "[ 여기부터")
    viewer.show_time(4500)
    press(viewer, "여기까지 ]")
    press(viewer, "이 부분을 기준으로 내보내기")
    hands = read(folder / "victory-2000-4500.jsonl.gz")
    assert hands.header.engaged
    assert [label.kind for label in hands.labels] == [GestureKind.VICTORY]
    golden = read_golden(folder / "victory-2000-4500.golden.jsonl")
    assert "victory" in [event.kind for event in golden.events]


def test_what_was_cut_out_holds_against_its_golden(
    viewer: Viewer, folder: Path, house: ReplayHouse
) -> None:
    assert viewer.session is not None
    viewer.session.cut(0, 5000, folder, "all")
    assert (folder / "all.wall.jsonl").exists()
    code = replay.main([str(folder / "all.jsonl.gz"), "--golden", "CHECK"], lambda sites: house)
    assert code == 0


def test_both_languages(viewer: Viewer) -> None:
    press(viewer, "English")
    assert viewer.windowTitle() == "Session viewer"
    viewer.show_time(2700)
    assert "Best shape's grade" in limits(viewer)
    press(viewer, "한국어")
    assert viewer.windowTitle() == "기록 보기"


def test_two_versions_side_by_side(
    qapp: object, folder: Path, house: ReplayHouse, tmp_path: Path
) -> None:
    file = tmp_path / "slow.toml"
    file.write_text("[hold.hold_ms]\nvictory = 900\n")
    for viewer in shown(folder, house, read_variant(file)):
        session = viewer.session
        assert session is not None
        assert session.between
        viewer.jump(1)
        assert viewer.t_ms == session.stops()[0]
        viewer.show_time(2900)
        assert viewer.reasons.limits.columnCount() == 7
        assert len(session.moments(2900)) == 2


def test_a_damaged_session_says_why_and_the_others_can_be_opened(
    qapp: object, folder: Path, house: ReplayHouse
) -> None:
    (folder / "bad.jsonl").write_text("{}\n")
    for viewer in shown(folder, house, None):
        assert viewer.session is None
        press(viewer, "다음 세션 ›")
        opened(viewer)
        assert viewer.session is not None


def test_a_session_without_hands_has_its_inputs(
    qapp: object, tmp_path: Path, house: ReplayHouse
) -> None:
    lines = (Touched(400, "panel.open", {"panel": "help"}),)
    write_wall_session(tmp_path / "a.wall.jsonl", WallSession(Header(SCHEMA), lines))
    for viewer in shown(tmp_path, house, None):
        assert viewer.session is not None
        assert [m.kind for m in viewer.session.outcomes()] == ["panel.open"]
        viewer.step(1)
        assert viewer.t_ms == 100


def test_labels_of_an_unlabelled_session_are_written_too(
    qapp: object, tmp_path: Path, house: ReplayHouse
) -> None:
    session = read(VICTORY)
    write(tmp_path / "a.jsonl", Session(session.header, session.frames))
    for viewer in shown(tmp_path, house, None):
        assert viewer.session is not None
        viewer.session.add_label(900, 700, GestureKind.PALM_HOLD)
        viewer.editing.save_labels()
    assert read(tmp_path / "a.jsonl").labels == (Label(700, 900, GestureKind.PALM_HOLD),)


def test_opening_can_be_left_and_begun_again(
    qapp: object, folder: Path, house: ReplayHouse
) -> None:
    viewer = Viewer(find_sources([folder]), house, None, make_theme(1280, 720))
    viewer.show()
    assert not viewer.progress.isHidden()
    press(viewer, "그만두기")
    assert not viewer.opening.running
    assert session_of(viewer) is None
    press(viewer, "다시 열기")
    opened(viewer)
    assert session_of(viewer) is not None
    assert viewer.progress.isHidden()
    assert viewer.leave.isHidden()
    viewer.close()
    viewer.deleteLater()


def test_the_session_before_stays_until_the_next_is_read(
    qapp: object, folder: Path, house: ReplayHouse
) -> None:
    (folder / "w.jsonl.gz").write_bytes(VICTORY.read_bytes())
    for viewer in shown(folder, house, None):
        before = viewer.session
        press(viewer, "다음 세션 ›")
        assert viewer.session is before
        press(viewer, "그만두기")
        assert viewer.session is before
        viewer.show_time(2700)
        assert "가장 비슷한 모양" in limits(viewer)


def test_it_says_how_far_it_is(folder: Path, house: ReplayHouse) -> None:
    said: list[float | None] = []
    (source,) = find_sources([folder])
    SessionView(source, house, Variant(), said.append)
    parts = [part for part in said if part is not None]
    assert parts == sorted(parts)
    assert 0.0 <= parts[0] < 0.5 < parts[-1] <= 1.0
    assert None in said


def test_an_attempt_that_was_meant_is_explained_for_as_long_as_its_label(
    qapp: object, tmp_path: Path, house: ReplayHouse
) -> None:
    """A pinch that is a little too wide: nothing was told, and the reason stands wherever in the
    label somebody looks."""
    frames = tuple(perform(GestureKind.PINCH_TAP, Scene(30)).frames)
    label = Label(900, 2000, GestureKind.PINCH_TAP)
    write(tmp_path / "a.jsonl", Session(HandsHeader(schema=HANDS_SCHEMA), frames, (label,)))
    file = tmp_path / "strict.toml"
    file.write_text("[pinch]\nclosed = 0.01\n")
    for viewer in shown(tmp_path, house, read_variant(file)):
        for t_ms in (950, 1990):
            viewer.show_time(t_ms)
            heading = limits(viewer)[0]
            assert heading.startswith("엄지와 검지 집기: ")
            assert "모든 기준에 맞음" in heading
            assert "안 맞는 기준 1개" in heading
            assert "엄지와 검지 사이, 손바닥" in limits(viewer)


def test_a_long_session_shows_its_first_minute_and_follows_the_time(
    qapp: object, tmp_path: Path, house: ReplayHouse
) -> None:
    lines = tuple(Touched(t_ms, "nav.home") for t_ms in range(0, 600_000, 2_000))
    write_wall_session(tmp_path / "a.wall.jsonl", WallSession(Header(SCHEMA), lines))
    for viewer in shown(tmp_path, house, None):
        assert viewer.plots.in_view_s[1] < 90
        assert 0 < viewer.plots.named < 100
        viewer.show_time(500_000)
        begin_s, end_s = viewer.plots.in_view_s
        assert begin_s < 500 < end_s


def test_a_swipe_of_one_version_stands_beside_the_move_that_is_none_to_the_other(
    qapp: object, tmp_path: Path, house: ReplayHouse
) -> None:
    frames = tuple(perform(GestureKind.SWIPE_DOWN, Scene(30)).frames)
    write(tmp_path / "a.jsonl", Session(HandsHeader(schema=HANDS_SCHEMA), frames))
    file = tmp_path / "straight.toml"
    file.write_text("[swipe]\nbend = -1.0\n")
    for viewer in shown(tmp_path, house, read_variant(file)):
        session = viewer.session
        assert session is not None
        (swipe,) = [m for m in session.told(session.first) if m.kind == "swipe_down"]
        viewer.show_time(swipe.start_ms)
        assert limits(viewer)[0].startswith("아래로 쓸기: ")
        row = limits(viewer).index("휘어짐")
        cells = [viewer.reasons.limits.item(row, x) for x in range(7)]
        words = [cell.text() for cell in cells if cell is not None]
        assert words[1] == words[4]
        assert (words[3], words[6]) == ("✓", "✗")
