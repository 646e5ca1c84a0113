"""Orders and replies in the ledger: written first, sent later, never lost, never doubled."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.dialects.sqlite import insert

from kiosk.cache import schema
from kiosk.cache.reading import Reading
from kiosk.wire.city import OrderStatus
from kiosk.wire.orders import (
    ORDER_STATES,
    Acknowledgement,
    Given,
    GivenOrder,
    GivenReply,
    Order,
    Reply,
    Report,
    Writing,
    further,
)

_UNSENT = text(
    "SELECT outbox.id, outbox.kind, outbox.body FROM outbox "
    "LEFT JOIN orders ON orders.id = outbox.id WHERE refused IS NULL AND (sent_ms IS NULL OR "
    "(:epoch != '' AND sent_epoch != :epoch AND coalesce(orders.state, '') != 'done')) "
    "ORDER BY outbox.t_ms, outbox.id LIMIT 1"
)
_ORDERED = (
    "SELECT o.body, o.state, o.changed_ms, b.sent_ms, b.refused FROM orders AS o "
    "LEFT JOIN outbox AS b ON b.id = o.id ORDER BY o.t_ms DESC, o.id DESC LIMIT ?"
)
_POSTED = (
    "SELECT body, sent_ms, refused FROM outbox WHERE kind = ? ORDER BY t_ms DESC, id DESC LIMIT ?"
)
_KINDS: dict[type, str] = {
    Order: "order",
    Reply: "reply",
    Report: "report",
    Acknowledgement: "acknowledgement",
}
_encode = msgspec.json.Encoder().encode
_order = msgspec.json.Decoder(Order).decode
_reply = msgspec.json.Decoder(Reply).decode
_report = msgspec.json.Decoder(Report).decode
_acknowledgement = msgspec.json.Decoder(Acknowledgement).decode


class OutboxItem(msgspec.Struct, frozen=True):
    """What has still to reach the backend, as JSON; `id` is its idempotency key.

    `kind`: order, reply, report or acknowledgement.
    """

    id: str
    kind: str
    body: str


class OrderBookReader:
    """What others may ask; empty answers while there is no ledger."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = Reading(engine)

    def newest(self, limit: int = 200) -> tuple[OrderStatus, ...]:
        """The newest orders, newest first, with how far they have come."""
        return tuple(
            OrderStatus(order.id, order, state, changed_ms)
            for order, state, changed_ms, *_ in self._ordered(self._reading, limit)
        )

    def given(self, limit: int = 200) -> Given:
        """The newest orders, replies and acknowledgements; of the first two, what became of them
        on their way."""
        with self._reading.at_once() as there:
            replies = there.rows(_POSTED, ("reply", limit))
            noted = there.rows(_POSTED, ("acknowledgement", limit))
            reports: dict[str, list[Report]] = {}
            for body, *_ in reversed(there.rows(_POSTED, ("report", limit * len(ORDER_STATES)))):
                told = _report(body)
                reports.setdefault(told.order, []).append(told)
            return Given(
                tuple(
                    GivenOrder(order, state, at_ms, sent_ms, no, tuple(reports.get(order.id, ())))
                    for order, state, at_ms, sent_ms, no in self._ordered(there, limit)
                ),
                tuple(GivenReply(_reply(body), *way) for body, *way in replies),
                tuple(_acknowledgement(body) for body, *_ in noted),
            )

    def refused(self) -> dict[str, str]:
        """Id -> reason of all that the backend refused."""
        found = self._reading.rows("SELECT id, refused FROM outbox WHERE refused IS NOT NULL")
        return dict(tuple(row) for row in found)

    def _ordered(self, reading: Reading, limit: int) -> list[Any]:
        return [(_order(body), *rest) for body, *rest in reading.rows(_ORDERED, (limit,))]


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

    def write_acknowledgement(self, acknowledgement: Acknowledgement) -> None:
        with self._engine.begin() as connection:
            _post(connection, acknowledgement)

    def write_report(self, report: Report) -> None:
        """Takes a report on an order of this ledger, which has come that far from then on, whether
        the backend is there or not; one on any other goes nowhere."""
        table = schema.orders
        known = select(table.c.state).where(table.c.id == report.order)
        with self._engine.begin() as connection:
            row = connection.execute(known).first()
            if row is None:
                return
            _post(connection, report)
            if further(row.state, report.state) != row.state:
                new = {"state": report.state, "changed_ms": report.t_ms}
                connection.execute(table.update().where(table.c.id == report.order).values(new))

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


def _post(connection: Connection, what: Writing) -> None:
    kind, body = _KINDS[type(what)], _encode(what).decode()
    row = {"id": what.id, "kind": kind, "t_ms": what.t_ms, "body": body}
    connection.execute(insert(schema.outbox).on_conflict_do_nothing(), row)
