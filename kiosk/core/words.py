"""Finding things by words: parts of words in any order, or Korean initials (ㄷㄱ finds 대기)."""

from collections.abc import Iterable

from kiosk.core.hangul import PLAIN, are_initials, initials


def matches(wanted: str, texts: Iterable[str]) -> bool:
    """Whether each wanted word is part of one of the texts, as it is or by its initials."""
    texts = [text.lower() for text in texts]
    by_initials: list[str] | None = None
    for word in wanted.lower().split():
        if any(word in text for text in texts):
            continue
        if not are_initials(word):
            return False
        if by_initials is None:
            by_initials = [initials(text) for text in texts]
        if not any(word.translate(PLAIN) in text for text in by_initials):
            return False
    return True
