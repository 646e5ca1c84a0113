"""Recordings of the hands that the camera sees, for testers and installers."""

from typing import Annotated, Literal

from msgspec import Meta

from kiosk.core.errors import Unavailable
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command, Condition, Handler, NoArgs, Result, Risk, Send
from kiosk.core.state import RecordingView, ViewState, replace
from kiosk.core.world import World
from kiosk.wire.messages import Record, StopRecording
from kiosk.wire.text import Text

GESTURES, VOICE = "gestures", "voice"
RECORDERS = frozenset({"installer", "tester"})
"""Who may begin and end a recording. Whoever locks the wall ends it too."""
INSTALLERS = frozenset({"installer"})
"""Who may have pictures and sound recorded."""
BY_HAND = frozenset({Source.TOUCH, Source.KEYBOARD, Source.TABLET})
"""Sound is asked for by a press, never by what was perhaps heard."""


class Length(Args, frozen=True):
    """How long at most, in minutes."""

    minutes: Annotated[int, Meta(ge=1, le=60)] = 5


class Told(Args, frozen=True):
    """How the recording is: until when it runs, or None and why not."""

    until_ms: int | None
    video: bool
    ko: str
    en: str
    sound: bool = False


class Tick(Args, frozen=True):
    """What is to be recorded beside the hands, or not any more."""

    what: Literal["video", "sound"]


def tick(state: ViewState, args: Tick, world: World) -> Result:
    ticked = state.ticked ^ {args.what}
    return Result(replace(state, ticked=ticked), _TICKED[args.what, args.what in ticked])


def _begin(video: bool, sound: bool) -> Handler:
    def begin(state: ViewState, args: Length, world: World) -> Result:
        wish = Record(args.minutes, video=video, sound=sound)
        say = Text("기록합니다. 손바닥을 다시 보여 주세요", "Recording. Show your palm again")
        return Result(state, say, (Send(GESTURES, wish),))

    return begin


def stop(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(
        state, Text("기록을 마칩니다", "The recording ends"), (Send(GESTURES, StopRecording()),)
    )


def told(state: ViewState, args: Told, world: World) -> Result:
    """Raises Unavailable for a recording that could not begin."""
    words = Text(args.ko, args.en)
    if args.until_ms is not None:
        view = RecordingView(args.until_ms, args.video, args.sound)
        say = words if words.ko else Text("기록 중", "Recording")
        return Result(replace(state, recording=view), say)
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
_HEARS = Condition(
    lambda state, world: _SEES.holds(state, world) and world.health(VOICE) == "running",
    Text(
        "지금은 소리를 기록할 수 없습니다. 카메라나 마이크가 쉬고 있거나 이미 기록 중입니다",
        "Can't record sound now: camera or microphone rest, or a recording runs already",
    ),
)
_RUNS = Condition(
    lambda state, world: state.recording is not None,
    Text("기록하고 있지 않습니다", "Nothing is being recorded"),
)

_TICKED = {
    ("video", True): Text("영상도 기록합니다", "Video will be recorded too"),
    ("video", False): Text("영상은 기록하지 않습니다", "No video will be recorded"),
    ("sound", True): Text("소리도 기록합니다", "Sound will be recorded too"),
    ("sound", False): Text("소리는 기록하지 않습니다", "No sound will be recorded"),
}
WITH = {
    frozenset[str](): "gestures.record",
    frozenset({"video"}): "gestures.record_video",
    frozenset({"sound"}): "gestures.record_sound",
    frozenset({"video", "sound"}): "gestures.record_both",
}
"""Which command records what is ticked."""

COMMANDS = (
    Command(
        "gestures.record",
        Text("손 기록하기", "Record the hands"),
        _begin(video=False, sound=False),
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
        _begin(video=True, sound=False),
        risk=Risk.RECORD,
        roles=INSTALLERS,
        when=_SEES,
        question=Text(
            "카메라 영상까지 기록할까요? 앞에 있는 사람이 찍힙니다",
            "Record the camera's video too? People in front of it will be on it",
        ),
    ),
    Command(
        "gestures.record_sound",
        Text("손을 소리와 함께 기록하기", "Record the hands with sound"),
        _begin(video=False, sound=True),
        risk=Risk.RECORD,
        roles=INSTALLERS,
        sources=BY_HAND,
        when=_HEARS,
        question=Text(
            "마이크 소리까지 기록할까요? 이 방에서 하는 말이 모두 남습니다",
            "Record the microphone's sound too? Whatever is said in this room will be on it",
        ),
    ),
    Command(
        "gestures.record_both",
        Text("손을 영상, 소리와 함께 기록하기", "Record the hands with video and sound"),
        _begin(video=True, sound=True),
        risk=Risk.RECORD,
        roles=INSTALLERS,
        sources=BY_HAND,
        when=_HEARS,
        question=Text(
            "영상과 소리까지 기록할까요? 앞에 있는 사람과 이 방에서 하는 말이 모두 남습니다",
            "Record video and sound too? People in front and all that is said will be on it",
        ),
    ),
    Command(
        "gestures.record_tick",
        Text("기록에 넣을 것 고르기", "What is recorded beside the hands"),
        tick,
        roles=INSTALLERS,
        sources=BY_HAND,
        when=Condition(
            lambda state, world: state.recording is None,
            Text("기록하는 동안에는 바꿀 수 없습니다", "Not while a recording runs"),
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
