"""The audit log's chain, and the anchor that tells whether somebody has cut it.

A record's link is SHA-256 of the link before it and of the record: whoever edits, removes or adds
one in between breaks every link from there on. What is cut off at the end leaves no broken link;
therefore the newest link also stands in a file of its own beside the ledger, the anchor. Whoever
may write both files can make them agree again: for that the newest link is told to the system's
journal, and `audit check --head` compares with one that was noted elsewhere.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, insert, select

from kiosk.cache.engine import open_ledger_for_reading
from kiosk.cache.schema import audit, audit_chain

ANCHOR = "audit-head.json"
NO_LINK = "0" * 64
NAMED = 20  # of what is wrong with single records; the rest is counted


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many records the chain holds, and the newest link (hex)."""

    count: int = 0
    link: str = NO_LINK

    def __str__(self) -> str:
        return f"{self.count}:{self.link}"


class Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The writer found at `t_ms` (epoch) another chain than the one it had left."""

    t_ms: int
    left: Head | None
    found: Head


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the writer last left, and every break that it ever found."""

    head: Head
    breaks: tuple[Break, ...] = ()


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a check of the whole chain found; `wrong` is empty when all is as it was written."""

    head: Head
    wrong: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def whole(self) -> bool:
        return not self.wrong and not self.breaks


def link(before: str, id: str, t_ms: int, body: str) -> str:  # noqa: A002 - the column's name
    """The link (hex) of a record after `before`."""
    content = f"{before}\0{id}\0{t_ms}\0{body}".encode()
    return hashlib.sha256(content).hexdigest()


def extend(connection: Connection, rows: Iterable[tuple[str, int, str]]) -> None:
    """Adds (id, t_ms, body) of records that have just been added to the log."""
    newest = head(connection).link
    links = []
    for id_, t_ms, body in rows:
        newest = link(newest, id_, t_ms, body)
        links.append({"id": id_, "link": newest})
    if links:
        connection.execute(insert(audit_chain), links)


def head(connection: Connection) -> Head:
    """The newest link."""
    newest = select(audit_chain.c.seq, audit_chain.c.link).order_by(audit_chain.c.seq.desc())
    row = connection.execute(newest.limit(1)).one_or_none()
    return Head(row.seq, row.link) if row is not None else Head()


class AnchorFile:
    """The anchor on the disk. The ledger's writer alone writes it."""

    def __init__(self, ledger: Path) -> None:
        self._file = ledger.with_name(ANCHOR)

    def read(self) -> Anchor | None:
        """None when there is none, or none that can be read."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Anchor)
        except (OSError, msgspec.DecodeError):
            return None

    def settle(self, connection: Connection, now_ms: int, *, new: bool) -> Break | None:
        """To be called once before the first `keep`; the break that was found, which is kept.

        `new`: the chain has just been begun, so that there can't be an anchor. Raises OSError.
        """
        anchor, found = self.read(), head(connection)
        if (new and anchor is None) or (anchor is None and not found.count):
            self._write(Anchor(found))
            return None
        if anchor is not None and holds(connection, anchor.head):
            return None
        broken = Break(now_ms, anchor.head if anchor else None, found)
        self._write(Anchor(found, (*(anchor.breaks if anchor else ()), broken)))
        return broken

    def keep(self, connection: Connection) -> Head:
        """Writes the newest link down. Raises OSError."""
        anchor, now = self.read(), head(connection)
        if anchor is None or anchor.head != now:
            self._write(Anchor(now, anchor.breaks if anchor else ()))
        return now

    def _write(self, anchor: Anchor) -> None:
        fresh = self._file.with_name(f"{ANCHOR}.new")
        with fresh.open("wb") as out:
            out.write(msgspec.json.encode(anchor))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._file)


def holds(connection: Connection, told: Head) -> bool:
    """Whether the chain has this head, or has grown from it."""
    if not told.count:
        return told == Head()
    at = select(audit_chain.c.link).where(audit_chain.c.seq == told.count)
    return connection.execute(at).scalar_one_or_none() == told.link


def verify(connection: Connection, anchor: Anchor | None, noted: Head | None = None) -> Verdict:
    """Reads the whole log; `noted` is a head that somebody wrote down elsewhere."""
    newest = head(connection)
    wrong = list(_named(_wrong_records(connection)))
    if anchor is None and newest.count:
        wrong.append(f"the anchor {ANCHOR} is missing or can't be read")
    anchored = anchor.head if anchor is not None else None
    for told, what in ((anchored, "the anchor"), (noted, "the noted head")):
        if told is None or holds(connection, told):
            continue
        if newest.count < told.count:
            cut = told.count - newest.count
            wrong.append(f"cut at the end: {what} knows {cut} more records")
        else:
            wrong.append(f"rewritten: {what} knows another record {told.count}")
    return Verdict(newest, tuple(wrong), anchor.breaks if anchor else ())


def verify_file(ledger: Path, noted: Head | None = None) -> Verdict:
    """`verify` for a file, also while it is in use. Raises FileNotFoundError, DBAPIError."""
    if not ledger.is_file():
        raise FileNotFoundError("there is no ledger")
    engine = open_ledger_for_reading(ledger)
    try:
        anchor = AnchorFile(ledger).read()  # first: what is added meanwhile only makes it longer
        with engine.connect() as connection:
            return verify(connection, anchor, noted)
    finally:
        engine.dispose()


def _named(found: Iterator[str]) -> Iterator[str]:
    for number, one in enumerate(found):
        if number == NAMED:
            yield f"and {1 + sum(1 for _ in found)} more"
            return
        yield one


def _wrong_records(connection: Connection) -> Iterator[str]:
    chained = (
        select(audit_chain.c.seq, audit_chain.c.id, audit_chain.c.link, audit.c.t_ms, audit.c.body)
        .join_from(audit_chain, audit, audit.c.id == audit_chain.c.id, isouter=True)
        .order_by(audit_chain.c.seq)
    )
    before, seq = NO_LINK, 0
    for row in connection.execution_options(stream_results=True).execute(chained):
        if row.seq != seq + 1:
            yield f"links {seq + 1} to {row.seq - 1} are missing"
        elif row.body is None:
            yield f"record {row.seq} ({row.id}) has been removed"
        elif link(before, row.id, row.t_ms, row.body) != row.link:
            yield f"record {row.seq} ({row.id}) is not what was written"
        before, seq = row.link, row.seq
    alone = select(func.count()).where(audit.c.id.not_in(select(audit_chain.c.id)))
    if added := connection.execute(alone).scalar_one():
        yield f"{added} records have no link: they have been added"
