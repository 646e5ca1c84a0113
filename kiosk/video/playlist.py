"""Live HLS: the segments of a playlist in their order, each address checked like the first.

RFC 8216. A playlist may name anything as a segment or a key; whatever is not plain http(s) to
another machine is refused, as are ways of encryption other than whole segments under AES-128.
"""

from collections.abc import Iterator
from datetime import datetime
from threading import Event
from typing import Any, NamedTuple
from urllib.parse import urljoin

import m3u8
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from kiosk.core.clock import Clock
from kiosk.video import reasons
from kiosk.video.address import AddressError, SourceError
from kiosk.video.web import PARTIAL, Web

MOST_PLAYLIST = 1_000_000
MOST_SEGMENT = 32_000_000
KEY_BYTES = 16
BEHIND = 3  # segments before the newest, where playing begins (RFC 8216, 6.3.3)
SMALL_HEIGHT_PX = 360  # of a variant that is enough for a tile
MOST_FAILED = 3
SHORTEST_S, LONGEST_S = 0.5, 20.0
STILL_TARGETS = 3.0

_FOR_GOOD = (reasons.PLAYLIST, reasons.LOCKED, reasons.PLAYLIST_ENDED)


class Piece(NamedTuple):
    """A segment in the clear. `taken_ms`: when its first picture was taken, by the camera's clock
    (EXT-X-PROGRAM-DATE-TIME), None where the playlist does not say."""

    data: bytes
    taken_ms: int | None


class Playlist:
    """`small` takes the smallest variant that is enough for a tile, else the best one."""

    def __init__(
        self, web: Web, url: str, first: bytes, clock: Clock, stopped: Event, *, small: bool
    ) -> None:
        self._web = web
        self._url = url
        self._clock = clock
        self._stopped = stopped
        self._keys: dict[str, bytes] = {}
        self._map: tuple[str, str] | None = None
        self._listed = _parse(first)
        if self._listed.is_variant:
            self._url = urljoin(url, _variant(self._listed, small=small))
            self._load()
        if self._listed.is_variant:
            raise SourceError(reasons.PLAYLIST)

    def pieces(self) -> Iterator[Piece]:
        """From near the newest on, for ever; a recording that is all there from its beginning.

        Raises SourceError when it ends, stands still or can't be had.
        """
        number, new_ms, failed = self._first(), self._clock.monotonic_ms(), 0
        while not self._stopped.is_set():
            begin = self._listed.media_sequence or 0
            segments = list(self._listed.segments)
            if not begin <= number <= begin + len(segments):
                number = self._first()  # we were too slow, or it began anew
            for segment in segments[number - begin :]:
                number += 1
                try:
                    piece = self._piece(segment, number - 1)
                except SourceError as error:
                    failed += 1
                    refused = isinstance(error, AddressError) or error.reason in _FOR_GOOD
                    if failed >= MOST_FAILED or refused:
                        raise
                    break
                failed, new_ms = 0, self._clock.monotonic_ms()
                yield piece
            else:
                if self._listed.is_endlist:
                    raise SourceError(reasons.PLAYLIST_ENDED)
                self._await_news(new_ms, number)
            self._load()

    def _first(self) -> int:
        begin, many = self._listed.media_sequence or 0, len(self._listed.segments)
        return begin if self._listed.is_endlist else begin + max(0, many - BEHIND)

    def _await_news(self, new_ms: float, number: int) -> None:
        target_s = self._target_s()
        if self._clock.monotonic_ms() - new_ms > STILL_TARGETS * 1000 * (target_s + 1):
            raise SourceError(reasons.PLAYLIST_STANDS)
        self._stopped.wait(min(1.0, target_s / 2))

    def _target_s(self) -> float:
        return min(LONGEST_S, max(SHORTEST_S, float(self._listed.target_duration or SHORTEST_S)))

    def _load(self) -> None:
        with self._web.get(self._url).good() as answer:
            self._listed = _parse(answer.read(MOST_PLAYLIST))
            self._url = answer.url

    def _piece(self, segment: Any, number: int) -> Piece:
        data = self._fetch(segment.uri, segment.byterange)
        if segment.key is not None and segment.key.method not in (None, "NONE"):
            data = self._opened(data, segment.key, number)
        head = segment.init_section
        if head is not None:
            place = (str(head.uri), str(head.byterange))
            if self._map is None:
                data = self._fetch(head.uri, head.byterange) + data
            elif self._map != place:
                # another form from here on: it is opened anew
                raise SourceError(reasons.PLAYLIST_ENDED)
            self._map = place
        return Piece(data, _epoch_ms(segment.current_program_date_time))

    def _fetch(self, uri: str | None, part: str | None) -> bytes:
        if not uri:
            raise SourceError(reasons.PLAYLIST)
        headers: tuple[tuple[str, str], ...] = ()
        start, end = 0, None
        if part:
            length, _, offset = part.partition("@")
            if not (length.isdecimal() and (offset or "0").isdecimal()):
                raise SourceError(reasons.PLAYLIST)
            start = int(offset or 0)
            end = start + int(length)
            headers = (("Range", f"bytes={start}-{end - 1}"),)
        with self._web.get(urljoin(self._url, uri), headers=headers).good() as answer:
            body = answer.read(MOST_SEGMENT, within_s=max(5.0, 3 * self._target_s()))
            return body if answer.status == PARTIAL else body[start:end]

    def _opened(self, data: bytes, key: Any, number: int) -> bytes:
        if key.method != "AES-128" or key.keyformat not in (None, "identity"):
            raise SourceError(reasons.LOCKED)
        try:
            vector = int(key.iv, 16).to_bytes(16, "big") if key.iv else number.to_bytes(16, "big")
            secret = self._keys.get(key.uri) or self._fetch(key.uri, None)
            self._keys = {key.uri: secret}
            if len(secret) != KEY_BYTES:
                raise SourceError(reasons.LOCKED)
            opening = Cipher(algorithms.AES(secret), modes.CBC(vector)).decryptor()
            unpadding = padding.PKCS7(128).unpadder()
            clear = unpadding.update(opening.update(data) + opening.finalize())
            return clear + unpadding.finalize()
        except (ValueError, OverflowError):
            raise SourceError(reasons.LOCKED) from None


def _parse(body: bytes) -> Any:
    try:
        return m3u8.loads(body.decode("utf-8"))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        raise SourceError(reasons.PLAYLIST) from None  # of these, whatever the parser trips over


def _variant(listed: Any, *, small: bool) -> str:
    known = [
        ((each.stream_info.resolution or (0, 0))[1], each.stream_info.bandwidth or 0, each.uri)
        for each in listed.playlists
        if each.uri
    ]
    if not known:
        raise SourceError(reasons.PLAYLIST)
    known.sort()
    enough = [each for each in known if each[0] >= SMALL_HEIGHT_PX]
    chosen = enough[0] if small and enough else known[-1]
    return str(chosen[2])


def _epoch_ms(moment: datetime | None) -> int | None:
    return None if moment is None or moment.tzinfo is None else round(moment.timestamp() * 1000)
