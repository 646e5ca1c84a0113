"""The wall's side of calls between tablets: tells the tablets' server how they stand, and ends
those that nobody takes or whose tablets are gone."""

from collections.abc import Callable

from kiosk.app.part import Part
from kiosk.core.audit import AuditRecord
from kiosk.core.clock import Clock
from kiosk.core.state import Changes, Store, ViewState
from kiosk.inputs import Intake
from kiosk.wire.messages import CallOver, Message, TalksNow
from kiosk.wire.talks import Talk
from kiosk.wire.text import Text

REMOTE = "remote"
RING_MS = 40_000
GONE_MS = 30_000

_UNANSWERED = Text("받지 않아 통화를 마쳤습니다", "Nobody took the call")
_GONE = Text("연결이 끊겨 통화를 마쳤습니다", "The connection is gone: the call is over")
_REVOKED = Text("태블릿의 권한이 바뀌어 통화를 마쳤습니다", "The tablet's rights have changed")


class Talks(Part):
    """`may_talk(device)`: whether this tablet may be in a call now; `here()` are the tablets that
    are connected."""

    def __init__(
        self,
        *,
        intake: Intake,
        store: Store,
        clock: Clock,
        send: Callable[[str, Message], bool],
        may_talk: Callable[[str], bool],
        here: Callable[[], frozenset[str]],
    ) -> None:
        self._intake = intake
        self._store = store
        self._clock = clock
        self._send = send
        self._may_talk = may_talk
        self._here = here
        self._told: tuple[Talk, ...] = ()
        self._left: list[CallOver] = []
        self._gone_ms: dict[str, int] = {}

    def came(self, worker: str) -> None:
        if worker == REMOTE:
            self._send(REMOTE, TalksNow(self._store.state.talks))

    def tablets_changed(self) -> None:
        """Some came or went, or have other rights."""
        for talk in self._store.state.talks:
            if not all(self._may_talk(device) for device in talk.tablets):
                self._over(talk, _REVOKED)

    def tick(self) -> None:
        now_ms, here = self._clock.now_ms(), self._here()
        talks = self._store.state.talks
        gone = {talk.id for talk in talks if not talk.tablets <= here}
        self._gone_ms = {named: self._gone_ms.get(named, now_ms) for named in gone}
        for talk in talks:
            if not talk.taken and now_ms - talk.since_ms >= RING_MS:
                self._over(talk, _UNANSWERED)
            elif now_ms - self._gone_ms.get(talk.id, now_ms) >= GONE_MS:
                self._over(talk, _GONE)

    def answered(self, record: AuditRecord) -> None:
        """After each Invocation: the tablets of a call that is over are told why, in the words in
        which it was ended."""
        for left in self._left:
            self._send(REMOTE, CallOver(left.call, left.devices, record.reason))
        self._left.clear()

    def follow(self, state: ViewState, changes: Changes) -> None:
        """After each change of the state."""
        if "talks" not in changes:
            return
        before, self._told = self._told, state.talks
        still = {talk.id for talk in state.talks}
        for talk in before:
            if talk.id not in still:
                self._left.append(CallOver(talk.id, tuple(sorted(talk.tablets)), Text("", "")))
        self._send(REMOTE, TalksNow(state.talks))

    def _over(self, talk: Talk, reason: Text) -> None:
        self._intake.system("talk.over", {"talk": talk.id, "ko": reason.ko, "en": reason.en})
