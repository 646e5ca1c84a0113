"""The wall's side of a recording: what the worker tells of it, and the lock that ends it."""

from collections.abc import Callable

import msgspec

from kiosk.core.state import Changes, Store, ViewState
from kiosk.inputs import Intake
from kiosk.wire.messages import Message, Recording, StopRecording
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

WORKER = "gestures"
DIED = Text(
    "손 인식이 다시 시작되어 기록이 끊겼습니다", "Hand tracking restarted, recording broke off"
)


class Recordings:
    """Keeps the state true; the lamp and the tablets follow the state."""

    def __init__(self, intake: Intake, store: Store, send: Callable[[str, Message], bool]) -> None:
        self._intake = intake
        self._store = store
        self._send = send
        store.listen(self._state_changed)

    @property
    def running(self) -> bool:
        return self._store.state.recording is not None

    def receive(self, told: Recording) -> None:
        args = {"until_ms": told.until_ms, "video": told.video}
        words = {"ko": told.reason.ko, "en": told.reason.en}
        self._intake.system("gestures.recording", {**args, **words})

    def lose(self, worker: str) -> None:
        """A process went away."""
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
