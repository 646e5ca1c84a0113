"""The weather service's grid (KMA): forecasts and the nowcast, one row per category and hour."""

import re
from collections.abc import Iterator

from kiosk.backend.connectors.datagokr.envelope import read_items
from kiosk.backend.connectors.figure import Measure, Reading
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Observation, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows

MEASURES = {
    "TMP": Measure("weather.temperature", "Cel", -60, 60),
    "T1H": Measure("weather.temperature", "Cel", -60, 60),
    "TMN": Measure("weather.temperature_min", "Cel", -60, 60),
    "TMX": Measure("weather.temperature_max", "Cel", -60, 60),
    "SKY": Measure("weather.sky", "", 1, 4),
    "PTY": Measure("weather.precipitation_type", "", 0, 7),
    "POP": Measure("weather.precipitation_probability", "%", 0, 100),
    "PCP": Measure("weather.precipitation", "mm", 0, 300),
    "RN1": Measure("weather.precipitation", "mm", 0, 300),
    "REH": Measure("weather.humidity", "%", 0, 100),
    "SNO": Measure("weather.snow", "cm", 0, 200),
    "WSD": Measure("weather.wind_speed", "m/s", 0, 100),
    "VEC": Measure("weather.wind_direction", "deg", 0, 360),
    "UUU": Measure("weather.wind_east", "m/s", -100, 100),
    "VVV": Measure("weather.wind_north", "m/s", -100, 100),
    "WAV": Measure("weather.wave_height", "m", 0, 30),
    "LGT": Measure("weather.lightning", "kA", 0, 500),
}
WORDS = {
    "SKY": {1: "맑음", 3: "구름많음", 4: "흐림"},
    "PTY": {
        0: "없음",
        1: "비",
        2: "비/눈",
        3: "눈",
        4: "소나기",
        5: "빗방울",
        6: "빗방울눈날림",
        7: "눈날림",
    },
}
NOTHING_FELL = {"강수없음", "적설없음"}
MISSING_FROM = 900  # |value| >= 900: no instrument, or a sea cell (guide of the service)
_AMOUNT = re.compile(r"(\d{1,4}(?:\.\d+)?)\s*(mm|cm)?", re.ASCII)
_BOUND = re.compile(
    r"(\d{1,4}(?:\.\d+)?)\s*(?:mm|cm)?\s*(?:(미만|이상)|~\s*\d{1,4}(?:\.\d+)?\s*(?:mm|cm)?)",
    re.ASCII,
)


def parse(raw: bytes, context: Context) -> Parsed:
    """One observation a row; a forecast has `issued` and the quality "estimated"."""
    return read_rows(read_items(raw), _row)


def _row(row: Row) -> Iterator[Observation]:
    category = row.need("category").upper()
    measure = MEASURES.get(category)
    if measure is None:
        raise RowRejected(f"unknown category {category[:20]!r}")
    issued = _time(row, "baseDate", "baseTime")
    forecast = row.has("fcstValue") or row.has("fcstDate")
    time = _time(row, "fcstDate", "fcstTime") if forecast else issued
    if time is None:
        raise RowRejected(f"{category}: the time is no time")
    reading = read_amount(category, measure, row.raw("fcstValue", "obsrValue"))
    if forecast and reading.quality == "good":
        reading = reading._replace(quality="estimated")
    grid = f"{row.need('nx')},{row.need('ny')}"
    yield Observation(
        id=f"kma:{grid}:{category}",
        kind=measure.kind,
        place=grid,
        time=time,
        value=reading.value,
        unit=measure.unit,
        quality=reading.quality,
        note=reading.note,
        issued=issued if forecast else None,
    )


def _time(row: Row, day: str, hour: str) -> str | None:
    """Hours lose their leading zeros where they come as numbers: 500, and 0 at midnight."""
    hours = row.text(hour)
    return moment(row.text(day) + hours.zfill(4)) if hours else None


def read_amount(category: str, measure: Measure, raw: object) -> Reading:
    """Figures, and amounts in words.

    강수없음 and 적설없음 (nothing falls) are 0. Of `1.0mm 미만` (below), `50.0mm 이상` (from) and
    `30.0~50.0mm` the value is the first bound named, "estimated", with the words as note.
    """
    words = raw.strip() if isinstance(raw, str) else ""
    if category in {"PCP", "RN1", "SNO"} and words:
        if words in NOTHING_FELL:
            return Reading(0.0, "good", words)
        if amount := _AMOUNT.fullmatch(words):
            raw = amount[1]
        elif bound := _BOUND.fullmatch(words):
            return measure.read(bound[1])._replace(quality="estimated", note=words)
    reading = measure.read(raw)
    if reading.value is not None and abs(reading.value) >= MISSING_FROM:
        return Reading(None, "missing", f"{reading.value:g} stands for missing")
    word = WORDS.get(category, {}).get(int(reading.value)) if reading.value is not None else None
    return reading._replace(note=word) if word and not reading.note else reading


CONNECTORS = (
    Connector("getVilageFcst", "KMA: short-term forecast on the grid", parse),
    Connector("getUltraSrtFcst", "KMA: forecast of the next six hours", parse),
    Connector("getUltraSrtNcst", "KMA: nowcast on the grid", parse),
)
