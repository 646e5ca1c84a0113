"""What lies on the officials' desks, and the view of the wall that goes with an order. No Qt."""

from collections.abc import Collection, Mapping

from kiosk.commands.orders import DUE_WORDS, in_charge
from kiosk.core.contacts import reachable
from kiosk.core.errors import UserError
from kiosk.core.lookup import matter
from kiosk.core.world import Entry, World
from kiosk.pack.clock import local_time
from kiosk.wire.city import OrderStatus
from kiosk.wire.desk import (
    NOTHING,
    Addressee,
    IncidentCard,
    OrderCard,
    PanelName,
    Reachable,
    Ready,
    TabletDesk,
)
from kiosk.wire.messages import Device
from kiosk.wire.orders import GivenOrder, OrderState, SeenLine, SeenView, further
from kiosk.wire.projection import FigureBlock, Projection, RowsBlock
from kiosk.wire.text import Text

ORDERS_SHOWN = 40
INCIDENTS_SHOWN = 20
LINES_ATTACHED = 6
NO_DUE = Text("기한 없음", "no date")
AT_THE_WALL = Text("상황판에서", "at the wall")
GONE = Text("지금은 자료에 없는 대상", "no longer in the data")
OWN_PANELS = Text("이 벽", "This wall")


def seen_view(projection: Projection) -> SeenView:
    """A panel as it goes with an order: its title and its first lines."""
    lines: list[SeenLine] = []
    for block in projection.blocks:
        if isinstance(block, FigureBlock):
            value = Text(f"{block.value} {block.unit.ko}", f"{block.value} {block.unit.en}")
            lines.append(SeenLine(block.label, value, block.age, block.simulated))
        elif isinstance(block, RowsBlock):
            lines += [SeenLine(r.headline, r.facts, simulated=block.simulated) for r in block.rows]
    return SeenView(
        projection.panel, projection.title, projection.t_ms, tuple(lines[:LINES_ATTACHED])
    )


def tablet_desk(
    world: World,
    about: str,
    told: Mapping[str, OrderStatus],
    *,
    devices: Collection[Device],
    online: Collection[str],
    givers: tuple[str, ...],
) -> TabletDesk:
    """`about` is what the wall is about, `told` what the backend says of orders, `online` the ids
    of the tablets that are connected, `givers` the roles that may order."""
    here = {d.office for d in devices if d.id in online and d.office}
    names = {d.id: Text(d.name, d.name) for d in devices}
    charged = _charged(world, about)
    return TabletDesk(
        about=about,
        subject=_subject(world, about),
        orders=tuple(
            _order(given, told.get(given.order.id), world, names)
            for given in world.given.orders[:ORDERS_SHOWN]
        ),
        incidents=tuple(
            _incident(entry, world)
            for entry in [i for i in world.catalogue.incidents() if not i.ended][:INCIDENTS_SHOWN]
        ),
        addressees=addressees(world, here, charged),
        instructions=tuple(
            Ready(p.id, p.words, tuple(sorted(p.about))) for p in world.desk.instruction
        ),
        dues=tuple(Ready(due, words if due else NO_DUE) for due, words in DUE_WORDS.items()),
        panels=_panels(world),
        districts=tuple(Ready(d.id, d.name) for d in world.catalogue.districts()),
        givers=givers,
        reachable=tuple(
            Reachable(c.device, c.name, world.desk.named(c.office) if c.office else NOTHING)
            for c in reachable(world.contacts)
        ),
    )


def addressees(
    world: World, here: Collection[str], charged: tuple[str, Text] | None
) -> tuple[Addressee, ...]:
    """Whom one can order: who is in charge first, then those whose tablet is connected, then posts
    that are on duty, those that are not last; of equals as the directory has them."""
    now = local_time(world.now_ms())
    found = [
        Addressee(d.id, d.name, d.id, here=d.id in here, above=_above(world, d.id))
        for d in world.desk.department
    ]
    found += [
        Addressee(
            *(p.id, world.desk.named(p.id), p.department),
            post=True,
            duty=p.on_duty(now),
            here=p.department in here,
            above=_above(world, p.department),
        )
        for p in world.desk.post
    ]
    if charged is not None and all(a.id != charged[0] for a in found):
        found.insert(0, Addressee(charged[0], charged[1], charged[0], here=charged[0] in here))

    def rank(one: Addressee) -> tuple[bool, bool, int]:
        mine = charged is not None and one.office == charged[0]
        return not mine, not one.here, (True, None, False).index(one.duty)

    return tuple(sorted(found, key=rank))


def _above(world: World, office: str) -> tuple[str, ...]:
    return tuple(d.id for d in world.desk.chain(office) if d.id != office)


def _order(
    given: GivenOrder, told: OrderStatus | None, world: World, names: Mapping[str, Text]
) -> OrderCard:
    order, state = given.order, given.state
    steps: dict[OrderState, int] = {given.state: given.changed_ms}
    if told is not None:
        state = further(state, told.state)
        steps |= {told.state: told.changed_ms} | told.steps
    steps |= {report.state: report.t_ms for report in given.reports}
    if given.sent_ms is not None:
        steps["sent"] = given.sent_ms
    return OrderCard(
        id=order.id,
        to=order.to,
        office=world.desk.office_of(order.to),
        name=world.desk.named(order.to),
        text=order.text,
        t_ms=order.t_ms,
        giver=order.by,
        by=AT_THE_WALL if order.by == "wall" else names.get(order.by, Text(order.by, order.by)),
        state=state,
        steps=steps | {"written": order.t_ms},
        due_ms=order.due_ms,
        about=order.about,
        subject=_subject(world, order.about),
        view=order.view,
        answer=given.answer or (told.answer if told else ""),
        simulated=told is not None and told.simulated,
        refused=given.refused is not None,
    )


def _incident(entry: Entry, world: World) -> IncidentCard:
    found = in_charge(f"incidents/{entry.id}", entry, world)
    district = next((d for d in world.catalogue.districts() if d.id == entry.district), None)
    return IncidentCard(
        id=entry.id,
        headline=entry.name,
        severity=entry.severity,
        t_ms=entry.t_ms,
        district=entry.district,
        where=district.name if district else NOTHING,
        at=entry.at,
        office=found[0] if found else "",
        charged=found[1] if found else NOTHING,
        simulated=entry.simulated,
    )


def _panels(world: World) -> tuple[PanelName, ...]:
    """Every panel that the wall's menu leads to, as it is sorted there."""
    found: list[PanelName] = []
    for name in world.menu.dock:
        category = world.menu.categories.get(name)
        if category is not None:
            found += [
                PanelName(panel, world.panels[panel], category.title)
                for panel in category.panels
                if panel in world.panels
            ]
        elif name in world.panels:
            found.append(PanelName(name, world.panels[name], OWN_PANELS))
    return tuple(found)


def _charged(world: World, about: str) -> tuple[str, Text] | None:
    thing = _thing(world, about)
    return in_charge(about, thing, world) if thing else None


def _subject(world: World, about: str) -> Text:
    if not about:
        return NOTHING
    thing = _thing(world, about)
    return thing.name if thing else GONE


def _thing(world: World, about: str) -> Entry | None:
    """None for what is not there any more, or is nothing in particular."""
    try:
        return matter(world, about)[1] if about else None
    except UserError:
        return None
