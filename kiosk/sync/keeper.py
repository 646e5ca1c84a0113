"""Writes the ledger: devices and orders at once, audit records as they arrive in the journal."""

import logging
import threading
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from kiosk.cache.chain import Head
from kiosk.cache.files import JOURNAL, LEDGER, is_damage
from kiosk.cache.journal import JournalReader
from kiosk.cache.ledger import Ledger
from kiosk.cache.reserve import Reserve, is_full
from kiosk.cache.salvage import Salvage
from kiosk.core.clock import Clock
from kiosk.sync.health import HealthReport
from kiosk.sync.orders import OrderKeeper
from kiosk.wire import Link, Text
from kiosk.wire.disclosure import Decided
from kiosk.wire.messages import Device, DeviceSaved, Written

TELL_HEAD_MS = 3_600_000

_log = logging.getLogger(__name__)
_told = logging.getLogger("audit")
_told.setLevel(logging.INFO)


class LedgerKeeper:
    """The ledger's writer. While the disk refuses, everything waits; nothing is dropped."""

    def __init__(
        self,
        data_dir: Path,
        link: Link,
        clock: Clock,
        health: HealthReport,
        orders: OrderKeeper,
        reserve: Reserve,
    ) -> None:
        self._file = data_dir / LEDGER
        self._journal = JournalReader(data_dir / JOURNAL)
        self._link = link
        self._clock = clock
        self._health = health
        self._orders = orders
        self._reserve = reserve
        self._ledger: Ledger | None = None
        self._distrusted = threading.Event()
        self._devices: list[Device] = []
        self._decided: list[Decided] = []
        self._told_ms = 0

    def save(self, device: Device) -> None:
        self._devices.append(device)

    def decide(self, decided: Decided) -> None:
        self._decided.append(decided)

    def distrust(self, _why: str) -> None:
        """The ledger is damaged: it is replaced before the next write. From any thread."""
        self._distrusted.set()

    def wrong(self) -> str:
        """What somebody did to the ledger while it was in use; "" when nothing."""
        ledger = self._ledger
        return "" if ledger is None else ledger.wrong()

    def work(self) -> None:
        """Writes what waits; DeviceSaved and Written are told once it is on the disk."""
        try:
            self._reserve.keep()
            ledger = self._open()
            self._write(ledger)
        except (DBAPIError, OSError) as error:
            self._hindered(error)
            return
        self._tell_space()
        if ledger.aside:
            newest = ledger.aside[-1]
            self._health.trouble("ledger", _aside(newest, ledger.salvaged(newest)))
        elif ledger.broken is not None:
            self._health.trouble("ledger", _BROKEN)
        else:
            self._health.well("ledger")

    def close(self) -> None:
        if self._ledger is not None:
            self._ledger.close()

    def _write(self, ledger: Ledger) -> None:
        while self._devices:
            ledger.save_device(self._devices[0])
            self._link.send(DeviceSaved(device=self._devices.pop(0)))
        while self._decided:
            ledger.decide(self._decided[0])
            self._link.send(Written(self._decided.pop(0).id))
        self._orders.work(ledger.orders)
        records = self._journal.take()
        ledger.add_audit(records)
        self._tell_head(ledger.anchor())
        self._journal.done()

    def _tell_head(self, head: Head) -> None:
        """Into the system's journal, where whoever edits the ledger can't unsay it."""
        now_ms = self._clock.now_ms()
        if head.count and now_ms - self._told_ms >= TELL_HEAD_MS:
            self._told_ms = now_ms
            _told.info("audit log: head %s", head)

    def _hindered(self, error: Exception) -> None:
        """Whatever it was, the next turn tries again."""
        _log.warning("the ledger can't be written: %s", error)
        self._tell_space()
        if is_damage(error):
            self._distrusted.set()
        elif is_full(error) and self._reserve.give():
            return
        self._health.trouble("ledger", _CANNOT_WRITE)

    def _tell_space(self) -> None:
        if self._reserve.scarce():
            self._health.trouble("space", _SCARCE)
        else:
            self._health.well("space")

    def _open(self) -> Ledger:
        if self._ledger is None or self._ledger.closed:
            self._ledger = Ledger.open(self._file, self._clock.now_ms())
        elif self._distrusted.is_set() or self._ledger.wrong():
            self._ledger = self._ledger.replaced(self._clock.now_ms())
        self._distrusted.clear()
        return self._ledger


_CANNOT_WRITE = Text(
    "기록 원장에 쓸 수 없습니다. 저장 공간을 확인해 주세요",
    "The ledger can't be written: check the disk",
)


_BROKEN = Text(
    "감사 기록이 마지막에 적은 것과 다릅니다. 관리자가 ‘audit check’로 확인해 주세요",
    "The audit log is not the one that was left: an administrator must run “audit check”",
)

_SCARCE = Text(
    "저장 공간이 거의 없습니다. 지시와 기록만 저장하고 새 자료는 저장하지 않습니다",
    "The disk is full: orders and records are kept, new data is not",
)


def _aside(file: Path, found: Salvage | None) -> Text:
    if found is None:
        ko, en = "복구하지 못했습니다", "nothing could be taken over"
    else:
        rows = found.orders + found.devices + found.audit + found.decided
        ko = f"{rows}건을 복구했고 {len(found.lost)}건을 잃었습니다"
        en = f"{rows} rows were taken over, {len(found.lost)} are lost"
        if found.damaged_pages:
            ko += f" (손상된 쪽 {found.damaged_pages}개)"
            en += f" ({found.damaged_pages} damaged pages)"
    return Text(
        f"기록 원장이 손상되어 {file.name}(으)로 옮기고 새로 시작했습니다: {ko}. 관리자가 확인한 "
        "뒤 옮겨 주세요",
        f"The ledger was damaged: it lies in {file.name} and a new one began; {en}. An "
        "administrator must look at it and move it away",
    )
