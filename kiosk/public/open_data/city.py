"""The city as JSON and CSV: what there is, its figures, and what they are worth."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import UNSET

from kiosk.public import model
from kiosk.public.context import PublicContext
from kiosk.public.open_data.endpoint import CATALOGUE_S, Asked, Endpoint, route
from kiosk.public.open_data.parameters import (
    Everything,
    OfArea,
    OfAreas,
    OfIndicator,
    OfItem,
    OfItems,
    OfLine,
    OfPeople,
    OfPlaces,
    OfTheme,
    Part,
)
from kiosk.public.open_data.problems import missing
from kiosk.wire.text import Text

T = TypeVar("T")


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some of what there is, in a lasting order. `total`: how many there are; `next` is the address
    of those that follow, None after the last."""

    rows: tuple[T, ...]
    total: int
    limit: int
    offset: int
    next: str | None = None


class Figures(msgspec.Struct, frozen=True):
    """Figures of one indicator, with what they are worth."""

    indicator: model.Indicator
    figures: tuple[model.Figure, ...]


class Kinds(msgspec.Struct, frozen=True):
    """Which kinds of items and of places are public, and which panels of the wall."""

    items: tuple[str, ...]
    places: tuple[str, ...]
    panels: tuple[str, ...]


def some(context: PublicContext, path: str, found: Sequence[T], asked: Any) -> Page[T]:
    """A part of what was found, with the way to the next one."""
    rows = tuple(found[asked.offset : asked.offset + asked.limit])
    after = asked.offset + asked.limit
    following = None
    if after < len(found):
        following = f"{context.url}{path}?{_query(asked, offset=after)}"
    return Page(rows, len(found), asked.limit, asked.offset, following)


def _query(asked: Asked, **changes: Any) -> str:
    given = msgspec.structs.asdict(asked) | changes
    return urlencode({name: value for name, value in given.items() if value is not UNSET})


def _paged(path: str, read: Callable[[PublicContext, Any], Sequence[Any]]) -> Any:
    return lambda context, asked: some(context, path, read(context, asked), asked)


def _indicator(context: PublicContext, asked: OfIndicator) -> model.Indicator:
    found = context.city.indicator(asked.indicator)
    if found is None:
        raise missing(Text("지표", "indicator"), asked.indicator)
    return found


def _readings(context: PublicContext, asked: OfTheme) -> Sequence[model.Reading]:
    every = context.city.readings()
    return tuple(r for r in every if asked.theme in (UNSET, r.indicator.theme))


def _series(context: PublicContext, asked: OfLine) -> model.Series:
    found = context.city.series(
        asked.indicator,
        asked.area,
        asked.since_ms,
        period=asked.period,
        sex=asked.sex,
        age=asked.age,
    )
    if found is None:
        raise missing(Text("시계열", "series"), f"{asked.indicator}, {asked.area}")
    return found


def _by_area(context: PublicContext, asked: OfAreas) -> Figures:
    found = context.city.by_area(
        asked.indicator,
        period=asked.period,
        sex=asked.sex,
        age=asked.age,
        until_ms=asked.until_ms or None,
    )
    return Figures(_indicator(context, asked), found)


def _people(context: PublicContext, asked: OfPeople) -> Figures:
    found = context.city.people(
        asked.indicator, asked.area, period=asked.period, until_ms=asked.until_ms or None
    )
    return Figures(_indicator(context, asked), found)


def _lines(context: PublicContext, asked: OfArea) -> tuple[model.Line, ...]:
    _indicator(context, asked)
    return context.city.lines(asked.indicator, asked.area)


def _items(context: PublicContext, asked: OfItems) -> Sequence[model.Item]:
    if asked.parent is not UNSET:
        found = context.city.children(asked.parent)
        return tuple(item for item in found if asked.kind in (UNSET, item.kind))
    return context.city.items(*([asked.kind] if asked.kind else []))


def _item(context: PublicContext, asked: OfItem) -> model.Item:
    found = context.city.item(asked.item)
    if found is None:
        raise missing(Text("항목", "item"), asked.item)
    return found


