"""`calibrate`, with the tablets that were let in at this wall beside its screen."""

import contextlib
import secrets
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import IO

from PySide6.QtCore import QObject
from sqlalchemy.exc import DBAPIError

import kiosk.tools.calibrate
from kiosk.app.hub import Hub
from kiosk.app.paths import UI_SOCKET, resolve
from kiosk.app.run import take_lock
from kiosk.app.supervisor import STOP_STEP_S, spawn
from kiosk.app.tablets import REMOTE
from kiosk.cache.engine import open_ledger_for_reading
from kiosk.cache.files import JOURNAL, LEDGER
from kiosk.cache.journal import AuditJournal
from kiosk.cache.ledger import LedgerReader
from kiosk.core.audit import AuditLog, AuditRecord
from kiosk.core.clock import Clock, SystemClock
from kiosk.core.invocation import Source, Status
from kiosk.settings import Settings, dump
from kiosk.tools.calibrate.screen.window import WalkWindow
from kiosk.tools.calibrate.tablet_page import COMMAND, page
from kiosk.tools.calibrate.walk import WalkError
from kiosk.wire.messages import (
    Device,
    Devices,
    Message,
    RefusedRequest,
    RemoteReady,
    Role,
    ShowProjection,
    TabletAnswer,
    TabletRequest,
)
from kiosk.wire.text import Text

MAY: frozenset[Role] = frozenset({"installer"})
ONLY = Text("보정은 설치 담당의 태블릿만 합니다", "Only an installer's tablet calibrates")
NO_SUCH = Text("보정 중에는 쓸 수 없습니다", "Not while the wall is calibrated")
PRESSED = Text("눌렀습니다", "Pressed")

Spawn = Callable[[str, Path], "subprocess.Popen[bytes]"]


def main(argv: list[str]) -> int:
    """Exit code as of `kiosk.tools.calibrate`."""
    return kiosk.tools.calibrate.main(argv, open_tablets)


def open_tablets(window: WalkWindow, settings: Settings) -> "WalkTablets":
    """The tablets' server, and those who were let in before. Raises WalkError while a wall runs
    from the same data."""
    settings = resolve(settings)
    data = Path(settings.paths.data_dir)
    lock = take_lock(data)
    if lock is None:
        Path(settings.paths.runtime_dir).rmdir()
        raise WalkError(
            f"the wall is running from {data} and holds camera and microphone; stop it first "
            "(systemctl stop city-kiosk), or start the walk as `city-kiosk calibrate`"
        )
    tablets = WalkTablets(
        window, settings, devices_of(data / LEDGER), AuditJournal(data / JOURNAL), SystemClock()
    )
    tablets.lock = lock
    return tablets


def devices_of(ledger: Path) -> tuple[Device, ...]:
    """Those that may connect; none where there is no ledger that can be read."""
    if not ledger.exists():
        return ()
    try:
        devices = LedgerReader(open_ledger_for_reading(ledger)).devices()
    except DBAPIError:
        return ()
    return tuple(device for device in devices if not device.revoked)


class WalkTablets(QObject):
    """Shows the walk on every tablet; an installer's presses count, each is written down."""

    def __init__(
        self,
        window: WalkWindow,
        settings: Settings,
        devices: tuple[Device, ...],
        audit: AuditLog,
        clock: Clock,
        spawner: Spawn = spawn,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._devices = {device.id: device for device in devices}
        self._audit = audit
        self._clock = clock
        self._runtime = Path(settings.paths.runtime_dir)
        self._hub = Hub(self._runtime / UI_SOCKET, self._receive, self._presence, parent=self)
        window.changed.connect(self._show)
        self.lock: IO[bytes] | None = None
        self.url = ""
        self._server: subprocess.Popen[bytes] | None = None
        if settings.remote.enabled and devices:
            file = self._runtime / "settings.json"
            dump(settings, file)
            self._server = spawner(REMOTE, file)

    def close(self) -> None:
        self._hub.close()
        if self._server is not None:
            with contextlib.suppress(ProcessLookupError):
                self._server.send_signal(signal.SIGTERM)
            try:
                self._server.wait(2 * STOP_STEP_S)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        shutil.rmtree(self._runtime, ignore_errors=True)
        if self.lock is not None:
            Path(self.lock.name).unlink(missing_ok=True)
            self.lock.close()

    def _presence(self, worker: str, connected: bool) -> None:
        if connected and worker == REMOTE:
            self._hub.send(REMOTE, Devices(tuple(self._devices.values())))
            self._show()

    def _show(self) -> None:
        window = self._window
        projection = page(
            window.guide.view,
            self._clock.now_ms(),
            window.view.theme.language,
            field=window.field is not None,
        )
        self._hub.send(REMOTE, ShowProjection(projection))

    def _receive(self, _worker: str, message: Message) -> None:
        if isinstance(message, RefusedRequest):
            why = Text("연결을 거절했습니다", "A connection was refused")
            self._write("", {}, message.address, "visitor", message.reason, Status.DENIED, why)
        elif isinstance(message, TabletRequest):
            self._request(message)
        elif isinstance(message, RemoteReady) and message.url != self.url:
            self.url = message.url
            print(f"Tablets: {self.url}", flush=True)

    def _request(self, asked: TabletRequest) -> None:
        device = self._devices.get(asked.device)
        role: Role = device.role if device is not None else "visitor"
        if role not in MAY:
            status, reason = Status.DENIED, ONLY
        elif asked.command != COMMAND or not isinstance(asked.args.get("press"), str):
            status, reason = Status.UNAVAILABLE, NO_SUCH
        else:
            status, reason = self._press(asked)
        self._write(asked.command, asked.args, asked.device, role, "tablet", status, reason)
        self._hub.send(REMOTE, TabletAnswer(asked.request, status, reason))

    def _press(self, asked: TabletRequest) -> tuple[Status, Text]:
        try:
            self._window.press(asked.args["press"], asked.args)
        except (KeyError, ValueError, TypeError):
            return Status.BAD_ARGUMENTS, NO_SUCH
        return Status.DONE, PRESSED

    def _write(
        self,
        command: str,
        args: dict[str, object],
        actor: str,
        role: Role,
        trigger: str,
        status: Status,
        reason: Text,
    ) -> None:
        now_ms = self._clock.now_ms()
        self._audit.append(
            AuditRecord(
                id=f"{now_ms:012x}{secrets.token_hex(8)}",
                t_ms=now_ms,
                command=command,
                args=args,
                source=Source.TABLET,
                actor=actor,
                role=role,
                trigger=trigger,
                status=status,
                reason=reason,
                took_ms=0.0,
                panel="calibration",
            )
        )
