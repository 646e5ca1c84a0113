"""Disclosure on the wall: sorts above, each thing with its three levels, the log at the right."""

from kiosk.core.disclosure import SORT_WORDS
from kiosk.panels.disclosure.model import DisclosureModel
from kiosk.panels.disclosure.presenter import counted
from kiosk.panels.disclosure.rows import LevelRows, LogRows
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.components.action import Action
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.wire.text import Text

BAR_U = 56.0
GAP_U = 14.0
WORDS: dict[str, Text] = {"": Text("모두", "All")} | dict(SORT_WORDS.items())
CHOICES = tuple(
    Action(words, "panel.narrow", {"to": sort}, f"disclosure.sort.{sort or 'all'}")
    for sort, words in WORDS.items()
)
NONE_YET = Text("벽에서 바꾼 것이 아직 없습니다.", "Nothing has been changed at the wall yet.")


class DisclosureView(PanelView):
    """See the module."""

    def build(self) -> None:
        theme = self.theme
        self._head = self.add(SectionHead(theme))
        self._sorts = self.add(Segmented(theme, SegmentedView(CHOICES)))
        self.rows = self.add(LevelRows(theme))
        self._log_head = self.add(SectionHead(theme))
        self.log = self.add(LogRows(theme))
        self._none = self.add(Sentence(theme))
        self._none.set_words(NONE_YET)

    def set_view_model(self, model: DisclosureModel) -> None:
        title = Text("누가 볼 수 있나", "Who may see it")
        self._head.set_view(SectionView(title, counted(model)))
        chosen = list(WORDS).index(model.only) if model.only in WORDS else 0
        self._sorts.set_view(SegmentedView(CHOICES, chosen))
        self.rows.set_lines(model.lines)
        many = len(model.log)
        remark = Text(f"{many}건", f"{many}") if many else Text("", "")
        self._log_head.set_view(SectionView(Text("바꾼 기록", "Changes"), remark))
        self.log.set_lines(model.log)
        self.log.setVisible(bool(model.log))
        self._none.setVisible(not model.log)

    def arrange(self, modules: Modules) -> None:
        count, height = modules.count, modules.height
        log = count if modules.upright else 2
        wide = count if modules.upright else count - log
        high = height * 0.68 if modules.upright else height
        top = HEAD_U + BAR_U + GAP_U
        self.put(self._head, modules.box(0, wide, 0, HEAD_U))
        self.put(self._sorts, modules.box(0, wide, HEAD_U, BAR_U))
        self.put(self.rows, modules.box(0, wide, top, high - top))
        left, above = (0, high + GAP_U) if modules.upright else (wide, 0.0)
        room = height - above - HEAD_U
        self.put(self._log_head, modules.box(left, log, above, HEAD_U))
        for piece in (self.log, self._none):
            self.put(piece, modules.box(left, log, above + HEAD_U, room))
