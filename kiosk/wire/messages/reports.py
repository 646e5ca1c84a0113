"""What the wall shows, for the file: a page, or the picture of a camera."""

from typing import Literal

from kiosk.wire.messages.base import WireMessage

ReportFormat = Literal["pdf", "png"]


class SaveReport(WireMessage, frozen=True, tag="save_report"):
    """The panel on the wall is to be kept as one page, A4 across."""

    format: ReportFormat


class SaveSnapshot(WireMessage, frozen=True, tag="save_snapshot"):
    """The picture of a camera that is on the wall is to be kept as it is shown."""

    camera: str


class Chime(WireMessage, frozen=True, tag="chime"):
    """The wall's own sound is to be heard; `volume` is 0..1 of what the device can."""

    volume: float
