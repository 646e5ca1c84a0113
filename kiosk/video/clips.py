"""A camera that gives a short recording at one address, and now and then a newer one.

It is played once, at its own rate, and the address asked for the next one; what it shows is as old
as the answer says, and at least as old as the recording is long.
"""

from collections.abc import Iterator
from io import BytesIO
from threading import Event
from typing import Any

import av

from kiosk.core.clock import Clock
from kiosk.video import reasons
from kiosk.video.address import SourceError
from kiosk.video.camera_clock import Taken
from kiosk.video.opened import NOTHING_FURTHER, PROBE, Opened
from kiosk.video.pace import Pace
from kiosk.video.stills import period_of, tags, taken
from kiosk.video.web import NOT_MODIFIED, Answer, Web

MOST_CLIP = 64_000_000
WITHIN_S = 30.0
_FORMS = {"format_whitelist": "mov"}


class ClipSource(Opened):
    """Recordings (MP4) of one address, one after the other."""

    def __init__(
        self, web: Web, answer: Answer, clock: Clock, period_s: float, stopped: Event
    ) -> None:
        self._asker = web
        self._clock = clock
        self._period_s = period_s
        self._stopped = stopped
        self._pace = Pace(clock, stopped)
        self._body = b""
        super().__init__(self._opened(answer), keeps_time=True, web=web)
        self.period_s = self._wait_s + self._length_ms / 1000

    def packets(self) -> Iterator[Any]:
        for packet in super().packets():
            if packet.pts is not None:
                packet.opaque = self._taken_at(float(packet.pts * packet.time_base) * 1000)
            self._pace.await_turn(packet)
            yield packet

    def goes_on(self) -> bool:
        """Waits until there is a newer one."""
        while not self._stopped.wait(self._wait_s):
            with self._asker.get(self._url, headers=self._tags) as answer:
                if answer.status == NOT_MODIFIED:
                    continue
                before = self._body
                container = self._opened(answer.good())
            if self._body == before:
                container.close()
                continue
            self._container.close()
            self._pace.begin_anew()
            self._take(container)
            self.period_s = self._wait_s + self._length_ms / 1000
            return True
        return False

    def _opened(self, answer: Answer) -> Any:
        self._body = answer.read(MOST_CLIP, within_s=WITHIN_S)
        self._url, self._tags = answer.url, tags(answer)
        self._wait_s = period_of(answer, self._period_s)
        self._made = taken(answer, self._clock.now_ms())
        answer.close()
        try:
            options = PROBE | NOTHING_FURTHER | _FORMS
            container: Any = av.open(BytesIO(self._body), options=options)
        except (av.error.InvalidDataError, av.error.ArgumentError, EOFError):
            raise SourceError(reasons.NO_FORM) from None
        self._length_ms = (container.duration or 0) / 1000  # of microseconds
        return container

    def _taken_at(self, stamp_ms: float) -> Taken:
        """Its last picture was taken when it was made."""
        before_ms = round(max(0.0, self._length_ms - stamp_ms))
        told_ms, latest_ms = self._made.camera_t_ms, self._made.latest_ms
        return Taken(
            None if told_ms is None else told_ms - before_ms,
            None if latest_ms is None else latest_ms - before_ms,
        )
