"""Numbers as they are said: digits to Korean words, and Korean and English words to numbers.

Korean has two readings: Sino-Korean (일, 이, 삼: dates, numbers of things, percentages) and native
(하나/한, 둘/두: how many). Both are read wherever a number may stand. All texts here are normalised
(see `voice.hangul.normalise`): no spaces, and in Korean no digits.
"""

_DIGITS = "영일이삼사오육칠팔구"
_UNITS = ("", "십", "백", "천")
_UNIT_VALUES = {"십": 10, "백": 100, "천": 1000}
_NATIVE_TENS = {
    **{"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50},
    **{"예순": 60, "일흔": 70, "여든": 80, "아흔": 90},
}
_NATIVE_ONES = {
    **{"하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4},
    **{"다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9},
}
_ENGLISH_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *(
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ),
)
_ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ENGLISH = {word: value for value, word in enumerate(_ENGLISH_SMALL)} | {
    word: 10 * (place + 2) for place, word in enumerate(_ENGLISH_TENS)
}
_NTH = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
ENGLISH_ORDINALS = {word: place for place, word in enumerate(_NTH, start=1)}


def _any_of(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


SINO = r"[영공일이삼사오육칠팔구십백천]+"
NATIVE = rf"(?:(?:{_any_of(_NATIVE_TENS)})(?:{_any_of(_NATIVE_ONES)})?|{_any_of(_NATIVE_ONES)})"
ENGLISH = (
    rf"(?:\d+|(?:{_any_of(_ENGLISH_TENS)})(?:{_any_of(_ENGLISH_SMALL[1:10])})?"
    rf"|{_any_of(_ENGLISH_SMALL)})"
)


def sino_korean(digits: str) -> str:
    """ "119" -> "백십구"; a leading zero or more than four digits are read one by one."""
    plain = "".join(str(int(d)) for d in digits if d.isdecimal())
    if not plain:
        return digits
    if len(plain) > len(_UNITS) or (plain[0] == "0" and len(plain) > 1):
        return one_by_one(plain)
    if plain == "0":
        return _DIGITS[0]
    said = ""
    for place, digit in zip(range(len(plain) - 1, -1, -1), map(int, plain), strict=True):
        if digit:
            # 일 is silent before 십, 백, 천
            said += (_DIGITS[digit] if digit > 1 or place == 0 else "") + _UNITS[place]
    return said


def one_by_one(digits: str) -> str:
    """ "119" -> "일일구"."""
    return "".join(_DIGITS[int(d)] for d in digits)


def readings(digits: str) -> tuple[str, ...]:
    """The ways to read a number in Korean: 119 -> 백십구, 일일구; 3 -> 삼, 세."""
    ways = [sino_korean(digits), one_by_one(digits)]
    if 1 <= int(digits) <= 99:
        ways.append(native_korean(int(digits)))
    return tuple(dict.fromkeys(ways))


def native_korean(number: int) -> str:
    """How many (1..99), as it stands before what is counted: 5 -> "다섯", 21 -> "스물한"."""
    tens, ones = divmod(number, 10)
    if number == 20:
        return "스무"
    ten = next((word for word, value in _NATIVE_TENS.items() if value == 10 * tens), "")
    before = {1: "한", 2: "두", 3: "세", 4: "네"}
    one = before.get(ones) or next((w for w, v in _NATIVE_ONES.items() if v == ones), "")
    return ten + one


def read_sino(said: str) -> int | None:
    """ "이천이십사", "이공이사" -> 2024; None for what is no number (십이백)."""
    said = said.replace("공", "영")
    if said and all(char in _DIGITS for char in said):
        return int("".join(str(_DIGITS.index(char)) for char in said))
    number, digit, last_unit = 0, 0, 10_000
    for char in said:
        if char in _UNIT_VALUES:
            unit = _UNIT_VALUES[char]
            if unit >= last_unit:
                return None
            number += (digit or 1) * unit
            digit, last_unit = 0, unit
        elif digit or last_unit == 1 or char == "영":
            return None
        else:
            digit = _DIGITS.index(char)
    return number + digit if said else None


def read_native(said: str) -> int | None:
    """ "열두", "스물하나" -> 12, 21."""
    for ten, value in _NATIVE_TENS.items():
        if said == ten:
            return value
        if said.startswith(ten) and said[len(ten) :] in _NATIVE_ONES:
            return value + _NATIVE_ONES[said[len(ten) :]]
    return _NATIVE_ONES.get(said)


def read_english(said: str) -> int | None:
    """ "twentyfive", "25" -> 25."""
    if said.isdecimal():
        return int(said)
    for ten in _ENGLISH_TENS:
        rest = said.removeprefix(ten)
        if rest != said and rest in _ENGLISH_SMALL[1:10]:
            return _ENGLISH[ten] + _ENGLISH[rest]
    return _ENGLISH.get(said)


def read_korean(said: str) -> int | None:
    """Either reading."""
    sino = read_sino(said) if all(c in "영공일이삼사오육칠팔구십백천" for c in said) else None
    return sino if sino is not None else read_native(said)
