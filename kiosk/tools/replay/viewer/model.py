"""A session as the viewer looks at it: every moment of one or two versions, what was meant, what
was expected, where they differ; labels to change and a part to cut out. No Qt."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from gestures.engine import GestureEngine
from gestures.evaluate.matching import match
from gestures.events import EngageState, GestureEvent, GestureKind, HandFrame
from gestures.session import Label, Session, is_session, write
from gestures.trace import Moment, moment
from gestures.variant import Variant
from kiosk.inputs.recorded import There
from kiosk.tools.replay.golden import Difference, Tolerance, compare, read_golden
from kiosk.tools.replay.play import Event, play
from kiosk.tools.replay.sources import GOLDEN, LABELS, Source
from kiosk.tools.replay.stage import House
from kiosk.tools.replay.timeline import Timeline, read_timeline
from kiosk.tools.replay.viewer.cutting import Part, cut
from kiosk.tools.replay.viewer.weighing import Reason, weigh

READING = 0.2
"""So much of one version's work is reading the session."""
TELL_MS = 2000


class Mark(NamedTuple):
    """Something on a lane, from when to when; a moment when both are one. `wrong`: it differs from
    what was meant or expected."""

    start_ms: int
    end_ms: int
    kind: str
    wrong: bool = False


class Version(NamedTuple):
    """What one version of the recogniser makes of the session."""

    variant: Variant
    moments: tuple[Moment, ...]
    events: tuple[Event, ...]


Tell = Callable[[float | None], None]


