"""Dates as they stand in the city's files."""

from typing import Annotated

from msgspec import Meta

Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
