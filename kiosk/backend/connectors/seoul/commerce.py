"""Card payments at a hot spot, in all and by line of business: `citydata_cmrcl`.

Amounts are those of one card company's customers in the last ten minutes, as the source says.
"""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Item
from kiosk.backend.connectors.row import Row
from kiosk.backend.connectors.seoul.hotspot import Area, hotspot_connector
from kiosk.backend.connectors.seoul.people import read_place
from kiosk.backend.connectors.seoul.table import figure, observe, word

AGES = {"10": "0-19", "20": "20-29", "30": "30-39", "40": "40-49", "50": "50-59", "60": "60+"}
AREA = (
    word("AREA_CMRCL_LVL", "commerce.level"),
    figure("AREA_SH_PAYMENT_CNT", "commerce.payments"),
    figure("AREA_SH_PAYMENT_AMT_MIN", "commerce.amount.min", "KRW"),
    figure("AREA_SH_PAYMENT_AMT_MAX", "commerce.amount.max", "KRW"),
    figure("CMRCL_MALE_RATE", "commerce.share", "%", high=100, sex="male"),
    figure("CMRCL_FEMALE_RATE", "commerce.share", "%", high=100, sex="female"),
    *(
        figure(f"CMRCL_{key}_RATE", "commerce.share", "%", high=100, age=age)
        for key, age in AGES.items()
    ),
    figure("CMRCL_PERSONAL_RATE", "commerce.share.personal", "%", high=100),
    figure("CMRCL_CORPORATION_RATE", "commerce.share.corporate", "%", high=100),
)
BUSINESS = (
    word("RSB_PAYMENT_LVL", "commerce.level"),
    figure("RSB_SH_PAYMENT_CNT", "commerce.payments"),
    figure("RSB_SH_PAYMENT_AMT_MIN", "commerce.amount.min", "KRW"),
    figure("RSB_SH_PAYMENT_AMT_MAX", "commerce.amount.max", "KRW"),
    figure("RSB_MCT_CNT", "commerce.shops"),
    word("RSB_MCT_TIME", "commerce.shops.as_of"),
)


def read_area(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """Payments at the hot spot as a whole."""
    return observe(row, AREA, area.subject(moment(row.text("CMRCL_TIME"))))


def read_business(row: Row, area: Area, parent: Row) -> Iterator[Item]:
    """Payments in one line of business. Raises RowRejected when it isn't named."""
    line = row.need("RSB_MID_CTGR", "RSB_LRG_CTGR")
    subject = area.subject(moment(parent.text("CMRCL_TIME")))
    return observe(row, BUSINESS, replace(subject, id=f"{subject.id}/{line}", name=line))


BLOCKS = (("LIVE_CMRCL_STTS", read_area), ("LIVE_CMRCL_STTS/CMRCL_RSB", read_business))
CONNECTOR = hotspot_connector("citydata_cmrcl", "실시간 상권현황", (("", read_place), *BLOCKS))
