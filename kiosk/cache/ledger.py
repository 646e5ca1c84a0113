"""The durable file: who may connect, what was commanded and ordered. Never thrown away."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pysqlite3.dbapi2
from sqlalchemy import Connection, Engine, Select, literal_column, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from kiosk.cache import schema
from kiosk.cache.chain import AnchorFile, Break, Head, extend
from kiosk.cache.engine import open_for_writing
from kiosk.cache.files import (
    DamagedFile,
    aside_files,
    create_whole,
    identity,
    is_damage,
    remove,
    set_aside,
    side_files,
)
from kiosk.cache.orders import OrderBook, OrderBookReader
from kiosk.cache.salvage import Salvage, salvage
from kiosk.cache.usage import count_uses, use_of, uses_since
from kiosk.cache.watch import Watch
from kiosk.core.audit import AuditRecord
from kiosk.core.usage import Use
from kiosk.wire.disclosure import Decided
from kiosk.wire.messages import Device
from kiosk.wire.orders import Given

CHAINED = 5  # the first version whose audit log is a chain
MIGRATIONS = Path(__file__).parent / "migrations"
VERSION = 7
HEAD = "0008"
_DEVICE_COLUMNS = tuple(column.name for column in schema.devices.columns)
_encode = msgspec.json.Encoder().encode
_log = logging.getLogger(__name__)


class LedgerReader:
    """What others may ask of the ledger; empty answers while there is none."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def devices(self) -> tuple[Device, ...]:
        """All devices ever paired, in the order of their pairing."""
        query = select(schema.devices).order_by(schema.devices.c.paired_ms, schema.devices.c.id)
        return tuple(_device(row) for row in self._rows(query))

    def given(self) -> Given:
        """What this kiosk has ordered and replied."""
        return OrderBookReader(self._engine).given()

    def audit(self, limit: int) -> tuple[AuditRecord, ...]:
        """The newest records, newest first."""
        table = schema.audit
        query = select(table.c.body).order_by(table.c.t_ms.desc(), table.c.id.desc()).limit(limit)
        return tuple(msgspec.json.decode(row.body, type=AuditRecord) for row in self._rows(query))

    def usage(self, since_ms: int) -> tuple[Use, ...]:
        """What people did from the hour of `since_ms` on, in the order of hours."""
        return tuple(use_of(row) for row in self._rows(uses_since(since_ms)))

    def decided(self) -> tuple[Decided, ...]:
        """What was decided at the wall about who may see what, the oldest first."""
        table = schema.disclosure
        query = select(table.c.body).order_by(table.c.t_ms, literal_column("rowid"))
        return tuple(msgspec.json.decode(row.body, type=Decided) for row in self._rows(query))

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(query).all()
        except DBAPIError:
            return []


