"""Dates as they stand in the city's files."""

import datetime as dt
from typing import Annotated

from msgspec import Meta

Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
KST = dt.timezone(dt.timedelta(hours=9))


def date_ms(date: str) -> int:
    """Midnight in Korea at the start of an ISO date."""
    day = dt.datetime.fromisoformat(date).replace(tzinfo=KST)
    return int(day.timestamp() * 1000)
