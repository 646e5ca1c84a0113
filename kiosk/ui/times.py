"""Clock, date and weekday in words, as the city's clocks show them."""

from kiosk.pack.clock import local_time
from kiosk.wire.text import Text

_DAYS_KO = ("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def clock_words(t_ms: int) -> str:
    """ "14:32"."""
    return f"{local_time(t_ms):%H:%M}"


def date_words(t_ms: int) -> Text:
    """ "2026년 7월 20일"."""
    day = local_time(t_ms)
    return Text(
        f"{day.year}년 {day.month}월 {day.day}일", f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    )


def weekday_words(t_ms: int) -> Text:
    """ "월요일"."""
    day = local_time(t_ms).weekday()
    return Text(_DAYS_KO[day], _DAYS_EN[day])
