"""Four weeks of use as a ledger has counted them."""

from kiosk.core.invocation import Source
from kiosk.core.usage import HOUR_MS, Use

DAY_MS = 24 * HOUR_MS
PANELS = ("incident", "indicators", "traffic", "cctv", "air", "pledges", "complaints", "orders")
WAYS = (Source.TOUCH, Source.VOICE, Source.GESTURE, Source.TABLET)


def some_uses(now_ms: int) -> tuple[Use, ...]:
    """Working hours of 28 days, the first panel and the first way most; one profile besides."""
    hour_ms = now_ms // HOUR_MS * HOUR_MS
    found = []
    for day in range(28):
        for hour in range(9):
            for n, panel in enumerate(PANELS):
                if (day + hour) % (n + 1) == 0:
                    way = WAYS[(day * hour) % (n + 1) % len(WAYS)]
                    at_ms = hour_ms - day * DAY_MS - hour * HOUR_MS
                    refused = int((day + n) % 9 == 0)
                    found.append(Use(at_ms, "", panel, way, 1, 3, refused))
    found.append(Use(hour_ms, "visitor", "goals", Source.TOUCH, 2, 5, 0))
    return tuple(found)
