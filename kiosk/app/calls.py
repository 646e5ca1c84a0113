"""The wall's side of calls: tells every process how the call stands, and the call what they tell.

What a call is stands in the ViewState and is changed by commands alone; this follows it."""

from collections.abc import Callable

from kiosk.app.part import Part
from kiosk.core.audit import AuditRecord
from kiosk.core.clock import Clock
from kiosk.core.state import Changes, Store, ViewState
from kiosk.inputs import Intake
from kiosk.wire.calls import Call, CallPhase
from kiosk.wire.messages import (
    CallAnswer,
    CallMedia,
    CallNow,
    CallOffer,
    CallOver,
    Message,
)
from kiosk.wire.text import Text

REMOTE, CALLS = "remote", "calls"
PARTS = (REMOTE, CALLS, "gestures", "voice")
"""Processes that have a part in a call."""
RING_MS = 40_000
CONNECT_MS = 20_000
LOST_MS = 30_000

_UNANSWERED = Text("받지 않아 통화를 마쳤습니다", "Nobody took the call")
_FAILED = Text(
    "통화를 잇지 못했습니다. 태블릿과 벽이 같은 네트워크에 있는지 확인하세요",
    "The call could not be connected. Check that tablet and wall are on the same network",
)
_LOST = Text("끊긴 통화가 돌아오지 않아 마쳤습니다", "The call was cut and did not come back")
_STOPPED = Text("통화 프로그램이 멈춰 통화를 마쳤습니다", "The calls' process stopped")
_GONE = Text("태블릿 연결이 모두 끊겨 통화를 마쳤습니다", "The tablets are gone: the call is over")
_REVOKED = Text("태블릿의 권한이 바뀌어 통화를 마쳤습니다", "The tablet's rights have changed")

_PATIENCE: dict[CallPhase, tuple[int, Text]] = {
    "ringing": (RING_MS, _UNANSWERED),
    "asking": (RING_MS, _UNANSWERED),
    "connecting": (CONNECT_MS, _FAILED),
    "lost": (LOST_MS, _LOST),
}


class Calls(Part):
    """`send(process, message)` is the hub's; `may_talk(device)` whether this tablet may be in a
    call now; `here()` the tablets that are connected; `shown_px()` how large the wall shows the
    tablet's picture."""

    hears = (CallOffer, CallAnswer, CallMedia)

    def __init__(
        self,
        *,
        intake: Intake,
        store: Store,
        clock: Clock,
        send: Callable[[str, Message], bool],
        may_talk: Callable[[str], bool],
        shown_px: Callable[[], tuple[int, int]],
        here: Callable[[], frozenset[str]],
    ) -> None:
        self._intake = intake
        self._store = store
        self._clock = clock
        self._send = send
        self._may_talk = may_talk
        self._here = here
        self._shown_px = shown_px
        self._told: Call | None = None
        self._left: list[CallOver] = []

    def receive(self, message: Message) -> None:
        """What the tablets' server and the calls' process say. About another call than the one
        that is on they are late, and mean nothing any more."""
        call = self._store.state.call
        match message:
            case CallOffer(call=named) if call is not None and named == call.id and call.accepted:
                self._send(CALLS, message)
            case CallAnswer(call=named) if call is not None and named == call.id:
                self._send(REMOTE, message)
            case CallMedia(call=named) if call is not None and named == call.id:
                self._media(call, message)
            case _:
                pass

    def came(self, worker: str) -> None:
        """A new process knows nothing of the call."""
        if worker in PARTS:
            self._send(worker, self._call_now())

    def lost(self, worker: str) -> None:
        call = self._store.state.call
        if call is None:
            return
        if worker == CALLS and call.accepted:
            self._over(call, _STOPPED)
        elif worker == REMOTE and not call.accepted:
            self._over(call, _GONE)

    def tablets_changed(self) -> None:
        """Some came or went, or have other rights."""
        call = self._store.state.call
        if call is None:
            return
        if call.device and not self._may_talk(call.device):
            self._over(call, _REVOKED)
        elif not call.accepted and not call.tablets & self._here():
            self._over(call, _GONE)

    def tick(self) -> None:
        """Nobody waits for ever."""
        call = self._store.state.call
        if call is None or call.phase not in _PATIENCE:
            return
        patience_ms, reason = _PATIENCE[call.phase]
        if self._clock.now_ms() - call.since_ms >= patience_ms:
            self._over(call, reason)

    def answered(self, record: AuditRecord) -> None:
        """After each Invocation: tablets that have no part in the call any more are told why, in
        the words in which it was done."""
        for left in self._left:
            self._send(REMOTE, CallOver(left.call, left.devices, record.reason))
        self._left.clear()

    def follow(self, state: ViewState, changes: Changes) -> None:
        """After each change of the state, when the screen has followed it."""
        if "call" not in changes:
            return
        before, self._told = self._told, state.call
        if before is not None:
            same = state.call is not None and state.call.id == before.id
            still = state.call.tablets if state.call is not None and same else frozenset()
            gone = tuple(sorted(before.tablets - still))
            if gone:
                self._left.append(CallOver(before.id, gone, Text("", "")))
        self.tell()

    def tell(self) -> None:
        """How the call stands, to all that have a part in it."""
        for worker in PARTS:
            self._send(worker, self._call_now())

    def _call_now(self) -> CallNow:
        return CallNow(self._store.state.call, self._shown_px())

    def _media(self, call: Call, told: CallMedia) -> None:
        if told.state == "failed":
            self._over(call, _FAILED)
            return
        phase = {"live": "talking", "lost": "lost"}.get(told.state, call.phase)
        if (phase, told.missing) == (call.phase, call.missing):
            return
        news = {"call": call.id, "state": told.state, "missing": list(told.missing)}
        self._intake.system("call.media", news)

    def _over(self, call: Call, reason: Text) -> None:
        self._intake.system("call.over", {"call": call.id, "ko": reason.ko, "en": reason.en})
