"""Live HLS: the segments of a playlist, or parts of its newest ones, in their order, each address
checked like the first.

RFC 8216. A playlist may name anything as a segment or a key; whatever is not plain http(s) to
another machine is refused, as are ways of encryption other than whole segments under AES-128.
Blocking reload: draft-pantos-hls-rfc8216bis, 6.2.5.2.
"""

import re
from collections.abc import Iterator
from threading import Event
from typing import Any, NamedTuple
from urllib.parse import urljoin

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from kiosk.core.clock import Clock
from kiosk.video import reasons
from kiosk.video.address import AddressError, SourceError
from kiosk.video.listed import Bit, Listed, Place, Range
from kiosk.video.web import PARTIAL, Web

MOST_PLAYLIST = 1_000_000
MOST_SEGMENT = 32_000_000
KEY_BYTES = 16
BEHIND = 3  # segments before the newest, where playing begins (RFC 8216, 6.3.3)
SMALL_HEIGHT_PX = 360  # of a variant that is enough for a tile
MOST_FAILED = 3
SHORTEST_S, LONGEST_S = 0.5, 20.0
STILL_TARGETS = 3.0
WHOLE, SAMPLES = "AES-128", frozenset(("SAMPLE-AES", "SAMPLE-AES-CTR", "SAMPLE-AES-CENC"))

_ASKED_FOR = re.compile(r"[?&]_HLS_(?:msn|part)=\d+")


class Piece(NamedTuple):
    """A segment or a part of one, in the clear. `anew`: it is read without what was before it.

    When its first picture was taken: `taken_ms` by the camera's clock, None where the playlist does
    not say; `latest_ms` by ours at the latest, as what follows it was there when it was listed.
    """

    data: bytes
    taken_ms: int | None
    latest_ms: int
    anew: bool


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
        self._head: tuple[str, Range | None] | None = None
        self._listed, self._listed_ms = Listed(first), clock.now_ms()
        if self._listed.is_variant:
            self._url = urljoin(url, self._listed.variant(small=small, enough_px=SMALL_HEIGHT_PX))
            self._load(None)
        if self._listed.is_variant:
            raise SourceError(reasons.PLAYLIST)

    def pieces(self) -> Iterator[Piece]:
        """From near the newest on, for ever; a recording that is all there from its beginning.

        Raises SourceError when it ends, stands still or can't be had.
        """
        place, new_ms, failed = self._first(), self._clock.monotonic_ms(), 0
        while not self._stopped.is_set():
            listed = self._listed
            if not self._begin() <= place <= listed.end:
                place = self._first()  # we were too slow, or it began anew
            for bit in listed.bits:
                if bit.place < place:
                    continue
                place = bit.after
                if bit.gap:
                    continue
                try:
                    piece = self._piece(bit)
                except SourceError as error:
                    failed += 1
                    if failed >= MOST_FAILED or _is_for_good(error):
                        raise
                    break
                failed, new_ms = 0, self._clock.monotonic_ms()
                yield piece
            else:
                if listed.has_ended:
                    raise SourceError(reasons.PLAYLIST_ENDED)
                self._await_news(new_ms)
            self._load(place)

    def _begin(self) -> Place:
        bits = self._listed.bits
        return bits[0].place if bits else self._listed.end

    def _first(self) -> Place:
        """Some segments before the newest one, of parts as far back as the server asks."""
        bits = self._listed.bits
        if self._listed.has_ended or not bits:
            return self._begin()
        if not self._listed.part_s:
            return bits[max(0, len(bits) - BEHIND)].place
        behind_s = 0.0
        for bit in bits[::-1]:
            behind_s += bit.duration_s
            if bit.alone and behind_s >= self._listed.hold_back_s:
                return bit.place
        return bits[0].place

    def _await_news(self, new_ms: float) -> None:
        """Raises SourceError when there was none for too long."""
        target_s = self._target_s()
        since_ms = self._clock.monotonic_ms() - new_ms
        if since_ms > STILL_TARGETS * 1000 * (target_s + 1):
            raise SourceError(reasons.PLAYLIST_STANDS)
        part_s = self._listed.part_s
        if self._listed.blocks and since_ms < 2 * part_s * 1000:
            return  # the server lets us wait
        self._stopped.wait(min(1.0, part_s or target_s / 2))

    def _target_s(self) -> float:
        return min(LONGEST_S, max(SHORTEST_S, self._listed.target_s or SHORTEST_S))

    def _load(self, place: Place | None) -> None:
        """The playlist of now; where the server waits for what comes at `place`, that one."""
        url = self._url
        if place is not None and self._listed.blocks:
            url += f"{'&' if '?' in url else '?'}_HLS_msn={place[0]}&_HLS_part={place[1]}"
        with self._web.get(url).good() as answer:
            self._listed = Listed(answer.read(MOST_PLAYLIST))
            self._listed_ms = self._clock.now_ms()
            self._url = _ASKED_FOR.sub("", answer.url)

    def _piece(self, bit: Bit) -> Piece:
        data = self._fetch(bit.uri, bit.range)
        if bit.key is not None:
            data = self._opened(data, bit.key, bit.place[0])
        before, self._head = self._head, bit.head
        anew = bit.anew or before != bit.head
        if bit.head is not None and anew:
            data = self._fetch(*bit.head) + data
        follows_s = sum(each.duration_s for each in self._listed.bits if each.place >= bit.place)
        return Piece(data, bit.taken_ms, round(self._listed_ms - follows_s * 1000), anew)

    def _fetch(self, uri: str, part: Range | None) -> bytes:
        if not uri:
            raise SourceError(reasons.PLAYLIST)
        start, end = part or (0, None)
        headers = (("Range", f"bytes={part.start}-{part.end - 1}"),) if part else ()
        with self._web.get(urljoin(self._url, uri), headers=headers).good() as answer:
            body = answer.read(MOST_SEGMENT, within_s=max(5.0, 3 * self._target_s()))
            return body if answer.status == PARTIAL else body[start:end]

    def _opened(self, data: bytes, key: Any, number: int) -> bytes:
        if key.method in SAMPLES:
            raise SourceError(reasons.SAMPLES_LOCKED)
        if key.method != WHOLE or key.keyformat not in (None, "identity"):
            raise SourceError(reasons.LOCKED)
        try:
            vector = int(key.iv, 16).to_bytes(16, "big") if key.iv else number.to_bytes(16, "big")
            secret = self._keys.get(key.uri) or self._fetch(key.uri or "", None)
            self._keys = {key.uri: secret}
            if len(secret) != KEY_BYTES:
                raise SourceError(reasons.KEY)
            opening = Cipher(algorithms.AES(secret), modes.CBC(vector)).decryptor()
            unpadding = padding.PKCS7(128).unpadder()
            clear = unpadding.update(opening.update(data) + opening.finalize())
            return clear + unpadding.finalize()
        except (ValueError, OverflowError):
            raise SourceError(reasons.KEY) from None


def _is_for_good(error: SourceError) -> bool:
    for_good = (reasons.PLAYLIST, reasons.LOCKED, reasons.SAMPLES_LOCKED, reasons.KEY)
    return isinstance(error, AddressError) or error.reason in for_good
