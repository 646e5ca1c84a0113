"""The 25 districts of Seoul: name to the code of the Ministry of the Interior (MOIS)."""

import re

from kiosk.pack import here

# MOIS code, name, name in English
DISTRICTS = (
    ("11110", "종로구", "Jongno-gu"),
    ("11140", "중구", "Jung-gu"),
    ("11170", "용산구", "Yongsan-gu"),
    ("11200", "성동구", "Seongdong-gu"),
    ("11215", "광진구", "Gwangjin-gu"),
    ("11230", "동대문구", "Dongdaemun-gu"),
    ("11260", "중랑구", "Jungnang-gu"),
    ("11290", "성북구", "Seongbuk-gu"),
    ("11305", "강북구", "Gangbuk-gu"),
    ("11320", "도봉구", "Dobong-gu"),
    ("11350", "노원구", "Nowon-gu"),
    ("11380", "은평구", "Eunpyeong-gu"),
    ("11410", "서대문구", "Seodaemun-gu"),
    ("11440", "마포구", "Mapo-gu"),
    ("11470", "양천구", "Yangcheon-gu"),
    ("11500", "강서구", "Gangseo-gu"),
    ("11530", "구로구", "Guro-gu"),
    ("11545", "금천구", "Geumcheon-gu"),
    ("11560", "영등포구", "Yeongdeungpo-gu"),
    ("11590", "동작구", "Dongjak-gu"),
    ("11620", "관악구", "Gwanak-gu"),
    ("11650", "서초구", "Seocho-gu"),
    ("11680", "강남구", "Gangnam-gu"),
    ("11710", "송파구", "Songpa-gu"),
    ("11740", "강동구", "Gangdong-gu"),
)
SEOUL = "11"
SEOUL_NAMES = frozenset({"서울", "서울시", "서울특별시", "Seoul"})
SHARED_NAMES = frozenset({"중구", "강서구"})  # Busan and others have districts of these names too
BY_NAME = {name: code for code, korean, english in DISTRICTS for name in (korean, english)}
MOIS_CODES = frozenset(code for code, _, _ in DISTRICTS)

CODE_LENGTHS = (10, 8, 5)  # neighbourhood, the same without its last two digits, district


def code_of(word: str) -> str | None:
    """A MOIS code of Seoul, 5, 8 or 10 digits; of a district 5 of its 10. None for all else.

    Five digits may be a KOSTAT code that another district has as its MOIS code: ask for all the
    codes of a table before believing one.
    """
    known = len(word) in CODE_LENGTHS and word.isascii() and word.isdigit()
    if not known or word[:5] not in MOIS_CODES:
        return None
    return word[:5] if word.endswith("00000") else word


def own_code(word: str) -> str | None:
    """A code of this city's areas as its pack has them, or one of MOIS; None for all else."""
    pack = here()
    if word.startswith(pack.codes) and any(re.fullmatch(level.code, word) for level in pack.level):
        return word
    return code_of(word)


def district_code(name: str, *, seoul: bool) -> str | None:
    """The MOIS code of a district by its name; None when it is none.

    seoul: is it known that the name stands for a place in Seoul? Where it is not, names that
    other cities have too give None.
    """
    name = name.strip()
    if name in SHARED_NAMES and not seoul:
        return None
    return BY_NAME.get(name)
