"""Camera addresses that were not opened: each is written down once for every reason."""

from kiosk.inputs.intake import Intake
from kiosk.wire.messages import CameraState
from kiosk.wire.text import Text


class Refusals:
    """Follows the states of the cameras. One that shows pictures again begins anew."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._told: dict[str, Text] = {}

    def take(self, state: CameraState) -> None:
        """Writes a refusal down, if it is one that was not written down yet."""
        if state.state == "live":
            self._told.pop(state.camera, None)
        elif state.refused and self._told.get(state.camera) != state.reason:
            self._told[state.camera] = state.reason
            self._intake.camera_refused(state.camera, state.reason)
