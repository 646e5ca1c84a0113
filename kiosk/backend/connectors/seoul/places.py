"""Wi-Fi points, parks, cultural events and bookable services: places with what they offer."""

from kiosk.backend.connectors.seoul.table import Table, table_connector

WIFI = Table(
    identity=("X_SWIFI_MGR_NO",),
    kind="wifi.point",
    name="X_SWIFI_MAIN_NM",
    time="WORK_DTTM",
    lat="LAT",
    lon="LNT",
    address="X_SWIFI_ADRES1",
    texts={
        "address_detail": "X_SWIFI_ADRES2",
        "district": "X_SWIFI_WRDOFC",
        "floor": "X_SWIFI_INSTL_FLOOR",
        "site": "X_SWIFI_INSTL_TY",
        "installed_by": "X_SWIFI_INSTL_MBY",
        "service": "X_SWIFI_SVC_SE",
        "network": "X_SWIFI_CMCWR",
        "year": "X_SWIFI_CNSTC_YEAR",
        "in_or_out": "X_SWIFI_INOUT_DOOR",
        "remarks": "X_SWIFI_REMARS3",
    },
)

PARKS = Table(
    identity=("SN P_IDX",),
    kind="park",
    name="PARK_NM P_PARK",
    lat="YCRD LATITUDE",
    lon="XCRD LONGITUDE",
    address="PARK_ADDR P_ADDR",
    phone="TELNO P_ADMINTEL",
    texts={
        "outline": "PARK_OTLN P_LIST_CONTENT",
        "area": "AREA",
        "opened": "OPEN_YMD OPEN_DT",
        "facilities": "MAIN_FCLT MAIN_EQUIP",
        "plants": "MAIN_PLNT MAIN_PLANTS",
        "guide": "GD_DOC GUIDANCE",
        "way_there": "VST_ROAD VISIT_ROAD",
        "use": "UTZTN_REF USE_REFER",
        "image": "IMG P_IMG",
        "district": "RGN P_ZONE",
        "managed_by": "MNG_DEPT P_NAME",
        "url": "URL TEMPLATE_URL",
    },
)

EVENTS = Table(
    identity=("TITLE", "DATE STRTDATE", "PLACE GUNAME"),
    kind="event",
    name="TITLE",
    time="STRTDATE",
    lat="LAT",
    lon="LOT",
    texts={
        "category": "CODENAME",
        "district": "GUNAME",
        "days": "DATE",
        "site": "PLACE",
        "organiser": "ORG_NAME",
        "for": "USE_TRGT",
        "fee": "USE_FEE",
        "free": "IS_FREE",
        "inquiry": "INQUIRY",
        "performers": "PLAYER",
        "programme": "PROGRAM",
        "description": "ETC_DESC",
        "begins": "STRTDATE",
        "ends": "END_DATE",
        "at": "PRO_TIME",
        "theme": "THEMECODE",
        "applied_by": "TICKET",
        "registered": "RGSTDATE",
        "url": "ORG_LINK HMPG_ADDR",
        "image": "MAIN_IMG",
    },
)

RESERVATIONS = Table(
    identity=("SVCID",),
    kind="reservation",
    name="SVCNM",
    value="SVCSTATNM",
    lat="Y",
    lon="X",
    address="PLACENM",
    phone="TELNO",
    texts={
        "group": "GUBUN",
        "category": "MAXCLASSNM",
        "subcategory": "MINCLASSNM",
        "fee": "PAYATNM",
        "for": "USETGTINFO",
        "url": "SVCURL",
        "district": "AREANM",
        "opens": "SVCOPNBGNDT",
        "closes": "SVCOPNENDDT",
        "reception_opens": "RCPTBGNDT",
        "reception_closes": "RCPTENDDT",
        "from": "V_MIN",
        "to": "V_MAX",
        "cancel_by": "REVSTDDAYNM",
        "image": "IMGURL",
        "description": "DTLCONT",
    },
    numbers={"cancel_days": "REVSTDDAY"},
)
RESERVATION_SERVICES = {
    "Institution": "공간시설",
    "Sport": "체육시설",
    "Culture": "문화체험",
    "Education": "교육강좌",
    "Medical": "진료복지",
}

CONNECTORS = (
    table_connector("TbPublicWifiInfo", "공공와이파이 위치정보", WIFI),
    table_connector("SearchParkInfoService", "주요 공원현황", PARKS),
    table_connector("culturalEventInfo", "문화행사 정보", EVENTS),
    *(
        table_connector(f"ListPublicReservation{name}", f"공공서비스예약: {title}", RESERVATIONS)
        for name, title in RESERVATION_SERVICES.items()
    ),
)
