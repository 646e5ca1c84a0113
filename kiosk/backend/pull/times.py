"""Times of items as the rows have them."""

from datetime import datetime


def epoch_ms(time: str | None) -> int | None:
    """An ISO time with a zone in ms since 1970; None when it is none."""
    if time is None:
        return None
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return None
    return None if moment.tzinfo is None else round(moment.timestamp() * 1000)
