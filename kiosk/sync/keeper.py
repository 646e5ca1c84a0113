"""Writes the ledger: devices and orders at once, audit records as they arrive in the journal."""

import logging
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from kiosk.cache.files import JOURNAL, LEDGER
from kiosk.cache.journal import JournalReader
from kiosk.cache.ledger import Ledger
from kiosk.core.clock import Clock
from kiosk.sync.health import HealthReport
from kiosk.sync.orders import OrderKeeper
from kiosk.wire import Link, Text
from kiosk.wire.messages import Device, DeviceSaved

_log = logging.getLogger(__name__)


class LedgerKeeper:
    """The ledger's writer. While the disk refuses, everything waits; nothing is dropped."""

    def __init__(
        self,
        data_dir: Path,
        link: Link,
        clock: Clock,
        health: HealthReport,
        orders: OrderKeeper,
    ) -> None:
        self._file = data_dir / LEDGER
        self._journal = JournalReader(data_dir / JOURNAL)
        self._link = link
        self._clock = clock
        self._health = health
        self._orders = orders
        self._ledger: Ledger | None = None
        self._devices: list[Device] = []

    def save(self, device: Device) -> None:
        self._devices.append(device)

    def work(self) -> None:
        """Writes what waits; DeviceSaved is told once a device is on the disk."""
        try:
            ledger = self._open()
            while self._devices:
                ledger.save_device(self._devices[0])
                self._link.send(DeviceSaved(device=self._devices.pop(0)))
            self._orders.work(ledger.orders)
            records = self._journal.take()
            ledger.add_audit(records)
            self._journal.done()
        except (DBAPIError, OSError) as error:
            _log.warning("the ledger can't be written: %s", error)
            self._health.trouble("ledger", _CANNOT_WRITE)
            return
        if ledger.aside:
            self._health.trouble("ledger", _aside(ledger.aside[-1]))
        else:
            self._health.well("ledger")

    def close(self) -> None:
        if self._ledger is not None:
            self._ledger.close()

    def _open(self) -> Ledger:
        if self._ledger is None:
            self._ledger = Ledger.open(self._file, self._clock.now_ms())
        return self._ledger


_CANNOT_WRITE = Text(
    "기록 원장에 쓸 수 없습니다. 저장 공간을 확인해 주세요",
    "The ledger can't be written: check the disk",
)


def _aside(file: Path) -> Text:
    return Text(
        f"기록 원장이 손상되어 {file.name}(으)로 옮기고 새로 시작했습니다. 관리자가 확인한 뒤 "
        "옮겨 주세요",
        f"The ledger was damaged: it lies in {file.name} and a new one began. An administrator "
        "must look at it and move it away",
    )
