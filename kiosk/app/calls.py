"""The wall's side of calls: tells every process how the call stands, and the call what they tell.

What a call is stands in the ViewState and is changed by commands alone; this follows it."""

from collections.abc import Callable, Collection

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
    RoomAnswer,
    RoomFailed,
    RoomOffer,
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

_NO_SERVER = Text(
    "회의 서버에 닿지 않아 두 사람의 통화로 둡니다",
    "The conference server can't be reached: the call stays one of two",
)
_NOT_TAKEN = Text("받지 않음", "Not taken")
_FELL = Text("연결이 끊겨 통화에서 나감", "Cut off, out of the call")

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

    hears = (CallOffer, CallAnswer, CallMedia, RoomOffer, RoomAnswer, RoomFailed)

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
        self._absent: dict[str, int] = {}

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
            case RoomOffer(call=named) if call is not None and named == call.id and call.others:
                self._send(CALLS if message.way else REMOTE, message)
            case RoomAnswer(call=named) if call is not None and named == call.id and call.others:
                self._send(REMOTE if message.way else CALLS, message)
            case RoomFailed(call=named) if call is not None and named == call.id and call.others:
                self._fallen(call, call.tablets - {call.device}, _NO_SERVER)
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
        gone = frozenset(device for device in call.inside if not self._may_talk(device))
        if gone:
            self._fallen(call, gone, _REVOKED)
        elif not call.accepted and not call.tablets & self._here():
            self._over(call, _GONE)

    def tick(self) -> None:
        """Nobody waits for ever."""
        call = self._store.state.call
        if call is None:
            return
        if call.accepted and (call.others or call.rings):
            self._wait_for(call)
        if call.phase not in _PATIENCE:
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

    def _wait_for(self, call: Call) -> None:
        """Who is called to a call that is on, and who has fallen out of it, for a while."""
        now_ms = self._clock.now_ms()
        out = (call.inside - frozenset(call.live)) if call.others else frozenset()
        absent = out | frozenset(call.rings)
        self._absent = {device: self._absent.get(device, now_ms) for device in absent}
        for devices, patience_ms, reason in (
            (frozenset(call.rings), RING_MS, _NOT_TAKEN),
            (out, LOST_MS, _FELL),
        ):
            gone = {d for d in devices if now_ms - self._absent[d] >= patience_ms}
            if gone:
                self._fallen(call, gone, reason)
                return  # the call is another one now

    def _call_now(self) -> CallNow:
        return CallNow(self._store.state.call, self._shown_px())

    def _media(self, call: Call, told: CallMedia) -> None:
        if told.state == "failed":
            self._over(call, _FAILED)
            return
        phase = {"live": "talking", "lost": "lost"}.get(told.state, call.phase)
        live = tuple(device for device in told.live if device in call.inside)
        if (phase, told.missing, live) == (call.phase, call.missing, call.live):
            return
        news = {"call": call.id, "state": told.state, "missing": list(told.missing)}
        self._intake.system("call.media", news | {"live": list(live)})

    def _fallen(self, call: Call, devices: Collection[str], reason: Text) -> None:
        news = {"call": call.id, "devices": sorted(devices), "ko": reason.ko, "en": reason.en}
        self._intake.system("call.fallen", news)

    def _over(self, call: Call, reason: Text) -> None:
        self._intake.system("call.over", {"call": call.id, "ko": reason.ko, "en": reason.en})
