"""Other ways to say the same in Korean: polite endings, particles, readings of numbers.

Phrasings are written with one ending or two; people use all of them. What is asked for does not
change with it, so a text is tried with the others as well.
"""

import re
from collections.abc import Iterator

from voice.numbers import readings

# Ends of a request: 줘, 주세요, 주십시오, 줄래요, 줘 봐 (Standard Korean Dictionary, 주다 as an
# auxiliary verb).
_PLEASE = re.compile(
    r"\s*(?:줘|주세요|주십시오|주시겠어요|주실래요|주시죠|줘요|줄래요?|주라|줄\s?수\s?있(?:어요?|나요)"
    r"|줘\s?봐요?|주게|다오)[\s.!?~]*$"
)
_ENDINGS = (" 줘", " 주세요", "")
# Of the object, the subject, the topic, and "of"; at the end of a word of two syllables or more.
_PARTICLE = re.compile(r"(?<=[가-힣]{2})(?:을|를|이|가|은|는|의)(?=\s|$)")
_DIGITS = re.compile(r"[0-9]+")
_SOFTENER = re.compile(r"(?:^|\s)(?:좀|지금|혹시|그럼|자)(?=\s)")


def other_readings(text: str) -> Iterator[str]:
    """The text with the numbers that are written in digits read in each of the ways."""
    numbers = _DIGITS.findall(text)
    for ways in zip(*(_three(number) for number in numbers), strict=True):
        between = _DIGITS.split(text)
        yield between[0] + "".join(f"{n}{rest}" for n, rest in zip(ways, between[1:], strict=True))


def other_ways(text: str) -> Iterator[str]:
    """The text with its numbers read otherwise, with other endings, without its particles."""
    yield from other_readings(text)
    bare = " ".join(_SOFTENER.sub(" ", text).split())
    for words in dict.fromkeys((text, bare, _PARTICLE.sub("", bare))):
        if words != text:
            yield words
        asked = _PLEASE.sub("", words)
        if asked != words and asked.strip():
            yield from (asked + ending for ending in _ENDINGS)


def _three(digits: str) -> tuple[str, ...]:
    """As many readings of each number, so that all are read in the same way."""
    ways = readings(digits)
    return (*ways, *(ways[:1] * (3 - len(ways))))
