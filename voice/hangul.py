"""Korean text made comparable: one spelling for what sounds the same, then its sounds one by one.

`normalise` makes spacing, punctuation, letter case, full-width forms and the two Unicode forms of
Hangul (composed, decomposed) disappear, and writes numbers and Latin letters as they are spoken.
`jamo` cuts syllables into their sounds, so that one wrong vowel costs one sound and not a syllable.
"""

import re
import unicodedata
from functools import lru_cache

from voice.numbers import sino_korean

_FIRST, _LAST = 0xAC00, 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"

_LETTERS = """
a에이 b비 c씨 d디 e이 f에프 g지 h에이치 i아이 j제이 k케이 l엘 m엠 n엔 o오 p피 q큐 r알 s에스
t티 u유 v비 w더블유 x엑스 y와이 z지
"""
LETTER_NAMES = {entry[0]: entry[1:] for entry in _LETTERS.split()}

_NUMBER = re.compile(r"\d+")
_LETTER = re.compile(r"[a-z]")


def readable(text: str) -> str:
    """The text in its compatible composed form (full-width letters are plain ones), with single
    spaces, and with U+FFFD for what is no character (half of a surrogate pair)."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(unicodedata.normalize("NFKC", whole).split())


def normalise(text: str, *, spell_out: bool = True) -> str:
    """Letters and digits only, lower case, composed, without spaces.

    With `spell_out` (Korean), digits and Latin letters are written as they are read:
    "CCTV 9개" -> "씨씨티비구개". Applying it twice changes nothing.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    # NFKC can yield letters that lower() or composing changes again (rare signs): settle them
    plain = unicodedata.normalize("NFKC", plain)
    plain = plain.replace("%", "퍼센트" if spell_out else " percent ")
    kept = "".join(c if c.isalnum() else " " for c in plain)
    if spell_out:
        kept = _NUMBER.sub(lambda found: sino_korean(found.group()), kept)
        kept = _LETTER.sub(lambda found: LETTER_NAMES[found.group()], kept)
    # A sign that is read as a syllable may take the final consonant after it.
    return unicodedata.normalize("NFC", "".join(kept.split()))


@lru_cache(maxsize=16_384)  # all syllables and more: each is asked for by thousands of phrases
def split_syllable(char: str) -> tuple[str, str, str]:
    """(initial, vowel, final or ""); a character that is no syllable is (itself, "", "")."""
    code = ord(char)
    if not _FIRST <= code <= _LAST:
        return char, "", ""
    initial, rest = divmod(code - _FIRST, 588)
    vowel, final = divmod(rest, 28)
    return _INITIALS[initial], _VOWELS[vowel], _FINALS[final].strip()


def jamo(text: str) -> str:
    """Every Hangul syllable as its two or three sounds; the silent initial ㅇ is left out."""
    parts: list[str] = []
    for char in text:
        initial, vowel, final = split_syllable(char)
        parts.append((initial if initial != "ㅇ" or not vowel else "") + vowel + final)
    return "".join(parts)


def is_hangul(text: str) -> bool:
    """Whether every character is a whole Hangul syllable."""
    return all(_FIRST <= ord(char) <= _LAST for char in text)
