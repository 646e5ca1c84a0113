"""Addresses of a moment: which run of a forecast, which day, which page."""

from datetime import datetime

import msgspec
import pytest

from kiosk.backend.pull.address import filled, newest_run, pages
from kiosk.backend.pull.declaration import Paging, Runs
from tests.unit.test_pull_sources import DECLARATION

FORECAST = Runs(first_h=2, every_h=3, ready_min=10)


@pytest.mark.parametrize(
    ("now", "run"),
    [
        ("2026-11-22T02:09", "2026-11-21T23:00"),
        ("2026-11-22T02:10", "2026-11-22T02:00"),
        ("2026-11-22T05:09", "2026-11-22T02:00"),
        ("2026-11-22T23:59", "2026-11-22T23:00"),
        ("2026-11-22T00:00", "2026-11-21T23:00"),
    ],
)
def test_the_newest_forecast_that_is_out(now: str, run: str) -> None:
    assert newest_run(FORECAST, datetime.fromisoformat(now)) == datetime.fromisoformat(run)


def test_one_run_earlier_and_half_past() -> None:
    now = datetime.fromisoformat("2026-11-22T00:20")
    assert newest_run(FORECAST, now, 1) == datetime.fromisoformat("2026-11-21T20:00")
    half = Runs(minute=30, ready_min=15)
    assert newest_run(half, now) == datetime.fromisoformat("2026-11-21T23:30")


def test_days_months_and_years_ago_in_korea() -> None:
    midnight_ms = 1_767_193_200_000  # 2026-01-01 00:00 in Korea, still the 31st elsewhere
    address = "{date} {date-5} {month-2} {year-1} {hour} {place}"
    declaration = msgspec.structs.replace(DECLARATION, address=address)
    assert (
        filled(declaration, "강남역", midnight_ms)
        == "20260101 20251227 202511 2025 00 %EA%B0%95%EB%82%A8%EC%97%AD"
    )


def test_pages_count_from_one() -> None:
    assert list(pages("{start}-{end} {page}/{size}", Paging(size=100, most=2))) == [
        "1-100 1/100",
        "101-200 2/100",
    ]
