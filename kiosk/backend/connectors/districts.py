"""The 25 districts of Seoul: name to the code of the Ministry of the Interior (MOIS)."""

# MOIS code, code of Statistics Korea (KOSTAT), name, name in English
DISTRICTS = (
    ("11110", "11010", "종로구", "Jongno-gu"),
    ("11140", "11020", "중구", "Jung-gu"),
    ("11170", "11030", "용산구", "Yongsan-gu"),
    ("11200", "11040", "성동구", "Seongdong-gu"),
    ("11215", "11050", "광진구", "Gwangjin-gu"),
    ("11230", "11060", "동대문구", "Dongdaemun-gu"),
    ("11260", "11070", "중랑구", "Jungnang-gu"),
    ("11290", "11080", "성북구", "Seongbuk-gu"),
    ("11305", "11090", "강북구", "Gangbuk-gu"),
    ("11320", "11100", "도봉구", "Dobong-gu"),
    ("11350", "11110", "노원구", "Nowon-gu"),
    ("11380", "11120", "은평구", "Eunpyeong-gu"),
    ("11410", "11130", "서대문구", "Seodaemun-gu"),
    ("11440", "11140", "마포구", "Mapo-gu"),
    ("11470", "11150", "양천구", "Yangcheon-gu"),
    ("11500", "11160", "강서구", "Gangseo-gu"),
    ("11530", "11170", "구로구", "Guro-gu"),
    ("11545", "11180", "금천구", "Geumcheon-gu"),
    ("11560", "11190", "영등포구", "Yeongdeungpo-gu"),
    ("11590", "11200", "동작구", "Dongjak-gu"),
    ("11620", "11210", "관악구", "Gwanak-gu"),
    ("11650", "11220", "서초구", "Seocho-gu"),
    ("11680", "11230", "강남구", "Gangnam-gu"),
    ("11710", "11240", "송파구", "Songpa-gu"),
    ("11740", "11250", "강동구", "Gangdong-gu"),
)
SEOUL = "11"
SEOUL_NAMES = frozenset({"서울", "서울시", "서울특별시", "Seoul"})
SHARED_NAMES = frozenset({"중구", "강서구"})  # Busan and others have districts of these names too
BY_NAME = {name: mois for mois, _, korean, english in DISTRICTS for name in (korean, english)}
BY_KOSTAT = {kostat: mois for mois, kostat, _, _ in DISTRICTS}
MOIS_CODES = frozenset(mois for mois, _, _, _ in DISTRICTS)


def district_code(name: str, *, seoul: bool) -> str | None:
    """The MOIS code of a district by its name; None when it is none.

    seoul: is it known that the name stands for a place in Seoul? Where it is not, names that
    other cities have too give None.
    """
    name = name.strip()
    if name in SHARED_NAMES and not seoul:
        return None
    return BY_NAME.get(name)
