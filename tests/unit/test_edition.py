"""An edition for one district: what is its own becomes the whole, the rest does not get in."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.configuration import read_policy, read_profiles, read_settings
from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.repositories import Repositories
from kiosk.pack import load_here
from kiosk.pack.edition import Edition, edition_of
from kiosk.pack.speech import grammar_of
from kiosk.settings import Settings
from kiosk.sync.puller import Puller
from kiosk.wire import city
from kiosk.wire.city import CITY_AREA, Change, ChangesPage, Row, Table
from kiosk.wire.text import Text
from tests.helpers.panel_city import NOW_MS, demo_city

CONFIG = Path(__file__).parents[2] / "config"
OWN, OTHER = "11680", "11710"
PARTS = (("11680510", 37.52, 127.02), ("11680640", 37.49, 127.04))
NAME = Text("가", "A")
EDITION = Edition(OWN, PARTS, frozenset({"gangnam-station"}), frozenset({"pm25"}))
AREAS = st.sampled_from((CITY_AREA, OWN, OTHER, "11680510", "11710580"))


def gangnam() -> Settings:
    return read_settings(CONFIG, ["gangnam"], {})


def figure(area: str, t_ms: int = 1, value: float = 2.0) -> city.Observation:
    return city.Observation("pm25", area, t_ms, value, simulated=True)


def camera(district: str) -> city.Camera:
    return city.Camera("a", 1, NAME, 37.521, 127.021, district, "street", "http://x/")


def incident(district: str, **changes: object) -> city.Incident:
    row = city.Incident(
        *("fire-1", 1, "fire", "caution", NAME, NAME, district, 37.491, 127.039, 1, 1, True)
    )
    return msgspec.structs.replace(row, **changes)


def test_the_neighbourhoods_of_the_district_are_what_it_is_made_of() -> None:
    own = city.Neighbourhood("11680510", NAME, OWN, 37.52, 127.02, ())
    made = EDITION.row(own)
    assert isinstance(made, city.District)
    assert (made.code, made.approximate) == ("11680510", True)
    assert EDITION.row(msgspec.structs.replace(own, code="11710580", district=OTHER)) is None
    assert EDITION.row(city.District(OWN, NAME, 37.5, 127.0, ())) is None


def test_the_figure_of_the_district_is_that_of_the_whole() -> None:
    whole = EDITION.row(figure(OWN))
    assert isinstance(whole, city.Observation)
    assert whole.area == CITY_AREA
    assert EDITION.row(figure("11680510")) == figure("11680510")
    for area in (CITY_AREA, OTHER, "11710580"):
        assert EDITION.row(figure(area)) is None
        assert EDITION.row(city.Latest(figure(area))) is None


def test_what_stands_in_the_district_lies_in_one_of_its_neighbourhoods() -> None:
    made = EDITION.row(camera(OWN))
    assert isinstance(made, city.Camera)
    assert made.district == "11680510"
    assert EDITION.row(camera(OTHER)) is None


def test_an_incident_opens_what_the_district_has() -> None:
    kept = incident(OWN, command="cctv.open", args={"camera": "gangnam-station"})
    made = EDITION.row(kept)
    assert isinstance(made, city.Incident)
    assert (made.district, made.command) == ("11680640", "cctv.open")
    far = EDITION.row(msgspec.structs.replace(kept, args={"camera": "jamsil-station"}))
    assert isinstance(far, city.Incident)
    assert (far.command, far.args) == ("district.select", {"district": "11680640"})
    assert EDITION.row(incident(OTHER)) is None
    warning = incident("", lat=None, lon=None)
    assert EDITION.row(warning) == warning


def test_goals_and_thresholds_of_the_whole_city_are_not_the_district_s() -> None:
    threshold = city.Threshold(120, "warning", NAME)
    row = city.Indicator("er-beds", NAME, NAME, "health", NAME, "er", NAME, 60, goal=300.0)
    row = msgspec.structs.replace(row, areas="districts", thresholds=(threshold,), inner=True)
    beds = EDITION.row(row)
    dust = EDITION.row(msgspec.structs.replace(row, id="pm25", inner=False))
    assert isinstance(beds, city.Indicator)
    assert isinstance(dust, city.Indicator)
    assert (beds.goal, beds.thresholds, beds.areas) == (None, (), "districts")
    assert (dust.thresholds, dust.areas) == ((threshold,), "city")
    assert EDITION.row(msgspec.structs.replace(row, areas="city")) is None


@given(st.lists(st.tuples(AREAS, st.integers(0, 9), st.booleans()), max_size=20))
def test_whatever_is_told_or_taken_back_nothing_of_another_district_stays(
    told: list[tuple[str, int, bool]],
) -> None:
    def change(revision: int, area: str, t_ms: int, gone: bool) -> Change:
        if gone:
            return Change(revision, None, "observations", f"pm25/{area}/{t_ms}")
        return Change(revision, figure(area, t_ms))

    rows = tuple(change(n, *each) for n, each in enumerate(told, start=1))
    made = EDITION.page(ChangesPage("e", len(rows), rows, more=False, head=len(rows)))
    assert made.revision == len(rows)
    own = [each for each in told if each[0].startswith(OWN)]
    areas = []
    for each in made.rows:
        area = each.key.split("/")[1] if each.row is None else each.row.area  # type: ignore[union-attr]
        areas.append(area)
    assert areas == [CITY_AREA if area == OWN else area for area, _, _ in own]


@pytest.mark.parametrize(
    ("table", "key", "expected"),
    [
        ("neighbourhoods", "11680510", ("districts", "11680510")),
        ("neighbourhoods", "11710580", None),
        ("districts", OWN, None),
        ("latest", f"pm25/{OWN}", ("latest", f"pm25/{CITY_AREA}")),
        ("latest", f"pm25/{OTHER}", None),
        ("incidents", "fire-1", ("incidents", "fire-1")),
    ],
)
def test_what_goes_goes_from_where_it_was_put(
    table: Table, key: str, expected: tuple[str, str] | None
) -> None:
    made = EDITION.change(Change(1, None, table, key))
    assert (None if made is None else (made.table, made.key)) == expected


class OnePage:
    """A backend that has one page to tell."""

    def __init__(self, *rows: Row) -> None:
        changes = tuple(Change(n, row) for n, row in enumerate(rows, start=1))
        self.told = ChangesPage("e", len(rows), changes, more=False, head=len(rows))

    def page(self, revision: int, limit: int) -> ChangesPage:
        fresh = tuple(change for change in self.told.rows if change.revision > revision)
        return msgspec.structs.replace(self.told, rows=fresh)


def pulled(file: Path, edition: Edition | None) -> tuple[set[str], set[str]]:
    """Cameras and areas of figures in the cache after a pull."""
    backend = OnePage(camera(OWN), msgspec.structs.replace(camera(OTHER), id="b"), figure(OWN))
    puller = Puller(file, backend, lambda tables, revision: None, edition)  # type: ignore[arg-type]
    puller.pull(NOW_MS)
    puller.close()
    engine = open_cache_for_reading(file)
    rows = Repositories(engine)
    found = {c.id for c in rows.cameras()}, {a for _, a in rows.all_latest()}
    engine.dispose()
    return found


def test_the_cache_of_a_district_holds_nothing_else_and_is_not_mixed(tmp_path: Path) -> None:
    file = tmp_path / "cache.db"
    assert pulled(file, None)[0] == {"a", "b"}
    cameras, _ = pulled(file, EDITION)
    assert cameras == {"a"}
    assert pulled(file, None)[0] == {"a", "b"}


def test_the_site_of_gangnam_is_gangnam_s_alone() -> None:
    settings = gangnam()
    pack = load_here(settings)
    assert (pack.name.ko, pack.parts.name.ko, pack.inner) == ("강남구", "행정동", None)
    rows = demo_city(NOW_MS, settings)
    codes = {district.code for district in rows.districts()}
    assert len(codes) == 22
    assert all(code.startswith(OWN) for code in codes)
    assert {c.number for c in rows.cameras()} == {11, 13}
    assert all(c.district in codes for c in rows.cameras())
    assert all(i.district in codes | {""} for i in rows.incidents(ended=True))
    assert all(c.district in codes for c in rows.complaints())
    assert rows.by_district("complaints", period="month").keys() == codes
    edition = edition_of(settings)
    assert edition is not None
    assert edition.district == OWN


def test_it_is_spoken_to_by_its_neighbourhoods() -> None:
    said = grammar_of(gangnam(), "ko").commands()
    codes = {phrase.args["district"] for phrase in said["district.select"]}
    assert len(codes) == 22
    assert all(str(code).startswith(OWN) for code in codes)
    assert "neighbourhood.select" not in said
    assert {phrase.args["camera"] for phrase in said["cctv.open"]} == {
        "gangnam-station",
        "seongsu-bridge",
    }


def test_it_has_its_own_people_with_their_own_rights() -> None:
    profiles, policy = read_profiles(gangnam()), read_policy(CONFIG)
    head, bureau, visitor = profiles.profile
    assert (head.id, head.home.panel) == ("district-head", "home")
    assert (bureau.home.panel, bureau.home.indicator) == ("indicators", "complaints")
    risks = [policy.limit[profile.role] for profile in (head, bureau, visitor)]
    assert risks == ["admin", "control", "view"]
