"""Living population by hour and neighbourhood or district, and by day and district.

28 columns of sex and age stand beside the total; the oldest column is called F70T74 and holds all
from 70 on. Figures of few people are withheld ("*"): they have no value. Foreigners are counted
apart by the length of their stay: all of them, the Chinese, and the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Observation, Parsed, Sex
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows
from kiosk.backend.connectors.seoul.envelope import rows_of
from kiosk.backend.connectors.seoul.table import Column, Period, Subject, figure, observe

FIVES = tuple((first, first + 4) for first in range(10, 75, 5))
AGES = ((0, 9), *FIVES)
OLDEST = 70
SEXES: tuple[Sex, ...] = ("male", "female")
LIVING = "population.living"
TOTAL = figure("TOT_LVPOP_CO", LIVING, "person")


def _group(sex: Sex, first: int, last: int) -> Column:
    age = f"{first}+" if first == OLDEST else f"{first}-{last}"
    names = f"{sex.upper()}_F{first}T{last}_LVPOP_CO"
    return figure(names, LIVING, "person", sex=sex, age=age)


HOURLY = (TOTAL, *(_group(sex, *ages) for sex in SEXES for ages in AGES))
DAILY = (
    TOTAL,
    figure("DAY_LVPOP_CO", "population.living.day", "person"),
    figure("NIGHT_LVPOP_CO", "population.living.night", "person"),
    figure("DAIL_MXMM_LVPOP_CO", "population.living.most", "person"),
    figure("DAIL_MUMM_LVPOP_CO", "population.living.least", "person"),
    figure("LVPOP_CO", "population.living.korean", "person"),
    figure("LNGTR_STAY_FRGNR_CO", "population.living.foreign_long_stay", "person"),
    figure("SRTPD_STAY_FRGNR_CO", "population.living.foreign_short_stay", "person"),
    figure("DAIL_MXMM_MVMN_LVPOP_CO", "population.moving.most", "person"),
    figure("SU_ELSE_INFLOW_LVPOP_CO", "population.moving.from_outside", "person"),
    figure("SAM_ADSTRD_MVMN_LVPOP_CO", "population.moving.same_neighbourhood", "person"),
    figure("SAM_SIGNGU_MVMN_LVPOP_CO", "population.moving.same_district", "person"),
    figure("SIGNGU_MVMN_LVPOP_CO", "population.moving.between_districts", "person"),
)


@dataclass(frozen=True, slots=True)
class _Living:
    """How a row of living population says where and when."""

    service: str
    code: str
    columns: tuple[Column, ...]
    period: Period

    def read(self, row: Row) -> Iterator[Observation]:
        place = row.need(self.code)
        time = self._time(row)
        subject = Subject(f"{self.service}/{place}", place, row.text("SIGNGU_NM"), time)
        yield from observe(row, self.columns, replace(subject, period=self.period))

    def _time(self, row: Row) -> str:
        day = row.need("STDR_DE_ID")
        hour = row.need("TMZON_PD_SE").zfill(2) + "00" if self.period == "hour" else ""
        time = moment(day + hour)
        if time is None:
            raise RowRejected(f"no time: {(day + ' ' + hour)[:40]!a}")
        return time

    def parse(self, raw: bytes, _context: Context) -> Parsed:
        return read_rows(rows_of(raw, self.service), self.read)


def _connector(
    service: str, title: str, code: str, columns: tuple[Column, ...], period: Period
) -> Connector:
    return Connector(service, title, _Living(service, code, columns, period).parse)


def _foreign(stay: str) -> tuple[Column, ...]:
    kind = f"{LIVING}.foreign_{stay}_stay"
    return (
        figure("TOT_LVPOP_CO", kind, "person"),
        figure("CHINA_STAYPOP_CO", f"{kind}.chinese", "person"),
        figure("ETC_STAYPOP_CO OTHER_STAYPOP_CO", f"{kind}.others", "person"),
    )


FOREIGN = (("LONG", "장기체류", _foreign("long")), ("TEMP", "단기체류", _foreign("short")))
AREAS = (("DONG", "행정동"), ("JACHI", "자치구"))

CONNECTORS = (
    *(
        _connector(
            f"SPOP_FORN_{stay}_RESD_{area}",
            f"{areas} 단위 생활인구({stays} 외국인)",
            "ADSTRD_CODE_SE",
            columns,
            "hour",
        )
        for stay, stays, columns in FOREIGN
        for area, areas in AREAS
    ),
    _connector(
        "SPOP_LOCAL_RESD_DONG", "행정동 단위 생활인구(내국인)", "ADSTRD_CODE_SE", HOURLY, "hour"
    ),
    _connector(
        "SPOP_LOCAL_RESD_JACHI", "자치구 단위 생활인구(내국인)", "ADSTRD_CODE_SE", HOURLY, "hour"
    ),
    _connector(
        "SPOP_DAILYSUM_JACHI", "자치구 단위 생활인구 일별 집계", "SIGNGU_CODE_SE", DAILY, "day"
    ),
)
