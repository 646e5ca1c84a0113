"""Orders as lines: the five steps with their times, and what a person has to know. No Qt."""

from collections.abc import Mapping

import msgspec

from kiosk.core.desk import Desk
from kiosk.pack.clock import local_time
from kiosk.panels.chain import Step
from kiosk.panels.orders.model import NOTHING, OrderLine
from kiosk.panels.orders.subjects import GONE, Subject
from kiosk.panels.panel import Live
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import OrderStatus
from kiosk.wire.orders import ORDER_STATES, GivenOrder, Order, OrderState, further
from kiosk.wire.text import Text

STEP_WORDS: dict[OrderState, Text] = {
    "written": Text("적음", "Written"),
    "sent": Text("보냄", "Sent"),
    "delivered": Text("도착", "Delivered"),
    "read": Text("읽음", "Read"),
    "answered": Text("답변", "Answered"),
    "done": Text("완료", "Done"),
}
WRITING = Text("쓰는 중", "Writing")
_REMEDIES = {
    "413": Text("너무 깁니다. 줄여서 다시 지시하세요", "Too long. Order it again, shorter"),
    "403": Text(
        "이 벽에는 지시할 권한이 없습니다. 백엔드 담당에게 알리세요",
        "This wall may not order. Tell whoever runs the backend",
    ),
    "409": Text(
        "같은 번호의 다른 지시가 있습니다. 다시 지시하세요",
        "Another order has this number. Order it again",
    ),
}
_REMEDY = Text(
    "백엔드가 받지 않았습니다. 다시 지시하고 백엔드 담당에게 알리세요",
    "The backend did not take it. Order it again, and tell whoever runs the backend",
)


def moment(t_ms: int, now_ms: int) -> str:
    """The time of today; of another day with its date."""
    then, now = local_time(t_ms), local_time(now_ms)
    if then.date() == now.date():
        return f"{then:%H:%M}"
    return f"{then.month}/{then.day} {then:%H:%M}"


def order_line(
    given: GivenOrder,
    told: OrderStatus | None,
    subject: Subject | None,
    live: Live,
    now_ms: int,
) -> OrderLine:
    """An order of the ledger with what the backend tells of it."""
    state = further(given.state, told.state) if told else given.state
    times = _times(given, told)
    refused = given.refused is not None
    steps = tuple(_step(s, state, times.get(s), refused, now_ms) for s in ORDER_STATES)
    note, trouble = _note(given, state, live, now_ms)
    simulated = told is not None and told.simulated
    line = _line(given.order, steps, subject, live, now_ms, note, trouble, simulated)
    due_ms = given.order.due_ms
    overdue = due_ms is not None and now_ms >= due_ms and state != "done"
    answer = given.answer or (told.answer if told else "")
    return msgspec.structs.replace(line, overdue=overdue, answer=answer)


def unwritten_line(order: Order, subject: Subject | None, live: Live, now_ms: int) -> OrderLine:
    """An order that sync has not acknowledged: it is not given yet, and the wall says so."""
    steps = [Step(STEP_WORDS[state]) for state in ORDER_STATES]
    steps[0] = Step(WRITING, state="now")
    well = any(p.name == "sync" and p.state in ("running", "degraded") for p in live.processes)
    note = Text(
        "아직 지시되지 않았습니다" if well else "동기화가 멈춰 기다립니다. 다시 시작되면 적습니다",
        "Not given yet" if well else "Sync is down: it is written when sync is back",
    )
    return _line(order, tuple(steps), subject, live, now_ms, note, not well, writing=True)


def _line(
    order: Order,
    steps: tuple[Step, ...],
    subject: Subject | None,
    live: Live,
    now_ms: int,
    note: Text,
    trouble: bool,
    simulated: bool = False,
    *,
    writing: bool = False,
) -> OrderLine:
    by, at = who(order.by, live), moment(order.t_ms, now_ms)
    to = live.desk.named(order.to)
    about = subject.name if subject else GONE
    matter = order.about if subject is not None and subject.press is not None else ""
    runs = steps[-1].state != "now" and not writing
    return OrderLine(
        id=order.id,
        text=order.text,
        to=to,
        given=Text(f"{by.ko}, {at}", f"{by.en}, {at}"),
        steps=steps,
        subject=about if order.about else NOTHING,
        press=subject.press if subject else None,
        call=Press("call.start", {"to": order.to, "about": matter}) if runs else None,
        note=note,
        trouble=trouble,
        simulated=simulated,
        writing=writing,
        view=order.view,
    )


def who(by: str, live: Live) -> Text:
    """Whoever gave or reported it: the wall, a tablet by its name, or as the backend tells."""
    if by == "wall":
        return Text("시장, 상황판에서", "the mayor, at the wall")
    name = next((d.name for d in live.devices if d.id == by), by)
    return Text(name, name)


def _times(given: GivenOrder, told: OrderStatus | None) -> Mapping[OrderState, int]:
    times: dict[OrderState, int] = {given.state: given.changed_ms}
    if told is not None:
        times |= {told.state: told.changed_ms} | told.steps
    times |= {report.state: report.t_ms for report in given.reports}
    if given.sent_ms is not None:
        times["sent"] = given.sent_ms
    return times | {"written": given.order.t_ms}


def _step(
    step: OrderState, state: OrderState, t_ms: int | None, refused: bool, now_ms: int
) -> Step:
    here, place = ORDER_STATES.index(state), ORDER_STATES.index(step)
    word = STEP_WORDS[step]
    if place > here:
        return Step(word, state="struck" if refused else "ahead")
    at = moment(t_ms, now_ms) if t_ms is not None else ""
    return Step(word, at, "now" if place == here else "past")


def _note(given: GivenOrder, state: OrderState, live: Live, now_ms: int) -> tuple[Text, bool]:
    """What a person has to know, and whether it is trouble."""
    if given.refused is not None:
        remedy = _REMEDIES.get(given.refused[:3], _REMEDY)
        return Text(f"거절됨. {remedy.ko}", f"Refused. {remedy.en}"), True
    if state == "written" and live.sync is not None and not live.sync.reachable:
        return Text("백엔드에 연결되면 보냅니다", "Goes out when the backend is back"), False
    due_ms = given.order.due_ms
    if due_ms is None or state == "done":
        return NOTHING, False
    day = local_time(due_ms - 1)
    if now_ms >= due_ms:
        return Text(f"기한 {day.month}/{day.day} 지남", f"Was due {day.month}/{day.day}"), True
    return Text(f"기한 {day.month}/{day.day}", f"Due {day.month}/{day.day}"), False


def departments(
    desk: Desk, charged: tuple[str, Text] | None, now_ms: int
) -> list[tuple[str, Text]]:
    """Whom one can order, who is in charge first, and with them the posts of theirs that are on
    duty."""
    everybody = [(d.id, d.name) for d in desk.department]
    if charged is None:
        return everybody
    now = local_time(now_ms)
    posts = [p for p in desk.post if p.department == charged[0] and p.on_duty(now)]
    theirs = [(p.id, Text(p.name.ko, p.name.en)) for p in posts]
    return [charged, *theirs, *(d for d in everybody if d[0] != charged[0])]
