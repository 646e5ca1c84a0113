"""How Korean is pronounced, roughly: what a recogniser confuses becomes the same.

Rules of the Standard Pronunciation (표준 발음법) that change which sound is heard across a
syllable border: liaison (13, 14), neutral finals (9), nasal assimilation (18, 19), ㄴ to ㄹ (20),
and ㅎ joining a stop (12). Plain, tense and aspirated consonants are one class, as are ㅐ/ㅔ and
ㅚ/ㅙ/ㅞ, which most Seoul speakers no longer tell apart.
"""

from voice.hangul import split_syllable

_INITIAL_CLASS = {
    char: sound
    for sound, chars in {
        "k": "ㄱㄲㅋ",
        "t": "ㄷㄸㅌ",
        "p": "ㅂㅃㅍ",
        "c": "ㅈㅉㅊ",
        "s": "ㅅㅆ",
        "n": "ㄴ",
        "r": "ㄹ",
        "m": "ㅁ",
        "h": "ㅎ",
        "": "ㅇ",
    }.items()
    for char in chars
}
_VOWEL_CLASS = {
    char: sound
    for sound, chars in {
        "a": "ㅏ",
        "e": "ㅐㅔ",
        "je": "ㅒㅖ",
        "ja": "ㅑ",
        "o": "ㅗ",
        "v": "ㅓ",
        "jv": "ㅕ",
        "jo": "ㅛ",
        "u": "ㅜ",
        "ju": "ㅠ",
        "i": "ㅣㅢ",
        "y": "ㅡ",
        "wa": "ㅘ",
        "we": "ㅚㅙㅞ",
        "wi": "ㅟ",
        "wv": "ㅝ",
    }.items()
    for char in chars
}
_FINAL_CLASS = {
    char: sound
    for sound, chars in {
        "k": "ㄱㄲㅋㄳㄺ",
        "t": "ㄷㅅㅆㅈㅊㅌㅎ",
        "p": "ㅂㅍㅄㄿ",
        "n": "ㄴㄵㄶ",
        "r": "ㄹㄼㄽㄾㅀ",
        "m": "ㅁㄻ",
        "N": "ㅇ",
    }.items()
    for char in chars
}
_DOUBLE_FINALS = {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": " ㄴ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": " ㄹ",
    "ㅄ": "ㅂㅅ",
    "ㅎ": " ㅇ",
}
_NASAL_BEFORE = {"k": ("N", "ㄴㅁㄹ"), "t": ("n", "ㄴㅁ"), "p": ("m", "ㄴㅁㄹ")}


def sounds(text: str) -> str:
    """The sounds of normalised text as a string of Latin letters; other characters stay."""
    syllables = [split_syllable(char) for char in text]
    heard: list[str] = []
    for index, (initial, vowel, final) in enumerate(syllables):
        if not vowel:
            heard.append(initial)
            continue
        after = syllables[index + 1] if index + 1 < len(syllables) else None
        ending = _FINAL_CLASS.get(final, "")
        if after is not None and after[1]:
            ending, after_initial = _across(final, ending, after[0])
            syllables[index + 1] = (after_initial, after[1], after[2])
        heard.append(_INITIAL_CLASS[initial] + _VOWEL_CLASS[vowel] + ending)
    return "".join(heard)


def _across(final: str, ending: str, initial: str) -> tuple[str, str]:
    """What the end of a syllable and the start of the next become together."""
    if initial == "ㅇ" and final not in ("", "ㅇ"):
        both = _DOUBLE_FINALS.get(final, " " + final)
        return _FINAL_CLASS.get(both[0], ""), both[1]
    if initial == "ㅎ" and ending in ("k", "t", "p"):
        return "", {"k": "ㅋ", "t": "ㅌ", "p": "ㅍ"}[ending]
    if ending in _NASAL_BEFORE and initial in _NASAL_BEFORE[ending][1]:
        nasal = _NASAL_BEFORE[ending][0]
        return nasal, "ㄴ" if initial == "ㄹ" else initial
    if ending == "n" and initial == "ㄹ":
        return "r", initial
    if ending == "r" and initial == "ㄴ":
        return ending, "ㄹ"
    if ending in ("m", "N") and initial == "ㄹ":
        return ending, "ㄴ"
    return ending, initial
