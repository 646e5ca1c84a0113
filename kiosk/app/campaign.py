"""`campaign`: as `replay`, over a folder of labelled sessions."""

from kiosk.app.replay import ReplayHouse
from kiosk.tools import campaign


def main(argv: list[str]) -> int:
    """See kiosk.tools.campaign.main."""
    return campaign.main(argv, ReplayHouse)
