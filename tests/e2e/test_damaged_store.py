"""The backend's store is damaged: it is set aside, and everything that was ordered comes again."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pysqlite3.dbapi2
import pytest
from sqlalchemy.exc import DatabaseError

from kiosk.backend import worker as backend
from kiosk.backend.store import Store
from kiosk.cache.engine import open_ledger_for_reading
from kiosk.cache.files import LEDGER, aside_files
from kiosk.cache.ledger import LedgerReader
from kiosk.settings import Settings
from kiosk.sync import worker as sync
from kiosk.wire.messages import Health, WriteOrder, WriteReply
from kiosk.wire.orders import Order, Reply
from tests.helpers.city import eventually, indicator, prepared_store, running, settings_in

ORDER = Order("o-1", 5, "mayor", "fire", "현장 확인 뒤 보고")
REPLY = Reply("r-1", 6, "mayor", "c-7", "바로 고치겠습니다")


@pytest.fixture
def settings(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    shutil.copy(prepared_store(tmp_path_factory.mktemp("prepared")), tmp_path)
    return settings_in(tmp_path)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[LedgerReader]:
    engine = open_ledger_for_reading(tmp_path / LEDGER)
    yield LedgerReader(engine)
    engine.dispose()


def kept(file: Path) -> set[tuple[str, str]]:
    """Orders and replies that a store holds."""
    query = (
        "SELECT kind, key FROM rows WHERE kind = 'orders' "
        "UNION SELECT kind, key FROM documents WHERE kind = 'replies'"
    )
    try:
        with contextlib.closing(
            pysqlite3.dbapi2.connect(f"file:{file}?mode=rw", uri=True)
        ) as opened:
            return set(opened.execute(query))
    except pysqlite3.dbapi2.DatabaseError:
        return set()


BOTH = {("orders", "o-1"), ("replies", "r-1")}


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["header", "emptied", "removed", "a folder"])
def test_what_was_ordered_comes_again_to_a_new_store(
    settings: Settings, ledger: LedgerReader, tmp_path: Path, harm: str
) -> None:
    file = tmp_path / "backend.db"
    with running(sync.run, settings) as kiosk:
        with running(backend.run, settings) as there:
            there.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
            kiosk.ui.send(WriteOrder(ORDER))
            kiosk.ui.send(WriteReply(REPLY))
            eventually(lambda: kept(file) == BOTH, "both have arrived")
        content = file.read_bytes()
        match harm:
            case "header":
                file.write_bytes(bytes(100) + content[100:])
            case "emptied":
                file.write_bytes(b"")
            case "removed":
                file.rename(tmp_path / "taken-away")
            case "a folder":
                file.unlink()
                file.mkdir()
        with running(backend.run, settings):
            eventually(lambda: kept(file) == BOTH, "both have come again")
    (given,), (replied,) = ledger.given().orders, ledger.given().replies
    assert (given.order, replied.reply) == (ORDER, REPLY)
    if harm == "header":
        assert aside_files(file)[0].read_bytes()[100:] == content[100:]


def test_damage_that_is_met_in_use_leads_to_a_new_store(tmp_path: Path) -> None:
    file = tmp_path / "backend.db"
    store = Store.open(file)
    for i in range(400):
        store.write([indicator(f"i-{i}")])
    store.close()
    store = Store.open(file)
    store.engine.dispose()  # nothing of the file is held in memory
    with file.open("r+b") as content:
        size = file.stat().st_size
        content.seek(8192)
        content.write(b"\xa5" * (size - 8192))
    with pytest.raises(DatabaseError):
        store.changes(0, 5000)
    assert store.damage
    store.close()
    again = Store.open(file)
    assert again.epoch != store.epoch
    assert len(aside_files(file)) == 1
    again.close()
