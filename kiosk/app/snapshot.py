"""The view survives the ui process: written on each change, read when the process comes back."""

import logging
from pathlib import Path

import msgspec

from kiosk.core.state import Changes, ViewState, replace

log = logging.getLogger(__name__)


class Snapshot:
    """A file in the runtime folder, so it lives as long as the supervisor does."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> ViewState | None:
        """The last view without its open questions, whose nonces died with the process."""
        try:
            state = msgspec.json.decode(self._file.read_bytes(), type=ViewState)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError) as error:
            log.warning("the view's snapshot can't be read: %s", error)
            return None
        return replace(state, confirmation=None, choice=None, pairing=None)

    def write(self, state: ViewState, _changes: Changes) -> None:
        new = self._file.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(replace(state, pairing=None)))
        new.replace(self._file)
