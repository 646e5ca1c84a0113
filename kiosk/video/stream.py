"""One address of a camera: a thread that opens, decodes, scales, hands over, and tries for ever."""

import logging
import threading
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from kiosk.core.clock import Clock
from kiosk.settings.model import VideoSettings
from kiosk.video import reasons
from kiosk.video.address import AddressError, SourceError
from kiosk.video.camera_clock import Age, Taken, camera_time
from kiosk.video.decoder import Decoder
from kiosk.video.freshness import AFTER_LOGIN_S, Backoff, Progress
from kiosk.video.held import Held
from kiosk.video.motion import Delay, Motion, News
from kiosk.video.scaling import Pixels, Scaler, Tile, rows
from kiosk.video.source import Means, Opened, StreamError, open_source
from kiosk.wire.text import Text

log = logging.getLogger(__name__)

_REST_PERIOD_MS = 1000.0
_LOOK_MS = 300.0
# An empty street at night stands still as well: a new connection is tried, but seldom. Cameras that
# send a key frame every 20 s exist: whoever comes between two of them is not helped by another one.
_PATIENCE = 3
_KEY_FRAME_MS = 30_000.0
_KEY_FRAME_LATE_MS = 1500.0
_NOTHING = Text("", "")


class Address(NamedTuple):
    """Where a stream is had: `login` names a secret; `small` when a tile's size is enough."""

    url: str
    login: str = ""
    small: bool = False


class Shot(NamedTuple):
    """A picture at its tile's size, as planes; `t_ms` is when the scene last moved (epoch)."""

    planes: Any
    tile: Tile
    t_ms: int
    camera_t_ms: int | None


