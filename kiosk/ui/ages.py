"""How old a value is, in words. Ages count whole minutes, so a wall repaints them once a minute."""

from typing import Literal

from kiosk.wire.text import Text

Quality = Literal["fresh", "late", "stale", "absent"]

QUALITY_WORDS: dict[Quality, Text] = {
    "fresh": Text("", ""),
    "late": Text("지연", "late"),
    "stale": Text("오래됨", "old"),
    "absent": Text("없음", "none"),
}
MINUTE_MS = 60_000


def age_words(age_ms: int) -> Text:
    """ "방금", "2분 전", "1시간 52분 전", "3일 전"; an age below zero (clocks differ) is "방금"."""
    minutes = age_ms // MINUTE_MS
    if minutes < 1:
        return Text("방금", "just now")
    hours, rest = divmod(minutes, 60)
    if hours < 1:
        return Text(f"{minutes}분 전", f"{minutes} min ago")
    if hours < 24:
        if rest == 0:
            return Text(f"{hours}시간 전", f"{hours} h ago")
        return Text(f"{hours}시간 {rest}분 전", f"{hours} h {rest} min ago")
    return Text(f"{hours // 24}일 전", f"{hours // 24} d ago")


def dated(words: Text, quality: Quality) -> Text:
    """What a published figure is of, "2025년 6월, 오래됨": against how often it is published."""
    word = QUALITY_WORDS[quality]
    return Text(f"{words.ko}, {word.ko}", f"{words.en}, {word.en}") if word.ko else words


def aged(measured_ms: int | None, now_ms: int | None, quality: Quality) -> Text:
    """Age and quality together, "47분 전, 지연"; empty while either time is unknown."""
    if measured_ms is None or now_ms is None:
        return Text("", "")
    return dated(age_words(now_ms - measured_ms), quality)


def seconds_left(expires_ms: int, now_ms: int | None) -> int:
    """Whole seconds until `expires_ms`, rounded up, never below 0."""
    return 0 if now_ms is None else max(0, -((now_ms - expires_ms) // 1000))


def left_words(seconds: int) -> Text:
    """ "8초", "1분 42초"."""
    minutes, rest = divmod(seconds, 60)
    if minutes < 1:
        return Text(f"{rest}초", f"{rest} s")
    return Text(f"{minutes}분 {rest}초", f"{minutes} min {rest} s")
