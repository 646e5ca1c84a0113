"""The viewer's window: a session over time, why something fired or did not, labels, cuts."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSlider,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gestures.trace import MEASURED
from gestures.variant import Variant
from kiosk.tools.replay.sources import Source
from kiosk.tools.replay.stage import House
from kiosk.tools.replay.viewer.editing import Editing
from kiosk.tools.replay.viewer.model import SessionView
from kiosk.tools.replay.viewer.opening import Opening
from kiosk.tools.replay.viewer.plots import Plots
from kiosk.tools.replay.viewer.reasons import Reasons
from kiosk.tools.replay.viewer.stage import HandStage
from kiosk.tools.replay.viewer.style import style_sheet
from kiosk.tools.replay.viewer.weighing import AROUND_MS
from kiosk.tools.replay.words import DIFFERENCES, LANES, MEASURES
from kiosk.ui.theme import Language, Theme
from kiosk.wire.text import Text

FRAME_MS = 33
LEAVE = Text("그만두기", "Cancel")
AGAIN = Text("다시 열기", "Open again")
LEFT = Text("열다가 그만두었습니다", "Opening was cancelled")
GRADES = Text("모양별 점수", "Grades of all shapes")


class Viewer(QMainWindow):
    """Shows one of the sources at a time. `ask` answers a question that loses something."""

    def __init__(
        self,
        sources: Sequence[Source],
        house: House,
        other: Variant | None,
        theme: Theme,
        ask: Callable[[QWidget, str], bool] | None = None,
    ) -> None:
        super().__init__()
        self._sources, self._house, self._other = tuple(sources), house, other
        self._ask = ask or _ask
        self._theme = theme
        self._at = 0
        self._t_ms = 0
        self._wanted = 0
        self.session: SessionView | None = None
        self.opening = Opening(house, other, self)
        self.opening.progress.connect(self._show_progress)
        self.opening.ended.connect(self._opened)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(lambda: self.show_time(self._t_ms + FRAME_MS))
        self._keys()
        self._build()
        self.open(0)

    # ---- parts

    def _build(self) -> None:
        """Again when the language changes."""
        say = self._theme.say
        self.setStyleSheet(style_sheet(self._theme))
        self.setWindowTitle(say(Text("기록 보기", "Session viewer")))
        self._name = QLabel()
        self._told = QLabel()
        self._told.setObjectName("told")
        self._told.setWordWrap(True)
        self._clock = QLabel()
        self._clock.setObjectName("clock")
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.hide()
        self.leave = self._button(LEAVE, self._leave_or_open)
        self.leave.hide()
        self.stage = HandStage(self._theme)
        self.reasons = Reasons(self._theme)
        self.plots = Plots(self._theme, self.show_time)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.valueChanged.connect(self.show_time)
        self.measure = QComboBox()
        self.measure.addItem(say(GRADES), "grades")
        for name in MEASURED:
            self.measure.addItem(say(MEASURES[name]), name)
        self.measure.currentIndexChanged.connect(self._show_measure)
        self.editing = Editing(self, self._theme, self._button)
        above = QSplitter(Qt.Orientation.Horizontal)
        above.addWidget(self.stage)
        above.addWidget(self.reasons)
        above.setSizes([1000, 1000])
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(above)
        whole.addWidget(self.plots)
        whole.setSizes([1050, 900])
        column = QVBoxLayout()
        column.setContentsMargins(*[self._theme.px(16)] * 4)
        column.setSpacing(self._theme.px(10))
        column.addLayout(self._head())
        column.addWidget(whole, 1)
        column.addLayout(self._walk())
        column.addLayout(self.editing.row)
        inside = QWidget()
        inside.setLayout(column)
        self.setCentralWidget(inside)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        if len(self._sources) > 1:
            back, on = Text("‹ 앞 세션", "‹ Session"), Text("다음 세션 ›", "Session ›")
            row.addWidget(self._button(back, lambda: self.open(self._at - 1)))
            row.addWidget(self._button(on, lambda: self.open(self._at + 1)))
        row.addWidget(self._name)
        row.addWidget(self._told, 1)
        row.addWidget(self.progress, 1)
        row.addWidget(self.leave)
        row.addWidget(self._button(Text("English", "한국어"), self._other_language))
        return row

    def _walk(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.play = self._button(Text("재생", "Play"), self.toggle)
        row.addWidget(self.play)
        row.addWidget(self._button(Text("‹ 한 장", "‹ Frame"), lambda: self.step(-1)))
        row.addWidget(self._button(Text("한 장 ›", "Frame ›"), lambda: self.step(1)))
        row.addWidget(self.slider, 1)
        row.addWidget(self._clock)
        back, on = Text("‹ 다른 점", "‹ Difference"), Text("다음 다른 점 ›", "Next difference ›")
        row.addWidget(self._button(back, lambda: self.jump(-1)))
        row.addWidget(self._button(on, lambda: self.jump(1)))
        row.addWidget(self.measure)
        return row

    def _button(self, words: Text, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._theme.say(words))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked: pressed())
        return button

    def _keys(self) -> None:
        for key, what in (
            ("Space", self.toggle),
            ("Left", lambda: self.step(-1)),
            ("Right", lambda: self.step(1)),
            ("N", lambda: self.jump(1)),
            ("P", lambda: self.jump(-1)),
            ("[", lambda: self.editing.limit(0)),
            ("]", lambda: self.editing.limit(1)),
            ("Ctrl+S", lambda: self.editing.save_labels()),
        ):
            QShortcut(QKeySequence(key), self, what)

    # ---- sessions

    def open(self, index: int) -> None:
        """Reads another session; the one before stays meanwhile."""
        if not 0 <= index < len(self._sources) or not self._may_leave():
            return
        self._rest()
        self._wanted = index
        self.opening.begin(self._sources[index])
        self.tell(Text("여는 중", "Opening"))
        self._show_progress(0.0)

    def _show_progress(self, done: float) -> None:
        self.progress.setValue(round(done * 100))
        self.progress.show()
        self.leave.setText(self._theme.say(LEAVE))
        self.leave.show()

    def _leave_or_open(self) -> None:
        """The reading is given up; or begun again, when it was."""
        if not self.opening.running:
            self.open(self._wanted)
            return
        self.opening.leave()
        self.progress.hide()
        self.tell(LEFT)
        self.leave.setText(self._theme.say(AGAIN))

    def _opened(self, result: SessionView | Exception) -> None:
        self.progress.hide()
        self.leave.hide()
        self.session = result if isinstance(result, SessionView) else None
        self._at, self._t_ms = self._wanted, 0
        self.editing.part = [None, None]
        self._show_session()
        if isinstance(result, Exception):
            self._told.setText(str(result))

    def _show_session(self) -> None:
        session = self.session
        name = Path(self._sources[self._at].name).name
        self._name.setText(f"{name}  {self._at + 1}/{len(self._sources)}")
        if session is None:
            self.stage.show_moments((), ())
            self.reasons.show_moment((), (), ())
            return
        self.slider.blockSignals(True)
        self.slider.setRange(0, session.length_ms)
        self.slider.setValue(self._t_ms)
        self.slider.blockSignals(False)
        self.plots.show_session(session)
        self._show_measure()
        self.show_lanes()
        self.show_time(self._t_ms)

    def _show_measure(self) -> None:
        if self.session is not None:
            self.plots.show_measure(self.session, self.measure.currentData())

    def show_lanes(self) -> None:
        session = self.session
        if session is None:
            return
        lanes = [
            ("meant", list(session.meant())),
            ("golden", list(session.expected())),
            ("first", list(session.told(session.first))),
            ("second", list(session.told(session.second)) if session.second else []),
            ("inputs", list(session.inputs())),
            ("outcomes", list(session.outcomes())),
        ]
        always = ("meant", "first")
        self.plots.show_lanes([(n, marks) for n, marks in lanes if marks or n in always])
        self.plots.show_range(*self.editing.part)
        self.editing.save.setEnabled(session.changed)
        self._told.setText(self._summary(session))

    def _summary(self, session: SessionView) -> str:
        say, stops = self._theme.say, len(session.stops())
        parts = [say(Text(f"다른 점 {stops}", f"differences: {stops}"))]
        for found in session.from_golden[:3]:
            parts.append(f"{say(DIFFERENCES[found.kind])}: {found.told}")
        if not session.golden:
            parts.append(say(Text("기준 없음", "no golden")))
        return " · ".join(parts)

    # ---- time

    def show_time(self, t_ms: int) -> None:
        session = self.session
        if session is None:
            return
        self._t_ms = min(max(0, t_ms), session.length_ms)
        if self._t_ms >= session.length_ms:
            self._rest()
        moments = session.moments(self._t_ms)
        names = [self._theme.say(LANES["first"])]
        if session.second is not None:
            names.append(session.second.variant.name)
        self.stage.show_moments(moments, tuple(names))
        events = session.events_at(self._t_ms, AROUND_MS)
        self.reasons.show_moment(session.reasons(self._t_ms), events, names)
        self.plots.show_time(self._t_ms)
        self.slider.blockSignals(True)
        self.slider.setValue(self._t_ms)
        self.slider.blockSignals(False)
        self._clock.setText(f"{self._t_ms / 1000:.2f} / {session.length_ms / 1000:.2f} s")

    def tell(self, words: Text) -> None:
        self._told.setText(self._theme.say(words))

    @property
    def t_ms(self) -> int:
        return self._t_ms

    def toggle(self) -> None:
        """Plays, or rests."""
        if self._timer.isActive():
            self._rest()
            return
        if self.session is not None and self._t_ms >= self.session.length_ms:
            self.show_time(0)
        self._timer.start()
        self.play.setText(self._theme.say(Text("멈춤", "Pause")))

    def _rest(self) -> None:
        self._timer.stop()
        self.play.setText(self._theme.say(Text("재생", "Play")))

    def step(self, by: int) -> None:
        if self.session is not None:
            self._rest()
            self.show_time(self.session.step(self._t_ms, by))

    def jump(self, way: int) -> None:
        """To the next thing that is not as meant, as expected or as in the other version."""
        if self.session is None:
            return
        find = self.session.next_stop if way > 0 else self.session.previous_stop
        stop = find(self._t_ms)
        if stop is not None:
            self._rest()
            self.show_time(stop)

    # ---- the rest

    def _other_language(self) -> None:
        other: Language = "en" if self._theme.language == "ko" else "ko"
        self._rest()
        self._theme = self._theme.with_language(other)
        part = self.editing.part
        self._build()
        self.editing.part = part
        self._show_session()
        if self.opening.running:
            self._show_progress(0.0)

    def _may_leave(self) -> bool:
        if self.session is None or not self.session.changed:
            return True
        words = Text("저장하지 않은 표시를 버릴까요?", "Discard labels that are not saved?")
        return self._ask(self, self._theme.say(words))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_leave():
            self._timer.stop()
            self.opening.leave()
            event.accept()
        else:
            event.ignore()


def _ask(parent: QWidget, words: str) -> bool:
    yes = QMessageBox.StandardButton.Yes
    return QMessageBox.question(parent, "", words) == yes
