"""Numbers as Korean says them: 9 is "구" when read, "아홉" when counted."""

_DIGITS = "영일이삼사오육칠팔구"
_UNITS = ("", "십", "백", "천")
_NATIVE_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_COUNTING = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")


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


def native_korean(number: int, *, counting: bool = False) -> str:
    """1..99 as "하나, 둘 ... 아흔아홉"; `counting` gives the form before a unit ("네 개")."""
    if not 1 <= number <= 99:
        raise ValueError(f"native Korean numbers run from 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    if number == 20 and counting:
        return "스무"
    return _NATIVE_TENS[tens] + (_NATIVE_COUNTING if counting else _NATIVE_ONES)[ones]
