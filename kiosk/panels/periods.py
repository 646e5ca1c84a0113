"""How often a source speaks, in words. No Qt."""

from kiosk.wire.text import Text

DAY_S = 86_400


def every(period_s: int) -> Text:
    """ "10초마다", "분기마다", "해마다"."""
    if period_s > 200 * DAY_S:
        return Text("해마다", "yearly")
    if period_s > 60 * DAY_S:
        return Text("분기마다", "quarterly")
    for size, ko, en in ((DAY_S, "일", "d"), (3600, "시간", "h"), (60, "분", "min")):
        if period_s >= size:
            return Text(f"{period_s // size}{ko}마다", f"every {period_s // size} {en}")
    return Text(f"{period_s}초마다", f"every {period_s} s")