def _places(context: PublicContext, asked: OfPlaces) -> Sequence[model.Place]:
    kinds = (asked.kind,) if asked.kind else context.city.place_kinds()
    return tuple(p for kind in kinds for p in context.city.places(kind, asked.district or None))


def _complaints(context: PublicContext, _asked: Any) -> model.Complaints:
    found = context.city.complaints()
    if found is None:
        raise missing(Text("표", "table"), "complaints")
    return found


def _kinds(context: PublicContext, _asked: Any) -> Kinds:
    city = context.city
    return Kinds(city.item_kinds(), city.place_kinds(), city.panels())


def _rows(page: Page[Any]) -> Sequence[Any]:
    return page.rows


def _lined(found: Figures | model.Series) -> Sequence[model.Reading]:
    """A table says with each figure what it is and under which licence it may be used."""
    return [model.Reading(found.indicator, figure) for figure in found.figures]


ENDPOINTS = (
    Endpoint(
        "/api/city",
        "city",
        "Whose figures these are, and when the city's systems were last heard",
        Everything,
        model.City,
        lambda context, _asked: context.city.city(),
    ),
    Endpoint(
        "/api/indicators",
        "indicators",
        "What is measured: unit, method, source, licence",
        OfTheme,
        Page[model.Indicator],
        _paged("/api/indicators", lambda c, a: [r.indicator for r in _readings(c, a)]),
        rows=_rows,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        "/api/indicators/{indicator}",
        "indicator",
        "One indicator",
        OfIndicator,
        model.Indicator,
        _indicator,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        "/api/indicators/{indicator}/lines",
        "lines",
        "Which figures an indicator has for an area: of which period, sex and age group",
        OfArea,
        tuple[model.Line, ...],
        _lines,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        "/api/readings",
        "readings",
        "The newest figure of every public indicator, those of the day first",
        OfTheme,
        Page[model.Reading],
        _paged("/api/readings", _readings),
        rows=_rows,
    ),
    Endpoint(
        "/api/figures/{indicator}",
        "series",
        "Figures over time, the newest last; of very many the newest 1,000",
        OfLine,
        model.Series,
        _series,
        rows=_lined,
    ),
    Endpoint(
        "/api/figures/{indicator}/areas",
        "figures_by_area",
        "The newest figure of each area; small counts of people's doings are withheld",
        OfAreas,
        Figures,
        _by_area,
        rows=_lined,
    ),
    Endpoint(
        "/api/figures/{indicator}/people",
        "figures_by_people",
        "The newest figure of each sex and age group",
        OfPeople,
        Figures,
        _people,
        rows=_lined,
    ),
    Endpoint(
        "/api/areas",
        "areas",
        "What the city is made of, with borders (without them as CSV)",
        Part,
        Page[model.Area],
        _paged("/api/areas", lambda context, _asked: context.city.areas()),
        rows=_rows,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        "/api/items",
        "items",
        "What the city plans, promises, funds and builds",
        OfItems,
        Page[model.Item],
        _paged("/api/items", _items),
        rows=_rows,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        "/api/items/{item}",
        "item",
        "One of them",
        OfItem,
        model.Item,
        _item,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        "/api/places",
        "places",
        "What stands somewhere in the city",
        OfPlaces,
        Page[model.Place],
        _paged("/api/places", _places),
        rows=_rows,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        "/api/complaints",
        "complaints",
        "How many complaints there are by area; areas with small counts stand together",
        Everything,
        model.Complaints,
        _complaints,
    ),
    Endpoint(
        "/api/sources",
        "sources",
        "The systems that figures come from, with owner and licence",
        Part,
        Page[model.Source],
        _paged("/api/sources", lambda context, _asked: context.city.sources()),
        rows=_rows,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        "/api/kinds",
        "kinds",
        "Which kinds of items and of places are public",
        Everything,
        Kinds,
        _kinds,
        fresh_s=CATALOGUE_S,
    ),
    Endpoint(
        "/api/withheld",
        "withheld",
        "How much is not told, and for which reasons",
        Everything,
        tuple[model.Withheld, ...],
        lambda context, _asked: context.city.withheld(),
        fresh_s=CATALOGUE_S,
    ),
)
ROUTES = tuple(route(endpoint) for endpoint in ENDPOINTS)
