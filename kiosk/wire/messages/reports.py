"""A page of what the wall shows, for the file."""

from typing import Literal

from kiosk.wire.messages.base import WireMessage

ReportFormat = Literal["pdf", "png"]


class SaveReport(WireMessage, frozen=True, tag="save_report"):
    """The panel on the wall is to be kept as one page, A4 across."""

    format: ReportFormat
