"""The simulated camera network: MJPEG over HTTP on loopback, drawn only while somebody watches.

`GET /camera/<id>.mjpg` answers with multipart/x-mixed-replace, 640x360, 10 pictures a second, as
network cameras do. Every picture bears its name, a running clock and the word for simulated.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

import cv2
from aiohttp import web

from kiosk.backend.catalogue import CameraEntry, load_cameras
from kiosk.backend.gauge import river_level
from kiosk.backend.scenes import River, build_scene
from kiosk.backend.scenes.light import light_at
from kiosk.backend.scenes.overlay import Overlay, Signs, clock_signs
from kiosk.core.clock import Clock
from kiosk.pack import here, pack_folder
from kiosk.pack.clock import local_time
from kiosk.settings import Settings
from kiosk.wire import Link, Text
from kiosk.wire.messages import Health, Stop

HOST = "127.0.0.1"
FPS = 10.0
JPEG_QUALITY = 78

LevelM = Callable[[int], float]
"""Metres of water at an epoch time in ms."""

_BOUNDARY = "frame"
_TICK_S = 0.1
_LATE_S = 2.0


def run(settings: Settings, link: Link, clock: Clock) -> None:
    """Serves the cameras of the demonstration until the link stops. Raises SettingsError."""
    folder, seed = pack_folder(settings), settings.demo.seed
    entries = load_cameras(folder)[: settings.demo.cameras]
    network = CameraNetwork(entries, seed, clock, river_level(folder, seed))
    asyncio.run(_serve(network, settings.demo.cameras_port, link))


async def _serve(network: "CameraNetwork", port: int, link: Link) -> None:
    await network.start(port)
    reason = Text("모의 카메라망이 돌아갑니다", "The simulated camera network runs")
    link.send(Health(worker="cameras", state="running", reason=reason))
    try:
        while not link.stopped.is_set() and not isinstance(link.receive(0), Stop):
            await asyncio.sleep(_TICK_S)
    finally:
        await network.stop()


class Studio(NamedTuple):
    """What all simulated cameras share; who holds the pencil draws."""

    seed: int
    clock: Clock
    level_m: LevelM
    pencil: asyncio.Lock
    signs: Signs


class SimulatedCamera:
    """One camera: draws a picture a period while it has watchers, and hands all the same one."""

    def __init__(self, entry: CameraEntry, variant: int, studio: Studio) -> None:
        self.entry = entry
        self._clock = studio.clock
        self._pencil = studio.pencil
        self._scene = build_scene(entry.kind, f"{studio.seed}/{entry.id}", variant)
        if isinstance(self._scene, River):
            self._scene.level_m = studio.level_m
        self._overlay = Overlay(entry.name.of(here().language), studio.signs)
        self._watchers = 0
        self._drawing: asyncio.Task[None] | None = None
        self._picture = b""
        self._drawn = asyncio.Condition()

    def jpeg(self, now_ms: int) -> bytes:
        """The picture at a time, as JPEG. The same time gives the same picture."""
        local = local_time(now_ms)
        frame = self._scene.frame(now_ms / 1000, light_at(local))
        self._overlay.burn(frame, local)
        _, data = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        return data.tobytes()

    async def watch(self, response: web.StreamResponse) -> None:
        """Sends pictures until the watcher goes; one that can't keep up misses pictures."""
        self._watchers += 1
        if self._drawing is None:
            self._drawing = asyncio.create_task(self._draw())
        try:
            while True:
                async with self._drawn:
                    await self._drawn.wait()
                    picture = self._picture
                await asyncio.wait_for(response.write(_part(picture)), _LATE_S)
        finally:
            self._watchers -= 1

    async def close(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._drawing

    async def _draw(self) -> None:
        """Ends with its last watcher.

        Drawing takes about 2 ms, so it stays in the loop. There is one pencil, and the loop turns
        once before the next camera has it: on a machine that is short of time pictures get fewer,
        but the network keeps answering.
        """
        loop = asyncio.get_running_loop()
        due = loop.time()
        try:
            while self._watchers:
                async with self._pencil:
                    self._picture = self.jpeg(self._clock.now_ms())
                    async with self._drawn:
                        self._drawn.notify_all()
                    await asyncio.sleep(0)
                due = max(due + 1 / FPS, loop.time())
                await asyncio.sleep(due - loop.time())
        finally:
            self._drawing = None


class CameraNetwork:
    """All simulated cameras behind one HTTP server on loopback."""

    def __init__(
        self, entries: Iterable[CameraEntry], seed: int, clock: Clock, level_m: LevelM
    ) -> None:
        cv2.setNumThreads(1)
        kinds: Counter[str] = Counter()
        studio = Studio(seed, clock, level_m, asyncio.Lock(), clock_signs())
        self._cameras: dict[str, SimulatedCamera] = {}
        for entry in entries:
            self._cameras[entry.id] = SimulatedCamera(entry, kinds[entry.kind], studio)
            kinds[entry.kind] += 1
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self, port: int) -> None:
        """Listens on loopback; port 0 takes a free one. Raises OSError when it is taken."""
        app = web.Application()
        app.router.add_get("/camera/{camera}.mjpg", self._stream)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        for camera in self._cameras.values():
            await camera.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        camera = self._cameras.get(request.match_info["camera"])
        if camera is None:
            raise web.HTTPNotFound
        response = web.StreamResponse(
            headers={
                "Content-Type": f"multipart/x-mixed-replace; boundary={_BOUNDARY}",
                "Cache-Control": "no-store",
            }
        )
        with contextlib.suppress(ConnectionError, TimeoutError):
            await response.prepare(request)
            await camera.watch(response)
        return response


def _part(picture: bytes) -> bytes:
    head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
    return head.encode() + picture + b"\r\n"
