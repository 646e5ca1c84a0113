"""What a person sees after each input: the toast, and the cover of a locked wall."""

from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source, Status
from kiosk.core.state import ViewState
from kiosk.ui.components.action import Action
from kiosk.ui.components.lock_screen import LockView
from kiosk.ui.components.toast import ToastView
from kiosk.wire.text import Text

_REFUSED = {
    Status.UNKNOWN: Text("알아듣지 못했습니다", "Not understood"),
    Status.BAD_ARGUMENTS: Text("할 수 없습니다", "Can't do that"),
    Status.UNAVAILABLE: Text("지금은 할 수 없습니다", "Not possible now"),
    Status.DENIED: Text("거절했습니다", "Refused"),
    Status.FAILED: Text("하지 못했습니다", "That did not work"),
}


_NEWS = frozenset(
    {"gestures.recording", "order.told", "cctv.snapshot_told", "sound.told", "call.over"}
)  # what a process tells and a person must read


def toast(record: AuditRecord) -> ToastView | None:
    """None when something else on the screen is the answer already."""
    silent = record.source is Source.SYSTEM and record.command not in _NEWS
    if silent or record.status is Status.NEEDS_CONFIRM:
        return None
    if record.status is Status.DONE:
        return ToastView(record.reason)
    return ToastView(_REFUSED[record.status], done=False, reason=record.reason)


def lock_view(state: ViewState, city: Text) -> LockView | None:
    if not state.locked:
        return None
    unlock = Action(Text("잠금 해제", "Unlock"), "system.unlock", {}, "unlock")
    return LockView(city, unlock, Text("화면을 누르면 풀립니다", "Touch to unlock"))
