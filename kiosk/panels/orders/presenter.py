"""Orders: the list, one in full, or a new one. No Qt."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from kiosk.commands.orders import DUE_WORDS
from kiosk.core.state import ViewState
from kiosk.panels.orders.lines import departments, order_line, unwritten_line
from kiosk.panels.orders.model import NOTHING, Draft, OrderLine, OrdersModel, Pick
from kiosk.panels.orders.subjects import Subject, read_subjects
from kiosk.panels.panel import Live
from kiosk.wire.city import OrderStatus
from kiosk.wire.orders import Order
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TITLE = Text("지시", "Orders")
NO_SYNC = Text(
    "동기화가 멈춰 있어 지금은 지시할 수 없습니다. 시스템 화면에서 다시 시작하세요",
    "Sync is down: nothing can be ordered now. Start it again on the system panel",
)
NO_DUE = Text("기한 없음", "no date")


class OrdersData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the backend tells of orders, and what they can be about."""

    told: dict[str, OrderStatus]
    subjects: Mapping[str, Subject]


class OrdersPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(
        ("orders", "districts", "incidents", "indicators", "cameras", "complaints", "items")
    )
    fields: frozenset[str] = frozenset()

    def query(self, repositories: "Repositories", state: ViewState) -> OrdersData:
        told = {status.id: status for status in repositories.newest_orders()}
        return OrdersData(told, read_subjects(repositories))

    def present(
        self, state: ViewState, data: OrdersData | None, live: Live, now_ms: int
    ) -> OrdersModel:
        if data is None:
            return OrdersModel(loading=True, now_ms=now_ms)
        lines = order_lines(data, live, now_ms)
        done = tuple(line for line in lines if line.steps[-1].state == "now")
        still = tuple(line for line in lines if line.steps[-1].state != "now")
        late = tuple(line for line in still if line.overdue)
        shown = {"open": still, "late": late, "done": done, "all": lines}[state.orders_shown]
        about, item = state.place.about, state.place.item
        return OrdersModel(
            shown=state.orders_shown,
            counts=(len(still), len(late), len(done), len(lines)),
            lines=shown,
            opened=next((line for line in lines if line.id == item), None),
            asked=item is not None,
            draft=_draft(about, data.subjects, live, now_ms) if about is not None else None,
            problem=problem(live),
            now_ms=now_ms,
        )

    def project(self, model: OrdersModel) -> Projection:
        lines = (model.opened,) if model.opened else model.lines
        block = RowsBlock(TITLE, tuple(order_row(line) for line in lines))
        return Projection("orders", TITLE, model.problem, model.now_ms, (block,))


def order_lines(data: OrdersData, live: Live, now_ms: int) -> tuple[OrderLine, ...]:
    """All orders, newest first; those that are not on the disk yet lead."""
    given = live.given.orders
    known = {item.order.id for item in given}
    fresh = [w for w in live.writing if isinstance(w, Order) and w.id not in known]
    subjects = data.subjects
    return (
        *(unwritten_line(o, subjects.get(o.about), live, now_ms) for o in reversed(fresh)),
        *(
            order_line(g, data.told.get(g.order.id), subjects.get(g.order.about), live, now_ms)
            for g in given
        ),
    )


def order_row(line: OrderLine) -> Row:
    """An order as a tablet's row."""
    now = next(step for step in line.steps if step.state == "now")
    facts = [Text(f"{now.word.ko} {now.at}".strip(), f"{now.word.en} {now.at}".strip())]
    facts += [words for words in (line.subject, line.note, line.given) if words.ko]
    return Row(
        headline=Text(f"{line.to.ko}: {line.text}", f"{line.to.en}: {line.text}"),
        facts=Text(", ".join(f.ko for f in facts), ", ".join(f.en for f in facts)),
        command="" if line.writing else "order.show",
        args={} if line.writing else {"order": line.id},
    )


def _draft(about: str, subjects: Mapping[str, Subject], live: Live, now_ms: int) -> Draft:
    subject, desk = subjects.get(about), live.desk
    charged = subject.charged(desk) if subject else None
    table = about.partition("/")[0]
    none = Text("특정 대상 없음", "nothing in particular")
    return Draft(
        about=about,
        subject=subject.name if subject else none,
        departments=tuple(Pick(id_, name) for id_, name in departments(desk, charged, now_ms)),
        instructions=tuple(
            Pick(p.id, p.words) for p in desk.instruction if not table or p.fits(table)
        ),
        dues=tuple(Pick(due, words if due else NO_DUE) for due, words in DUE_WORDS.items()),
        charged=charged[0] if charged else "",
        problem=problem(live),
    )


def problem(live: Live) -> Text:
    """Why nothing can be given now."""
    sync = next((p for p in live.processes if p.name == "sync"), None)
    off = sync is not None and sync.state in ("failed", "stopped")
    return NO_SYNC if off else NOTHING
