"""What stands in the city's files and in the register, as rows for the kiosks."""

from collections.abc import Container, Iterator, Mapping

import msgspec

from kiosk.backend.borders import approximate, borders
from kiosk.backend.catalogue import City, IndicatorEntry, SourceEntry
from kiosk.backend.pull.declaration import Declaration
from kiosk.pack import here
from kiosk.pack.clock import date_ms
from kiosk.settings.model import DemoSettings
from kiosk.wire.city import Camera, District, Indicator, Observation, Source


def source_row(entry: SourceEntry, last_success_ms: int | None) -> Source:
    return Source(
        id=entry.id,
        name=entry.name,
        owner=entry.owner,
        contact=entry.contact,
        licence=entry.licence,
        url=entry.url,
        period_s=entry.period_s,
        last_success_ms=last_success_ms,
        simulated=entry.simulated or here().invented is not None,
        kinds=entry.kinds,
    )


def published_dates(city: City) -> dict[str, int]:
    """Source -> the newest date of what it has published."""
    dates: dict[str, int] = {}
    for figures in city.figures:
        newest = max(date_ms(date) for date in figures.dates)
        dates[figures.source] = max(newest, dates.get(figures.source, 0))
    return dates


def districts(city: City) -> Iterator[District]:
    rings, guessed = borders(city), approximate(city)
    for entry in city.districts:
        yield District(
            code=entry.code,
            name=entry.name,
            lat=entry.lat,
            lon=entry.lon,
            boundary=rings.get(entry.code, ()),
            approximate=guessed,
        )


def indicators(
    city: City, *, demo: bool, real: Mapping[str, Declaration], inner: Container[str] = ()
) -> Iterator[Indicator]:
    """Indicators with a source; `real` says which source of the register feeds one, `inner` of
    which there are figures by neighbourhood."""
    simulated = {s.id for s in city.sources if s.simulated}
    for order, entry in enumerate(city.indicators, 1):
        if demo or entry.source not in simulated or entry.id in real:
            row = _indicator(city, entry, order, real.get(entry.id))
            yield msgspec.structs.replace(row, inner=entry.id in inner)


def cameras(city: City, demo: DemoSettings) -> Iterator[Camera]:
    for entry in city.cameras[: demo.cameras]:
        yield Camera(
            id=entry.id,
            number=entry.number,
            name=entry.name,
            lat=entry.lat,
            lon=entry.lon,
            district=entry.district,
            kind=entry.kind,
            url=f"http://127.0.0.1:{demo.cameras_port}/camera/{entry.id}.mjpg",
            simulated=True,
            tags=entry.tags,
        )


def published(city: City) -> Iterator[Observation]:
    """The published figures; those of a city that does not exist are nobody's."""
    invented = city.pack.invented is not None
    for figures in city.figures:
        for area, values in figures.values.items():
            for date, value in zip(figures.dates, values, strict=True):
                yield Observation(
                    indicator=figures.indicator,
                    area=area,
                    t_ms=date_ms(date),
                    value=value,
                    simulated=invented,
                    provisional=figures.provisional,
                    note=figures.note,
                )


def _indicator(
    city: City, entry: IndicatorEntry, order: int, real: Declaration | None
) -> Indicator:
    theme = next(t for t in city.themes if t.id == entry.theme)
    source = real or next(s for s in city.sources if s.id == entry.source)
    period_s = entry.period_s
    if real is not None:
        feed = next(f for f in real.feeds if f.indicator == entry.id)
        period_s = feed.period_s or real.period_s
    return Indicator(
        id=entry.id,
        title=entry.title,
        unit=entry.unit,
        theme=theme.id,
        theme_title=theme.title,
        source_id=source.id,
        owner=source.owner,
        period_s=period_s,
        decimals=entry.decimals,
        order=order,
        headline=entry.headline,
        areas=entry.areas,
        goal=entry.goal,
        better=entry.better,
        alarm=entry.alarm,
        thresholds=entry.thresholds,
        history_s=entry.history_s,
        method=entry.method,
        licence=source.licence,
        sdg=entry.sdg,
        chosen=entry.chosen,
        rollup=entry.rollup,
        keep_s={**city.keep_s, **entry.keep} if entry.rollup else {},
    )
