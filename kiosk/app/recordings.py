"""The wall's side of a recording: what the worker tells of it, what is pressed and said meanwhile,
and the lock that ends it."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from kiosk.app.part import Part
from kiosk.app.recorded_inputs import SUFFIX, InputFile, Redact
from kiosk.core.clock import Clock
from kiosk.core.state import Changes, Store, ViewState
from kiosk.core.world import World
from kiosk.inputs import Intake
from kiosk.inputs.recorded import Heard, WallInput
from kiosk.wire.messages import (
    DropSound,
    KeepSound,
    Message,
    Recording,
    SoundHeard,
    SoundLost,
    StopRecording,
)
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

WORKER, MICROPHONE = "gestures", "voice"
SOUND = ".wav"
DEAF = Text("음성 처리가 끊겨 소리는 더 남지 않습니다", "Hearing broke off, no more sound is kept")
DIED = Text(
    "손 인식이 다시 시작되어 기록이 끊겼습니다", "Hand tracking restarted, recording broke off"
)


class Recordings(Part):
    """Keeps the state true; the lamp and the tablets follow the state. `folder` is where the
    worker's recordings lie; `redact` takes what is secret out of a command's arguments."""

    hears = (Recording, SoundLost, SoundHeard)

    def __init__(
        self,
        *,
        intake: Intake,
        store: Store,
        world: World,
        clock: Clock,
        send: Callable[[str, Message], bool],
        folder: Path,
        redact: Redact,
    ) -> None:
        self._intake = intake
        self._store = store
        self._world = world
        self._clock = clock
        self._send = send
        self._folder = folder
        self._redact = redact
        self._inputs: InputFile | None = None
        self._name = ""
        store.listen(self._state_changed)
        intake.watch(self._note)

    @property
    def running(self) -> bool:
        return self._store.state.recording is not None

    def receive(self, message: Recording | SoundLost | SoundHeard) -> None:
        match message:
            case SoundLost(reason=reason):
                self._sound_lost(reason)
            case SoundHeard(from_ms=begin, to_ms=end, context=context):
                part = Heard(self._clock.now_ms(), self._name + SOUND, begin, end, context)
                self._note(part)
            case Recording():
                self._recording(message)

    def _recording(self, told: Recording) -> None:
        if told.until_ms is None:
            self._finish()
        self._tell(told.until_ms, told.reason, video=told.video, sound=told.sound)
        if told.until_ms is None or not told.name or self._inputs is not None:
            return
        self._name = told.name
        self._inputs = InputFile(
            self._folder / (told.name + SUFFIX),
            self._clock.now_ms(),
            self._store.state,
            self._world.catalogue,
            self._redact,
            sound=told.name + SOUND if told.sound else "",
        )
        if told.sound and not self._send(MICROPHONE, KeepSound(told.name, told.until_ms)):
            self._sound_lost(DEAF)

    def _tell(self, until_ms: int | None, reason: Text, *, video: bool, sound: bool) -> None:
        args = {"until_ms": until_ms, "video": video, "sound": sound}
        self._intake.system("gestures.recording", {**args, "ko": reason.ko, "en": reason.en})

    def _sound_lost(self, reason: Text) -> None:
        """The hands are recorded on; the lamp says no longer that sound is."""
        recording = self._store.state.recording
        if recording is not None and recording.sound:
            self._tell(recording.until_ms, reason, video=recording.video, sound=False)

    def close(self) -> None:
        self._finish()

    def _finish(self) -> None:
        self._send(MICROPHONE, DropSound())
        inputs, self._inputs = self._inputs, None
        if inputs is not None:
            inputs.finish()

    def _note(self, given: WallInput) -> None:
        if self._inputs is not None:
            self._inputs.note(given)

    def lost(self, worker: str) -> None:
        if worker == WORKER and self.running:
            self.receive(Recording(None, reason=DIED))
        if worker == MICROPHONE:
            self._sound_lost(DEAF)

    def mark(self, projection: Projection) -> Projection:
        """Tablets are told too."""
        recording = self._store.state.recording
        until_ms = recording.until_ms if recording is not None else None
        return msgspec.structs.replace(projection, recording_until_ms=until_ms)

    def _state_changed(self, state: ViewState, changes: Changes) -> None:
        if "locked" in changes and state.locked and self.running:
            self._send(WORKER, StopRecording())
