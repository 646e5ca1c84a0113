"""What a person sees after each input: the toast, and the questions that wait for an answer."""

from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source, Status
from kiosk.core.state import ViewState
from kiosk.ui.components.action import Action
from kiosk.ui.components.choice_sheet import ChoiceSheetView
from kiosk.ui.components.confirm_sheet import ConfirmSheetView
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


def toast(record: AuditRecord) -> ToastView | None:
    """None when something else on the screen is the answer already."""
    if record.source is Source.SYSTEM or record.status is Status.NEEDS_CONFIRM:
        return None
    if record.status is Status.DONE:
        return ToastView(record.reason)
    return ToastView(_REFUSED[record.status], done=False, reason=record.reason)


def confirm_sheet(state: ViewState) -> ConfirmSheetView | None:
    asked = state.confirmation
    if asked is None:
        return None
    return ConfirmSheetView(
        question=asked.question,
        why=asked.why,
        expires_ms=asked.expires_ms,
        accept=Action(asked.verb, "confirm.accept", {"nonce": asked.nonce}, "confirm.accept"),
        cancel=Action(
            Text("취소", "Cancel"), "confirm.cancel", {"nonce": asked.nonce}, "confirm.no"
        ),
    )


def choice_sheet(state: ViewState) -> ChoiceSheetView | None:
    choice = state.choice
    if choice is None:
        return None
    options = tuple(
        Action(Text(o.label, o.label), "choice.take", {"number": n}, f"choice.{n}")
        for n, o in enumerate(choice.options, start=1)
    )
    drop = Action(Text("둘 다 아닙니다", "Neither"), "choice.drop", {}, "choice.none")
    return ChoiceSheetView(choice.heard, options, choice.expires_ms, drop)


def lock_view(state: ViewState, city: Text) -> LockView | None:
    if not state.locked:
        return None
    unlock = Action(Text("잠금 해제", "Unlock"), "system.unlock", {}, "unlock")
    return LockView(city, unlock, Text("화면을 누르면 풀립니다", "Touch to unlock"))
