"""Takes out of a damaged ledger what can still be read, and says what can't.

What stands on the pages is recognised by its shape and its JSON, not by the damaged file's own
schema. Of two versions of a row the one that is further on counts; a device that was ever revoked
stays so. An order of which only one half is left (the order, or its way out) gets the other half
back as unsent: the backend knows it by its id, so it does no harm to send it again.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import insert

from kiosk.cache import schema
from kiosk.cache.carving import Carved, Value, carve
from kiosk.cache.chain import extend
from kiosk.cache.usage import count_uses
from kiosk.core.audit import AuditRecord
from kiosk.wire.disclosure import Decided
from kiosk.wire.messages import Role
from kiosk.wire.orders import ORDER_STATES, Order, OrderState, Reply, Report

T = TypeVar("T", bound=msgspec.Struct)
_OF_KIND: dict[str, type] = {"order": Order, "reply": Reply, "report": Report}


class Salvage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was taken over from a ledger that was set aside.

    `lost`: ids that an index still names while nothing is left of their row. `damaged_pages`: of
    4,096 bytes; what stood there nobody can tell, if no index names it.
    """

    orders: int = 0
    outbox: int = 0
    devices: int = 0
    audit: int = 0
    damaged_pages: int = 0
    lost: tuple[str, ...] = ()
    decided: int = 0


class _Device(msgspec.Struct, frozen=True):
    id: str
    name: str
    role: Role
    public_key: str
    paired_ms: int
    last_used_ms: int | None
    revoked: int
    credential: str = ""
    office: str = ""


class _Order(msgspec.Struct, frozen=True):
    id: str
    t_ms: int
    state: OrderState
    changed_ms: int
    body: str


class _Out(msgspec.Struct, frozen=True):
    id: str
    kind: str
    t_ms: int
    body: str
    sent_ms: int | None = None
    sent_epoch: str | None = None
    refused: str | None = None


class _Audit(msgspec.Struct, frozen=True):
    id: str
    t_ms: int
    body: str


class _Decided(msgspec.Struct, frozen=True):
    id: str
    t_ms: int
    body: str


_Found = _Device | _Order | _Out | _Audit | _Decided
_TABLES: dict[type, Table] = {
    _Device: schema.devices,
    _Order: schema.orders,
    _Out: schema.outbox,
    _Audit: schema.audit,
    _Decided: schema.disclosure,
}


def salvage(damaged: Path, connection: Connection) -> Salvage:
    """Adds what is left of a damaged ledger to a whole one; what is there already stays.

    Use is counted afresh from the records, and the audit log's chain made anew. Doing it twice adds
    nothing. Raises OSError and DBAPIError; nothing is changed then.
    """
    carved = carve(damaged)
    found = _whole_orders(_newest(_recognised(carved.rows)))
    counts = dict.fromkeys(_TABLES, 0)
    counted: list[_Audit] = []
    for (kind, _), row in found.items():
        values = msgspec.structs.asdict(row)
        added = connection.execute(insert(_TABLES[kind]).on_conflict_do_nothing(), values)
        counts[kind] += 1
        if isinstance(row, _Audit) and added.rowcount:
            counted.append(row)
    counted.sort(key=lambda row: (row.t_ms, row.id))
    extend(connection, [(row.id, row.t_ms, row.body) for row in counted])
    count_uses(connection, [msgspec.json.decode(row.body, type=AuditRecord) for row in counted])
    return Salvage(
        counts[_Order],
        counts[_Out],
        counts[_Device],
        counts[_Audit],
        carved.damaged_pages,
        _lost(carved, {row.id for row in found.values()}),
        counts[_Decided],
    )


def _recognised(rows: Iterable[tuple[Value, ...]]) -> Iterable[_Found]:
    for row in rows:
        for read in (_device, _order, _out, _audit, _decided):
            found = read(row)
            if found is not None:
                yield found
                break


def _newest(rows: Iterable[_Found]) -> dict[tuple[type, str], _Found]:
    found: dict[tuple[type, str], _Found] = {}
    for row in rows:
        key = (type(row), row.id)
        if key not in found or _how_far(row) > _how_far(found[key]):
            found[key] = row
    return found


def _how_far(row: _Found) -> tuple[int, int]:
    """Grows with every change that a row goes through."""
    match row:
        case _Device():
            return row.revoked, row.last_used_ms or 0
        case _Order():
            return ORDER_STATES.index(row.state), row.changed_ms
        case _Out():
            return int(row.refused is not None), row.sent_ms or 0
        case _Audit() | _Decided():
            return 0, row.t_ms


def _whole_orders(found: dict[tuple[type, str], _Found]) -> dict[tuple[type, str], _Found]:
    whole = dict(found)
    for row in found.values():
        if isinstance(row, _Order):
            whole.setdefault((_Out, row.id), _Out(row.id, "order", row.t_ms, row.body))
        elif isinstance(row, _Out) and row.kind == "order":
            state: OrderState = "written" if row.sent_ms is None else "sent"
            order = _Order(row.id, row.t_ms, state, row.sent_ms or row.t_ms, row.body)
            whole.setdefault((_Order, row.id), order)
    return whole


def _lost(carved: Carved, found: set[str]) -> tuple[str, ...]:
    """Ids in the keys of rows of which nothing was found. Those keys are (id, row number)."""
    steps = {row[0] for row in carved.rows if len(row) == 1}  # of the ledger's own making
    named = {key[0] for key in carved.keys if len(key) == 2}
    return tuple(sorted(n for n in named - steps if isinstance(n, str) and n not in found))


def _device(row: tuple[Value, ...]) -> _Device | None:
    """A row that was written before there were credentials, or offices, is shorter by those."""
    added = len(_Device.__struct_fields__) - len(row)
    return _as(_Device, (*row, *[""] * added) if added in (1, 2) else row)


def _order(row: tuple[Value, ...]) -> _Order | None:
    found = _as(_Order, row)
    return found if found is not None and _holds(found.body, Order, found.id) else None


def _out(row: tuple[Value, ...]) -> _Out | None:
    found = _as(_Out, row)
    if found is None or found.kind not in _OF_KIND:
        return None
    return found if _holds(found.body, _OF_KIND[found.kind], found.id) else None


def _audit(row: tuple[Value, ...]) -> _Audit | None:
    found = _as(_Audit, row)
    return found if found is not None and _holds(found.body, AuditRecord, found.id) else None


def _decided(row: tuple[Value, ...]) -> _Decided | None:
    found = _as(_Decided, row)
    return found if found is not None and _holds(found.body, Decided, found.id) else None


def _as(kind: type[T], row: tuple[Value, ...]) -> T | None:
    """A row whose values have the right number and kinds."""
    fields = kind.__struct_fields__
    if len(row) != len(fields):
        return None
    try:
        return msgspec.convert(dict(zip(fields, row, strict=True)), kind)
    except msgspec.ValidationError:
        return None


def _holds(body: str, kind: type, id: str) -> bool:  # noqa: A002 - the column's name
    """Whether the JSON of a row is what the row says that it is."""
    try:
        return bool(msgspec.json.decode(body, type=kind).id == id)
    except (msgspec.DecodeError, RecursionError):
        return False
