"""How many people are at a hot spot now and in the hours to come: `citydata_ppltn`."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Item, Place
from kiosk.backend.connectors.row import Row, RowRejected
from kiosk.backend.connectors.seoul.hotspot import Area, hotspot_connector
from kiosk.backend.connectors.seoul.table import Subject, figure, observe, word

NOW = (
    word("AREA_CONGEST_LVL", "people.level"),
    word("AREA_CONGEST_MSG", "people.message"),
    figure("AREA_PPLTN_MIN", "people.min", "person"),
    figure("AREA_PPLTN_MAX", "people.max", "person"),
    figure("MALE_PPLTN_RATE", "people.share", "%", high=100, sex="male"),
    figure("FEMALE_PPLTN_RATE", "people.share", "%", high=100, sex="female"),
    *(
        figure(f"PPLTN_RATE_{age}", "people.share", "%", high=100, age=f"{age}-{age + 9}")
        for age in range(0, 70, 10)
    ),
    figure("PPLTN_RATE_70", "people.share", "%", high=100, age="70+"),
    figure("RESNT_PPLTN_RATE", "people.share.resident", "%", high=100),
    figure("NON_RESNT_PPLTN_RATE", "people.share.visitor", "%", high=100),
)
LATER = (
    word("FCST_CONGEST_LVL", "people.level"),
    figure("FCST_PPLTN_MIN", "people.min", "person"),
    figure("FCST_PPLTN_MAX", "people.max", "person"),
)


def read_place(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """The hot spot itself; the services give no coordinates."""
    yield Place(id=f"hotspot/{area.identity}", kind="hotspot", place=area.identity, name=area.name)


def read_now(row: Row, area: Area, _parent: Row) -> Iterator[Item]:
    """The people who are there; what the source has filled in itself is an estimate."""
    subject = area.subject(moment(row.text("PPLTN_TIME")))
    if row.text("REPLACE_YN") == "Y":
        subject = replace(subject, quality="estimated", note="대체 데이터")
    return observe(row, NOW, subject)


def read_later(row: Row, area: Area, parent: Row) -> Iterator[Item]:
    """The people who are expected in an hour to come. Raises RowRejected without an hour.

    FCST_YN says only whether there are such rows.
    """
    issued = moment(parent.text("PPLTN_TIME")) or area.received
    return observe(row, LATER, forecast(area, row.need("FCST_TIME"), issued))


def forecast(area: Area, hour: str, issued: str | None) -> Subject:
    """For the figures of an hour to come. Raises RowRejected when `hour` is no time."""
    time = moment(hour)
    if time is None:
        raise RowRejected(f"no time: {hour[:40]!a}")
    subject = area.subject(time)
    return replace(
        subject,
        id=f"{subject.id}/forecast",
        quality="estimated",
        note="forecast",
        issued=issued,
        period="hour",
    )


CONNECTOR = hotspot_connector(
    "citydata_ppltn",
    "실시간 인구데이터",
    (("", read_place), ("", read_now), ("FCST_PPLTN", read_later)),
)
