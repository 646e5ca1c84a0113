"""Who answers for a datum: the office, what it is part of, where it is reached."""

import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.configuration import read_desk
from kiosk.core.desk import Department, Desk
from kiosk.panels.indicators.presenter import IndicatorsPresenter
from kiosk.panels.panel import Live
from kiosk.panels.sources.presenter import SourcesPresenter
from kiosk.settings import Settings, SettingsError
from kiosk.settings.model import CitySettings
from kiosk.wire.city import Source
from kiosk.wire.text import Text
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, live

HALL = Department("hall", Text("시청", "Town Hall"), contact="ext. 1")
SAFETY = Department("safety", Text("안전국", "Safety Bureau"), part_of="hall")
FIRE = Department("fire", Text("소방과", "Fire Office"), part_of="safety", contact="ext. 11")
DESK = Desk(department=(FIRE, SAFETY, HALL))


def test_an_owner_is_told_with_all_that_it_is_part_of() -> None:
    found = DESK.whose(FIRE.name)
    assert found == Text(
        "시청 › 안전국 › 소방과 · ext. 11", "Town Hall › Safety Bureau › Fire Office · ext. 11"
    )
    assert DESK.whose(SAFETY.name) == Text("시청 › 안전국", "Town Hall › Safety Bureau")


def test_a_contact_of_the_source_goes_before_that_of_the_office() -> None:
    assert DESK.whose(FIRE.name, "data@fire.example").en.endswith("Fire Office · data@fire.example")


def test_an_owner_that_is_no_department_is_its_name() -> None:
    outside = Text("기상청", "Weather Service")
    assert DESK.whose(outside) == outside
    assert DESK.whose(outside, "131") == Text("기상청 · 131", "Weather Service · 131")


@given(st.lists(st.sampled_from("abcdef"), min_size=6, max_size=6))
def test_a_circle_ends_and_is_found(above: list[str]) -> None:
    departments = tuple(
        Department(me, Text(me, me), part_of=over) for me, over in zip("abcdef", above, strict=True)
    )
    desk = Desk(department=departments)
    for department in departments:
        chain = desk.chain(department.id)
        assert chain[-1] is department
        assert len(chain) == len({one.id for one in chain}) <= len(departments)
    assert desk.wrong_part() is not None, "nobody is on top"


@pytest.mark.parametrize(("part_of", "wrong"), [("nowhere", "fire"), ("fire", "fire")])
def test_a_department_of_nobody_is_refused_with_its_place(
    tmp_path: Path, root: Path, part_of: str, wrong: str
) -> None:
    folder = Path(shutil.copytree(root / "config" / "city" / "ternharbour", tmp_path / "city"))
    file = folder / "orders.toml"
    name = '{ ko = "소방", en = "Fire" }'
    text = f'[[department]]\nid = "fire"\nname = {name}\npart_of = "{part_of}"\n'
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        read_desk(Settings(city=CitySettings(pack=str(folder))))
    assert error.value.field == f"department {wrong}.part_of"
    assert error.value.value == part_of


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def ours(city: MemoryRepositories) -> Live:
    owner = next(i.owner for i in city.indicators() if i.id == "pm25")
    department = Department("ours", owner, part_of="hall", contact="02-000-0000")
    return msgspec.structs.replace(live(city), desk=Desk(department=(HALL, department)))


def test_the_details_of_a_figure_say_whose_it_is_and_where_they_are_reached(
    city: MemoryRepositories,
) -> None:
    presenter, state = IndicatorsPresenter(), at("indicators", indicator="pm25")
    data = presenter.query(city, state)  # type: ignore[arg-type]
    model = presenter.present(state, data, ours(city), NOW_MS)
    assert model.detail is not None
    (owner,) = (words for label, words in model.detail.about if label.en == "Owner")
    assert owner.ko.startswith("시청 › ")
    assert owner.ko.endswith(" · 02-000-0000")


def test_a_source_is_found_by_its_office_and_its_contact(city: MemoryRepositories) -> None:
    source = Source("x", Text("자료", "Data"), FIRE.name, "", "", 60, contact="data@fire.example")
    presenter, state = SourcesPresenter(), at("sources")
    shown = msgspec.structs.replace(live(city), desk=DESK)
    data = presenter.query(MemoryRepositories([source]), state)  # type: ignore[arg-type]
    model = presenter.present(state, data, shown, NOW_MS)
    (line,) = model.lines
    assert line.whose.ko == "시청 › 안전국 › 소방과 · data@fire.example"
    assert line.whose.en in line.texts
    (block,) = presenter.project(model).blocks
    assert "data@fire.example" in block.rows[0].facts.en  # type: ignore[union-attr]
