"""The register of sources: every entry can be used as it stands."""

from collections import defaultdict
from pathlib import Path

import pytest

from kiosk.backend.catalogue import load_city
from kiosk.backend.connectors.registry import all_connectors
from kiosk.backend.pull.address import filled
from kiosk.backend.pull.declaration import KEY, Declaration
from kiosk.backend.register import (
    DemoSource,
    KindEntry,
    load_declared,
    load_demonstration,
    load_kinds,
    sources_dirs,
)
from kiosk.pack import pack_folder
from kiosk.settings import Settings, SettingsError

NOW_MS = 1_795_330_500_000
CITY = load_city(pack_folder(Settings()))
FOLDERS = sources_dirs(Settings())


@pytest.fixture(scope="module")
def kinds() -> dict[str, KindEntry]:
    return load_kinds(FOLDERS[0])


@pytest.fixture(scope="module")
def declared() -> tuple[Declaration, ...]:
    return load_declared(FOLDERS)


@pytest.fixture(scope="module")
def demonstration(kinds: dict[str, KindEntry]) -> tuple[DemoSource, ...]:
    return load_demonstration(FOLDERS, CITY.districts, kinds)


def test_there_are_enough_sources_and_kinds(
    kinds: dict[str, KindEntry],
    declared: tuple[Declaration, ...],
    demonstration: tuple[DemoSource, ...],
) -> None:
    ids = [d.id for d in declared] + [d.id for d in demonstration] + [s.id for s in CITY.sources]
    assert len(ids) == len(set(ids)) >= 300
    told = {kind for d in declared for kind in d.kinds}
    told |= {kind.id for d in demonstration for kind in d.kinds}
    assert len(told) >= 230
    assert told <= set(kinds)


def test_every_connector_is_declared_and_every_declared_connector_exists(
    declared: tuple[Declaration, ...],
) -> None:
    assert {d.connector for d in declared} == set(all_connectors())


def test_addresses_hold_a_key_only_where_one_is_named(declared: tuple[Declaration, ...]) -> None:
    for declaration in declared:
        if declaration.address:
            assert (KEY in declaration.address) == bool(declaration.key), declaration.id


def test_nothing_is_left_to_fill_in_but_key_and_page(declared: tuple[Declaration, ...]) -> None:
    for declaration in declared:
        for place in declaration.places or ("",):
            address = filled(declaration, place, NOW_MS)
            for blank in (KEY, "{start}", "{end}", "{page}", "{size}"):
                address = address.replace(blank, "")
            assert "{" not in address, declaration.id
        assert ("{place}" in declaration.address) == bool(declaration.places), declaration.id


def test_figures_belong_to_indicators_and_declared_kinds(
    declared: tuple[Declaration, ...],
) -> None:
    indicators = {i.id for i in CITY.indicators}
    for declaration in declared:
        for feed in declaration.feeds:
            assert feed.indicator in indicators, declaration.id
            assert feed.kind in declaration.kinds, declaration.id


def test_what_is_planned_for_a_day_stays_within_the_quota(
    declared: tuple[Declaration, ...],
) -> None:
    calls: dict[str, float] = defaultdict(float)
    for d in declared:
        pages = d.paging.most if d.paging else 1
        calls[d.quota_key] += 86_400 / d.period_s * len(d.places or ("",)) * pages
    for d in declared:
        if d.quota.day is not None:
            assert calls[d.quota_key] <= d.quota.day, d.quota_key


def test_the_demonstration_is_marked_in_its_ids(demonstration: tuple[DemoSource, ...]) -> None:
    assert all(source.id.startswith("demo-") for source in demonstration)


def test_a_site_s_declaration_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        """[[source]]
id = "hub-air"
name = { ko = "허브", en = "Hub" }
owner = { ko = "시", en = "City" }
connector = "ngsi-ld"
address = "http://hub.example/ngsi-ld/v1/entities?type=AirQualityObserved"
period_s = 60
kinds = ["air.pm10"]
licence = "internal"
""",
        encoding="utf-8",
    )
    ours = load_declared(FOLDERS)
    both = load_declared((*FOLDERS, tmp_path))
    assert len(both) == len(ours)
    assert next(d for d in both if d.id == "hub-air").period_s == 60


def test_a_key_without_a_place_in_the_address_is_an_error(tmp_path: Path) -> None:
    text = (FOLDERS[0] / "seoul.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(text.replace("{key}", "", 1), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"source seoul-air\.address"):
        load_declared((tmp_path,))
