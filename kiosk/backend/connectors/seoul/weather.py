"""The weather of a hot spot, its air, the hours to come and the warnings in force."""

from collections.abc import Iterator

from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Incident, Item
from kiosk.backend.connectors.row import Row
from kiosk.backend.connectors.seoul.hotspot import Area
from kiosk.backend.connectors.seoul.people import forecast
from kiosk.backend.connectors.seoul.table import figure, observe, word

COLDEST, HOTTEST = -50, 55
WETTEST_MM = 500
NOW = (
    figure("TEMP", "weather.temperature", "Cel", COLDEST, HOTTEST),
    figure("SENSIBLE_TEMP", "weather.felt_temperature", "Cel", COLDEST, HOTTEST),
    figure("MAX_TEMP", "weather.temperature.max", "Cel", COLDEST, HOTTEST),
    figure("MIN_TEMP", "weather.temperature.min", "Cel", COLDEST, HOTTEST),
    figure("HUMIDITY", "weather.humidity", "%", high=100),
    word("WIND_DIRCT", "weather.wind_direction"),
    figure("WIND_SPD", "weather.wind", "m/s", high=100),
    figure("PRECIPITATION", "weather.rain", "mm", high=WETTEST_MM),
    word("PRECPT_TYPE", "weather.rain_type"),
    word("PCP_MSG", "weather.rain_message"),
    word("SUNRISE", "weather.sunrise"),
    word("SUNSET", "weather.sunset"),
    word("UV_INDEX_LVL", "weather.uv_level"),
    figure("UV_INDEX", "weather.uv", high=20, or_word=True),
    word("UV_MSG", "weather.uv_message"),
    figure("PM25", "air.pm25", "ug/m3", 0, 1000),
    word("PM25_INDEX", "air.pm25_level"),
    figure("PM10", "air.pm10", "ug/m3", 0, 2000),
    word("PM10_INDEX", "air.pm10_level"),
    figure("AIR_IDX_MVL", "air.cai", "", 1, 500),
    word("AIR_IDX", "air.grade"),
    word("AIR_IDX_MAIN", "air.main_pollutant"),
    word("AIR_MSG", "air.message"),
)
LATER = (
    figure("TEMP", "weather.temperature", "Cel", COLDEST, HOTTEST),
    figure("PRECIPITATION", "weather.rain", "mm", high=WETTEST_MM),
    word("PRECPT_TYPE", "weather.rain_type"),
    figure("RAIN_CHANCE", "weather.rain_chance", "%", high=100),
    word("SKY_STTS", "weather.sky"),
)


def read_now(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """Weather and air as last measured."""
    return observe(row, NOW, area.subject(moment(row.text("WEATHER_TIME"))))


def read_later(row: Row, area: Area, parent: Row) -> Iterator[Item]:
    """One of the next 24 hours. Raises RowRejected without an hour."""
    issued = moment(parent.text("WEATHER_TIME")) or area.received
    return observe(row, LATER, forecast(area, row.need("FCST_DT"), issued))


def read_warning(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """A weather warning. Raises RowRejected when it doesn't say of what."""
    kind, announced = row.need("WARN_VAL"), row.text("ANNOUNCE_TIME")
    time = moment(announced)
    yield Incident(
        id=f"citydata/{area.identity}/warning/{kind}/{announced}",
        kind="weather.warning",
        place=area.identity,
        time=time,
        quality="good" if time else "suspect",
        note="" if time else "no time",
        headline=f"{kind} {row.text('WARN_STRESS')}".strip(),
        description=row.text("WARN_MSG"),
        severity=row.text("WARN_STRESS"),
        status=" ".join(filter(None, (row.text("COMMAND"), row.text("CANCEL_YN")))),
        area=area.name,
    )


BLOCKS = (
    ("WEATHER_STTS", read_now),
    ("WEATHER_STTS/FCST24HOURS", read_later),
    ("WEATHER_STTS/NEWS_LIST", read_warning),
)
