"""Search on the wall: what was found above, keys for the hands below."""

from typing import Any

from PySide6.QtCore import QRectF

from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.search.model import SearchModel
from kiosk.panels.search.results import ResultList
from kiosk.panels.search.start import SearchStart
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.components.touch_keyboard import TouchKeyboard
from kiosk.wire.text import Text

GAP_U = 16.0
KEYS_MOST_U = 1240.0
MOST = 60  # what stands below them is found sooner with another letter
HINT = Text("이름, 초성, 명령을 쓰세요", "Write a name or a command")
NOTHING_FOUND = Text("같거나 비슷한 이름이 없습니다", "Nothing has this name or one like it")


class SearchView(PanelView):
    """Typing asks nobody: what is found is looked up here, with each key."""

    def build(self) -> None:
        self._model = SearchModel(loading=True)
        self._head = self.add(SectionHead(self.theme))
        self.results = self.add(ResultList(self.theme))
        self._sentence = self.add(Sentence(self.theme))
        self._sentence.set_words(NOTHING_FOUND)
        self.start = self.add(SearchStart(self.theme))
        self.start.chosen.connect(self._write)
        self.keyboard = self.add(TouchKeyboard(self.theme, HINT))
        self.keyboard.submitted.connect(self._typed)

    def set_view_model(self, model: SearchModel) -> None:
        before, self._model = self._model, model
        if model.sought != before.sought:
            self.keyboard.write(model.sought)
        asked = model.finders, model.sought, model.lens, model.often
        if asked != (before.finders, before.sought, before.lens, before.often):
            self._look()

    def _typed(self, command: str, _args: dict[str, Any], _trigger: str) -> None:
        if not command:
            self._look()

    def _write(self, words: str) -> None:
        self.keyboard.write(words)
        self._look()

    def _look(self) -> None:
        words = self.keyboard.text.strip()
        model = self._model
        found = model.find(words, MOST) if words else model.served(MOST)
        self.results.set_found(found)
        self.results.setVisible(bool(found))
        self._sentence.setVisible(bool(words) and not found)
        self.start.setVisible(not found and not words)
        self.start.set_content(model.counts(), model.examples(), model.often)
        title = (
            Text(f"‘{words}’", f"“{words}”") if words else Text("무엇이든 찾기", "Find anything")
        )
        if model.lens is not None:
            name = model.lens.name
            title = Text(f"{name.ko}, {words}".rstrip(", "), f"{name.en}, {words}".rstrip(", "))
        many = Text(f"{len(found)}개", f"{len(found)} found") if found else Text("", "")
        if not words:
            many = Text("보기를 눌러 보세요", "press an example")
        self._head.set_view(SectionView(title, many))

    def arrange(self, modules: Modules) -> None:
        width, keys = modules.width, TouchKeyboard.height_u()
        self.put(self._head, QRectF(0, 0, width, HEAD_U))
        body = QRectF(0, HEAD_U, width, modules.height - HEAD_U - keys - GAP_U)
        self.put(self.results, body)
        self.put(self._sentence, body)
        self.put(self.start, body.adjusted(0, GAP_U / 2, 0, 0))
        wide = min(width, KEYS_MOST_U)
        self.put(self.keyboard, QRectF((width - wide) / 2, modules.height - keys, wide, keys))
        self._look()
