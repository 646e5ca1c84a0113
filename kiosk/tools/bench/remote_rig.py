"""A wall and its tablets' server, each a process of its own, and many tablets in this one."""

import asyncio
import contextlib
import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.cache.files import LEDGER
from kiosk.cache.ledger import Ledger
from kiosk.core.clock import SystemClock
from kiosk.remote.addresses import names_of
from kiosk.remote.certificates import Certificates
from kiosk.remote.client import Tablet, TabletError, public_key
from kiosk.settings import Settings, dump
from kiosk.settings.model import PathSettings, RemoteSettings
from kiosk.tools.bench.decade import LIVE_ROWS, NOW_MS, catalogue, fill
from kiosk.tools.driving import ROOT, DrivenKiosk, driven_wall, environment, stop
from kiosk.wire.messages import Device, Lateness, PanelsWarm, TakeLateness

WAIT_S = 60.0
ATTEMPT_S = 1.0  # as the tablets' page does: another attempt beside one that is not answered
RELAY = "127.0.0.9"
AREAS = ("11110", "11710")


class Seen(Tablet):
    """A tablet that notes when a district's selection arrives, and reads no more of a view."""

    def __init__(
        self, authority: Path, key: ec.EllipticCurvePrivateKey, source: str, through: str
    ) -> None:
        super().__init__(authority, key, source, through)
        self.views = 0
        self._wanted: re.Pattern[str] | None = None
        self._arrived = asyncio.Event()
        self._arrived_s = 0.0

    def expect(self, area: str) -> None:
        """What `arrived_s` waits for from now on."""
        self._wanted = re.compile(rf'"code":"{area}".{{0,300}}?"selected":true')
        self._arrived.clear()

    async def arrived_s(self) -> float:
        """When it came, by `time.perf_counter`."""
        await self._arrived.wait()
        return self._arrived_s

    def hear(self, frame: str) -> None:
        if not frame.startswith('{"type":"projection"'):
            super().hear(frame)
            return
        self.views += 1
        if self._wanted is not None and self._wanted.search(frame):
            self._arrived_s, self._wanted = time.perf_counter(), None
            self._arrived.set()


class Rig:
    """What `running` has started; `tablets` connects those that it has paired."""

    def __init__(
        self, wall: DrivenKiosk, url: str, authority: Path, keys: list[ec.EllipticCurvePrivateKey]
    ) -> None:
        self.wall = wall
        self.url = url
        self._authority = authority
        self._keys = keys

    @contextlib.asynccontextmanager
    async def tablets(self, count: int, through: str = "") -> AsyncIterator[list[Seen]]:
        """So many of them, connected (through that address), closed afterwards."""
        made = [
            Seen(self._authority, key, address_of(n), through)
            for n, key in enumerate(self._keys[:count])
        ]
        try:
            for tablet in made:
                await tablet.connect(self.url)
            yield made
        finally:
            for tablet in made:
                await tablet.close()


@contextlib.contextmanager
def running(home: Path, count: int) -> Iterator[Rig]:
    """Screen and server, with `count` paired tablets. Raises TimeoutError."""
    fill(home, catalogue(home), LIVE_ROWS)
    paths = PathSettings(data_dir=str(home), runtime_dir=str(home), config_dir=str(ROOT / "config"))
    remote = RemoteSettings(host="127.0.0.1", port=_free_port())
    dump(Settings(paths=paths, remote=remote), home / "remote.json")
    Certificates(home / "certificates", SystemClock()).current(names_of(remote))
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(count)]
    _pair(home / LEDGER, keys)
    with driven_wall(home) as wall:
        if wall.wait(lambda message: isinstance(message, PanelsWarm), WAIT_S) is None:
            raise TimeoutError("the wall did not ask its first questions")
        command = [sys.executable, "-m", "kiosk.app.process", "remote"]
        command += ["--settings", str(home / "remote.json")]
        server = subprocess.Popen(command, env=environment(), cwd=ROOT)
        try:
            _wait_for_port(remote.port)
            authority = home / "certificates/ca.pem"
            yield Rig(wall, f"https://localhost:{remote.port}/", authority, keys)
        finally:
            stop(server)


async def select(tablets: list[Seen], number: int) -> list[float]:
    """One tablet selects a district: milliseconds to its answer, then until each tablet shows it.

    Raises TabletError, TimeoutError.
    """
    area = AREAS[number % len(AREAS)]
    for tablet in tablets:
        tablet.expect(area)
    asking = tablets[number % len(tablets)]
    began = time.perf_counter()
    answer = await asking.send("district.select", {"district": area})
    answered = time.perf_counter()
    if answer.status != "done":
        raise TabletError(f"district.select: {answer.status}, {answer.reason.en}")
    async with asyncio.timeout(WAIT_S):
        seen = [await tablet.arrived_s() for tablet in tablets]
    return [1000 * (moment - began) for moment in (answered, *seen)]


async def come_back(tablet: Seen, url: str) -> None:
    """As the page does, until a view has come."""
    views = tablet.views
    while True:
        with contextlib.suppress(TabletError, TimeoutError, OSError):
            await asyncio.wait_for(tablet.connect(url), ATTEMPT_S)
            break
    async with asyncio.timeout(WAIT_S):
        while tablet.views == views:
            await asyncio.sleep(0.005)


def address_of(number: int) -> str:
    """Where a tablet of the rig comes from."""
    return f"127.0.{3 + number // 200}.{number % 200 + 1}"


def lateness(rig: Rig) -> Lateness:
    """The screen's since it was last taken. Raises TimeoutError."""
    rig.wall.say(TakeLateness())
    late = rig.wall.wait(lambda message: isinstance(message, Lateness), WAIT_S)
    if not isinstance(late, Lateness):
        raise TimeoutError("the wall did not tell its lateness")
    return late


def _pair(ledger_file: Path, keys: list[ec.EllipticCurvePrivateKey]) -> None:
    ledger = Ledger.open(ledger_file, NOW_MS)
    for number, key in enumerate(keys):
        public = public_key(key)
        name = f"tablet {number}"
        device = Device(public.device_id(), name, "official", public.jwk(), NOW_MS + number)
        ledger.save_device(msgspec.structs.replace(device, last_used_ms=_now_ms()))
    ledger.close()


def _now_ms() -> int:
    """So that no use is noted while it is measured: that happens once a minute."""
    return time.time_ns() // 1_000_000 + 3_600_000


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait_for_port(port: int) -> None:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("the tablets' server did not come")
