"""From answers and streams to the rows of the report; a row is a plain dict with its table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from gestures.evaluate.figures import f1, percentile, poisson_interval, ratio
from gestures.evaluate.matching import MOVES, Matched
from gestures.evaluate.names import NONE
from gestures.evaluate.stills import Answer
from gestures.evaluate.streams import Stream

Row = dict[str, Any]
HOUR_MS = 3_600_000
MISSED = "missed"


def still_rows(answers: list[Answer], group: Callable[[Answer], str]) -> Iterator[Row]:
    """group: of a picture, whether training has seen its person."""
    for people, looked in sorted({(group(a), a.looked) for a in answers}):
        these = [a for a in answers if (group(a), a.looked) == (people, looked)]
        yield from _still_rows({"people": people, "looked_at": looked}, these)


def _still_rows(whose: Row, answers: list[Answer]) -> Iterator[Row]:
    said = Counter((answer.meant, answer.said) for answer in answers)
    kinds = sorted({meant for meant, _ in said})
    scores = []
    for kind in kinds:
        right = said[kind, kind]
        meant = sum(n for (m, _), n in said.items() if m == kind)
        told = sum(n for (_, s), n in said.items() if s == kind)
        scores.append(f1(right, meant, told) or 0.0)
        yield {
            "table": "stills",
            **whose,
            "kind": kind,
            "meant": meant,
            "precision": ratio(right, told),
            "recall": ratio(right, meant),
            "f1": scores[-1],
        }
    for (meant_kind, said_kind), count in sorted(said.items()):
        row = {"meant": meant_kind, "said": said_kind, "pictures": count}
        yield {"table": "stills_confusion", **whose, **row}
    strangers = [answer for answer in answers if answer.meant == NONE]
    yield {
        "table": "stills_total",
        **whose,
        "persons": len({(answer.source, answer.person) for answer in answers if answer.person}),
        "pictures": len(answers),
        "accuracy": ratio(sum(a.meant == a.said for a in answers), len(answers)),
        "macro_f1": round(sum(scores) / len(scores), 4),
        "of_no_gesture": len(strangers),
        "taken_for_one": ratio(sum(a.said != NONE for a in strangers), len(strangers)),
    }


def stream_rows(streams: list[Stream]) -> Iterator[Row]:
    """Recorded and generated apart, always."""
    labelled = [stream for stream in streams if not stream.idle]
    for made in sorted({stream.made for stream in labelled}):
        these = [stream for stream in labelled if stream.made == made]
        yield from _online_rows(made, these)
        yield from _by_camera(made, these)
        yield from _confusion_rows(made, these)
        yield from _delay_rows(made, these)
    yield from _idle_rows([stream for stream in streams if stream.idle])


def _online_rows(made: str, streams: list[Stream]) -> Iterator[Row]:
    matched = [m for stream in streams for m in stream.matching.matched]
    false = Counter(event.kind for stream in streams for event in stream.matching.false)
    kinds = sorted({m.label.kind for m in matched} | set(false))
    for kind in kinds:
        these = [m for m in matched if m.label.kind is kind]
        row = {"table": "online", "made": made, "kind": kind.value}
        yield {**row, **_online(these, false[kind]), **_agreement(these, false[kind])}
    yield {"table": "online_total", "made": made, **_online(matched, false.total())}


def _online(matched: list[Matched], false: int) -> Row:
    detected = sum(m.event is not None for m in matched)
    return {
        "meant": len(matched),
        "detected": detected,
        "detection_rate": ratio(detected, len(matched)),
        "false_events": false,
        "false_per_gesture": ratio(false, len(matched)),
    }


def _agreement(matched: list[Matched], false: int) -> Row:
    detected = sum(m.event is not None for m in matched)
    said = detected + false
    return {
        "precision": ratio(detected, said),
        "recall": ratio(detected, len(matched)),
        "f1": f1(detected, len(matched), said),
    }


def _by_camera(made: str, streams: list[Stream]) -> Iterator[Row]:
    yield from _by("distance_m", made, streams, [s.header.distance_m for s in streams])
    yield from _by("fps", made, streams, [s.header.fps for s in streams])


def _by(name: str, made: str, streams: list[Stream], values: list[float | None]) -> Iterator[Row]:
    for value in sorted({value for value in values if value is not None}):
        these = [s.matching for s, v in zip(streams, values, strict=True) if v == value]
        matched = [m for matching in these for m in matching.matched]
        false = sum(len(matching.false) for matching in these)
        yield {"table": f"online_by_{name}", "made": made, name: value, **_online(matched, false)}


def _confusion_rows(made: str, streams: list[Stream]) -> Iterator[Row]:
    said: Counter[tuple[str, str]] = Counter()
    for stream in streams:
        for m in stream.matching.matched:
            kind = m.label.kind.value
            answer = kind if m.event else m.instead[0].value if m.instead else MISSED
            said[kind, answer] += 1
    for (meant, answer), count in sorted(said.items()):
        row = {"made": made, "meant": meant, "said": answer, "gestures": count}
        yield {"table": "online_confusion", **row}


def _delay_rows(made: str, streams: list[Stream]) -> Iterator[Row]:
    known = [
        (m.label.kind, m.delay_ms)
        for stream in streams
        for m in stream.matching.matched
        if m.delay_ms is not None
    ]
    for form, dynamic in (("static", False), ("dynamic", True)):
        delays = [delay for kind, delay in known if (kind in MOVES) == dynamic]
        if delays:
            yield {
                "table": "delay",
                "made": made,
                "form": form,
                "gestures": len(delays),
                "p50_ms": percentile(delays, 0.5),
                "p95_ms": percentile(delays, 0.95),
            }


def _idle_rows(streams: list[Stream]) -> Iterator[Row]:
    """First how many events in how long, then which."""
    groups = defaultdict(list)
    for stream in sorted(streams, key=lambda each: (each.made, not each.header.engaged)):
        groups[stream.made, stream.header.engaged].append(stream)
    for (made, engaged), these in groups.items():
        yield {"table": "idle", "made": made, "engaged_at_start": engaged, **_idle(these)}
    for (made, engaged), these in groups.items():
        for (scene, kind), count in sorted(Counter(_scenes(these)).items()):
            row = {"made": made, "engaged_at_start": engaged, "scene": scene, "kind": kind}
            yield {"table": "idle_events", **row, "events": count}


def _idle(streams: list[Stream]) -> Row:
    hours = sum(stream.length_ms for stream in streams) / HOUR_MS
    events = sum(len(stream.matching.false) for stream in streams)
    low, high = poisson_interval(events)
    return {
        "hours": round(hours, 5),
        "hours_engaged": round(sum(stream.engaged_ms for stream in streams) / HOUR_MS, 5),
        "events": events,
        "per_hour": ratio(events, hours),
        "per_hour_low": ratio(low, hours),
        "per_hour_high": ratio(high, hours),
    }


def _scenes(streams: Iterable[Stream]) -> Iterator[tuple[str, str]]:
    for stream in streams:
        for event in stream.matching.false:
            yield stream.header.scene or stream.file.name, event.kind.value
