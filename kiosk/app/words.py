"""Written words, understood as spoken ones are. The sentences are read when somebody writes the
first time: they take a second of work and 60 MB, which most days nobody needs."""

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from kiosk.app.queries import Queries
from kiosk.core.clock import Clock
from kiosk.pack.clock import local_time
from kiosk.pack.speech import grammar_of
from kiosk.settings import Settings
from voice.events import Answer, NoMatch

if TYPE_CHECKING:
    from voice.matcher import Matcher

_KOREAN = re.compile("[ㄱ-ㅎㅏ-ㅣ가-힣]")


class Words:
    """Both languages: whatever has Hangul in it is Korean, all else may be either."""

    def __init__(self, queries: Queries, settings: Settings, clock: Clock) -> None:
        self._queries = queries
        self._settings = settings
        self._clock = clock
        self._asked = False
        self._waiting: list[Callable[[], object]] = []
        self._matchers: tuple[Matcher, Matcher] | None = None

    def wait(self, then: Callable[[], object]) -> bool:
        """Whether nothing has been read yet: `then` is called once it has."""
        if self._matchers is not None:
            return False
        self._waiting.append(then)
        self._prepare()
        return True

    def _prepare(self) -> None:
        """Reads the sentences off the screen's thread, once."""
        if not self._asked:
            self._asked = True
            self._queries.ask("words", lambda _rows: self._read(), self._take)

    def understand(self, text: str) -> Answer | None:
        """None while the sentences are being read."""
        self._prepare()
        if self._matchers is None:
            return None
        korean, english = self._matchers
        now_ms = self._clock.now_ms()
        if _KOREAN.search(text):
            return korean.match(text, now_ms)
        answer = english.match(text, now_ms)
        return korean.match(text, now_ms) if isinstance(answer, NoMatch) else answer

    def _read(self) -> "tuple[Matcher, Matcher]":
        from voice.matcher import Matcher

        korean, english = (grammar_of(self._settings, language) for language in ("ko", "en"))
        return Matcher(korean, today=self._today), Matcher(english, today=self._today)

    def _today(self) -> date:
        return local_time(self._clock.now_ms()).date()

    def _take(self, matchers: "tuple[Matcher, Matcher]") -> None:
        self._matchers = matchers
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
