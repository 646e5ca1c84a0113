"""Digits as Korean reads them."""

_DIGITS = "영일이삼사오육칠팔구"
_UNITS = ("", "십", "백", "천")


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
