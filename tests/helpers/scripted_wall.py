"""The ui's end of the tablets' link, played by a script, and the real server inline behind it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.core.clock import Clock, SystemClock
from kiosk.remote.limits import Limits
from kiosk.remote.worker import run
from kiosk.settings.model import CallSettings, PathSettings, RemoteSettings, Settings
from kiosk.wire.desk import TabletDesk
from kiosk.wire.link import PairedLink
from kiosk.wire.messages import (
    Device,
    Devices,
    Message,
    OpenPairing,
    PairingAsked,
    PairingDecision,
    PairingOffered,
    RemoteReady,
    Role,
    ShowDesk,
    ShowProjection,
    TabletAnswer,
    TabletRequest,
)
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

M = TypeVar("M")
DONE = Text("했습니다", "Done")


class ScriptedWall:
    """Hears everything that the server says; answers commands with `reply`."""

    def __init__(self, link: PairedLink) -> None:
        self.link = link
        self.heard: list[Message] = []
        self.devices: dict[str, Device] = {}
        self.reply: Callable[[TabletRequest], TabletAnswer | None] = lambda request: TabletAnswer(
            request.request, "done", DONE
        )
        self.accepts: Role | None = None
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._listen, name="scripted-wall")
        self._thread.start()

    @property
    def url(self) -> str:
        return self.wait_for(RemoteReady).url

    def wait_for(
        self,
        kind: type[M],
        holds: Callable[[M], bool] = lambda message: True,
        timeout_s: float = 15.0,
    ) -> M:
        """The first message of this kind that `holds`, heard already or soon."""

        def found() -> M | None:
            return next((m for m in self.heard if isinstance(m, kind) and holds(m)), None)

        with self._news:
            self._news.wait_for(lambda: found() is not None, timeout_s)
            message = found()
        assert message is not None, f"no {kind.__name__} in {timeout_s} s: {self.heard[-8:]}"
        return message

    def all_of(self, kind: type[M]) -> list[M]:
        with self._news:
            return [message for message in self.heard if isinstance(message, kind)]

    def forget(self) -> None:
        """Forgets what was heard, so that `wait_for` waits for what comes now."""
        with self._news:
            self.heard = [message for message in self.heard if isinstance(message, RemoteReady)]

    def offer(self, seconds: int = 120) -> str:
        """Opens pairing; the address of the QR code."""
        with self._news:
            self.heard = [m for m in self.heard if not isinstance(m, PairingOffered)]
        self.link.send(OpenPairing(seconds))
        return self.wait_for(PairingOffered).url

    def decide(self, asked: PairingAsked, role: Role | None) -> None:
        """What a person at the wall does: lets the tablet in with a role, or turns it away."""
        if role is None:
            self.link.send(PairingDecision(asked.request, accepted=False))
            return
        self.link.send(PairingDecision(asked.request, accepted=True, role=role))
        device = msgspec.structs.replace(asked.device, role=role)
        self.devices[device.id] = device
        self.tell_devices()

    def tell_devices(self) -> None:
        self.link.send(Devices(tuple(self.devices.values())))

    def revoke(self, device_id: str) -> None:
        device = self.devices[device_id]
        self.devices[device_id] = msgspec.structs.replace(device, revoked=True)
        self.tell_devices()

    def show(self, projection: Projection) -> None:
        self.link.send(ShowProjection(projection))

    def lay(self, desk: TabletDesk) -> None:
        self.link.send(ShowDesk(desk))

    def join(self) -> None:
        self._thread.join(5.0)

    def _listen(self) -> None:
        while not self.link.stopped.is_set():
            message = self.link.receive(0.05)
            if message is None:
                continue
            if isinstance(message, TabletRequest):
                answer = self.reply(message)
                if answer is not None:
                    self.link.send(answer)
            if isinstance(message, PairingAsked) and self.accepts is not None:
                self.decide(message, self.accepts)
            with self._news:
                self.heard.append(message)
                self._news.notify_all()


def remote_settings(data_dir: Path, port: int = 0, calls: CallSettings | None = None) -> Settings:
    return Settings(
        calls=calls or CallSettings(),
        remote=RemoteSettings(host="127.0.0.1", port=port),
        paths=PathSettings(data_dir=str(data_dir)),
    )


@contextmanager
def scripted_wall(
    data_dir: Path,
    clock: Clock | None = None,
    limits: Limits | None = None,
    wrap: Callable[[PairedLink], PairedLink] = lambda link: link,
    port: int = 0,
    calls: CallSettings | None = None,
) -> Iterator[ScriptedWall]:
    """The real server in a thread on a loopback port (a free one, or this one), and its wall."""
    mine, ui = PairedLink.pair()
    settings = remote_settings(data_dir, port, calls)
    server = threading.Thread(
        target=run, args=(settings, wrap(mine), clock or SystemClock(), limits), name="remote"
    )
    wall = ScriptedWall(ui)
    server.start()
    try:
        wall.wait_for(RemoteReady)
        yield wall
    finally:
        ui.stopped.set()
        server.join(10.0)
        wall.join()
        assert not server.is_alive(), "the server did not stop"
