"""The department in charge of what the wall shows, called to the tablets in the building."""

import msgspec

from kiosk.core.errors import Unavailable
from kiosk.core.lookup import metric_of
from kiosk.core.registry import Args, Command, Question, Result, Risk, Send
from kiosk.core.state import ViewState
from kiosk.core.world import Entry, World
from kiosk.pack import here
from kiosk.wire.messages import CallDepartment
from kiosk.wire.projection import DepartmentCall
from kiosk.wire.text import Text


class Called(Args, frozen=True):
    """Whom to call and about what, in both languages; empty: who is in charge of what is shown."""

    department: Text = Text("", "")
    subject: Text = Text("", "")


def by_phone() -> Text:
    """Whom to call instead, where the city has a number for that."""
    hall = here().emergency.hall
    return Text(f". 전화는 {hall}번으로 하세요", f". By phone: {hall}") if hall else Text("", "")


def ask(state: ViewState, args: Called, world: World) -> Question:
    """Raises Unavailable when nobody is in charge, or when no tablet could show the call."""
    matter = _matter(state, world)
    if matter is None or not matter.department.ko:
        raise Unavailable(
            Text("이 화면에는 담당 부서가 없습니다", "No department is in charge of this screen")
        )
    office, phone = matter.department, by_phone()
    if world.tablets == 0:
        raise Unavailable(
            Text(
                f"연결된 태블릿이 없어 {office.ko} 호출을 보낼 곳이 없습니다{phone.ko}",
                f"No tablet is connected to take a call for {office.en}{phone.en}",
            )
        )
    words = Text(
        f"{office.ko} 호출: ‘{matter.name.ko}’ 담당을 부를까요?",
        f"Call {office.en}, in charge of “{matter.name.en}”?",
    )
    plain = {
        "department": {"ko": office.ko, "en": office.en},
        "subject": {"ko": matter.name.ko, "en": matter.name.en},
    }
    return Question(words, plain)


def call(state: ViewState, args: Called, world: World) -> Result:
    if world.tablets == 0:
        phone = by_phone()
        raise Unavailable(
            Text(f"연결된 태블릿이 없습니다{phone.ko}", f"No tablet is connected{phone.en}")
        )
    sent, phone = world.tablets, by_phone()
    notice = CallDepartment(DepartmentCall(args.department, args.subject, world.now_ms()))
    say = Text(
        f"{args.department.ko} 호출을 태블릿 {sent}대에 보냈습니다{phone.ko}",
        f"The call for {args.department.en} went to {sent} tablets{phone.en}",
    )
    return Result(state, say, (Send("remote", notice),))


def _matter(state: ViewState, world: World) -> Entry | None:
    """What the wall is about: an incident, a camera, an indicator, what colours the map."""
    place, catalogue = state.place, world.catalogue
    if place.panel == "incident" and place.item is not None:
        return _in_charge(place.item, world)
    if place.camera is not None:
        return next((c for c in catalogue.cameras() if c.id == place.camera), None)
    indicators = catalogue.indicators()
    wanted = place.indicator
    if wanted is None and place.panel in ("home", "compare"):
        wanted = metric_of(state.metric, [i.id for i in indicators if i.by_district])
    return next((i for i in indicators if i.id == wanted), None)


def _in_charge(incident: str, world: World) -> Entry | None:
    """The incident with the department whose duty it is, else that of its district."""
    found = next((i for i in world.catalogue.incidents() if i.id == incident), None)
    if found is None:
        return None
    office = world.desk.in_charge(f"incidents.{found.kind}")
    name = office.name if office else found.department
    return msgspec.structs.replace(found, department=name)


COMMANDS = (
    Command(
        "department.call",
        Text("담당 부서 호출", "Call the department in charge"),
        call,
        risk=Risk.REACH,
        ask=ask,
    ),
)
