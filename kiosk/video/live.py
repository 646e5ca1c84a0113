"""A live playlist as a stream: fetched ahead by a thread of its own, given out at its own rate.

Where its form changes (EXT-X-DISCONTINUITY, another EXT-X-MAP) it is opened again from there on.
"""

import queue
import threading
from bisect import bisect_right
from collections.abc import Iterator
from threading import Event
from typing import Any

import av

from kiosk.core.clock import Clock
from kiosk.video import reasons
from kiosk.video.address import SourceError
from kiosk.video.camera_clock import Taken
from kiosk.video.opened import NOTHING_FURTHER, PROBE, Bytes, Opened
from kiosk.video.pace import Pace
from kiosk.video.playlist import MOST_PLAYLIST, Piece, Playlist
from kiosk.video.web import Answer, Web

AHEAD = 2  # segments that wait to be played
_LOOK_S = 0.2
_KEPT = 32  # pieces whose time is remembered: what is read of them comes out a little later
_FORMS = {"format_whitelist": "mpegts,mov,aac,mp3"}


class LiveSource(Opened):
    """The pictures of a playlist, each with the camera's own time where the playlist tells it."""

    def __init__(
        self, web: Web, answer: Answer, clock: Clock, stopped: Event, *, small: bool
    ) -> None:
        first = answer.read(MOST_PLAYLIST)
        answer.close()
        playlist = Playlist(web, answer.url, first, clock, stopped, small=small)
        self._feed = _Feed(playlist, web, stopped)
        self._stopped = stopped
        self._pace = Pace(clock, stopped)
        try:
            super().__init__(self._opened(), keeps_time=True)
        except BaseException:
            self._feed.close()
            raise

    def packets(self) -> Iterator[Any]:
        for packet in super().packets():
            packet.opaque = self._feed.taken(packet)
            self._pace.await_turn(packet)
            yield packet

    def goes_on(self) -> bool:
        if not self._feed.begin_anew():
            return False
        self._container.close()
        self._pace.begin_anew()
        self._take(self._opened())
        return True

    def close(self) -> None:
        self._feed.close()
        super().close()

    def _opened(self) -> Any:
        options = PROBE | NOTHING_FURTHER | _FORMS
        return av.open(Bytes(self._feed.chunks(), self._stopped), options=options)


class _Feed:
    """Fetches pieces while others are played; what went wrong is told when all before is played.

    The thread that asks is the one that closes `web`.
    """

    def __init__(self, playlist: Playlist, web: Web, stopped: Event) -> None:
        self._playlist = playlist
        self._web = web
        self._stopped = stopped
        self._closed = Event()
        self._queue: queue.Queue[Piece | SourceError] = queue.Queue(AHEAD)
        self._starts: list[int] = []
        self._taken: list[Taken] = []
        self._anchor: tuple[Taken, float] | None = None
        self._bytes = 0
        self._next: Piece | None = None
        self._thread = threading.Thread(target=self._fetch, name="playlist", daemon=True)
        self._thread.start()

    def chunks(self) -> Iterator[bytes]:
        """Piece after piece, up to one that is read without those before. Raises SourceError."""
        while not self._over():
            try:
                piece = self._next or self._queue.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if isinstance(piece, SourceError):
                raise piece
            if piece.anew and self._bytes:
                self._next = piece
                return
            self._next = None
            self._starts.append(self._bytes)
            self._taken.append(Taken(piece.taken_ms, piece.latest_ms))
            del self._starts[:-_KEPT], self._taken[:-_KEPT]
            self._bytes += len(piece.data)
            yield piece.data

    def begin_anew(self) -> bool:
        """Whether there is a piece to begin anew with."""
        self._starts, self._taken, self._anchor, self._bytes = [], [], None, 0
        return self._next is not None

    def taken(self, packet: Any) -> Taken | None:
        """When the packet's picture was taken: its piece's time, and how far into it it is."""
        if packet.pts is None or not packet.pos or packet.pos < 0:
            return None
        at = bisect_right(self._starts, packet.pos) - 1
        if at < 0:
            return None
        told, stamp_ms = self._taken[at], float(packet.pts * packet.time_base) * 1000
        if self._anchor is None or self._anchor[0] is not told:
            self._anchor = told, stamp_ms
        into_ms = round(stamp_ms - self._anchor[1])
        camera_t_ms = None if told.camera_t_ms is None else told.camera_t_ms + into_ms
        latest_ms = None if told.latest_ms is None else told.latest_ms + into_ms
        return Taken(camera_t_ms, latest_ms)

    def close(self) -> None:
        self._closed.set()

    def _over(self) -> bool:
        return self._closed.is_set() or self._stopped.is_set()

    def _fetch(self) -> None:
        try:
            for piece in self._playlist.pieces():
                self._put(piece)
                if self._over():
                    return
            self._put(SourceError(reasons.PLAYLIST_ENDED))
        except SourceError as error:
            self._put(error)
        finally:
            self._web.close()

    def _put(self, piece: Piece | SourceError) -> None:
        while not self._over():
            try:
                self._queue.put(piece, timeout=_LOOK_S)
            except queue.Full:
                continue
            return
