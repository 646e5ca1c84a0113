"""The city as configured: districts, indicators, sources, cameras, figures, items, places.

Everything lies in TOML files of one folder, the city's pack. A file that does not fit raises
SettingsError with file, field, value and what was expected.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Protocol, TypeVar

import msgspec
from msgspec import Meta

from kiosk.backend.dates import Date
from kiosk.backend.items import ItemBook, load_items
from kiosk.backend.places import PlaceList, load_places
from kiosk.pack import Pack, load_pack
from kiosk.settings import SettingsError
from kiosk.settings.loading import check, read_toml
from kiosk.wire.city import CITY_AREA, Chosen, Period, Rollup, Threshold
from kiosk.wire.text import Text

DEFAULT_CONFIG_DIR = Path(__file__).parents[2] / "config"

M = TypeVar("M")
Code = Annotated[str, Meta(min_length=1)]
Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class DistrictEntry(_Entry, frozen=True):
    """A district and the point where its label fits."""

    code: Code
    name: Text
    lat: Latitude
    lon: Longitude


class CameraEntry(_Entry, frozen=True):
    """A city camera; `number` is what a person says, `kind` the scene that it looks at, `tags` the
    situations that it is good for."""

    id: Name
    number: Annotated[int, Meta(ge=1)]
    name: Text
    lat: Latitude
    lon: Longitude
    district: Code
    kind: Literal[
        "plaza",
        "station",
        "tunnel",
        "stream",
        "street",
        "bridge",
        "river",
        "crossroads",
        "expressway",
    ]
    tags: tuple[Name, ...] = ()


class SourceEntry(_Entry, frozen=True):
    """See kiosk.wire.city.Source for the meaning of the fields."""

    id: Name
    name: Text
    owner: Text
    licence: str
    url: str
    period_s: Annotated[int, Meta(ge=1)]
    simulated: bool
    kinds: tuple[str, ...]
    contact: str = ""


class ThemeEntry(_Entry, frozen=True):
    id: Name
    title: Text


class IndicatorEntry(_Entry, frozen=True):
    """See kiosk.wire.city.Indicator for the meaning of the fields. `keep` is what differs from the
    city's own [keep], `weights` the indicator whose figures weigh those of a rate."""

    id: Name
    title: Text
    unit: Text
    theme: Name
    source: Name
    period_s: Annotated[int, Meta(ge=1)]
    method: Text
    decimals: Annotated[int, Meta(ge=0, le=6)] = 0
    headline: Annotated[int, Meta(ge=1)] | None = None
    areas: Literal["city", "districts"] = "city"
    goal: float | None = None
    better: Literal["higher", "lower", "neither"] = "neither"
    alarm: Literal["above", "below"] = "above"
    thresholds: tuple[Threshold, ...] = ()
    history_s: Annotated[int, Meta(ge=3600)] | None = None
    rollup: Rollup = ""
    weights: Name | None = None
    keep: dict[Period, Annotated[int, Meta(ge=3600)]] = {}
    sdg: tuple[Annotated[int, Meta(ge=1, le=17)], ...] = ()
    chosen: Chosen = "project"


class FiguresEntry(_Entry, frozen=True):
    """Published figures of one indicator: a row of values per area, one for each date."""

    indicator: Name
    source: Name
    collection: str
    licence: str
    dates: tuple[Date, ...]
    values: dict[str, tuple[float, ...]]
    provisional: bool = False
    note: Text | None = None


class _Districts(_Entry, frozen=True):
    district: tuple[DistrictEntry, ...]


class _Cameras(_Entry, frozen=True):
    camera: tuple[CameraEntry, ...]


class _Sources(_Entry, frozen=True):
    source: tuple[SourceEntry, ...]


class _Indicators(_Entry, frozen=True):
    keep: dict[Period, Annotated[int, Meta(ge=3600)]]
    theme: tuple[ThemeEntry, ...]
    indicator: tuple[IndicatorEntry, ...]


class _Figures(_Entry, frozen=True):
    figures: tuple[FiguresEntry, ...]


class City(_Entry, frozen=True):
    """Everything that stands in the city's folder; `folder` is its path."""

    folder: str
    pack: Pack
    districts: tuple[DistrictEntry, ...]
    cameras: tuple[CameraEntry, ...]
    sources: tuple[SourceEntry, ...]
    themes: tuple[ThemeEntry, ...]
    indicators: tuple[IndicatorEntry, ...]
    keep_s: dict[Period, int]
    figures: tuple[FiguresEntry, ...]
    items: ItemBook
    places: tuple[PlaceList, ...]


def load_cameras(folder: Path) -> tuple[CameraEntry, ...]:
    """The cameras alone, for the process that imitates them. Raises SettingsError."""
    return read(folder / "cameras.toml", _Cameras).camera


def load_districts(folder: Path) -> tuple[DistrictEntry, ...]:
    """The areas of the first level alone. Raises SettingsError."""
    return read(folder / "districts.toml", _Districts).district


