"""Sources on the wall: which are shown, keys to find one by, the register."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.panels.parts import HEAD_U, SectionHead, SectionView
from kiosk.panels.sources.book import SourceBook
from kiosk.panels.sources.find_bar import FindBar
from kiosk.panels.sources.model import Show, SourcesModel
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.component import Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

BAR_U = 56.0
GAP_U = 10.0
DISCLOSURE_U = 190.0
DISCLOSURE = Action(
    Text("공개 범위", "Disclosure"), "panel.open", {"panel": "disclosure"}, "sources.disclosure"
)
SHOWS: tuple[tuple[Show, Text], ...] = (
    ("all", Text("전체", "All")),
    ("real", Text("실제", "Real")),
    ("simulated", Text("모의", "Simulated")),
    ("trouble", Text("문제", "Trouble")),
)


class ShowSwitch(Segmented):
    """Which sources are shown is the panel's own matter: turning asks for nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.show_index = 0
        super().__init__(theme, SegmentedView(_choices(SourcesModel())), parent)

    def set_counts(self, model: SourcesModel) -> None:
        self.set_view(SegmentedView(_choices(model), self.show_index))

    def activate(self, target: Target) -> None:
        self.show_index = [f"sources.show.{show}" for show, _ in SHOWS].index(target.trigger)
        self.submitted.emit("", {}, target.trigger)


class SourcesView(PanelView):
    """A head with what is looked for, the switch, the keys, the lines."""

    def build(self) -> None:
        self._model = SourcesModel()
        self._head = self.add(SectionHead(self.theme))
        self.switch = self.add(ShowSwitch(self.theme))
        self._disclosure = self.add(Button(self.theme, DISCLOSURE))
        self.find_bar = self.add(FindBar(self.theme))
        self.book = self.add(SourceBook(self.theme))
        self.find_bar.changed.connect(lambda _words: self._look())
        self.switch.submitted.connect(lambda *_press: self._look())

    def set_view_model(self, model: SourcesModel) -> None:
        self._model = model
        self.book.set_lines(model.lines)
        self._look()

    def _look(self) -> None:
        self.switch.set_counts(self._model)
        self.book.look_for(self.find_bar.words, SHOWS[self.switch.show_index][0])
        words, found = self.find_bar.words.upper(), len(self.book.found)
        kinds = self._model.kinds
        remark = Text(f"자료 종류 {kinds}가지", f"{kinds} kinds of data")
        if words:
            remark = Text(f"‘{words}’ {found}종", f"“{words}”: {found}")
        many = len(self._model.lines)
        title = Text(f"자료 출처 {many}종", f"{many} sources")
        self._head.set_view(SectionView(title, remark))

    def arrange(self, modules: Modules) -> None:
        width, keys = modules.width, FindBar.height_u(modules.width)
        self.put(self._head, QRectF(0, 0, width, HEAD_U))
        left = width - DISCLOSURE_U
        self.put(self.switch, QRectF(0, HEAD_U, left - GAP_U, BAR_U))
        self.put(self._disclosure, QRectF(left, HEAD_U, DISCLOSURE_U, BAR_U))
        top = HEAD_U + BAR_U + GAP_U
        self.put(self.find_bar, QRectF(0, top, width, keys))
        top += keys + GAP_U
        self.put(self.book, QRectF(0, top, width, modules.height - top))


def _choices(model: SourcesModel) -> tuple[Action, ...]:
    return tuple(
        Action(
            Text(f"{label.ko} {model.count(show)}", f"{label.en} {model.count(show)}"),
            "",
            {},
            f"sources.show.{show}",
        )
        for show, label in SHOWS
    )