class SessionView:
    """Raises Damaged, GesturesError, GoldenError and VoiceError when it is made, and whatever
    `tell` raises, which hears 0..1 of the work that is done, or None: it goes on."""

    def __init__(
        self,
        source: Source,
        house: House,
        other: Variant | None = None,
        tell: Tell = lambda done: None,
    ) -> None:
        self.source = source
        self._house = house
        tell(0.0)
        self._timeline = read_timeline(source, lambda: house.understanding, lambda: tell(None))
        whole = READING + 1 if other is None else READING + 2
        tell(READING / whole)
        self.first = self._version(
            self._timeline, Variant(), lambda done: tell((READING + done) / whole)
        )
        self.second = None
        if other is not None:
            self.second = self._version(
                self._timeline, other, lambda done: tell((READING + 1 + done) / whole)
            )
        hands = self._timeline.hands
        self.labels: list[Label] = list(hands.labels) if hands else []
        self._saved = tuple(self.labels)
        golden = read_golden(source.golden) if source.golden.exists() else None
        self.golden = golden.events if golden else ()
        self._tolerance = golden.tolerance if golden else Tolerance()
        self.from_golden = self._from_golden() if golden else ()
        self.between = self._between()
        self._times = [moment.frame.t_ms for moment in self.first.moments]

    def _version(
        self, timeline: Timeline, variant: Variant, tell: Callable[[float], None]
    ) -> Version:
        moments: list[Moment] = []
        told_ms = -TELL_MS

        def seen(
            engine: GestureEngine, frame: HandFrame, gestures: tuple[GestureEvent, ...]
        ) -> None:
            moments.append(moment(engine, frame, gestures, variant.tuning))

        def pace(t_ms: int) -> None:
            nonlocal told_ms
            if t_ms - told_ms >= TELL_MS:
                told_ms = t_ms
                tell(t_ms / max(1, timeline.length_ms))

        events = play(timeline, self._house, variant, pace, seen).events
        return Version(variant, tuple(moments), events)

    # ---- times

    @property
    def shift_ms(self) -> int:
        """From the hands' own times to those of everything here."""
        return self._timeline.hands.shift_ms if self._timeline.hands else 0

    @property
    def length_ms(self) -> int:
        return self._timeline.length_ms

    def index(self, t_ms: int) -> int | None:
        """The frame that is seen at a time; None without hands, or before the first."""
        found = bisect_right(self._times, t_ms - self.shift_ms) - 1
        return found if found >= 0 else None

    def moments(self, t_ms: int) -> tuple[Moment, ...]:
        """Of each version, at a time; none where no hands are recorded."""
        index = self.index(t_ms)
        if index is None:
            return ()
        versions = [self.first, *([self.second] if self.second else [])]
        return tuple(version.moments[index] for version in versions)

    def step(self, t_ms: int, by: int) -> int:
        """The time of the frame `by` frames on."""
        if not self._times:
            return min(max(0, t_ms + by * 100), self.length_ms)
        index = self.index(t_ms)
        at = min(max(0, (0 if index is None else index) + by), len(self._times) - 1)
        return self._times[at] + self.shift_ms

    # ---- what decided

    def reasons(self, t_ms: int) -> tuple[tuple[Reason, ...], ...]:
        """By what each version decided around a time."""
        index = self.index(t_ms)
        if index is None:
            return ()
        versions = [version for version in (self.first, self.second) if version is not None]
        at_ms = t_ms - self.shift_ms
        return tuple(
            tuple(weigh(v.moments, index, at_ms, v.variant.tuning, self.labels)) for v in versions
        )

    # ---- lanes

    def meant(self) -> Iterator[Mark]:
        matching = match(tuple(self.labels), self._gestures())
        for one in matching.matched:
            start_ms, end_ms = (t + self.shift_ms for t in (one.label.start_ms, one.label.end_ms))
            yield Mark(start_ms, end_ms, one.label.kind.value, wrong=one.event is None)

    def told(self, version: Version) -> Iterator[Mark]:
        """Gestures of a version; wrong ones answer no label, where there are any."""
        judged = bool(self.labels) or self._idle()
        gestures = [m for moment in version.moments for m in moment.events]
        false = match(tuple(self.labels), gestures).false if judged else ()
        for gesture in gestures:
            if gesture.phase.value in ("fired", "began"):
                t_ms = gesture.t_ms + self.shift_ms
                yield Mark(t_ms, t_ms, gesture.kind.value, wrong=gesture in false)

    def expected(self) -> Iterator[Mark]:
        unmet = [difference.event for difference in self.from_golden]
        for event in self.golden:
            if event.what == "gesture" and event.details.get("phase") in ("fired", "began"):
                yield Mark(event.t_ms, event.t_ms, event.kind, wrong=event in unmet)

    def outcomes(self) -> Iterator[Mark]:
        for event in self.first.events:
            if event.what == "outcome":
                done = event.details["status"] in ("done", "needs-confirm")
                yield Mark(event.t_ms, event.t_ms, event.kind, wrong=not done)

    def inputs(self) -> Iterator[Mark]:
        for t_ms, entry in self._timeline.entries:
            if not isinstance(entry, HandFrame | There):
                yield Mark(t_ms, t_ms, str(entry.__struct_config__.tag))

    def events_at(self, t_ms: int, within_ms: int) -> tuple[Event, ...]:
        """What came of it around a time, by this version."""
        return tuple(e for e in self.first.events if abs(e.t_ms - t_ms) <= within_ms)

    # ---- differences

    def stops(self) -> list[int]:
        """Every time at which something is not as meant, expected, or as in the other version."""
        times = [mark.start_ms for mark in self.meant() if mark.wrong]
        times += [mark.start_ms for mark in self.told(self.first) if mark.wrong]
        times += [d.t_ms for d in (*self.from_golden, *self.between)]
        return sorted(set(times))

    def next_stop(self, t_ms: int) -> int | None:
        return next((stop for stop in self.stops() if stop > t_ms), None)

    def previous_stop(self, t_ms: int) -> int | None:
        return next((stop for stop in reversed(self.stops()) if stop < t_ms), None)

    def _from_golden(self) -> tuple[Difference, ...]:
        return compare(self.golden, self.first.events, self._tolerance)

    def _between(self) -> tuple[Difference, ...]:
        if self.second is None:
            return ()
        return compare(self.first.events, self.second.events, Tolerance(0, 0.0, 0.0))

    # ---- labels

    @property
    def changed(self) -> bool:
        return tuple(self.labels) != self._saved

    def add_label(self, start_ms: int, end_ms: int, kind: GestureKind) -> None:
        """In the timeline's times, either way round."""
        first, last = sorted((start_ms - self.shift_ms, end_ms - self.shift_ms))
        self.labels.append(Label(max(0, first), max(0, last), kind))
        self.labels.sort(key=lambda label: (label.start_ms, label.end_ms))

    def label_at(self, t_ms: int) -> Label | None:
        """The label that a time lies in, or the nearest within half a second."""
        own_ms = t_ms - self.shift_ms
        apart = {label: _apart(label, own_ms) for label in self.labels}
        near = min(apart, key=lambda label: apart[label], default=None)
        return near if near is not None and apart[near] <= 500 else None

    def remove_label(self, label: Label) -> None:
        self.labels.remove(label)

    def save_labels(self) -> Path:
        """Into the session, or beside a clip; the file of before is replaced at once. Raises
        OSError."""
        hands, file = self._timeline.hands, self.source.hands
        assert hands is not None
        assert file is not None
        labels = tuple(self.labels)
        if is_session(file) and hands.header.schema:
            unfinished = file.with_name(f"unfinished-{file.name}")
            write(unfinished, Session(hands.header, hands.frames, labels))
        else:
            file = file.parent / (_stem(self.source) + LABELS)
            unfinished = file.with_name(f"unfinished-{file.name}")
            unfinished.write_bytes(b"".join(msgspec.json.encode(x) + b"\n" for x in labels))
        unfinished.replace(file)
        self._saved = labels
        return file

    # ---- a part of it

    def cut(self, start_ms: int, end_ms: int, folder: Path, name: str) -> list[Path]:
        """Writes what lies between two times as a session of its own with its golden; what stood
        on the wall before is not known to it. Raises OSError, Damaged."""
        before = self.index(start_ms - 1)
        engaged = self._timeline.hands is not None and self._timeline.hands.engaged
        if before is not None:
            engaged = self.first.moments[before].status.state is EngageState.ENGAGED
        part = Part(start_ms, end_ms, engaged, tuple(self.labels))
        return cut(self._timeline, part, self._house, folder, name)

    def _gestures(self) -> list[GestureEvent]:
        return [event for moment in self.first.moments for event in moment.events]

    def _idle(self) -> bool:
        return self._timeline.hands is not None and self._timeline.hands.header.idle


def _apart(label: Label, t_ms: int) -> int:
    return max(0, label.start_ms - t_ms, t_ms - label.end_ms)


def _stem(source: Source) -> str:
    return source.golden.name.removesuffix(GOLDEN)
