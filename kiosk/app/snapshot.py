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
        """The last view; None when there is none, or none that this release can read."""
        try:
            state = msgspec.json.decode(self._file.read_bytes(), type=ViewState)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError) as error:
            log.warning("the view's snapshot can't be read: %s", error)
            return None
        return _lasting(state)

    def write(self, state: ViewState, _changes: Changes) -> None:
        new = self._file.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(_lasting(state)))
        new.replace(self._file)


def _lasting(state: ViewState) -> ViewState:
    """Without what dies with the process or is secret: open questions, one-time codes, a call."""
    asks = replace(state, confirmation=None, choice=None, pairing=None)
    return replace(asks, recording=None, pin=None, call=None, talks=())
