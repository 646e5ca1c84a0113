"""Camera addresses that were not opened: each is written down once for every reason."""

from kiosk.app.part import Part
from kiosk.app.queries import Queries
from kiosk.inputs.intake import Intake
from kiosk.panels.questions import refused_cameras
from kiosk.wire.messages import CameraState
from kiosk.wire.text import Text

_SOURCES = frozenset({"sources"})


class Refusals(Part):
    """Follows the states of the cameras, and what is refused of catalogues before it becomes a
    camera. A camera that shows pictures again, and one that its catalogue no longer names so,
    begins anew."""

    hears = (CameraState,)

    def __init__(self, intake: Intake, queries: Queries) -> None:
        self._intake = intake
        self._queries = queries
        self._told: dict[str, Text] = {}
        self._listed: frozenset[tuple[str, Text]] = frozenset()

    def receive(self, message: CameraState) -> None:
        """Writes a refusal down, if it is one that was not written down yet."""
        if message.state == "live":
            self._told.pop(message.camera, None)
        elif message.refused and self._told.get(message.camera) != message.reason:
            self._told[message.camera] = message.reason
            self._intake.camera_refused(message.camera, message.reason)

    def read(self) -> None:
        """Finds out what catalogues had refused."""
        self._queries.ask("refused", refused_cameras, self._take_listed)

    def rows_changed(self, tables: frozenset[str]) -> None:
        if tables & _SOURCES:
            self.read()

    def _take_listed(self, listed: tuple[tuple[str, Text], ...]) -> None:
        for catalogue, words in listed:
            if (catalogue, words) not in self._listed:
                self._intake.camera_refused(catalogue, words)
        self._listed = frozenset(listed)
