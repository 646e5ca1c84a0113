"""Calls, words and votes of the demonstration: they grow, add up, and begin again."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.catalogue import load_city
from kiosk.backend.simulator.opinions import OpinionCourse, of_book
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.wire.city import Item
from kiosk.wire.text import Text

KST = ZoneInfo("Asia/Seoul")

DAY_MS = 86_400_000


def at(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=KST).timestamp() * 1000)


MONDAY_MS = at("2026-11-23")


def entry(key: str, parent: str = "", **fields: object) -> Item:
    return Item(
        id=key,
        kind="x",
        title=Text(key, key),
        parent=parent,
        readings={"votes": 1000.0},
        simulated=True,
        **fields,  # type: ignore[arg-type]
    )


def counts(course: OpinionCourse, t_ms: int) -> dict[str, float]:
    course.forget()
    return {row.id: row.readings["votes"] for row in course.step(t_ms)}


@given(a=st.integers(0, DAY_MS - 1), b=st.integers(0, DAY_MS - 1))
def test_a_day_only_grows_and_ends_with_all(a: int, b: int) -> None:
    course = OpinionCourse([entry("c")], {"c": "day"})
    early, late = sorted((a, b))
    assert counts(course, MONDAY_MS + early)["c"] <= counts(course, MONDAY_MS + late)["c"]
    assert counts(course, MONDAY_MS)["c"] == 0
    assert counts(course, MONDAY_MS + DAY_MS - 1)["c"] >= 990


def test_a_poll_fills_from_its_start_to_its_end_and_stays() -> None:
    poll = entry("p", start_ms=MONDAY_MS, due_ms=MONDAY_MS + 10 * DAY_MS)
    course = OpinionCourse([poll], {"p": "poll"})
    seen = [counts(course, MONDAY_MS + n * DAY_MS)["p"] for n in (-1, 0, 5, 10, 20)]
    assert seen == [0, 0, 500, 1000, 1000]


@given(t_ms=st.integers(MONDAY_MS, MONDAY_MS + 5 * DAY_MS))
def test_a_whole_is_the_sum_of_its_parts(t_ms: int) -> None:
    rows = [entry("w"), entry("a", "w"), entry("b", "w")]
    found = counts(OpinionCourse(rows, {"w": "sum", "a": "day", "b": "poll"}), t_ms)
    assert found["w"] == found["a"] + found["b"]


def test_what_has_not_changed_is_not_told_again() -> None:
    course = OpinionCourse([entry("c")], {"c": "day"})
    assert list(course.step(MONDAY_MS + DAY_MS // 2))
    assert not list(course.step(MONDAY_MS + DAY_MS // 2 + 1))


@pytest.mark.parametrize("kind", ["poll", "calls"])
def test_the_citys_own_polls_and_calls_add_up(kind: str) -> None:
    course = of_book(load_city(pack_folder(Settings())).items)
    told = {row.id: row for row in course.step(at("2026-11-23T15:00"))}
    wholes = [row for row in told.values() if row.kind == kind]
    assert wholes
    for whole in wholes:
        name = next(iter(whole.readings))
        parts = [row.readings[name] for row in told.values() if row.parent == whole.id]
        assert whole.readings[name] == sum(parts) > 0