def load_city(folder: Path) -> City:
    """Everything, with references checked. Raises SettingsError."""
    pack = load_pack(folder)
    indicators = read(folder / "indicators.toml", _Indicators)
    districts = load_districts(folder)
    _check_districts(districts, pack, folder / "districts.toml")
    sources = read(folder / "sources.toml", _Sources).source
    codes = [district.code for district in districts]
    city = City(
        folder=str(folder),
        pack=pack,
        districts=districts,
        cameras=load_cameras(folder),
        sources=sources,
        themes=indicators.theme,
        indicators=indicators.indicator,
        keep_s=indicators.keep,
        figures=tuple(
            _of_the_whole(entry, pack)
            for file in sorted((folder / "figures").glob("*.toml"))
            for entry in read(file, _Figures).figures
        ),
        items=load_items(folder, codes),
        places=load_places(folder, codes, [source.id for source in sources]),
    )
    _check_places(city, folder)
    _check_references(city, folder)
    return city


def _of_the_whole(entry: FiguresEntry, pack: Pack) -> FiguresEntry:
    """The city's own code becomes the one that all cities have on the wall."""
    values = {CITY_AREA if area == pack.area else area: v for area, v in entry.values.items()}
    return msgspec.structs.replace(entry, values=values)


def _check_districts(districts: tuple[DistrictEntry, ...], pack: Pack, file: Path) -> None:
    """Codes as the city's level has them, all of one length, at places within its bounds."""
    level, lengths = pack.parts, {len(district.code) for district in districts}
    if not districts:
        raise SettingsError(str(file), "district", 0, f"at least one {level.name.en} is expected")
    for district in districts:
        check_code(file, f"district {district.code}.code", district.code, level.code)
        check_point(file, f"district {district.code}", district, pack)
    if len(lengths) > 1:
        raise SettingsError(str(file), "district.code", sorted(lengths), "codes of one length")


def _check_places(city: City, folder: Path) -> None:
    """Points within the city's bounds."""
    for camera in city.cameras:
        check_point(folder / "cameras.toml", f"camera {camera.id}", camera, city.pack)
    for listed in city.places:
        for place in listed.places:
            if place.at is not None:
                where = Spot(*place.at)
                check_point(folder / "places", f"place {place.id}", where, city.pack)


class Located(Protocol):
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


class Spot(NamedTuple):
    lat: float
    lon: float


def check_code(file: Path, field: str, code: str, pattern: str) -> None:
    """Raises SettingsError when a code is none of the city's."""
    if not re.fullmatch(pattern, code):
        raise SettingsError(str(file), field, code, f"a code like {pattern} is expected")


def check_point(file: Path, field: str, point: Located, pack: Pack) -> None:
    """Raises SettingsError when a point lies outside the city's bounds."""
    box = pack.bounds
    if not box.holds(point.lat, point.lon):
        raise SettingsError(
            str(file),
            f"{field}.lat/lon",
            (point.lat, point.lon),
            f"a place within the bounds of city.toml is expected: {box.south} to {box.north}, "
            f"{box.west} to {box.east}",
        )


def read(file: Path, model: type[M]) -> M:
    """A TOML file as the model. Raises SettingsError."""
    data = read_toml(file)
    check(data, model, str(file))
    return msgspec.convert(data, model)


def _check_references(city: City, folder: Path) -> None:
    codes = {d.code for d in city.districts}
    themes = {t.id for t in city.themes}
    sources = {s.id for s in city.sources}
    indicators = {i.id for i in city.indicators}
    for camera in city.cameras:
        known(folder / "cameras.toml", f"camera {camera.id}.district", camera.district, codes)
    for indicator in city.indicators:
        where = f"indicator {indicator.id}"
        known(folder / "indicators.toml", f"{where}.theme", indicator.theme, themes)
        known(folder / "indicators.toml", f"{where}.source", indicator.source, sources)
        if indicator.rollup == "weighted" or indicator.weights is not None:
            weights = indicator.weights or ""
            known(folder / "indicators.toml", f"{where}.weights", weights, indicators)
    for entry in city.figures:
        where = f"figures of {entry.indicator}"
        known(folder / "figures", f"{where}.indicator", entry.indicator, indicators)
        known(folder / "figures", f"{where}.source", entry.source, sources)
        for area, values in entry.values.items():
            known(folder / "figures", f"{where}.values", area, codes | {CITY_AREA, city.pack.area})
            if len(values) != len(entry.dates):
                raise SettingsError(
                    str(folder / "figures"),
                    f"{where}.values.{city.pack.area if area == CITY_AREA else area}",
                    len(values),
                    f"as many values as dates are expected: {len(entry.dates)}",
                )


def known(file: Path, field: str, value: str, allowed: Iterable[str]) -> None:
    """Raises SettingsError when `value` is none of `allowed`."""
    if value not in (names := set(allowed)):
        raise SettingsError(
            str(file), field, value, f"one of these is expected: {', '.join(sorted(names))}"
        )
