"""Lists under fingers: they follow, glide, stop at a touch, show their ends; two at once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.panels.paging import PagedRows
from kiosk.ui.component import Target
from kiosk.ui.paint import Canvas
from kiosk.ui.scroll import Scroll
from kiosk.ui.theme import Theme, make_theme

ROW_PX = 100
FRAME_MS = 16
RGB = QImage.Format.Format_RGB888


class Numbers(PagedRows):
    """A hundred rows of 100u that ask for their number."""

    name = "numbers"
    row_u = float(ROW_PX)

    def count(self) -> int:
        return 100

    def paint_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        canvas.text(str(index), 10, box.center().y(), "lead")

    def row_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        return (Target(box, "row.open", {"row": index}, f"row.{index}"),)


class Fingers:
    """Touch events on one widget, at times of their own."""

    def __init__(self, widget: QWidget, device: QPointingDevice, patch: pytest.MonkeyPatch) -> None:
        self._widget, self._device = widget, device
        self._down: dict[int, QPoint] = {}
        self.t_ms = 1000.0
        patch.setattr("kiosk.ui.component.event_ms", lambda _event: self.t_ms)

    def _send(self, act: str, finger: int) -> None:
        sequence = QTest.touchEvent(self._widget, self._device, False)
        for other, place in self._down.items():
            if other == finger:
                getattr(sequence, act)(other, place, self._widget)
            else:
                sequence.stationary(other)
        sequence.commit(True)

    def press(self, x: float, y: float, finger: int = 0) -> None:
        self._down[finger] = QPoint(round(x), round(y))
        self._send("press", finger)

    def move(self, x: float, y: float, finger: int = 0, after_ms: int = FRAME_MS) -> None:
        self.t_ms += after_ms
        self._down[finger] = QPoint(round(x), round(y))
        self._send("move", finger)

    def lift(self, finger: int = 0, after_ms: int = 1) -> None:
        self.t_ms += after_ms
        self._send("release", finger)
        del self._down[finger]

    def tap(self, x: float, y: float, finger: int = 0) -> None:
        self.press(x, y, finger)
        self.lift(finger)

    def drag(self, x: float, begin_y: float, end_y: float, steps: int = 10) -> None:
        self.press(x, begin_y)
        for step in range(1, steps + 1):
            self.move(x, begin_y + (end_y - begin_y) * step / steps)


@pytest.fixture(scope="module")
def device(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return make_theme(1920, 1080)


@pytest.fixture
def rows(qtbot: QtBot, theme: Theme) -> Numbers:
    return shown(qtbot, theme)


def shown(qtbot: QtBot, theme: Theme) -> Numbers:
    made = Numbers(theme)
    qtbot.addWidget(made)
    made.resize(600, 868)
    made.show()
    qtbot.waitExposed(made)
    assert made.row_px() == ROW_PX
    assert made.per_page() == 8
    return made


@pytest.fixture
def fingers(rows: Numbers, device: QPointingDevice, monkeypatch: pytest.MonkeyPatch) -> Fingers:
    return Fingers(rows, device, monkeypatch)


def asked(rows: Numbers) -> list[str]:
    seen: list[str] = []
    rows.submitted.connect(lambda command, args, trigger: seen.append(trigger))
    return seen


def first_row(rows: Numbers) -> int:
    return rows.shown()[0][1]


def glide(rows: Numbers, ms: int) -> None:
    """The clock of what glides goes on so far."""
    rows.gliding.setCurrentTime(min(ms, rows.gliding.duration()))


def to_rest(rows: Numbers) -> None:
    glide(rows, rows.gliding.duration())
    assert not rows.moving


def test_a_tap_asks_for_the_row(rows: Numbers, fingers: Fingers) -> None:
    seen = asked(rows)
    fingers.tap(100, 350)
    assert seen == ["row.3"]


def test_the_list_follows_the_finger_and_asks_for_nothing(rows: Numbers, fingers: Fingers) -> None:
    seen = asked(rows)
    fingers.drag(100, 700, 400)
    assert rows.offset == pytest.approx(300, abs=rows.slop_px() + 30)
    assert rows.moving
    fingers.move(100, 400, after_ms=300)
    fingers.lift()
    to_rest(rows)
    assert rows.offset == 300
    assert seen == []


def test_a_press_shows_at_once_and_no_more_once_it_drags(rows: Numbers, fingers: Fingers) -> None:
    fingers.press(100, 350)
    assert rows.is_pressed("row.3")
    fingers.move(100, 350 + rows.slop_px() - 2)
    assert rows.is_pressed("row.3")
    fingers.move(100, 350 + rows.slop_px() + 4)
    assert not rows.is_pressed("row.3")
    fingers.lift()


def test_a_flick_glides_on_ever_slower_and_rests_on_a_whole_row(
    rows: Numbers, fingers: Fingers
) -> None:
    fingers.drag(100, 700, 450, steps=5)
    let_go = rows.offset
    fingers.lift()
    places = [let_go]
    for ms in range(FRAME_MS, rows.gliding.duration(), FRAME_MS):
        glide(rows, ms)
        places.append(rows.offset)
    steps = [b - a for a, b in pairwise(places)]
    assert all(step > 0 for step in steps)
    assert all(b <= a + 0.01 for a, b in pairwise(steps))
    # It begins with the finger's own speed: 50 px a frame.
    assert steps[0] == pytest.approx(50, rel=0.15)
    to_rest(rows)
    assert rows.offset % ROW_PX == 0
    assert rows.offset > let_go + 300


def test_what_glides_stops_at_a_touch_that_presses_nothing(rows: Numbers, fingers: Fingers) -> None:
    seen = asked(rows)
    fingers.drag(100, 700, 450, steps=5)
    fingers.lift()
    glide(rows, 100)
    there = rows.offset
    fingers.press(100, 300)
    assert rows.offset == there
    glide_ended = rows.gliding.state() == rows.gliding.State.Stopped
    assert glide_ended
    fingers.lift(after_ms=200)
    to_rest(rows)
    assert abs(rows.offset - there) <= ROW_PX / 2
    assert seen == []
    fingers.tap(100, 50)
    assert seen == [f"row.{first_row(rows)}"]


def test_beyond_an_end_it_gives_way_less_and_less_shows_it_and_comes_back(
    rows: Numbers, fingers: Fingers, theme: Theme
) -> None:
    fingers.press(100, 100)
    pulled = []
    for y in range(150, 700, 50):
        fingers.move(100, y)
        pulled.append(-rows.offset)
    assert pulled == sorted(pulled)
    gains = [b - a for a, b in pairwise(pulled[1:])]
    assert all(b < a for a, b in pairwise(gains))
    assert pulled[-1] < 0.5 * 600
    assert theme.color("accent.fill") == QColor(picture(rows).pixel(300, 2))
    fingers.lift()
    to_rest(rows)
    assert rows.offset == 0
    assert theme.color("accent.fill") != QColor(picture(rows).pixel(300, 2))


def differ(one: QImage, other: QImage) -> int:
    """The most by which a channel of a pixel differs, of 255."""
    plain = [image.convertToFormat(RGB) for image in (one, other)]  # own the bits
    first, second = (bytes(image.constBits()) for image in plain)
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_without_motion_nothing_glides_or_stretches(
    qtbot: QtBot, device: QPointingDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = shown(qtbot, make_theme(1920, 1080, reduced_motion=True))
    fingers = Fingers(rows, device, monkeypatch)
    fingers.drag(100, 100, 600)
    assert rows.offset == 0
    fingers.lift()
    assert not rows.moving
    fingers.drag(100, 700, 460, steps=5)
    fingers.lift()
    assert not rows.moving
    assert rows.offset % ROW_PX == 0
    assert rows.offset > 200


def test_one_hand_scrolls_while_another_presses(rows: Numbers, fingers: Fingers) -> None:
    seen = asked(rows)
    fingers.drag(100, 700, 400)
    next_page = next(t for t in rows.targets() if t.trigger == "numbers.page.next").rect.center()
    fingers.press(next_page.x(), next_page.y(), finger=1)
    assert rows.is_pressed("numbers.page.next")
    fingers.lift(finger=1)
    fingers.lift()
    to_rest(rows)
    assert seen == []


def test_two_people_scroll_two_lists(qtbot: QtBot, theme: Theme, device: QPointingDevice) -> None:
    wall = QWidget()
    qtbot.addWidget(wall)
    lists = [Numbers(theme, wall), Numbers(theme, wall)]
    wall.resize(1400, 868)
    for n, one in enumerate(lists):
        one.setGeometry(n * 700, 0, 600, 868)
    wall.show()
    qtbot.waitExposed(wall)

    def touch(kind: str, left_y: int, right_y: int) -> None:
        sequence = QTest.touchEvent(wall, device, False)
        for finger, (x, y) in enumerate(((100, left_y), (800, right_y))):
            getattr(sequence, kind)(finger, QPointF(x, y).toPoint(), wall)
        sequence.commit(True)

    touch("press", 700, 200)
    for step in range(1, 6):
        touch("move", 700 - 60 * step, 200 + 60 * step)
    assert lists[0].offset > 200
    assert lists[1].offset < 0
    touch("release", 400, 500)
    for one in lists:
        to_rest(one)
    assert lists[1].offset == 0


def test_pages_are_turned_by_buttons_as_well(rows: Numbers, fingers: Fingers) -> None:
    for row in (8, 16):
        middle = next(t for t in rows.targets() if t.trigger == "numbers.page.next").rect.center()
        fingers.tap(middle.x(), middle.y())
        assert first_row(rows) == row
    middle = next(t for t in rows.targets() if t.trigger == "numbers.page.previous").rect.center()
    fingers.tap(middle.x(), middle.y())
    assert first_row(rows) == 8


def test_a_wheel_scrolls_by_rows(rows: Numbers) -> None:
    rows.scroll_to(500)
    rows.scroll_to(rows.offset + ROW_PX)
    assert first_row(rows) == 6


def test_pictures_of_moving_rows_are_what_the_rows_are(rows: Numbers, fingers: Fingers) -> None:
    rows.scroll_to(300)
    still = picture(rows)
    rows.scroll_to(0)
    fingers.press(100, 700)
    fingers.move(100, 700 - rows.slop_px() - 1)
    fingers.move(100, 400 - rows.slop_px() - 1)
    assert rows.moving
    assert rows.offset == 300
    moving = picture(rows)
    room = rows.room().toRect()
    assert differ(moving.copy(room), still.copy(room)) <= 2
    fingers.move(100, 400 - rows.slop_px() - 1, after_ms=300)
    fingers.lift()
    to_rest(rows)


@given(
    begin=st.floats(0, 1000),
    moves=st.lists(
        st.tuples(st.integers(1, 60), st.floats(-400, 400, allow_nan=False)), max_size=20
    ),
    wait_ms=st.integers(0, 200),
)
def test_whatever_a_finger_does_the_list_rests_on_a_row_or_at_its_end(
    begin: float, moves: list[tuple[int, float]], wait_ms: int
) -> None:
    scroll = Scroll()
    scroll.most_px, scroll.step_px, scroll.room_px = 950.0, 100.0, 500.0
    scroll.move_to(begin)
    t_ms, y = 0.0, 300.0
    scroll.hold(t_ms, y)
    for after_ms, by in moves:
        t_ms, y = t_ms + after_ms, y + by
        scroll.follow(t_ms, y)
        assert -250 <= scroll.offset_px <= 1200
    way = scroll.let_go(t_ms + wait_ms)
    assert 0 <= way.end_px <= 950
    assert way.end_px == 950 or way.end_px % 100 == pytest.approx(0)
    assert way.at(0) == pytest.approx(way.begin_px, abs=1)
    assert way.at(way.duration_ms) == way.end_px
    between = [way.at(t) for t in range(0, way.duration_ms + 1, 20)]
    assert between == sorted(between, reverse=way.end_px < way.begin_px)
