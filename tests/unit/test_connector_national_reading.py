"""What every connector reads with: figures, times, spots, documents."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.connectors.document import decode, read_document
from kiosk.backend.connectors.figure import Measure, number
from kiosk.backend.connectors.moment import KOREA, moment
from kiosk.backend.connectors.normal import NotUnderstood
from kiosk.backend.connectors.spot import korean_spot, world_spot


@given(st.floats(-1e14, 1e14) | st.integers(-(10**14), 10**14))
def test_a_number_is_read_as_it_is_however_it_is_written(given_number: float) -> None:
    assert number(given_number) == given_number
    assert number(f" {given_number!r} ") == given_number
    assert number(f"{int(given_number):,}") == int(given_number)


@pytest.mark.parametrize(
    "raw",
    ["1_000", "１２", "1,00", "0x1", "1e999", "9" * 400, "NaN", "inf", True, None, [], "1 2", ","],
)
def test_what_is_no_number(raw: object) -> None:
    assert number(raw) is None


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_value_outside_its_bounds_is_given_and_suspect(
    value: float, low: float, width: float
) -> None:
    reading = Measure("k", "", low, low + width).read(value)
    if reading.value is None:
        assert reading.quality == "missing"
    else:
        assert reading.value == value
        assert (reading.quality == "good") == (low <= value <= low + width)


@given(st.datetimes(datetime(1901, 1, 2), datetime(2099, 12, 30)))
def test_times_in_every_dress(when: datetime) -> None:
    when = when.replace(microsecond=0)
    expected = when.replace(tzinfo=KOREA).isoformat()
    for form in ("%Y%m%d%H%M%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S+09:00"):
        assert moment(when.strftime(form)) == expected
    assert moment(when.strftime("%Y-%m-%d %H:%M:%S.0")) == expected
    assert moment(when.replace(tzinfo=UTC).isoformat()) == (
        (when + timedelta(hours=9)).replace(tzinfo=KOREA).isoformat()
    )


@given(st.dates(date(1901, 1, 1), date(2099, 12, 30)))
def test_the_24th_hour_is_the_next_day(day: date) -> None:
    next_day = f"{day + timedelta(days=1)}T00:00:00+09:00"
    assert moment(f"{day:%Y-%m-%d} 24:00") == moment(f"{day:%Y%m%d}2400") == next_day


@pytest.mark.parametrize(
    "raw",
    ["", "-", "20260230", "202601012500", "2026-01-01 24:01", "18991231", "99999999", "soon", None],
)
def test_what_is_no_time(raw: object) -> None:
    assert moment(raw) is None


@given(st.floats(33, 39), st.floats(124, 132))
def test_swapped_coordinates_are_put_right(lat: float, lon: float) -> None:
    assert korean_spot(lat, lon)[:2] == korean_spot(str(lon), str(lat))[:2] == (lat, lon)
    assert "swapped" in korean_spot(lon, lat).note


@pytest.mark.parametrize(
    ("lat", "lon", "quality"),
    [("", "127", "good"), (0, 0, "suspect"), (200, 127, "suspect"), ("north", 1, "suspect")],
)
def test_coordinates_that_are_none(lat: object, lon: object, quality: str) -> None:
    for spot in (korean_spot(lat, lon), world_spot(lat, lon)):
        assert (spot.lat, spot.lon, spot.quality) == (None, None, quality)
    assert world_spot(40.4, -3.7)[:2] == (40.4, -3.7)
    assert korean_spot(40.4, -3.7).quality == "suspect"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_every_encoding_of_the_city(codec: str) -> None:
    assert decode("서울".encode(codec)) == "서울"
    assert read_document('{"a": "서울"}'.encode(codec)) == {"a": "서울"}


def test_what_json_holds_beyond_numbers_stays_text() -> None:
    assert read_document(b'{"a": NaN, "b": 12345678901234567890}') == {
        "a": "NaN",
        "b": "12345678901234567890",
    }


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[" * 5000,
        b"<a>" * 5000,
        b"<a><b></a>",
        b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    ],
)
def test_documents_that_are_refused(raw: bytes) -> None:
    with pytest.raises(NotUnderstood):
        read_document(raw)
