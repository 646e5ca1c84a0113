"""Finding things by words: parts of words in any order, or Korean initials (ㄷㄱ finds 대기)."""

from collections.abc import Iterable

FIRST, LAST, PER_INITIAL = 0xAC00, 0xD7A3, 588  # Hangul syllables in Unicode
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
PLAIN = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")  # a doubled initial is found by its plain one


def initials(text: str) -> str:
    """Each syllable's first consonant; other characters as they are, lower case."""
    return "".join(
        INITIALS[(ord(c) - FIRST) // PER_INITIAL] if FIRST <= ord(c) <= LAST else c
        for c in text.lower()
    ).translate(PLAIN)


def matches(wanted: str, texts: Iterable[str]) -> bool:
    """Whether each wanted word is part of one of the texts, as it is or by its initials."""
    texts = [text.lower() for text in texts]
    by_initials: list[str] | None = None
    for word in wanted.lower().split():
        if any(word in text for text in texts):
            continue
        if not set(word) <= set(INITIALS):
            return False
        if by_initials is None:
            by_initials = [initials(text) for text in texts]
        if not any(word.translate(PLAIN) in text for text in by_initials):
            return False
    return True
