"""Figures as the pages tell them: value, unit, of when, how old, and what is to be known of it."""

from datetime import datetime, timedelta

import msgspec

from kiosk.pack.clock import local_time, zone
from kiosk.panels.figures import number
from kiosk.panels.indicators.people import TODAY
from kiosk.public.model import Figure, Indicator
from kiosk.ui.ages import QUALITY_WORDS, age_words
from kiosk.ui.times import clock_words, date_words
from kiosk.wire.city import Period
from kiosk.wire.text import Text

DAY_S = 86_400
NOTHING = Text("", "")


class Told(msgspec.Struct, frozen=True):
    """A figure in words. `value` is "" where there is none, and `missing` says why. `age` is how
    old it is, "" for what is of a period; `iso` the same for machines."""

    value: str
    unit: Text
    when: Text
    age: Text
    iso: str
    quality: str
    simulated: bool = False
    provisional: bool = False
    missing: Text = NOTHING


def title_of(indicator: Indicator, figure: Figure | None) -> Text:
    """Its title; of a count since midnight without those words where it is of a longer period."""
    title = indicator.title
    if figure is None or not figure.period:
        return title
    return Text(title.ko.removesuffix(TODAY.ko), title.en.removesuffix(TODAY.en))


def tell(indicator: Indicator, figure: Figure | None, now_ms: int) -> Told:
    if figure is None:
        return Told("", indicator.unit, NOTHING, NOTHING, "", "absent", missing=_why(None))
    known = figure.value is not None
    quality = figure.freshness if known else "absent"
    aged = QUALITY_WORDS[figure.freshness]
    moment = is_moment(indicator, figure)
    when = of_when(indicator, figure)
    age = age_words(now_ms - figure.t_ms) if moment else NOTHING
    if aged.ko and known:
        when = when if moment else Text(f"{when.ko}, {aged.ko}", f"{when.en}, {aged.en}")
        age = Text(f"{age.ko}, {aged.ko}", f"{age.en}, {aged.en}") if moment else age
    return Told(
        value=number(figure.value, indicator.decimals) if figure.value is not None else "",
        unit=indicator.unit,
        when=when,
        age=age,
        iso=local_time(figure.t_ms).isoformat(timespec="minutes"),
        quality=quality,
        simulated=figure.simulated,
        provisional=figure.provisional,
        missing=NOTHING if known else _why(figure),
    )


def _why(figure: Figure | None) -> Text:
    if figure is not None and figure.withheld:
        return Text("적은 수라 밝히지 않음", "too few to tell")
    if figure is not None and figure.note is not None:
        return figure.note
    return Text("자료 없음", "no data")


def is_moment(indicator: Indicator, figure: Figure) -> bool:
    """Whether it is of a moment rather than of a period."""
    return figure.period == "" and indicator.period_s <= 7 * DAY_S


def period_of(indicator: Indicator, figure: Figure) -> Period:
    """Which kind of period it is of; of a moment the hour is not."""
    if figure.period or is_moment(indicator, figure):
        return figure.period
    if indicator.period_s > 200 * DAY_S:
        return "year"
    return "quarter" if indicator.period_s > 60 * DAY_S else "month"


def of_when(indicator: Indicator, figure: Figure) -> Text:
    """The period that it is of, or its date and time of day."""
    return when_words(period_of(indicator, figure), figure.t_ms)


def when_words(period: Period, t_ms: int) -> Text:
    """ "2025년", "2025년 2분기", "2025년 6월", "2025년 6월 3일", with the time of day for less."""
    at = local_time(t_ms)
    match period:
        case "year":
            return Text(f"{at.year}년", f"{at.year}")
        case "quarter":
            n = (at.month + 2) // 3
            return Text(f"{at.year}년 {n}분기", f"Q{n} {at.year}")
        case "month":
            return Text(f"{at.year}년 {at.month}월", f"{at:%b} {at.year}")
        case "day":
            return date_words(t_ms)
        case _:
            day, clock = date_words(t_ms), clock_words(t_ms)
            return Text(f"{day.ko} {clock}", f"{day.en}, {clock}")


def address_of(period: Period, t_ms: int) -> str:
    """The name of a period in an address: 2025, 2025-Q2, 2025-06, 2025-06-03, 2025-06-03T14:00."""
    at = local_time(t_ms)
    match period:
        case "year":
            return f"{at:%Y}"
        case "quarter":
            return f"{at:%Y}-Q{(at.month + 2) // 3}"
        case "month":
            return f"{at:%Y-%m}"
        case "day":
            return f"{at:%Y-%m-%d}"
        case "hour":
            return f"{at:%Y-%m-%dT%H:00}"
        case _:
            return f"{at:%Y-%m-%dT%H:%M}"


class Span(msgspec.Struct, frozen=True):
    """A period that an address names: from its first moment to the first after it, epoch ms."""

    period: Period
    start_ms: int
    end_ms: int


def span_named(name: str) -> Span:
    """Raises ValueError for what names no period."""
    try:
        period, start, end = _bounds(name)
    except OverflowError as error:
        raise ValueError(f"{name!r} is beyond every calendar") from error
    return Span(period, _ms(start), _ms(end))


def _bounds(name: str) -> tuple[Period, datetime, datetime]:
    local = zone()
    if "T" in name:
        at = datetime.strptime(name, "%Y-%m-%dT%H:%M").replace(tzinfo=local)
        return "", at, at + timedelta(minutes=1)
    if "Q" in name:
        year, _, quarter = name.partition("-Q")
        month = 3 * int(quarter) - 2
        return "quarter", *_months(int(year), month, 3)
    match name.count("-"), len(name):
        case 0, 4:
            return "year", *_months(int(name), 1, 12)
        case 1, 7:
            year, _, month_ = name.partition("-")
            return "month", *_months(int(year), int(month_), 1)
        case 2, 10:
            at = datetime.strptime(name, "%Y-%m-%d").replace(tzinfo=local)
            return "day", at, at + timedelta(days=1)
    raise ValueError(f"{name!r} names no period")


def _months(year: int, month: int, count: int) -> tuple[datetime, datetime]:
    local, last = zone(), month - 1 + count
    start = datetime(year, month, 1, tzinfo=local)
    return start, datetime(year + last // 12, last % 12 + 1, 1, tzinfo=local)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
