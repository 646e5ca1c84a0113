"""Hangul between syllables and the letters of a two-set keyboard (KS X 5002).

Syllables are composed and taken apart as the Unicode standard defines (chapter 3.12):
0xAC00 + (lead * 21 + vowel) * 28 + tail.
"""

import unicodedata
from collections.abc import Sequence

LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
PLAIN = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")
_FIRST = 0xAC00
_TOGETHER = {
    **{
        "ㅗㅏ": "ㅘ",
        "ㅗㅐ": "ㅙ",
        "ㅗㅣ": "ㅚ",
        "ㅜㅓ": "ㅝ",
        "ㅜㅔ": "ㅞ",
        "ㅜㅣ": "ㅟ",
        "ㅡㅣ": "ㅢ",
    },
    **{
        "ㄱㅅ": "ㄳ",
        "ㄴㅈ": "ㄵ",
        "ㄴㅎ": "ㄶ",
        "ㄹㄱ": "ㄺ",
        "ㄹㅁ": "ㄻ",
        "ㄹㅂ": "ㄼ",
        "ㄹㅅ": "ㄽ",
    },
    **{"ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ"},
}
_APART = {whole: parts for parts, whole in _TOGETHER.items()}


# Letters of the Unicode block for composing, as they come from systems that take syllables apart,
# and full-width signs, as they come from East Asian keyboards: each has an ordinary twin.
_TWINS = {0x1100 + place: lead for place, lead in enumerate(LEADS)}
_TWINS |= {0x1161 + place: vowel for place, vowel in enumerate(VOWELS)}
_TWINS |= {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)} | {0x3000: " "}


def ordinary(text: str) -> str:
    """Whole syllables, single letters and signs in their ordinary form."""
    return unicodedata.normalize("NFC", text).translate(_TWINS)


def compose(keys: Sequence[str]) -> str:
    """The text of the keys pressed so far; a key that is no letter of Hangul stands for itself."""
    done: list[str] = []
    lead = vowel = tail = ""
    for key in keys:
        if key in VOWELS and tail:
            # The last consonant begins the next syllable: 닭 + ㅏ is 달가.
            parts = _APART.get(tail, tail)
            done.append(_syllable(lead, vowel, parts[:-1]))
            lead, vowel, tail = parts[-1], key, ""
        elif key in VOWELS and vowel + key in _TOGETHER:
            vowel = _TOGETHER[vowel + key]
        elif key in VOWELS and not vowel:
            vowel = key
        elif lead and vowel and not tail and key in TAILS:
            tail = key
        elif tail and tail + key in _TOGETHER:
            tail = _TOGETHER[tail + key]
        else:
            done.append(_syllable(lead, vowel, tail))
            lead = key if key in LEADS else ""
            vowel = key if key in VOWELS else ""
            tail = ""
            if not (lead or vowel):
                done.append(key)
    return "".join((*done, _syllable(lead, vowel, tail)))


def letters(text: str) -> str:
    """The keys that write a text; other signs stand for themselves: "송파" is "ㅅㅗㅇㅍㅏ"."""
    found: list[str] = []
    for char in text:
        place = ord(char) - _FIRST
        if 0 <= place < len(LEADS) * len(VOWELS) * len(TAILS):
            lead, rest = divmod(place, len(VOWELS) * len(TAILS))
            vowel, tail = divmod(rest, len(TAILS))
            parts = (LEADS[lead], VOWELS[vowel], TAILS[tail] if tail else "")
            found += (_APART.get(part, part) for part in parts)
        else:
            found.append(_APART.get(char, char))
    return "".join(found)


def initials(text: str) -> str:
    """The first consonant of each syllable, a doubled one as its plain one; other signs as they
    are, lower case: "송파 Hall" is "ㅅㅍ hall"."""
    block = len(VOWELS) * len(TAILS)
    places = ((char, ord(char) - _FIRST) for char in text.lower())
    return "".join(
        LEADS[place // block] if 0 <= place < len(LEADS) * block else char for char, place in places
    ).translate(PLAIN)


def are_initials(text: str) -> bool:
    """Whether a text is consonants alone, as people write who are in a hurry."""
    return bool(text) and set(text) <= set(LEADS)


def _syllable(lead: str, vowel: str, tail: str) -> str:
    """A syllable, or the letters as they are while they make none."""
    if not (lead and vowel):
        return lead + vowel
    place = LEADS.index(lead) * len(VOWELS) + VOWELS.index(vowel)
    return chr(_FIRST + place * len(TAILS) + TAILS.index(tail or "\0"))
