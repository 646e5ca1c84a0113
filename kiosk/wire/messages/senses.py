"""What camera and microphone bring, and what is asked of them."""

from gestures.events import GestureEvent, GestureStatus
from kiosk.wire.messages.base import PresenceSource, WireMessage
from kiosk.wire.text import Language, Text
from voice.events import Choice, Context, IntentMatch, NoMatch, VoiceStatus


class GestureSeen(WireMessage, frozen=True, tag="gesture_seen"):
    event: GestureEvent


class GestureView(WireMessage, frozen=True, tag="gesture_view"):
    """What the camera sees, for the HUD; never pixels."""

    status: GestureStatus


class Presence(WireMessage, frozen=True, tag="presence"):
    """Whether somebody is near the wall, as one source tells it; None: it can't tell."""

    source: PresenceSource
    near: bool | None


class ReplayClip(WireMessage, frozen=True, tag="replay_clip"):
    """Asks the gestures or voice worker to take a recorded file for its next input."""

    path: str


class Record(WireMessage, frozen=True, tag="record"):
    """Asks for a recording of the hands that the camera sees; pixels only with `video`, what the
    microphone hears only with `sound`."""

    minutes: int
    video: bool = False
    sound: bool = False


class StopRecording(WireMessage, frozen=True, tag="stop_recording"):
    pass


class Recording(WireMessage, frozen=True, tag="recording"):
    """How the recording is: until when it runs, or None and why it is over or could not begin.
    `name`: what its files are called, without the ending."""

    until_ms: int | None
    video: bool = False
    reason: Text = Text("", "")
    name: str = ""
    sound: bool = False


class KeepSound(WireMessage, frozen=True, tag="keep_sound"):
    """Asks the voice worker to keep what the microphone hears, beside the recording of this name,
    until then."""

    name: str
    until_ms: int


class DropSound(WireMessage, frozen=True, tag="drop_sound"):
    """From now on nothing is kept any more."""


class SoundLost(WireMessage, frozen=True, tag="sound_lost"):
    """Sound is not kept any more, or can't be."""

    reason: Text


class SoundHeard(WireMessage, frozen=True, tag="sound_heard"):
    """What was answered last came from this part of the sound that is kept, ms from its start."""

    from_ms: int
    to_ms: int
    context: Context


class Listen(WireMessage, frozen=True, tag="listen"):
    """Opens a listening window, or lengthens the open one; for as long as the settings say when
    `seconds` is 0, in `language` where there is a model for it. `context` is whether the wall asks
    something."""

    seconds: float = 0.0
    context: Context = Context.ANY
    language: Language = "ko"


class StopListening(WireMessage, frozen=True, tag="stop_listening"):
    pass


class VoiceView(WireMessage, frozen=True, tag="voice_view"):
    status: VoiceStatus


class VoiceMatched(WireMessage, frozen=True, tag="voice_matched"):
    match: IntentMatch


class VoiceRefused(WireMessage, frozen=True, tag="voice_refused"):
    no_match: NoMatch


class VoiceChoice(WireMessage, frozen=True, tag="voice_choice"):
    choice: Choice