class Ledger(LedgerReader):
    """The one writer. A write that has returned is on the disk (synchronous FULL).

    `broken`: the audit log was another one at the opening than the one that was left.
    """

    @classmethod
    def open(cls, file: Path, now_ms: int) -> "Ledger":
        """Opens, and brings an earlier release's ledger to this one.

        A damaged ledger, or one of a later release, is set aside under another name, never
        deleted, and a new one begins. What can be read of a damaged one is taken over; `aside`
        tells what lies there, `salvaged` what came of it.
        """
        found = _usable(file, now_ms)
        if found is None and _copy_of(file).exists():  # see `replaced`
            _copy_of(file).rename(file)
            found = _usable(file, now_ms)
        if found is None:
            create_whole(file, create)
        remove(_copy_of(file))
        engine = open_for_writing(file, "FULL")
        try:
            if found is not None and found[1] < VERSION:
                migrate(engine)
            opened = cls(engine, file)
            opened.broken = opened._settle(now_ms, new=found is not None and found[1] < CHAINED)
            return opened
        except BaseException:
            engine.dispose()
            raise

    def __init__(self, engine: Engine, file: Path) -> None:
        super().__init__(engine)
        self._file = file
        self.orders = OrderBook(engine)
        self.closed = False
        self.broken: Break | None = None
        self._anchor = AnchorFile(file)
        with engine.begin():
            self._watch = Watch(file)  # the log is there from the first transaction on
        self.salvage()

    @property
    def aside(self) -> tuple[Path, ...]:
        """Ledgers that were set aside and wait for a person to look at them."""
        return aside_files(self._file)

    def salvage(self) -> None:
        """Takes over what is left of ledgers that were set aside and not yet seen through.

        The report is written last: a process that dies in between does it again.
        """
        for aside in self.aside:
            if self.salvaged(aside) is not None:
                continue
            try:
                found = self._take_over(aside)
            except OSError as error:  # it can't be read now: this ledger goes on without it
                _log.warning("%s can't be seen through: %s", aside, error)
                continue
            if found is not None:
                _log.warning("%s: %s", aside.name, found)
                _write_report(aside, found)

    def _take_over(self, aside: Path) -> Salvage | None:
        if _of_a_later_release(aside):
            return None
        with self._engine.begin() as connection:
            return salvage(aside, connection)

    def salvaged(self, aside: Path) -> Salvage | None:
        """What was taken over from this one; None when it has not been seen through."""
        try:
            return msgspec.json.decode(_report(aside).read_bytes(), type=Salvage)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def wrong(self) -> str:
        """What somebody did to the file while it was in use; "" when nothing."""
        return self._watch.wrong()

    def replaced(self, now_ms: int) -> "Ledger":
        """The ledger to go on with when this file was taken away or is damaged; this one is closed.

        What SQLite still reads goes over whole. Otherwise the file is set aside and what is left
        on its pages is taken over. Raises DBAPIError and OSError; what goes on then is this ledger,
        or once it is `closed`, whatever `open` finds.
        """
        self._copy()
        self.close()
        if any(os.path.lexists(each) for each in (self._file, *side_files(self._file))):
            set_aside(self._file, now_ms)
        return Ledger.open(self._file, now_ms)

    def close(self) -> None:
        self.closed = True
        self._engine.dispose()

    def _copy(self) -> None:
        """Leaves no copy when the file is too damaged to be read whole."""
        copy = _copy_of(self._file)
        remove(copy)
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("VACUUM INTO ?", (str(copy),))
        except pysqlite3.dbapi2.DatabaseError as error:
            remove(copy)
            if not is_damage(error):
                raise OSError(str(error)) from error
        finally:
            connection.close()

    def save_device(self, device: Device) -> None:
        values = {name: getattr(device, name) for name in _DEVICE_COLUMNS}
        values["revoked"] = int(device.revoked)
        statement = insert(schema.devices).values(values)
        with self._engine.begin() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

    def decide(self, decided: Decided) -> None:
        """Keeps a decision about who may see what; from then on it holds. Once is enough."""
        values = {"id": decided.id, "t_ms": decided.t_ms, "body": _encode(decided).decode()}
        with self._engine.begin() as connection:
            connection.execute(insert(schema.disclosure).values(values).on_conflict_do_nothing())

    def add_audit(self, records: Sequence[AuditRecord]) -> None:
        """Adds records, and counts them as use; those that are there already are left out."""
        rows = {r.id: (r.id, r.t_ms, _encode(r).decode()) for r in records}
        if not rows:
            return
        statement = insert(schema.audit).on_conflict_do_nothing().returning(schema.audit.c.id)
        with self._engine.begin() as connection:
            values = [dict(zip(("id", "t_ms", "body"), row, strict=True)) for row in rows.values()]
            new = set(connection.execute(statement, values).scalars())
            extend(connection, [row for row in rows.values() if row[0] in new])
            count_uses(connection, [record for record in records if record.id in new])

    def anchor(self) -> Head:
        """Writes down beside the ledger how far the audit log goes. Raises OSError."""
        with self._engine.connect() as connection:
            return self._anchor.keep(connection)

    def _settle(self, now_ms: int, *, new: bool) -> Break | None:
        with self._engine.connect() as connection:
            return self._anchor.settle(connection, now_ms, new=new)


def create(file: Path) -> None:
    """A new ledger, at once at the newest step: the same tables as all steps together make."""
    engine = open_for_writing(file, "FULL")
    try:
        with engine.begin() as connection:
            schema.ledger_metadata.create_all(connection)
            connection.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
            )
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
            _stamp(connection)
    finally:
        engine.dispose()


def migrate(engine: Engine) -> None:
    """Runs all steps that this ledger has not seen, in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _stamp(connection)


def _stamp(connection: Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.LEDGER_APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _device(row: Any) -> Device:
    return Device(
        id=row.id,
        name=row.name,
        role=row.role,
        public_key=row.public_key,
        paired_ms=row.paired_ms,
        last_used_ms=row.last_used_ms,
        revoked=bool(row.revoked),
        credential=row.credential,
        office=row.office,
    )


def _usable(file: Path, now_ms: int) -> tuple[int, int] | None:
    """The identity of a ledger that can be opened; None when there is none, or none any more."""
    try:
        found = identity(file)
        if found is None or _readable(found):
            return found
    except DamagedFile as damage:
        _log.warning("the ledger is damaged and set aside: %s", damage)
    set_aside(file, now_ms)
    return None


def _readable(found: tuple[int, int]) -> bool:
    application, version = found
    return application == schema.LEDGER_APPLICATION_ID and 0 < version <= VERSION


def _copy_of(file: Path) -> Path:
    return file.with_name(file.name + ".copy")


def _of_a_later_release(aside: Path) -> bool:
    """By the header alone (section 1.3 of SQLite's file format): asking SQLite may change a file.

    Such a ledger is whole, and waits for its own release.
    """
    if not aside.is_file():
        return False
    with aside.open("rb") as file:
        header = file.read(100)
    version, application = header[60:64], header[68:72]
    return (
        header.startswith(b"SQLite format 3\0")
        and int.from_bytes(application, "big") == schema.LEDGER_APPLICATION_ID
        and int.from_bytes(version, "big") > VERSION
    )


def _report(aside: Path) -> Path:
    return aside.with_name(f"{aside.name.replace('.damaged-', '.salvaged-')}.json")


def _write_report(aside: Path, found: Salvage) -> None:
    unfinished = _report(aside).with_suffix(".new")
    unfinished.write_bytes(msgspec.json.encode(found))
    unfinished.rename(_report(aside))
