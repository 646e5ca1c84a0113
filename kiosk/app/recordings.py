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
from kiosk.inputs.recorded import WallInput
from kiosk.wire.messages import Message, Recording, StopRecording
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

WORKER = "gestures"
DIED = Text(
    "손 인식이 다시 시작되어 기록이 끊겼습니다", "Hand tracking restarted, recording broke off"
)


class Recordings(Part):
    """Keeps the state true; the lamp and the tablets follow the state. `folder` is where the
    worker's recordings lie; `redact` takes what is secret out of a command's arguments."""

    hears = (Recording,)

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
        store.listen(self._state_changed)
        intake.watch(self._note)

    @property
    def running(self) -> bool:
        return self._store.state.recording is not None

    def receive(self, message: Recording) -> None:
        told = message
        if told.until_ms is None:
            self._finish()
        args = {"until_ms": told.until_ms, "video": told.video}
        words = {"ko": told.reason.ko, "en": told.reason.en}
        self._intake.system("gestures.recording", {**args, **words})
        if told.until_ms is not None and told.name and self._inputs is None:
            self._inputs = InputFile(
                self._folder / (told.name + SUFFIX),
                self._clock.now_ms(),
                self._store.state,
                self._world.catalogue,
                self._redact,
            )

    def close(self) -> None:
        self._finish()

    def _finish(self) -> None:
        inputs, self._inputs = self._inputs, None
        if inputs is not None:
            inputs.finish()

    def _note(self, given: WallInput) -> None:
        if self._inputs is not None:
            self._inputs.note(given)

    def lost(self, worker: str) -> None:
        if worker == WORKER and self.running:
            self.receive(Recording(None, reason=DIED))

    def mark(self, projection: Projection) -> Projection:
        """Tablets are told too."""
        recording = self._store.state.recording
        until_ms = recording.until_ms if recording is not None else None
        return msgspec.structs.replace(projection, recording_until_ms=until_ms)

    def _state_changed(self, state: ViewState, changes: Changes) -> None:
        if "locked" in changes and state.locked and self.running:
            self._send(WORKER, StopRecording())
