"""Rivers beside the purification plants."""

import msgspec
import pytest

from kiosk.panels.fields import FieldModel
from kiosk.panels.water.limits import RIVER, below_grade
from kiosk.wire.city import Place
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of

GOOD = {
    "water.dissolved_oxygen": 9.0,
    "water.organic_carbon": 3.0,
    "water.phosphorus": 0.05,
    "water.ph": 7.4,
}


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def test_every_station_stands_beside_the_plants(city: MemoryRepositories) -> None:
    model = model_of("water", city, at("water"))
    assert isinstance(model, FieldModel)
    assert model.beside is not None
    assert len(model.beside.rows) == 5
    assert len(model.beside.columns) == len(RIVER) + 1
    assert model.beside.simulated


def test_a_station_that_tells_nothing_says_so(city: MemoryRepositories) -> None:
    row = next(place for place in city.places("water.river"))
    city.put(msgspec.structs.replace(row, readings={}, t_ms=None))
    model = model_of("water", city, at("water"))
    words = {line.name.ko: line.word.ko for line in model.beside.rows}
    assert words[row.name] == "자료 없음"
    city.put(row)


def test_a_city_without_rivers_has_one_table(city: MemoryRepositories) -> None:
    rows = [row for row in city.catalogue[Place].values() if row.kind != "water.river"]
    alone = MemoryRepositories([*city.districts(), *city.indicators(), *rows])
    assert model_of("water", alone, at("water")).beside is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("water.dissolved_oxygen", 4.9),
        ("water.organic_carbon", 4.1),
        ("water.phosphorus", 0.11),
        ("water.ph", 6.4),
        ("water.ph", 8.6),
    ],
)
def test_each_reading_counts_against_the_grade(kind: str, value: float) -> None:
    assert below_grade(GOOD) == ()
    assert below_grade(GOOD | {kind: value}) == (kind,)
