"""Recordings of the hands that the camera sees, for testers and installers."""

from typing import Annotated

from msgspec import Meta

from kiosk.core.errors import Unavailable
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result, Risk, Send
from kiosk.core.state import RecordingView, ViewState, replace
from kiosk.core.world import World
from kiosk.wire.messages import Record, StopRecording
from kiosk.wire.text import Text

GESTURES = "gestures"
RECORDERS = frozenset({"installer", "tester"})
"""Who may begin and end a recording. Whoever locks the wall ends it too."""


class Length(Args, frozen=True):
    """How long at most, in minutes."""

    minutes: Annotated[int, Meta(ge=1, le=60)] = 5


class Told(Args, frozen=True):
    """How the recording is: until when it runs, or None and why not."""

    until_ms: int | None
    video: bool
    ko: str
    en: str


def record(state: ViewState, args: Length, world: World) -> Result:
    return _begin(state, Record(args.minutes))


def record_video(state: ViewState, args: Length, world: World) -> Result:
    return _begin(state, Record(args.minutes, video=True))


def _begin(state: ViewState, wish: Record) -> Result:
    say = Text("기록합니다. 손바닥을 다시 보여 주세요", "Recording. Show your palm again")
    return Result(state, say, (Send(GESTURES, wish),))


def stop(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(
        state, Text("기록을 마칩니다", "The recording ends"), (Send(GESTURES, StopRecording()),)
    )


def told(state: ViewState, args: Told, world: World) -> Result:
    """Raises Unavailable for a recording that could not begin."""
    if args.until_ms is not None:
        view = RecordingView(args.until_ms, args.video)
        return Result(replace(state, recording=view), Text("기록 중", "Recording"))
    words = Text(args.ko, args.en)
    if state.recording is None:
        raise Unavailable(words)
    return Result(replace(state, recording=None), words)


_SEES = Condition(
    lambda state, world: world.health(GESTURES) == "running" and state.recording is None,
    Text(
        "지금은 기록할 수 없습니다. 카메라가 쉬고 있거나 이미 기록 중입니다",
        "Can't record now: the camera rests, or a recording runs already",
    ),
)
_RUNS = Condition(
    lambda state, world: state.recording is not None,
    Text("기록하고 있지 않습니다", "Nothing is being recorded"),
)

COMMANDS = (
    Command(
        "gestures.record",
        Text("손 기록하기", "Record the hands"),
        record,
        risk=Risk.RECORD,
        roles=RECORDERS,
        when=_SEES,
        question=Text(
            "손의 움직임과 누르고 말한 명령을 기록할까요? 사진과 소리는 남기지 않습니다",
            "Record how hands move and what is pressed and asked for? No picture or sound is kept",
        ),
    ),
    Command(
        "gestures.record_video",
        Text("손을 영상과 함께 기록하기", "Record the hands with video"),
        record_video,
        risk=Risk.RECORD,
        roles=frozenset({"installer"}),
        when=_SEES,
        question=Text(
            "카메라 영상까지 기록할까요? 앞에 있는 사람이 찍힙니다",
            "Record the camera's video too? People in front of it will be on it",
        ),
    ),
    Command(
        "gestures.record_stop",
        Text("기록 마치기", "Stop recording"),
        stop,
        roles=RECORDERS,
        when=_RUNS,
    ),
    Command(
        "gestures.recording",
        Text("기록 상태", "How the recording is"),
        told,
        sources=frozenset({Source.SYSTEM}),
        while_locked=True,
    ),
)
