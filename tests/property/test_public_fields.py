"""Whatever fields are public: what is told is made of those alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from typing import Any, cast

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.cache.repositories import Repositories
from kiosk.core.clock import ManualClock
from kiosk.core.disclosure import FIELDS, Disclosure
from kiosk.pack import Pack, here, load_here, use
from kiosk.pack.disclosure import Rules, load_rules
from kiosk.public.filling import origins
from kiosk.public.model import Told
from kiosk.public.projection import PublicCity
from kiosk.settings import Settings
from kiosk.settings.model import CitySettings
from kiosk.wire.city import District
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, demo_city

HARBOUR = Settings(city=CitySettings(pack="ternharbour"))
Whole = tuple[MemoryRepositories, Disclosure, Pack]


@pytest.fixture(scope="module")
def harbour() -> Iterator[Whole]:
    before = here()
    pack = load_here(HARBOUR)
    use(pack)
    yield demo_city(NOW_MS, HARBOUR), Disclosure(load_rules(HARBOUR)), pack
    use(before)


def told(city: PublicCity) -> Iterator[Told]:
    """All that can be asked of the city."""
    yield city.city()
    yield from city.areas()
    yield from city.sources()
    yield from city.readings()
    yield from city.items()
    for kind in city.place_kinds():
        yield from city.places(kind)
    if (complaints := city.complaints()) is not None:
        yield complaints
    for indicator in city.indicators():
        yield from city.by_area(indicator.id)
        yield from city.people(indicator.id)
        yield from city.lines(indicator.id)
        if (series := city.series(indicator.id)) is not None:
            yield from series.figures[-2:]


def inside(value: Any) -> Iterator[Told]:
    if isinstance(value, Told):
        yield value
        for name in value.__struct_fields__:
            yield from inside(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from inside(part)


def not_allowed(things: Iterable[Told], public: frozenset[str]) -> set[str]:
    """Fields that something told was filled from, and that are not public."""
    found: set[str] = set()
    for thing in things:
        fields = msgspec.structs.fields(type(thing))
        defaults = {f.name: {} if f.default is msgspec.NODEFAULT else f.default for f in fields}
        for origin in origins(type(thing)):
            value = getattr(thing, origin.name)
            if value == defaults[origin.name] and not origin.required:
                continue
            found |= {f"{table}.{field}" for table, field in origin.of} - public
            if isinstance(value, Mapping):
                plain = {n.removesuffix("_ko").removesuffix("_en") for n in value}
                table, field = origin.of[-1]
                found |= {f"{table}.{field}.{name}" for name in plain} - public
    return found


def narrowed(rules: Disclosure, public: frozenset[str]) -> Disclosure:
    """Of the fields only these are public."""
    kept = {k: r for k, r in rules.files.rules.items() if k[0] != "fields" or k[1] in public}
    return Disclosure(Rules(kept, rules.files.small))


def public_of(rules: Disclosure) -> frozenset[str]:
    return frozenset(f for f in rules.things("fields") if rules.public("fields", f))


def city_of(harbour: Whole, disclosure: Disclosure) -> PublicCity:
    rows, _, pack = harbour
    return PublicCity(cast(Repositories, rows), disclosure, pack, ManualClock(NOW_MS))


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_field_that_is_told_is_on_the_list(harbour: Whole, data: st.DataObject) -> None:
    rules = harbour[1]
    off = data.draw(st.frozensets(st.sampled_from(sorted(public_of(rules))), max_size=25))
    public = public_of(rules) - off
    city = city_of(harbour, narrowed(rules, public))
    assert not_allowed(inside(tuple(told(city))), public) == set()


def test_the_list_of_the_program_lets_every_kind_of_thing_through(harbour: Whole) -> None:
    """So that the test above speaks of something."""
    city = city_of(harbour, harbour[1])
    kinds = {type(thing).__name__ for thing in inside(tuple(told(city)))}
    assert kinds >= {"City", "Area", "Source", "Reading", "Indicator", "Figure", "Item", "Place"}


def test_a_field_off_the_list_that_is_told_all_the_same_is_found(harbour: Whole) -> None:
    public = public_of(harbour[1])
    things = tuple(inside(tuple(told(city_of(harbour, harbour[1])))))
    for field in ("indicators.method", "districts.name", "items.title", "sources.licence"):
        assert not_allowed(things, public - {field}) == {field}


def test_a_city_of_which_nothing_is_public_tells_its_name_and_nothing_else(harbour: Whole) -> None:
    city = city_of(harbour, Disclosure())
    assert [type(thing).__name__ for thing in told(city)] == ["City"]
    assert city.withheld() == ()


def test_what_is_hidden_as_a_whole_is_not_told_by_any_way(harbour: Whole) -> None:
    rows, rules, _ = harbour
    indicator = rows.indicators()[0].id
    kept = {k: r for k, r in rules.files.rules.items() if k != ("indicators", indicator)}
    city = city_of(harbour, Disclosure(Rules(kept)))
    assert city.indicator(indicator) is None
    assert indicator not in {reading.indicator.id for reading in city.readings()}
    assert city.series(indicator) is None
    assert not (*city.by_area(indicator), *city.people(indicator), *city.lines(indicator))


@pytest.mark.parametrize(
    ("panel", "ask"),
    [
        ("indicators", PublicCity.indicators),
        ("indicators", PublicCity.readings),
        ("projects", PublicCity.items),
        ("places", PublicCity.place_kinds),
        ("sources", PublicCity.sources),
    ],
)
def test_a_panel_that_is_closed_to_the_public_closes_what_it_shows(
    harbour: Whole, panel: str, ask: Callable[[PublicCity], Sized]
) -> None:
    rules = harbour[1]
    kept = {k: r for k, r in rules.files.rules.items() if k != ("panels", panel)}
    assert len(ask(city_of(harbour, rules))) > 0
    assert len(ask(city_of(harbour, Disclosure(Rules(kept))))) == 0


def test_every_field_of_the_wire_is_known_to_the_list() -> None:
    assert {f"districts.{name}" for name in District.__struct_fields__} <= FIELDS
