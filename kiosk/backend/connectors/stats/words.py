"""Words of statistics that mean the same in every table: units, totals, sexes, ages."""

import re

from kiosk.backend.connectors.districts import SEOUL, SEOUL_NAMES, code_of, district_code
from kiosk.backend.connectors.normal import Sex

UNITS = {
    "명": "person",
    "인": "person",
    "세대": "household",
    "가구": "household",
    "건": "",
    "개": "",
    "개소": "",
    "대": "",
    "원": "KRW",
    "㎡": "m2",
    "㎢": "km2",
    "톤": "t",
}
TOTALS = frozenset({"합계", "소계", "계", "총계", "전체"})
SEXES: dict[str, Sex] = {"남": "male", "남자": "male", "여": "female", "여자": "female"}
# 서울특별시 종로구 (1111000000), as the Ministry of the Interior writes areas
_CODED = re.compile(r"(.*?)\s*\((\d{10})\)")
_KOREAN = re.compile(r"[가-힣]")
_NEGATIVE = re.compile(r"[△▵]\s*(?=\d)")  # the minus of Korean tables
_AGE = re.compile(r"\d{1,3}\s*(?:세\s*)?[~\-]\s*\d{1,3}\s*세|\d{1,3}\s*세(?:\s*(?:이상|미만))?")
_UNIT_BEHIND = re.compile(r"(.+?)\s*[(\[]\s*(?:단위\s*[:：]\s*)?([^()\[\]]{1,10})\s*[)\]]")
_UNIT_LINE = re.compile(r"단위\s*[:：]?\s*([^\s,)\]/]{1,10})(?:\s*[,/·]\s*([^\s,)\]/]{1,10}))?")


def unit(word: str) -> str:
    """The unit's short form; a word that is not in the table stays as given."""
    return UNITS.get(word.strip(), word.strip())


def split_unit(heading: str) -> tuple[str, str | None]:
    """`계 (명)` is ("계", "person"); a heading without a known unit keeps its brackets."""
    match = _UNIT_BEHIND.fullmatch(heading)
    if match and (match[2] in UNITS or match[2] == "%"):
        return match[1], unit(match[2])
    return heading, None


def unit_of_line(line: str) -> str | None:
    """`(단위 : 대, '24.12.31. 기준)` says that all figures below count 대; `(단위: 명, 건)` doesn't
    tell which figure is which."""
    match = _UNIT_LINE.search(line)
    several = match and (match[2] in UNITS or match[2] == "%")
    return unit(match[1]) if match and not several else None


def split_percent(word: str) -> tuple[str, str | None]:
    """`35.5%` is ("35.5", "%"), `△3` ("-3", None)."""
    word = _NEGATIVE.sub("-", word) if word.startswith(("△", "▵")) else word
    return (word[:-1].rstrip(), "%") if word.endswith("%") else (word, None)


def is_age(word: str) -> bool:
    """`65세 이상`, `0~4세`."""
    return _AGE.fullmatch(word) is not None


def squeezed(word: str) -> str:
    """Without the blanks that tables put between letters: `중 구` is 중구, `총 계` 총계."""
    return "".join(word.split()) if _KOREAN.search(word) else word


def area_code(word: str, *, seoul: bool = True) -> str | None:
    """The MOIS code of a district's name, 11 for Seoul itself; None for all else.

    seoul: the word stands in a table of Seoul, so that a total is Seoul and 중구 its district.
    """
    coded = _CODED.fullmatch(word)
    if coded and coded[2].startswith(SEOUL):
        return code_of(coded[2]) or SEOUL
    city, _, district = word.partition(" ")
    if city in SEOUL_NAMES and district:
        return district_code(district, seoul=True)
    word = squeezed(word)
    if word in SEOUL_NAMES or (seoul and word in TOTALS):
        return SEOUL
    return district_code(word, seoul=seoul)
