"""A camera that gives one picture at a time: asked again and again, told of only when it is new."""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from io import BytesIO
from threading import Event
from typing import Any

import av

from kiosk.core.clock import Clock
from kiosk.video import reasons
from kiosk.video.address import SourceError
from kiosk.video.camera_clock import Taken
from kiosk.video.opened import NOTHING_FURTHER, PROBE, Opened
from kiosk.video.web import NOT_MODIFIED, Answer, Web

MOST_STILL = 16_000_000
LONGEST_S = 600.0
_FORMS = {"format_whitelist": "jpeg_pipe,png_pipe,webp_pipe"}
_MAX_AGE = re.compile(r"max-age=(\d{1,6})")


class StillSource(Opened):
    """Stills of one address. `period_s` is how often it is asked: what the camera says itself
    (max-age), else the setting."""

    def __init__(
        self, web: Web, answer: Answer, clock: Clock, period_s: float, stopped: Event
    ) -> None:
        self._url = answer.url
        self._asker = web
        self._clock = clock
        self._stopped = stopped
        self._first = answer.read(MOST_STILL)
        self._taken = taken(answer, clock.now_ms())
        self._tags = tags(answer)
        answer.close()
        try:
            options = PROBE | NOTHING_FURTHER | _FORMS
            container = av.open(BytesIO(self._first), options=options)
        except (av.error.InvalidDataError, av.error.ArgumentError, EOFError):
            raise SourceError(reasons.NO_FORM) from None
        super().__init__(container, keeps_time=False, web=web)
        self.period_s = period_of(answer, period_s)

    def packets(self) -> Iterator[Any]:
        body, count = self._first, 0
        yield self._packet(body, count)
        while not self._stopped.wait(self.period_s):
            with self._asker.get(self._url, headers=self._tags) as answer:
                if answer.status == NOT_MODIFIED:
                    continue
                answer.good()
                newer = answer.read(MOST_STILL)
                before, now_ms = self._taken.camera_t_ms, self._clock.now_ms()
                self._tags, self._taken = tags(answer), taken(answer, now_ms)
            if newer != body:
                if self._taken.camera_t_ms == before:
                    self._taken = Taken(None, now_ms)  # a new picture that is called as old
                body, count = newer, count + 1
                yield self._packet(body, count)

    def _packet(self, body: bytes, count: int) -> Any:
        packet = av.Packet(body)
        packet.stream = self._stream
        packet.time_base = self._stream.time_base
        packet.pts = packet.dts = count
        packet.is_keyframe = True
        packet.opaque = self._taken
        return packet


def period_of(answer: Answer, asked_s: float) -> float:
    """Seconds until it is worth asking again."""
    told = _MAX_AGE.search(answer.headers.get("cache-control", ""))
    return min(LONGEST_S, max(asked_s, float(told[1]))) if told else asked_s


def tags(answer: Answer) -> tuple[tuple[str, str], ...]:
    """What lets the camera say that nothing is new (RFC 9110, 13.1)."""
    names = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
    given = ((asked, answer.headers.get(told, "")) for asked, told in names)
    return tuple((asked, value) for asked, value in given if value)


def taken(answer: Answer, now_ms: int) -> Taken:
    """When the picture was made, or at least when it was sent, by the camera's clock. How long
    before it was sent it was made is known by that clock alone, right or wrong."""
    made_ms = _moment_ms(answer.headers.get("last-modified", ""))
    sent_ms = _moment_ms(answer.headers.get("date", ""))
    if made_ms is None or sent_ms is None:
        return Taken(sent_ms if made_ms is None else made_ms, now_ms)
    return Taken(made_ms, now_ms - max(0, sent_ms - made_ms))


def _moment_ms(words: str) -> int | None:
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    return None if moment.tzinfo is None else round(moment.timestamp() * 1000)