class Stream:
    """A camera's stream; every method but the thread's own returns at once.

    `publish` is called on the thread with each picture worth showing; it may turn it into
    `pixels`.
    """

    def __init__(
        self,
        name: str,
        address: Address,
        tile: Tile,
        clock: Clock,
        settings: VideoSettings,
        means: Means,
        publish: "Callable[[Stream, Shot], None]",
    ) -> None:
        self.name = name
        self.address = address
        self._tile = tile
        self._clock = clock
        self._settings = settings
        self._means = means
        self._publish = publish
        self._backoff = Backoff(name)
        self._scaler = Scaler()
        self._motion = Motion()
        self._delay, self._age = Delay(), Age()
        self._held: Held | None = None
        self._resting = False
        self._next_ms = 0.0
        self._look_ms, self._looked = 0.0, tile
        self._pts: int | None = None
        self._whole = False  # a key frame came since pictures were last compared
        self._stopped = threading.Event()
        self._progress = Progress(since_ms=clock.monotonic_ms())
        # daemon: a thread that waits for a hung camera must not hold up the process's end
        self._thread = threading.Thread(target=self._run, name=f"camera-{name}", daemon=True)

    @property
    def progress(self) -> Progress:
        return self._progress

    def start(self) -> None:
        self._thread.start()

    def show(self, tile: Tile) -> None:
        """Takes effect with the next picture; the stream stays open, and wakes if it rested."""
        self._tile = tile
        self._resting = False

    def readdress(self, address: Address) -> None:
        """Another address of the same stream (a new signature): for the next connection."""
        self.address = address

    def rest(self) -> None:
        """Nobody looks: the stream stays open, at its key frames only."""
        self._resting = True

    def stop(self) -> None:
        """The thread ends by itself, at a hung camera after its time-out."""
        self._stopped.set()

    def join(self, timeout_s: float) -> bool:
        """Whether the thread has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def pixels(self, shot: Shot) -> Pixels:
        """(height, width * 4) bytes of BGRA; for the stream's own thread, inside `publish`."""
        return self._scaler.bgra(shot.planes)

    def _run(self) -> None:
        while not self._stopped.is_set():
            before, refused = self._progress.picture_ms, False
            begun_ms = self._clock.monotonic_ms()
            try:
                with self._connect() as source:
                    reason = self._follow(source)
                    while source.goes_on():
                        reason = self._follow(source)
            except (StreamError, SourceError, OSError, ValueError) as error:
                reason, refused = reasons.reason_of(error), isinstance(error, AddressError)
            except Exception as fault:
                # One camera's odd stream must not end its tile for good. The words of the error are
                # left out: they may hold its address.
                where = "".join(traceback.format_tb(fault.__traceback__))
                log.error("%s: %s\n%s", self.name, type(fault).__name__, where)
                reason = reasons.UNREADABLE
            # One that stands still was there all the time: it is not left alone for longer.
            failed = self._progress.picture_ms == before and reason is not reasons.STANDS
            self._note(attempt=self._progress.attempt + failed, reason=reason, refused=refused)
            knocked = bool(self.address.login) and reason == reasons.LOGIN
            least_s = AFTER_LOGIN_S if knocked else 0.0
            spent_s = (self._clock.monotonic_ms() - begun_ms) / 1000
            self._stopped.wait(self._backoff.wait_s(self._progress.attempt, least_s, spent_s))

    def _connect(self) -> Opened:
        url, login, small = self.address
        return open_source(url, self._means, login=login, small=small, stopped=self._stopped)

    def _follow(self, source: Opened) -> Text:
        """Until the stream ends, stands still for too long, or is to stop; says why it ended."""
        opened_ms = self._begin()
        decoder = Decoder(source, self._settings, self._clock)
        waits = False
        for packet in source.packets():
            now_ms = self._clock.monotonic_ms()
            if self._stopped.is_set():
                return reasons.ENDED
            if self._stands_still(opened_ms, now_ms, decoder):
                return reasons.STANDS
            if self._resting:
                self._hold(decoder, packet, now_ms)
                continue
            if self._held is not None:
                waits = not self._wake(decoder)
            if waits and not packet.is_keyframe:
                continue
            waits = False
            self._decode(decoder, packet, now_ms)
        return reasons.ENDED

    def _begin(self) -> float:
        """What is known of one connection says nothing of the next."""
        self._delay, self._age, self._pts, self._held = Delay(), Age(), None, None
        return self._clock.monotonic_ms()

    def _decode(self, decoder: Decoder, packet: Any, now_ms: float) -> None:
        for picture in decoder.pictures(packet, wanted=now_ms >= self._next_ms):
            self._whole = self._whole or (picture.key_frame and not decoder.intra_only)
            if now_ms >= self._next_ms:
                self._pace(now_ms)
                self._show(picture, packet, decoder, now_ms)

    def _hold(self, decoder: Decoder, packet: Any, now_ms: float) -> None:
        """A key frame a second is decoded; what follows is kept for when somebody looks again."""
        held = self._held = self._held or Held()
        if not packet.is_keyframe:
            held.add(packet)
        elif now_ms < self._next_ms:
            held.begin(packet)
        else:
            held.begin(None)
            self._next_ms = now_ms + _REST_PERIOD_MS
            self._whole = not decoder.intra_only
            for picture in decoder.pictures(packet, wanted=True):
                self._show(picture, packet, decoder, now_ms)

    def _wake(self, decoder: Decoder) -> bool:
        """Catches up; whether the stream can go on without its next key frame."""
        assert self._held is not None
        packets, whole = self._held.take()
        self._held = None
        self._next_ms = 0.0
        for packet in packets:
            decoder.pictures(packet, wanted=False)
        return whole

    def _stands_still(self, opened_ms: float, now_ms: float, decoder: Decoder) -> bool:
        """Whether this connection has brought nothing new for so long that a new one may help."""
        patience_ms = _PATIENCE * self._settings.lost_s * 1000
        if not decoder.begun:
            patience_ms = max(patience_ms, _KEY_FRAME_MS)
            if now_ms - opened_ms > _KEY_FRAME_LATE_MS:
                self._note(reason=reasons.NO_KEY_FRAME)
        return now_ms - max(opened_ms, self._progress.picture_ms or 0) > patience_ms

    def _pace(self, now_ms: float) -> None:
        """Keeps the mean rate under the tile's, without running after pictures that never came."""
        period_ms = 1000 / self._tile.fps
        self._next_ms = max(self._next_ms + period_ms, now_ms - period_ms / 2)

    def _show(self, picture: Any, packet: Any, decoder: Decoder, now_ms: float) -> None:
        tile = self._tile
        planes = self._scaler.planes(picture, tile)
        news = self._news(planes, tile, now_ms)
        stands = picture.pts is not None and picture.pts == self._pts  # so does its clock
        self._pts = picture.pts
        moved = news in ("new", "alive") and not stands
        if not moved:
            self._note(heard_ms=now_ms, reason=reasons.STANDS)
        if news == "same":
            return
        before = self._progress
        t_ms = self._clock.now_ms() if moved or before.frame_t_ms is None else before.frame_t_ms
        camera_t_ms = camera_time(packet)
        self._publish(self, Shot(planes, tile, t_ms, camera_t_ms))
        if moved:
            self._progress = Progress(
                since_ms=before.since_ms,
                heard_ms=now_ms,
                picture_ms=self._clock.monotonic_ms(),
                frame_t_ms=t_ms,
                delay_ms=self._delay_ms(picture, packet, decoder, now_ms),
                period_ms=decoder.period_ms,
                camera_t_ms=camera_t_ms,
                codec=decoder.codec,
                decoder=decoder.decoder,
                width_px=picture.width,
                height_px=picture.height,
                reason=reasons.SLOW if decoder.saves else _NOTHING,
            )

    def _news(self, planes: Any, tile: Tile, now_ms: float) -> News:
        """What moved a moment ago is taken to move still: comparing costs as much as showing."""
        if now_ms < self._look_ms and tile == self._looked:
            return "new"
        view = planes.width, planes.height, tile.region
        news = self._motion.see(rows(planes, 1), view, whole=self._whole)
        self._whole = False
        if news == "new":
            self._look_ms, self._looked = now_ms + _LOOK_MS, tile
        return news

    def _delay_ms(self, picture: Any, packet: Any, decoder: Decoder, now_ms: float) -> int:
        if isinstance(packet.opaque, Taken):
            keeps = decoder.keeps_time and packet.pts is not None
            stamp_ms = packet.pts * decoder.tick_ms if keeps else None
            return self._age.of(packet.opaque, stamp_ms, self._clock.now_ms())
        if not decoder.keeps_time or picture.pts is None:
            return 0
        return self._delay.of(picture.pts * decoder.tick_ms, now_ms)

    def _note(self, **fields: Any) -> None:
        self._progress = msgspec.structs.replace(self._progress, **fields)
