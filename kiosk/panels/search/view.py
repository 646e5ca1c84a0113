"""Search on the wall: what was found above, keys for the hands below."""

from typing import Any

from PySide6.QtCore import QRectF

from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.search.model import KINDS, SearchModel
from kiosk.panels.search.results import ResultList
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.components.touch_keyboard import TouchKeyboard
from kiosk.wire.text import Text

GAP_U = 16.0
KEYS_MOST_U = 1240.0
HINT = Text("이름, 초성, 명령을 쓰세요", "Write a name or a command")
EXAMPLES = Text("예: 지역 이름, 고용률, 글자 크게", "Such as: a place, the jobs rate, larger type")
NOTHING_FOUND = Text("같거나 비슷한 이름이 없습니다", "Nothing has this name or one like it")


class SearchView(PanelView):
    """Typing asks nobody: what is found is looked up here, with each key."""

    def build(self) -> None:
        self._model = SearchModel(loading=True)
        self._head = self.add(SectionHead(self.theme))
        self.results = self.add(ResultList(self.theme))
        self._sentence = self.add(Sentence(self.theme))
        self.keyboard = self.add(TouchKeyboard(self.theme, HINT))
        self.keyboard.submitted.connect(self._typed)

    def set_view_model(self, model: SearchModel) -> None:
        before, self._model = self._model, model
        if model.sought != before.sought:
            self.keyboard.write(model.sought)
        if model.finders != before.finders or model.sought != before.sought:
            self._look()

    def _typed(self, command: str, _args: dict[str, Any], _trigger: str) -> None:
        if not command:
            self._look()

    def _look(self) -> None:
        words = self.keyboard.text.strip()
        found = self._model.find(words, self.results.room()) if words else ()
        self.results.set_found(found)
        self.results.setVisible(bool(found))
        self._sentence.setVisible(not found)
        counts = ", ".join(f"{KINDS[k].ko} {n:,}" for k, n in self._model.counts().items())
        counted = ", ".join(f"{n:,} × {KINDS[k].en}" for k, n in self._model.counts().items())
        if words:
            self._sentence.set_words(NOTHING_FOUND, EXAMPLES)
        else:
            self._sentence.set_words(EXAMPLES, Text(counts, counted))
        title = (
            Text(f"‘{words}’", f"“{words}”") if words else Text("무엇이든 찾기", "Find anything")
        )
        many = Text(f"{len(found)}개", f"{len(found)} found") if found else Text("", "")
        self._head.set_view(SectionView(title, many))

    def arrange(self, modules: Modules) -> None:
        width, keys = modules.width, TouchKeyboard.height_u()
        self.put(self._head, QRectF(0, 0, width, HEAD_U))
        body = QRectF(0, HEAD_U, width, modules.height - HEAD_U - keys - GAP_U)
        self.put(self.results, body)
        self.put(self._sentence, body)
        wide = min(width, KEYS_MOST_U)
        self.put(self.keyboard, QRectF((width - wide) / 2, modules.height - keys, wide, keys))
        self._look()
