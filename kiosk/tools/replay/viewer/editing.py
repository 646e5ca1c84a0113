"""Labels of a session, and a part of it that is cut out."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton

from gestures.events import GestureKind
from kiosk.tools.replay.golden import GoldenError
from kiosk.tools.replay.timeline import Damaged
from kiosk.tools.replay.viewer.model import SessionView
from kiosk.tools.replay.words import kind_words
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

NO_PART = Text(
    "먼저 [ 여기부터 ] 와 [ 여기까지 ] 로 부분을 고르세요",
    "Choose a part first: From here, To here",
)
NO_LABEL = Text("여기에는 표시가 없습니다", "No label here")


class Shown(Protocol):
    """The window: what it shows, when, and where it says what came of it."""

    session: SessionView | None

    @property
    def t_ms(self) -> int: ...

    def tell(self, words: Text) -> None: ...

    def show_lanes(self) -> None:
        """Again, after labels or the part have changed."""
        ...


class Editing:
    """The row of buttons, and what they do."""

    def __init__(
        self,
        window: Shown,
        theme: Theme,
        button: Callable[[Text, Callable[[], object]], QPushButton],
    ) -> None:
        self._window = window
        self.part: list[int | None] = [None, None]
        self.kind = QComboBox()
        for kind in GestureKind:
            self.kind.addItem(theme.say(kind_words(kind.value)), kind.value)
        self.save = button(Text("표시 저장", "Save labels"), self.save_labels)
        self.row = row = QHBoxLayout()
        row.addWidget(button(Text("[ 여기부터", "[ From here"), lambda: self.limit(0)))
        row.addWidget(button(Text("여기까지 ]", "To here ]"), lambda: self.limit(1)))
        row.addWidget(self.kind)
        row.addWidget(button(Text("실제 표시", "Label as this"), self.add_label))
        row.addWidget(button(Text("표시 지우기", "Delete label"), self.remove_label))
        row.addWidget(self.save)
        row.addStretch(1)
        whole = Text("이 부분을 기준으로 내보내기", "Export this part as a golden")
        row.addWidget(button(whole, self.export))

    def limit(self, end: int) -> None:
        """The part begins (0) or ends (1) here."""
        self.part[end] = self._window.t_ms
        self._window.show_lanes()

    def add_label(self) -> None:
        session, (begin, end) = self._window.session, self.part
        if session is None or begin is None or end is None:
            self._window.tell(NO_PART)
            return
        session.add_label(begin, end, GestureKind(self.kind.currentData()))
        self._window.show_lanes()

    def remove_label(self) -> None:
        """The one that lies here."""
        session = self._window.session
        label = session.label_at(self._window.t_ms) if session is not None else None
        if session is None or label is None:
            self._window.tell(NO_LABEL)
            return
        session.remove_label(label)
        self._window.show_lanes()

    def save_labels(self) -> None:
        session = self._window.session
        if session is None or not session.changed:
            return
        try:
            file = session.save_labels()
        except OSError as error:
            self._window.tell(_plain(f"{error.filename}: {error.strerror}"))
            return
        self.save.setEnabled(False)
        self._window.tell(Text(f"저장: {file}", f"Saved: {file}"))

    def export(self) -> None:
        """Beside the session, as NAME-from-to."""
        session, (begin, end) = self._window.session, self.part
        if session is None or begin is None or end is None:
            self._window.tell(NO_PART)
            return
        begin, end = sorted((begin, end))
        source = session.source
        name = f"{Path(source.name).name}-{begin}-{end}"
        try:
            files = session.cut(begin, end, source.golden.parent, name)
        except (OSError, Damaged, GoldenError) as error:
            self._window.tell(_plain(str(error)))
            return
        names = ", ".join(file.name for file in files)
        self._window.tell(Text(f"내보냄: {names}", f"Exported: {names}"))


def _plain(words: str) -> Text:
    return Text(words, words)
