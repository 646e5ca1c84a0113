"""The wall: top bar, a panel, tabs, dock, HUDs, and what lies over them.

The shell is told what to show by setters and tells what was pressed through `submit`. It knows no
sockets, no state and no city.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, Protocol

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from kiosk.core.lookup import thing_in
from kiosk.core.state import PinView
from kiosk.ui.ages import MINUTE_MS
from kiosk.ui.component import Component
from kiosk.ui.components.call_box import LOOK_MS, CallBox, CallBoxView
from kiosk.ui.components.choice_sheet import ChoiceSheet, ChoiceSheetView
from kiosk.ui.components.confirm_sheet import ConfirmSheet, ConfirmSheetView
from kiosk.ui.components.dim_cover import DimCover, DimView
from kiosk.ui.components.dock import Dock, DockView
from kiosk.ui.components.gesture_hud import GestureHud, GestureHudView
from kiosk.ui.components.lock_screen import LockScreen, LockView
from kiosk.ui.components.pin_sheet import PinSheet
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.ui.components.shade import Shade
from kiosk.ui.components.toast import TOAST_MS, Toast, ToastView
from kiosk.ui.components.top_bar import TopBar, TopBarView
from kiosk.ui.components.voice_hud import VoiceHud, VoiceHudView
from kiosk.ui.dwell import Dwell
from kiosk.ui.hand_drag import HandDrag
from kiosk.ui.hits import Hit, find_hit, hit_at
from kiosk.ui.layout import Bands, layout_for
from kiosk.ui.mouse import RestingMouse
from kiosk.ui.notice import Notice
from kiosk.ui.pointer import PointerOverlay, PointerView
from kiosk.ui.presenter import PresenterMark, PresenterView
from kiosk.ui.strokes import Stroke, Strokes
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

Submit = Callable[[str, dict[str, Any], str], object]
TICK_MS = 1000
TOAST_ROOM_U = 420
_CONNECTED = "shellConnected"
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class Now(Protocol):
    """A clock (`kiosk.core.clock.Clock`)."""

    def now_ms(self) -> int: ...


class Shell(QWidget):
    """Full-screen window without furniture. `submit(command, args, trigger)` is called for every
    press; the trigger is "touch:NAME" or, for a hand in the air, "gesture:ACT"."""

    keyed = Signal(str)
    """A key that nothing took, by its portable name ("Esc", "Ctrl+L"); bindings turn it into a
    command."""

    flicked = Signal(str)
    """A finger flicked across the panel: "left", "right", "up" or "down"."""

    resized = Signal()
    """The bands moved: `content_size` and `grid` are new."""

    painted = Signal()
    """The first frame is on the screen (once)."""

    panel_painted = Signal()
    """The first frame with a panel that was brought on is on the screen."""

    def __init__(self, theme: Theme, submit: Submit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._submit = submit
        self._now_ms: int | None = None
        self._lowered = False
        self._prepared: QWidget | None = None
        self._has_painted = False
        self._coming = False
        self._toast_until_ms: int | None = None
        self._mouse = RestingMouse(self)
        self._timer = QTimer(self)
        self.drag = HandDrag(self, submit)
        self._dwell = Dwell(theme.motion_ms("dwell"))
        self.strokes = Strokes(self)
        self.strokes.flicked.connect(self._flicked)
        self.strokes.held.connect(self._held)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAutoFillBackground(True)
        self._build()
        self._apply_background()

    def _build(self) -> None:
        theme = self._theme
        self._top_bar = TopBar(theme, TopBarView(Text("", "")), self)
        self._panel: QWidget = Notice(theme, parent=self)
        self._tabs = Segmented(theme, SegmentedView(()), self)
        self._tabs.hide()
        self._dock = Dock(theme, DockView(), self)
        self._gesture = GestureHud(theme, GestureHudView(), self)
        self._voice = VoiceHud(theme, VoiceHudView(), self)
        self.call_box = CallBox(theme, self)
        self.call_box.size_changed.connect(self._place_call)
        self._call_timer = QTimer(self)
        self._call_timer.setInterval(LOOK_MS)
        self._call_timer.timeout.connect(self.call_box.look)
        self._presenter = PresenterMark(theme, self)
        self._choice = ChoiceSheet(theme, parent=self)
        self._pin = PinSheet(theme, parent=self)
        self._confirm = ConfirmSheet(theme, parent=self)
        self._lock = LockScreen(theme, parent=self)
        self._toast = Toast(theme, parent=self)
        self._shade = Shade(theme, self)
        self._pointer = PointerOverlay(theme, self)
        self._dim = DimCover(theme, parent=self)
        for component in self._own():
            component.submitted.connect(self.touched)

    def _own(self) -> tuple[Component, ...]:
        """The shell's components, from the lowest to the topmost."""
        return (
            *(self._top_bar, self._tabs, self._dock, self._gesture, self._voice),
            *(self.call_box, self._presenter, self._choice, self._pin, self._confirm),
            *(self._lock, self._toast, self._shade, self._pointer, self._dim),
        )

    # ---- what is shown

    def set_top_bar(self, view: TopBarView) -> None:
        self._top_bar.set_view(view)

    def set_dock(self, view: DockView) -> None:
        self._dock.set_view(view)

    def set_tabs(self, view: SegmentedView | None) -> None:
        """The panels beside this one; None where there are none."""
        if view is not None:
            self._tabs.set_view(view)
        if (view is None) != self._tabs.isHidden():
            self._tabs.setVisible(view is not None)
            self._place()

    def set_gesture(self, view: GestureHudView) -> None:
        self._gesture.set_view(view)

    def set_voice(self, view: VoiceHudView) -> None:
        self._voice.set_view(view)

    @property
    def panel(self) -> QWidget:
        return self._panel

    def set_panel(self, panel: QWidget) -> None:
        """Shows a panel in the content band; the former is only hidden, its owner keeps it. What
        it submits is connected once: its own `submitted`, else that of the Components in it."""
        if panel is self._panel:
            return
        if panel is not self._prepared:
            self._take_in(panel)
        self._prepared = None
        self._panel.hide()
        if isinstance(self._panel, Notice):
            self._panel.deleteLater()
        self._panel = panel
        self._place_panel()
        panel.show()

    def prepare(self, panel: QWidget, tabs: SegmentedView | None) -> Iterator[None]:
        """Draws a panel beside the wall, some milliseconds at a time, for `bring_on` to show it in
        one frame. What is on the wall stays meanwhile."""
        self._take_in(panel)
        self._prepared = panel
        place = self._bands(tabs is not None).content.translated(2 * self.width(), 0)
        panel.setGeometry(place)
        panel.show()
        yield
        for component in panel.findChildren(Component):
            if component.isVisible():
                yield from component.draw_ahead()

    def bring_on(self, panel: QWidget, tabs: SegmentedView | None) -> None:
        """Shows a panel that was prepared, with its tabs."""
        if panel is not self._panel:
            self._panel.hide()  # it need not follow the tabs any more
        self.set_tabs(tabs)
        self.set_panel(panel)
        self._coming = True

    def put_aside(self, panel: QWidget) -> None:
        """A panel that was prepared is not wanted any more."""
        if panel is self._prepared:
            self._prepared = None
            panel.hide()

    def _take_in(self, panel: QWidget) -> None:
        panel.hide()
        panel.setParent(self)
        if not panel.property(_CONNECTED):
            panel.setProperty(_CONNECTED, True)
            self._connect(panel)
        self._dress(panel)
        self._tell_time([panel, *panel.findChildren(Component)], minute=True)

    def _connect(self, panel: QWidget) -> None:
        own = getattr(panel, "submitted", None)
        signals = [own] if own else [c.submitted for c in panel.findChildren(Component)]
        for signal in signals:
            signal.connect(self.touched)

    def show_toast(self, view: ToastView) -> None:
        """The answer to an input, for four seconds."""
        self._toast.show_view(view)
        self._top_bar.cover_note(True)
        self._toast_until_ms = None if self._now_ms is None else self._now_ms + TOAST_MS
        self._place_toast()

    def ask(self, view: ConfirmSheetView | None) -> None:
        """Opens or closes the confirm sheet."""
        self._confirm.show_view(view)

    def choose(self, view: ChoiceSheetView | None) -> None:
        """Opens or closes the choice of two."""
        self._choice.show_view(view)

    def ask_pin(self, view: PinView | None) -> None:
        """Opens or closes the keys for a PIN."""
        self._pin.show_view(view)

    def show_presenter(self, view: PresenterView | None) -> None:
        """Where somebody at a tablet points; None: nowhere."""
        self._presenter.show_view(view)

    def show_call(self, view: CallBoxView | None) -> None:
        """Opens or closes the picture in picture of a call."""
        self.call_box.show_view(view)
        if not self.call_box.wants_pictures:
            self._call_timer.stop()
        elif not self._call_timer.isActive():
            self._call_timer.start()
        self._place_call()

    def lock(self, view: LockView | None) -> None:
        """Covers the wall, or uncovers it."""
        self._lock.show_view(view)

    def dim(self, view: DimView | None) -> None:
        """Darkens the wall until it is woken; the first press only wakes it."""
        self._dim.show_view(view)

    def set_brightness(self, brightness: float) -> None:
        """0..1 of all that the wall can; a hand's pointer stays as bright as it is."""
        self._shade.set_brightness(brightness)

    def set_lowered(self, lowered: bool) -> None:
        """ "화면 내려": the upper part of the wall comes down within reach."""
        if lowered != self._lowered:
            self._lowered = lowered
            self._place()

    def set_theme(self, theme: Theme) -> None:
        """Other colours, type size or language, at the size of this wall."""
        theme = theme.with_size(self.width(), self.height())
        if theme == self._theme:
            return
        self._theme = theme
        for component in self._own():
            component.set_theme(theme)
        self._dress(self._panel)
        self._apply_background()
        self._place()

    def _dress(self, panel: QWidget) -> None:
        """Gives a panel and what is in it the theme of the wall."""
        for widget in [panel, *panel.findChildren(Component)]:
            setter = getattr(widget, "set_theme", None)
            if setter is not None and getattr(widget, "theme", None) != self._theme:
                setter(self._theme)

    @property
    def theme(self) -> Theme:
        return self._theme

    # ---- time

    def start_clock(self, clock: Now) -> None:
        """Ticks once a second by this clock, from now on, until the wall closes."""
        self._timer.timeout.connect(lambda: self.tick(clock.now_ms()))
        self._timer.start(TICK_MS)
        self.tick(clock.now_ms())

    def stop_clock(self) -> None:
        self._timer.stop()
        self._call_timer.stop()

    def tick(self, now_ms: int) -> None:
        """Once a second: clocks and countdowns; once a minute: ages."""
        before, self._now_ms = self._now_ms, now_ms
        minute = before is None or before // MINUTE_MS != now_ms // MINUTE_MS
        self._top_bar.set_clock(now_ms)
        self._lock.set_clock(now_ms)
        self._dim.set_clock(now_ms)
        self._tell_time([self._panel, *self.findChildren(Component)], minute)
        if self._toast.view is not None:
            if self._toast_until_ms is None:
                self._toast_until_ms = now_ms + TOAST_MS
            elif now_ms >= self._toast_until_ms:
                self._toast.show_view(None)
                self._top_bar.cover_note(False)
        self._mouse.tick(now_ms)

    def _tell_time(self, widgets: list[Any], minute: bool) -> None:
        if self._now_ms is None:
            return
        for widget in dict.fromkeys(widgets):
            if minute or getattr(widget, "counts_seconds", False):
                tell = getattr(widget, "set_now", None)
                if tell is not None:
                    tell(self._now_ms)

    # ---- a hand in the air, and scripts

    def set_pointer(self, view: PointerView | None) -> Hit | None:
        """Moves the gesture pointer (None hides it); returns the target under it."""
        if view is None:
            self._dwell.rest(None, 0.0)
        hit = None if view is None else self._hit_under(view)
        aspect = self._theme.pixel_aspect
        outlined = None
        if hit is not None:
            r = hit.rect
            outlined = QRectF(r.x() * aspect, r.y(), r.width() * aspect, r.height())
        self._pointer.show_view(view, outlined)
        return hit

    def point(self, x: float, y: float, t_ms: float) -> float:
        """Moves the gesture pointer at `t_ms` and presses by dwell ("gesture:dwell") what it has
        rested on long enough. Returns how far the ring has filled, 0-1."""
        hit = self._hit_under(PointerView(x, y))
        share, pressed = self._dwell.rest(hit.target if hit else None, t_ms)
        self.set_pointer(PointerView(x, y, share))
        if pressed:
            self.press_pointer("dwell")
        return share

    def press_pointer(self, act: str) -> Hit | None:
        """Presses what the gesture pointer rests on; `act` names the hand's act ("pinch_tap",
        "dwell") in the trigger. None when there is nothing to press."""
        view = self._pointer.view
        hit = None if view is None else self._hit_under(view)
        if hit is None:
            return None
        if hit.target.command:
            self._submit(hit.target.command, dict(hit.target.args), f"gesture:{act}")
        elif isinstance(hit.widget, Component):
            hit.widget.activate(hit.target)
        return hit

    def find_target(
        self, command: str, args: Mapping[str, object] | None = None, place: str = ""
    ) -> Hit | None:
        """The target that a finger would press for this command, or of this name, or None when
        none is shown."""
        return find_hit(self, command, args, place)

    def _hit_under(self, view: PointerView) -> Hit | None:
        x, y = round(view.x * (self.width() - 1)), round(view.y * (self.height() - 1))
        return hit_at(self, QPoint(x, y))

    def touched(self, command: str, args: Mapping[str, object], trigger: str) -> None:
        """A finger asks for this; `trigger` names the place that it pressed."""
        if command:
            self._submit(command, dict(args), f"touch:{trigger}")

    def _flicked(self, stroke: Stroke) -> None:
        """Only across the panel, and not where something follows the finger itself."""
        axis: Literal["x", "y"] = "x" if stroke.towards in ("left", "right") else "y"
        place = QPoint(round(stroke.x), round(stroke.y))
        widget: QWidget | None = self.childAt(place)
        if widget is None and self._panel.geometry().contains(place):
            widget = self._panel
        while widget is not None and widget is not self._panel:
            if isinstance(widget, Component) and widget.takes(axis):
                return
            widget = widget.parentWidget()
        if widget is self._panel:
            self.flicked.emit(stroke.towards)

    def _held(self, place: QPointF) -> None:
        """A finger rests on something that an order can be about: writes one. It then presses
        nothing when it leaves."""
        hit = hit_at(self, place.toPoint())
        about = thing_in(hit.target.args) if hit is not None else None
        if hit is None or about is None:
            return
        if isinstance(hit.widget, Component):
            hit.widget.drop_presses()
        self.touched("order.compose", {"about": about}, f"{hit.target.trigger}.hold")

    # ---- geometry

    @property
    def bands(self) -> Bands:
        """Where the parts of the wall are, and the module grid of the content."""
        return self._bands(not self._tabs.isHidden())

    def _bands(self, tabs: bool) -> Bands:
        return layout_for(self._theme, self.width(), self.height()).bands(tabs=tabs)

    def _panel_rect(self) -> QRect:
        return self.bands.content.translated(0, self._drop_px())

    def _place_panel(self) -> None:
        """What a lowered panel has under tabs and dock is not seen there."""
        place, panel = self._panel_rect(), self._panel
        panel.setGeometry(place)
        panel.lower()
        if self._lowered:
            seen = self.bands.content.bottom() - place.top() + 1
            panel.setMask(QRegion(0, 0, place.width(), max(1, seen)))
        elif not panel.mask().isEmpty():
            panel.clearMask()

    def _drop_px(self) -> int:
        return round(self.height() * 0.42) if self._lowered else 0

    def _place(self) -> None:
        bands = self.bands
        self._top_bar.setGeometry(bands.top.translated(0, self._drop_px()))
        self._place_panel()
        self._tabs.setGeometry(bands.tabs)
        self._dock.setGeometry(bands.dock)
        self._gesture.setGeometry(bands.gesture)
        self._voice.setGeometry(bands.voice)
        covers = (
            *(self._choice, self._pin, self._confirm, self._lock),
            *(self._shade, self._pointer, self._dim),
        )
        for cover in (self._presenter, *covers):
            cover.setGeometry(self.rect())
        self._place_toast()
        self._place_call()
        self.resized.emit()

    def _place_call(self) -> None:
        size, content = self.call_box.preferred_size(), self.bands.content
        left = content.right() + 1 - size.width()
        self.call_box.setGeometry(left, content.bottom() + 1 - size.height(), *size.toTuple())

    def _place_toast(self) -> None:
        # At the top, in the room of the note: what people press lies further down, and may be
        # wanted at once.
        bands = self.bands
        room = self._top_bar.device_rect(self._top_bar.note_rect()).toRect()
        if room.width() < self._theme.px(TOAST_ROOM_U):
            room = self._top_bar.rect()
        room.translate(self._top_bar.pos())
        size = self._toast.preferred_size(room.width())
        top = max(self._theme.px(8), bands.top.center().y() - size.height() // 2)
        self._toast.setGeometry(room.left(), top, size.width(), size.height())

    def _apply_background(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self._theme.color("background"))
        self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self, self.painted.emit)
        if self._coming:
            self._coming = False
            QTimer.singleShot(0, self, self.panel_painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = self._theme
        self.set_theme(self._theme)
        self.strokes.unit_px = self._theme.unit_px
        if self._theme is before:
            self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self.windowHandle()
        if window is not None:  # the window of this wall, not one that it is put into
            window.installEventFilter(self.strokes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _MODIFIERS and not event.isAutoRepeat():
            keys = QKeySequence(event.keyCombination())
            self.keyed.emit(keys.toString(QKeySequence.SequenceFormat.PortableText))
        event.accept()
