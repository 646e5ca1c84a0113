"""Figures inside a district: those of its neighbourhoods. No Qt."""

from typing import TYPE_CHECKING

from kiosk.panels.districts import DistrictFigures
from kiosk.panels.indicators.people import seen_as
from kiosk.wire.city import CITY_AREA, Indicator, Period, Source

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TOLD: tuple[Period, ...] = ("", "month", "year")


def outside(
    repositories: "Repositories", indicator: Indicator, source: Source | None
) -> DistrictFigures:
    """The newest figures of all districts with the city's as the whole: as the source tells them,
    else of months or years."""
    for told in TOLD:
        latest = repositories.by_district(indicator.id, period=told)
        if latest:
            break
    else:
        told = ""
    whole = repositories.latest([indicator.id]).get(indicator.id)
    if told:
        newest_ms = max(row.t_ms for row in latest.values())
        rows = repositories.series(indicator.id, period=told)
        whole = next((row for row in reversed(rows) if row.t_ms <= newest_ms), None)
    if whole is not None:
        latest = {**latest, CITY_AREA: whole}
    return DistrictFigures(seen_as(indicator, told), source, latest, {})


def inside(
    repositories: "Repositories",
    indicator: Indicator,
    source: Source | None,
    district: str,
    period: Period = "",
) -> DistrictFigures | None:
    """The newest figures of a district's neighbourhoods, with the district's own as the whole.

    They are of the period that is shown where there are such, else of what is told, the finest
    first; the indicator is seen as figures of that period are read. None where nothing is told by
    neighbourhood.
    """
    for told in dict.fromkeys((period, *TOLD)):
        latest = repositories.by_neighbourhood(indicator.id, district, period=told)
        if not latest:
            continue
        newest_ms = max(row.t_ms for row in latest.values())
        whole = repositories.by_district(indicator.id, period=told, until_ms=newest_ms)
        if district in whole:
            latest = {**latest, CITY_AREA: whole[district]}
        return DistrictFigures(seen_as(indicator, told), source, latest, {})
    return None
