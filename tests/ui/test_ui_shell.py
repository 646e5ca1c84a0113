"""The wall as a whole: bands, clock, toasts, panels, and how little of it is painted again."""

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.core.clock import ManualClock
from kiosk.ui.component import Component
from kiosk.ui.components.action import Action
from kiosk.ui.components.confirm_sheet import ConfirmSheet
from kiosk.ui.components.dock import Dock
from kiosk.ui.components.figure_tile import FigureTile
from kiosk.ui.components.gesture_hud import GestureHud
from kiosk.ui.components.pairing import CheckCode, CheckCodeView
from kiosk.ui.components.segmented import SegmentedView
from kiosk.ui.components.toast import Toast
from kiosk.ui.components.top_bar import TopBar, TopBarView
from kiosk.ui.components.voice_hud import VoiceHud
from kiosk.ui.gallery.content_samples import MINUTE, NOW_MS, TILE
from kiosk.ui.gallery.cover_samples import CONFIRM, LOCK, TOASTS
from kiosk.ui.gallery.frame_samples import gesture_views, voice_views
from kiosk.ui.gallery.walls import first_frame, home
from kiosk.ui.notice import Notice
from kiosk.ui.pointer import PointerOverlay, PointerView
from kiosk.ui.shell import Shell, Submit
from kiosk.ui.theme import contrast, make_theme
from kiosk.wire.text import Text


class Painted(QObject):
    """Notes which widgets were painted, and where."""

    def __init__(self, watched: list[QWidget]) -> None:
        super().__init__()
        self.seen: list[tuple[QWidget, QRect]] = []
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent) and isinstance(watched, QWidget):
            self.seen.append((watched, event.rect()))
        return False

    def kinds(self) -> set[str]:
        return {type(widget).__name__ for widget, _ in self.seen}


def make_wall(
    qtbot: QtBot, width: int = 1920, height: int = 1080, submit: Submit = lambda *_: None
) -> Shell:
    shell = Shell(make_theme(width, height), submit)
    qtbot.addWidget(shell)
    shell.resize(width, height)
    shell.tick(NOW_MS)
    return shell


@pytest.fixture
def wall(qtbot: QtBot) -> Shell:
    shell = make_wall(qtbot)
    home(shell)
    shell.show()
    qtbot.waitExposed(shell)
    qtbot.wait(1)
    return shell


def child(shell: Shell, kind: type[Component]) -> Component:
    (found,) = shell.findChildren(kind)
    return found


def watch(shell: Shell, qtbot: QtBot) -> Painted:
    shell.repaint()
    qtbot.wait(1)
    return Painted(shell.findChildren(QWidget))


# ---- first frame


def test_the_first_frame_is_honest(qtbot: QtBot) -> None:
    shell = make_wall(qtbot)
    first_frame(shell)
    with qtbot.waitSignal(shell.painted, timeout=3000):
        shell.show()
    assert isinstance(shell.panel, Notice)
    assert shell.panel.isVisible()
    assert shell.find_target("nav.home") is not None
    assert shell.windowFlags() & Qt.WindowType.FramelessWindowHint


