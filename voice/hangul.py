"""Korean text made comparable: one spelling for what sounds the same, then its sounds one by one.

`normalise` makes spacing, punctuation, letter case, full-width forms and the two Unicode forms of
Hangul (composed, decomposed) disappear, and writes numbers and Latin letters as they are spoken.
`jamo` cuts syllables into their sounds, so that one wrong vowel costs one sound and not a syllable.
"""

import re
import unicodedata

from voice.numbers import sino_korean

_FIRST, _LAST = 0xAC00, 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"

LETTER_NAMES = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 에스 티 유 비 "
        "더블유 엑스 와이 지".split(),
        strict=True,
    )
)

_NUMBER = re.compile(r"\d+")
_LETTER = re.compile(r"[a-z]")


def normalise(text: str, *, spell_out: bool = True) -> str:
    """Letters and digits only, lower case, composed, without spaces.

    With `spell_out` (Korean), digits and Latin letters are written as they are read:
    "CCTV 9개" -> "씨씨티비구개". Applying it twice changes nothing.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    # NFKC can yield letters that lower() or composing changes again (rare signs): settle them
    plain = unicodedata.normalize("NFKC", plain)
    kept = "".join(c if c.isalnum() else " " for c in plain)
    if spell_out:
        kept = _NUMBER.sub(lambda found: sino_korean(found.group()), kept)
        kept = _LETTER.sub(lambda found: LETTER_NAMES[found.group()], kept)
    return "".join(kept.split())


def jamo(text: str) -> str:
    """Every Hangul syllable as its two or three sounds; the silent initial ㅇ is left out."""
    sounds: list[str] = []
    for char in text:
        code = ord(char)
        if not _FIRST <= code <= _LAST:
            sounds.append(char)
            continue
        initial, rest = divmod(code - _FIRST, 588)
        vowel, final = divmod(rest, 28)
        if _INITIALS[initial] != "ㅇ":
            sounds.append(_INITIALS[initial])
        sounds.append(_VOWELS[vowel])
        if final:
            sounds.append(_FINALS[final])
    return "".join(sounds)


def is_hangul(text: str) -> bool:
    return all(_FIRST <= ord(c) <= _LAST for c in text)
