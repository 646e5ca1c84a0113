"""Orders and replies in the ledger: written first, sent later, never lost, never doubled."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Select, select, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from kiosk.cache import schema
from kiosk.wire.city import OrderStatus
from kiosk.wire.orders import Given, GivenOrder, GivenReply, Order, Reply, Report, further

_UNSENT = text(
    "SELECT outbox.id, outbox.kind, outbox.body FROM outbox "
    "LEFT JOIN orders ON orders.id = outbox.id WHERE refused IS NULL AND (sent_ms IS NULL OR "
    "(:epoch != '' AND sent_epoch != :epoch AND coalesce(orders.state, '') != 'done')) "
    "ORDER BY outbox.t_ms, outbox.id LIMIT 1"
)
_KINDS: dict[type, str] = {Order: "order", Reply: "reply", Report: "report"}
_encode = msgspec.json.Encoder().encode


class OutboxItem(msgspec.Struct, frozen=True):
    """What has still to reach the backend, as JSON; `id` is its idempotency key.

    `kind`: order, reply or report.
    """

    id: str
    kind: str
    body: str


class OrderBookReader:
    """What others may ask; empty answers while there is no ledger."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self, limit: int = 200) -> tuple[OrderStatus, ...]:
        """The newest orders, newest first, with how far they have come."""
        table = schema.orders
        query = select(table).order_by(table.c.t_ms.desc(), table.c.id.desc()).limit(limit)
        return tuple(_order_status(row) for row in self._rows(query))

    def given(self, limit: int = 200) -> Given:
        """The newest orders and replies with what became of them on their way."""
        orders, outbox = schema.orders, schema.outbox
        ways = (outbox.c.sent_ms, outbox.c.refused)
        ordered = (
            select(orders.c.body, orders.c.state, orders.c.changed_ms, *ways)
            .join(outbox, outbox.c.id == orders.c.id, isouter=True)
            .order_by(orders.c.t_ms.desc(), orders.c.id.desc())
            .limit(limit)
        )
        replied = (
            select(outbox.c.body, *ways)
            .where(outbox.c.kind == "reply")
            .order_by(outbox.c.t_ms.desc(), outbox.c.id.desc())
            .limit(limit)
        )
        return Given(
            tuple(
                GivenOrder(_order(row.body), row.state, row.changed_ms, row.sent_ms, row.refused)
                for row in self._rows(ordered)
            ),
            tuple(
                GivenReply(msgspec.json.decode(row.body, type=Reply), row.sent_ms, row.refused)
                for row in self._rows(replied)
            ),
        )

    def refused(self) -> dict[str, str]:
        """Id -> reason of all that the backend refused."""
        outbox = schema.outbox
        query = select(outbox.c.id, outbox.c.refused).where(outbox.c.refused.is_not(None))
        return {row.id: row.refused for row in self._rows(query)}

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(query).all()
        except DBAPIError:
            return []


class OrderBook(OrderBookReader):
    """The writing end; a write that has returned is on the disk."""

    def write_order(self, order: Order) -> None:
        """Writes an order and its way out in one transaction; one that is there stays as it is."""
        row = {
            "id": order.id,
            "t_ms": order.t_ms,
            "state": "written",
            "changed_ms": order.t_ms,
            "body": _encode(order).decode(),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(schema.orders).on_conflict_do_nothing(), row)
            _post(connection, order)

    def write_reply(self, reply: Reply) -> None:
        with self._engine.begin() as connection:
            _post(connection, reply)

    def write_report(self, report: Report) -> None:
        """Takes a report on an order of this ledger; one on any other goes nowhere."""
        known = select(schema.orders.c.id).where(schema.orders.c.id == report.order)
        with self._engine.begin() as connection:
            if connection.execute(known).first() is not None:
                _post(connection, report)

    def unsent(self, epoch: str) -> OutboxItem | None:
        """The oldest that has not reached the backend's store of this epoch.

        A backend with a new epoch has lost its history: what is not done is sent to it again.
        """
        with self._engine.begin() as connection:
            row = connection.execute(_UNSENT, {"epoch": epoch}).one_or_none()
        return None if row is None else OutboxItem(row.id, row.kind, row.body)

    def mark_sent(self, id: str, epoch: str, now_ms: int) -> None:  # noqa: A002 - the column's name
        outbox, orders = schema.outbox, schema.orders
        with self._engine.begin() as connection:
            sent = outbox.update().where(outbox.c.id == id)
            connection.execute(sent.values(sent_ms=now_ms, sent_epoch=epoch))
            first = orders.update().where(orders.c.id == id, orders.c.state == "written")
            connection.execute(first.values(state="sent", changed_ms=now_ms))

    def mark_refused(self, id: str, reason: str) -> None:  # noqa: A002
        """The backend will never take this one; it stays, with the reason, for a person."""
        outbox = schema.outbox
        with self._engine.begin() as connection:
            connection.execute(outbox.update().where(outbox.c.id == id).values(refused=reason))

    def progress(self, told: Sequence[OrderStatus]) -> bool:
        """Takes over how far orders have come; whether any had come further than was known."""
        table, changed = schema.orders, False
        with self._engine.begin() as connection:
            rows = connection.execute(select(table.c.id, table.c.state))
            known = {row.id: row.state for row in rows}
            for status in told:
                before = known.get(status.id)
                if before is None or further(before, status.state) == before:
                    continue
                new = {"state": status.state, "changed_ms": status.changed_ms}
                connection.execute(table.update().where(table.c.id == status.id).values(new))
                changed = True
        return changed


def _post(connection: Connection, what: Order | Reply | Report) -> None:
    kind, body = _KINDS[type(what)], _encode(what).decode()
    row = {"id": what.id, "kind": kind, "t_ms": what.t_ms, "body": body}
    connection.execute(insert(schema.outbox).on_conflict_do_nothing(), row)


def _order(body: str) -> Order:
    return msgspec.json.decode(body, type=Order)


def _order_status(row: Any) -> OrderStatus:
    return OrderStatus(row.id, _order(row.body), row.state, row.changed_ms)
