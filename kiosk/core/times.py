"""Times that people name, as ISO 8601 writes them, with quarters and halves beside: 2024, 2024-05,
2024-Q3, 2022/2026 (see voice.periods)."""

from datetime import timedelta

from kiosk.core.errors import BadArguments
from kiosk.core.world import World
from kiosk.pack.clock import start_of
from kiosk.wire.text import Text
from voice.periods import bounds, say_period

Span = tuple[int, int]
LONGEST_TIME = 32


def span_of(when: str) -> Span:
    """From its first moment to the first after it, epoch ms. Raises ValueError for what is no
    time."""
    first, last = bounds(when)
    return start_of(first), start_of(last + timedelta(days=1))


def time_words(when: str) -> Text:
    """ "2024년 5월"."""
    return Text(say_period(when, "ko"), say_period(when, "en"))


def check_past(when: str, world: World) -> None:
    """Raises BadArguments for a time that no calendar has, and for one that is yet to come."""
    try:
        begin_ms, _ = span_of(when)
    except ValueError as error:
        raise BadArguments(
            Text(f"‘{when}’, 그런 때는 없습니다", f"There is no time “{when}”")
        ) from error
    if begin_ms > world.now_ms():
        name = time_words(when)
        raise BadArguments(Text(f"{name.ko}, 아직 오지 않은 때입니다", f"{name.en} is yet to come"))
