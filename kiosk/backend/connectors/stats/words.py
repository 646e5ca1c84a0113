"""Words of statistics that mean the same in every table: units, totals, sexes, ages."""

import re

from kiosk.backend.connectors.districts import SEOUL, SEOUL_NAMES, district_code
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
_AGE = re.compile(r"\d{1,3}\s*(?:세\s*)?[~\-]\s*\d{1,3}\s*세|\d{1,3}\s*세(?:\s*(?:이상|미만))?")
_UNIT_BEHIND = re.compile(r"(.+?)\s*[(\[]\s*(?:단위\s*[:：]\s*)?([^()\[\]]{1,10})\s*[)\]]")
_UNIT_LINE = re.compile(r"단위\s*[:：]?\s*([^\s,)\]/]{1,10})")


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
    """`(단위 : 대, '24.12.31. 기준)` says that all figures below count 대."""
    match = _UNIT_LINE.search(line)
    return unit(match[1]) if match else None


def split_percent(word: str) -> tuple[str, str | None]:
    """`35.5%` is ("35.5", "%")."""
    return (word[:-1].rstrip(), "%") if word.endswith("%") else (word, None)


def is_age(word: str) -> bool:
    """`65세 이상`, `0~4세`."""
    return _AGE.fullmatch(word) is not None


def squeezed(word: str) -> str:
    """Without the blanks that tables put between letters: `중 구` is 중구, `총 계` 총계."""
    return "".join(word.split()) if any("가" <= letter <= "힣" for letter in word) else word


def area_code(word: str, *, seoul: bool = True) -> str | None:
    """The MOIS code of a district's name, 11 for a total or Seoul itself; None for all else."""
    word = squeezed(word)
    if word in TOTALS or word in SEOUL_NAMES:
        return SEOUL
    return district_code(word, seoul=seoul)
