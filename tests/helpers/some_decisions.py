"""What was decided at the wall about who may see what, in some weeks."""

from kiosk.wire.disclosure import Decided
from kiosk.wire.text import Text

HOUR_MS = 3_600_000
TOLD = Text("시민에게 알리기로 했습니다", "It was decided to tell the citizens")
KEPT = Text("표본 조사가 끝날 때까지 보류합니다", "Until the survey is checked again")


def some_decisions(now_ms: int) -> tuple[Decided, ...]:
    """Three, the oldest first."""
    return (
        Decided("1", now_ms - 400 * HOUR_MS, "panels", "news", "public", TOLD, "", "internal"),
        Decided(
            "2",
            now_ms - 399 * HOUR_MS,
            "panels",
            "news",
            "internal",
            Text("남의 기사라 다시 내보낼 권리가 없습니다", "Not ours to publish"),
            "",
            "public",
        ),
        Decided(
            "3",
            now_ms - 2 * HOUR_MS,
            "indicators",
            "employment-rate",
            "internal",
            KEPT,
            "a",
            "public",
        ),
    )
