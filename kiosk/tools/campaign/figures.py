"""A campaign in figures: what a folder of sessions came to, with one version of the program."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from gestures.evaluate.matching import MOVES, match
from gestures.evaluate.streams import Stream
from gestures.evaluate.tables import stream_rows
from kiosk.tools.replay.golden import Difference
from kiosk.tools.replay.play import Performance
from kiosk.tools.replay.sources import Source
from kiosk.tools.replay.timeline import Timeline

SCHEMA = "campaign/1"
GoldenState = Literal["none", "same", "differs"]


class Session(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One session: how long, how many gestures were meant and answered, how many events were false
    (None: nobody said what was meant), and whether it is as its golden says. `trouble`: why it
    could not be played."""

    name: str
    length_s: float = 0.0
    meant: int | None = None
    detected: int = 0
    false: int = 0
    golden: GoldenState = "none"
    differences: dict[str, int] = {}
    trouble: str = ""


class Campaign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`label` names the version that was tried, `made_ms` is when. `rows` are those of `gestures
    evaluate`; `delays_ms` by form (static, dynamic); `outcomes` counts what commands came to by
    input and status; `speech` what speech was taken for."""

    schema: str
    label: str
    made_ms: int
    sessions: tuple[Session, ...]
    rows: tuple[dict[str, Any], ...] = ()
    delays_ms: dict[str, tuple[int, ...]] = {}
    outcomes: dict[str, dict[str, int]] = {}
    speech: dict[str, int] = {}

    @property
    def hours(self) -> float:
        return sum(session.length_s for session in self.sessions) / 3600

    @property
    def meant(self) -> int:
        return sum(session.meant or 0 for session in self.sessions)

    @property
    def detected(self) -> int:
        return sum(session.detected for session in self.sessions)

    @property
    def false(self) -> int:
        """Events that answer nothing, where gestures were meant."""
        return sum(session.false for session in self.sessions if session.meant)

    def table(self, name: str) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["table"] == name]


class Tally:
    """Takes one session after the other."""

    def __init__(self) -> None:
        self._sessions: list[Session] = []
        self._streams: list[Stream] = []
        self._outcomes: dict[str, Counter[str]] = {}
        self._speech: Counter[str] = Counter()

    def add(
        self,
        source: Source,
        timeline: Timeline,
        performance: Performance,
        differences: Sequence[Difference] | None,
    ) -> None:
        """differences: from its golden; None: it has none."""
        stream = _stream(source, timeline, performance)
        if stream is not None:
            self._streams.append(stream)
        for event in performance.events:
            if event.what == "outcome":
                ways = self._outcomes.setdefault(event.details["source"], Counter())
                ways[event.details["status"]] += 1
            elif event.what == "speech":
                self._speech[event.kind] += 1
        golden: GoldenState = (
            "none" if differences is None else "differs" if differences else "same"
        )
        counted: dict[str, Any] = {}
        if stream is not None:
            matched = stream.matching.matched
            counted = {
                "meant": len(matched),
                "detected": sum(one.event is not None for one in matched),
                "false": len(stream.matching.false),
            }
        self._sessions.append(
            Session(
                source.name,
                timeline.length_ms / 1000,
                golden=golden,
                differences=dict(Counter(d.kind for d in differences or ())),
                **counted,
            )
        )

    def spoilt(self, source: Source, trouble: str) -> None:
        self._sessions.append(Session(source.name, trouble=trouble))

    def campaign(self, label: str, made_ms: int) -> Campaign:
        return Campaign(
            SCHEMA,
            label,
            made_ms,
            tuple(self._sessions),
            tuple(stream_rows(self._streams)),
            {form: tuple(sorted(_delays(self._streams, form))) for form in ("static", "dynamic")},
            {source: dict(sorted(count.items())) for source, count in self._outcomes.items()},
            dict(sorted(self._speech.items())),
        )


def _stream(source: Source, timeline: Timeline, performance: Performance) -> Stream | None:
    """None where nobody said what was meant."""
    hands = timeline.hands
    if hands is None or source.hands is None:
        return None
    if not (hands.labels or hands.header.idle or source.labels is not None):
        return None
    header = msgspec.structs.replace(hands.header, engaged=hands.engaged)
    frames = hands.frames
    length_ms = frames[-1].t_ms - frames[0].t_ms if frames else 0
    return Stream(
        source.hands,
        header,
        match(hands.labels, list(performance.gestures)),
        not hands.labels,
        length_ms,
        min(performance.engaged_ms, length_ms),
    )


def _delays(streams: Sequence[Stream], form: str) -> Iterator[int]:
    for stream in streams:
        for one in stream.matching.matched:
            if one.delay_ms is not None and (one.label.kind in MOVES) == (form == "dynamic"):
                yield one.delay_ms