def test_the_first_frame_needs_nothing_heavy(root: Path) -> None:
    heavy = ["numpy", "pyqtgraph", "sqlalchemy", "segno", "cv2", "mediapipe", "vosk"]
    heavy += ["sounddevice", "av", "aiohttp"]
    script = (
        "import sys, kiosk.ui.shell, kiosk.ui.gallery.walls\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    out = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "[]"


# ---- what is painted again


def test_a_second_repaints_nothing(wall: Shell, qtbot: QtBot) -> None:
    painted = watch(wall, qtbot)
    wall.tick(NOW_MS + 1000)
    qtbot.wait(20)
    assert painted.seen == []


def test_a_minute_repaints_the_clock_and_the_ages_only(wall: Shell, qtbot: QtBot) -> None:
    painted = watch(wall, qtbot)
    wall.tick(NOW_MS + MINUTE)
    qtbot.wait(20)
    assert painted.kinds() <= {"TopBar", "FigureTile", "IssueRow", "SamplePanel"}
    bar = child(wall, TopBar)
    assert isinstance(bar, TopBar)
    clocks = [rect for widget, rect in painted.seen if widget is bar]
    assert clocks
    assert all(bar.clock_rect().toAlignedRect().contains(rect) for rect in clocks)
    for widget, rect in painted.seen:
        if isinstance(widget, FigureTile):
            assert rect.height() < widget.height() / 2


def test_a_new_value_repaints_its_line_only(wall: Shell, qtbot: QtBot) -> None:
    tile = wall.findChildren(FigureTile)[0]
    painted = watch(wall, qtbot)
    tile.set_view(replace(tile.view, value="1,285"))
    qtbot.wait(20)
    rects = [rect for widget, rect in painted.seen if widget is tile]
    assert rects
    assert sum(rect.height() for rect in rects) < tile.height() / 2
    assert painted.kinds() <= {"FigureTile", "SamplePanel"}


def test_the_same_value_repaints_nothing(wall: Shell, qtbot: QtBot) -> None:
    tile = wall.findChildren(FigureTile)[0]
    painted = watch(wall, qtbot)
    tile.set_view(replace(tile.view))
    qtbot.wait(20)
    assert painted.seen == []


def test_a_louder_voice_repaints_the_bars_only(wall: Shell, qtbot: QtBot) -> None:
    hud = child(wall, VoiceHud)
    wall.set_voice(voice_views()["listening"])
    painted = watch(wall, qtbot)
    wall.set_voice(replace(voice_views()["listening"], level=0.2))
    qtbot.wait(20)
    assert painted.kinds() == {"VoiceHud"}
    assert all(rect.width() < hud.width() / 2 for _, rect in painted.seen)


def test_a_moving_hand_repaints_the_ring_only(wall: Shell, qtbot: QtBot) -> None:
    hud = child(wall, GestureHud)
    painted = watch(wall, qtbot)
    wall.set_gesture(replace(gesture_views()["engaged"], progress=0.5))
    qtbot.wait(20)
    assert painted.kinds() == {"GestureHud"}
    assert all(rect.width() < hud.width() / 2 for _, rect in painted.seen)


def test_the_pointer_repaints_where_it_was_and_where_it_is(wall: Shell, qtbot: QtBot) -> None:
    wall.set_pointer(PointerView(0.30, 0.70))
    qtbot.wait(20)
    painted = watch(wall, qtbot)
    wall.set_pointer(PointerView(0.32, 0.70))
    qtbot.wait(20)
    overlay = child(wall, PointerOverlay)
    area = sum(r.width() * r.height() for w, r in painted.seen if w is overlay)
    assert 0 < area < wall.width() * wall.height() / 50


def test_no_component_has_a_timer_of_its_own(wall: Shell) -> None:
    timers = wall.findChildren(QTimer)
    assert {timer.parent() for timer in timers} == {wall}


class Blinking(QWidget):
    """Stands for a live picture under a sheet."""


def test_a_picture_that_moves_under_a_sheet_does_not_redraw_the_sheet(
    wall: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = Blinking(wall.panel)
    picture.setGeometry(0, 0, 100, 60)
    picture.show()
    wall.ask(CONFIRM)
    wall.set_pointer(PointerView(0.5, 0.5))
    watch(wall, qtbot)
    drawn: list[str] = []
    monkeypatch.setattr(ConfirmSheet, "paint_content", lambda *_: drawn.append("sheet"))
    painted = Painted([picture])
    picture.update()
    qtbot.waitUntil(lambda: bool(painted.seen), timeout=1000)
    assert drawn == []
    wall.findChildren(ConfirmSheet)[0].update()
    qtbot.waitUntil(lambda: drawn == ["sheet"], timeout=1000)


# ---- time


def test_the_wall_ticks_by_the_clock_it_was_given(qtbot: QtBot) -> None:
    clock = ManualClock(NOW_MS)
    shell = make_wall(qtbot)
    tile = FigureTile(shell.theme, TILE)
    shell.set_panel(tile)
    shell.start_clock(clock)
    assert tile.now_ms == NOW_MS
    clock.advance(MINUTE)
    qtbot.waitUntil(lambda: tile.now_ms == NOW_MS + MINUTE, timeout=3000)
    shell.stop_clock()


def test_a_toast_stays_four_seconds(wall: Shell) -> None:
    wall.show_toast(TOASTS["done"])
    toast = child(wall, Toast)
    assert toast.isVisible()
    wall.tick(NOW_MS + 3999)
    assert toast.isVisible()
    wall.tick(NOW_MS + 4000)
    assert not toast.isVisible()


def test_a_newer_toast_gets_its_own_four_seconds(wall: Shell) -> None:
    wall.show_toast(TOASTS["done"])
    wall.tick(NOW_MS + 3000)
    wall.show_toast(TOASTS["refused"])
    wall.tick(NOW_MS + 5000)
    toast = child(wall, Toast)
    assert isinstance(toast, Toast)
    assert toast.view == TOASTS["refused"]
    assert toast.isVisible()


@pytest.mark.parametrize("name", TOASTS)
def test_a_toast_is_as_large_as_its_words(wall: Shell, name: str) -> None:
    wall.show_toast(TOASTS[name])
    toast = child(wall, Toast)
    assert wall.rect().contains(toast.geometry())
    assert toast.geometry().bottom() < wall.bands.content.top() + wall.theme.px(60)
    assert toast.height() < wall.theme.px(160)


def test_a_toast_does_not_hide_the_question(wall: Shell) -> None:
    wall.ask(CONFIRM)
    wall.show_toast(TOASTS["refused"])
    sheet = child(wall, ConfirmSheet)
    assert isinstance(sheet, ConfirmSheet)
    toast = child(wall, Toast)
    assert not sheet.sheet_rect().toRect().intersects(toast.geometry())


def test_a_question_counts_down_and_repaints_its_number_only(wall: Shell, qtbot: QtBot) -> None:
    wall.ask(CONFIRM)
    wall.tick(NOW_MS)
    sheet = child(wall, ConfirmSheet)
    painted = watch(wall, qtbot)
    wall.tick(NOW_MS + 1000)
    qtbot.wait(20)
    rects = [rect for widget, rect in painted.seen if widget is sheet]
    assert rects
    assert all(rect.height() <= wall.theme.px(50) for rect in rects)


def test_a_pairing_code_counts_every_second(wall: Shell) -> None:
    view = CheckCodeView("482 913", Text("기다립니다", "waits"), NOW_MS + 60_000, 120_000)
    code = CheckCode(wall.theme, view)
    wall.set_panel(code)
    wall.tick(NOW_MS + 1000)
    assert code.now_ms == NOW_MS + 1000


# ---- geometry

SIZES = [(1920, 1080), (3840, 2160), (2288, 1080), (1080, 1920), (1366, 768), (1280, 1024)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_bands_lie_apart_and_on_the_wall(qtbot: QtBot, width: int, height: int) -> None:
    shell = make_wall(qtbot, width, height)
    bands = shell.bands
    parts = [bands.top, bands.content, bands.dock, bands.gesture, bands.voice]
    for i, part in enumerate(parts):
        assert shell.rect().contains(part)
        assert not any(part.intersects(other) for other in parts[i + 1 :])


def test_the_bands_of_16_by_9_are_those_of_the_design(qtbot: QtBot) -> None:
    bands = make_wall(qtbot).bands
    assert (bands.top.top(), bands.top.bottom() + 1) == (24, 84)
    assert (bands.content.top(), bands.content.bottom() + 1) == (102, 944)
    assert (bands.dock.top(), bands.dock.bottom() + 1) == (970, 1054)
    assert bands.grid.modules == 6
    assert [bands.grid.span(i)[1] for i in range(6)] == [288] * 6
    assert bands.grid.span(5)[0] + 288 == bands.content.width()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_tabs_stand_between_panel_and_dock_and_take_their_room_from_the_panel(
    qtbot: QtBot, width: int, height: int
) -> None:
    asked: list[tuple[str, dict[str, object], str]] = []
    shell = make_wall(qtbot, width, height, lambda *press: asked.append(press))
    whole = shell.bands.content
    tabs = tuple(
        Action(Text(name, name), "panel.open", {"panel": name}, f"tab.{name}")
        for name in ("one", "two", "three")
    )
    shell.set_tabs(SegmentedView(tabs, 1))
    bands = shell.bands
    parts = [bands.top, bands.content, bands.tabs, bands.dock, bands.gesture, bands.voice]
    for i, part in enumerate(parts):
        assert shell.rect().contains(part)
        assert not any(part.intersects(other) for other in parts[i + 1 :])
    assert bands.tabs.height() >= shell.theme.touch_min_px()
    hit = shell.find_target("panel.open", {"panel": "three"})
    assert hit is not None
    at = hit.widget.mapFrom(shell, hit.middle())
    QTest.mouseClick(hit.widget, Qt.MouseButton.LeftButton, pos=at)
    assert asked == [("panel.open", {"panel": "three"}, "touch:tab.three")]
    shell.set_tabs(None)
    assert shell.bands.content == whole


@pytest.mark.parametrize(
    ("width", "height", "modules"), [(1920, 1080, 6), (2288, 1080, 7), (1080, 1920, 3)]
)
def test_each_aspect_has_its_modules(qtbot: QtBot, width: int, height: int, modules: int) -> None:
    assert make_wall(qtbot, width, height).bands.grid.modules == modules


def test_a_4k_wall_with_wide_pixels_is_the_wide_wall(qtbot: QtBot) -> None:
    shell = Shell(make_theme(3840, 2160, pixel_aspect=1.19), lambda *_: None)
    qtbot.addWidget(shell)
    shell.resize(3840, 2160)
    assert shell.theme.unit_px == 2.0
    assert shell.bands.grid.modules == 7
    # A module of 296u is 2 x 296 square pixels, narrowed by 1.19.
    assert shell.bands.grid.span(0)[1] == pytest.approx(2 * 296 / 1.19, abs=3)


def test_a_resized_wall_scales_everything(qtbot: QtBot) -> None:
    shell = make_wall(qtbot)
    home(shell)
    shell.show()
    # The first "loading" is gone for good.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.waitSignal(shell.resized, timeout=2000):
        shell.resize(3840, 2160)
    assert shell.theme.unit_px == 2.0
    assert {c.theme.unit_px for c in shell.findChildren(Component)} == {2.0}


def test_lowering_brings_the_top_within_reach(wall: Shell) -> None:
    top, dock = child(wall, TopBar), child(wall, Dock)
    before, dock_before = top.y(), dock.y()
    wall.set_lowered(True)
    assert top.y() > before + wall.height() * 0.4
    assert dock.y() == dock_before
    seen = wall.panel.mask().boundingRect().translated(wall.panel.pos())
    assert seen.bottom() < dock.y(), "nothing of the panel shines through the dock"
    wall.set_lowered(False)
    assert top.y() == before
    assert wall.panel.mask().isEmpty()


# ---- panels, theme, mouse


def test_a_former_panel_is_hidden_and_can_come_back(wall: Shell) -> None:
    former, other = wall.panel, FigureTile(wall.theme, TILE)
    wall.set_panel(other)
    assert not former.isVisible()
    assert other.geometry() == wall.bands.content
    wall.set_panel(former)
    assert former.isVisible()
    assert not other.isVisible()


def test_other_colours_reach_everything(wall: Shell) -> None:
    wall.set_theme(wall.theme.with_name("light").with_language("en"))
    assert {c.theme.name for c in wall.findChildren(Component)} == {"light"}
    assert {c.theme.language for c in wall.findChildren(Component)} == {"en"}
    ground = wall.grab().toImage().pixelColor(5, 5)
    assert contrast(ground, wall.theme.color("background")) < 1.05


def test_a_locked_wall_shows_nothing_of_the_city(wall: Shell) -> None:
    open_wall = wall.grab().toImage()
    wall.lock(LOCK)
    locked = wall.grab().toImage()
    at = wall.bands.content.topLeft() + QPoint(20, 80)
    strip = QRect(at, QPoint(at.x() + 200, at.y() + 40))
    assert open_wall.copy(strip) != locked.copy(strip)
    ground = wall.theme.color("background").rgb()
    assert {
        locked.pixel(x, y)
        for x in range(strip.left(), strip.right())
        for y in range(strip.top(), strip.bottom())
    } == {ground}


def test_the_mouse_pointer_shows_only_after_a_mouse_moved(wall: Shell) -> None:
    assert wall.cursor().shape() == Qt.CursorShape.BlankCursor
    QCursor.setPos(QCursor.pos() + QPoint(30, 30))
    wall.tick(NOW_MS + 1000)
    assert wall.cursor().shape() == Qt.CursorShape.ArrowCursor
    wall.tick(NOW_MS + 2000)
    assert wall.cursor().shape() == Qt.CursorShape.ArrowCursor
    wall.tick(NOW_MS + 4000)
    assert wall.cursor().shape() == Qt.CursorShape.BlankCursor


def test_an_outcome_is_on_the_screen_within_150_ms(wall: Shell, qtbot: QtBot) -> None:
    painted = watch(wall, qtbot)
    wall.show_toast(TOASTS["refused"])
    qtbot.waitUntil(lambda: "Toast" in painted.kinds(), timeout=150)


def test_a_panel_that_was_away_comes_back_in_the_colours_of_today(wall: Shell) -> None:
    former = wall.panel
    wall.set_panel(FigureTile(wall.theme, TILE))
    wall.set_theme(wall.theme.with_name("light"))
    wall.set_panel(former)
    assert {c.theme.name for c in former.findChildren(Component)} == {"light"}


def test_a_toast_leaves_no_half_of_the_note_beside_it(wall: Shell) -> None:
    note = Text("시연 모드", "Demonstration")
    wall.set_top_bar(TopBarView(Text("시정 상황판", "City"), note=note))
    bar = child(wall, TopBar)
    assert isinstance(bar, TopBar)
    plain = bar.grab(bar.note_rect().toRect()).toImage()
    wall.show_toast(TOASTS["done"])
    covered = bar.grab(bar.note_rect().toRect()).toImage()
    assert covered != plain
    wall.tick(NOW_MS + 4000)
    assert bar.grab(bar.note_rect().toRect()).toImage() == plain
