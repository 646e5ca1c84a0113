"""Plays a session against the real recogniser and dispatcher, and tells what came of it."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import msgspec

from gestures.engine import GestureEngine
from gestures.events import GestureEvent, HandFrame
from gestures.variant import Variant
from kiosk.core.audit import AuditRecord
from kiosk.core.registry import Send
from kiosk.inputs.recorded import Answered, There
from kiosk.tools.replay.stage import House
from kiosk.tools.replay.timeline import Hands, Timeline
from voice.events import Answer, Choice, IntentMatch

What = Literal["gesture", "speech", "outcome", "send"]


Seen = Callable[[GestureEngine, HandFrame, tuple[GestureEvent, ...]], None]


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that came of a session. `kind`: the gesture, what speech was taken for, the
    command, or the message that would have been sent. `details`: all else that is told of it."""

    t_ms: int
    what: What
    kind: str
    details: dict[str, Any] = {}


class Performance(NamedTuple):
    """What came of a session. `gestures` in the times of its hands; `engaged_ms`: how long hands
    acted, with the clutch closed."""

    events: tuple[Event, ...]
    gestures: tuple[GestureEvent, ...]
    engaged_ms: int


def play(
    timeline: Timeline,
    house: House,
    variant: Variant | None = None,
    pace: Callable[[int], None] = lambda t_ms: None,
    seen: Seen = lambda engine, frame, events: None,
) -> Performance:
    """Everything that came of it, in the order in which it came; the same for the same session,
    always. `pace(t_ms)` is called before each moment, `seen` after each frame of hands. Raises
    ModelError."""
    events: list[Event] = []
    gestures: list[GestureEvent] = []
    engaged_ms = 0
    seen_ms: int | None = None

    def done(t_ms: int, record: AuditRecord) -> None:
        events.append(_outcome(t_ms, record))

    def sent(t_ms: int, send: Send) -> None:
        events.append(_send(t_ms, send))

    stage = house.stage(timeline.header, done, sent)
    engine = make_engine(timeline.hands, variant)
    shift_ms = timeline.hands.shift_ms if timeline.hands else 0
    for t_ms, entry in timeline.entries:
        pace(t_ms)
        if not isinstance(entry, HandFrame):
            stage.to(t_ms)
            if isinstance(entry, There):
                stage.there(entry)
            elif isinstance(entry, Answered):
                events.append(_speech(t_ms, entry.answer))
                stage.answer(entry.answer)
            else:
                stage.take(entry)
            continue
        engaged_ms += (entry.t_ms - (entry.t_ms if seen_ms is None else seen_ms)) * engine.engaged
        seen_ms = entry.t_ms
        told = engine.feed(entry)
        seen(engine, entry, told)
        for gesture in told:
            gestures.append(gesture)
            now_ms = gesture.t_ms + shift_ms
            stage.to(now_ms)
            events.append(_gesture(now_ms, gesture))
            stage.gesture(gesture)
    stage.to(timeline.length_ms)
    return Performance(tuple(events), tuple(gestures), engaged_ms)


def make_engine(hands: Hands | None, variant: Variant | None) -> GestureEngine:
    variant = variant or Variant()
    engaged = hands is not None and hands.engaged
    return GestureEngine(variant.tuning, engaged=engaged, network=variant.network)


def _gesture(t_ms: int, event: GestureEvent) -> Event:
    pointer = None if event.pointer is None else [round(v, 4) for v in event.pointer]
    details: dict[str, Any] = {"phase": event.phase.value, "hand": event.hand}
    return Event(
        t_ms,
        "gesture",
        event.kind.value,
        {**details, "pointer": pointer, "confidence": event.confidence},
    )


def _speech(t_ms: int, answer: Answer) -> Event:
    if isinstance(answer, IntentMatch):
        said: dict[str, Any] = {"command": answer.command, "args": dict(answer.args)}
        return Event(t_ms, "speech", "match", {**said, "score": round(answer.score, 3)})
    if isinstance(answer, Choice):
        commands = [option.command for option in answer.options]
        return Event(t_ms, "speech", "choice", {"commands": commands})
    near = [match.command for match in answer.near]
    return Event(t_ms, "speech", "refused", {"reason": answer.reason.value, "near": near})


def _outcome(t_ms: int, record: AuditRecord) -> Event:
    return Event(
        t_ms,
        "outcome",
        record.command or "-",
        {
            "source": record.source.value,
            "role": record.role,
            "args": record.args,
            "status": record.status.value,
            "say": {"ko": record.reason.ko, "en": record.reason.en},
            "panel": record.panel,
        },
    )


def _send(t_ms: int, send: Send) -> Event:
    message = msgspec.to_builtins(send.message)
    kind = message.pop("type")
    return Event(t_ms, "send", kind, {"to": send.to, "message": message})
