"""Disclosure on the wall: what it lists, and what a finger does there."""

import pytest
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.disclosure import SORTS
from kiosk.panels.disclosure.model import DisclosureModel
from kiosk.panels.disclosure.presenter import DisclosurePresenter
from kiosk.ui.hits import all_hits
from kiosk.ui.theme import make_theme
from kiosk.wire.projection import RowsBlock
from tests.helpers.panel_city import (
    Asked,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    put_on_wall,
)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


def test_everything_is_listed_once_with_its_level_and_its_reason(city: MemoryRepositories) -> None:
    model: DisclosureModel = model_of("disclosure", city, at("disclosure"))
    things = [(line.sort, line.thing) for line in model.lines]
    assert len(things) == len(set(things)) == sum(model.counts)
    assert {sort for sort, _ in things} == set(SORTS)
    assert {line.thing for line in model.lines if line.sort == "indicators"} == {
        row.id for row in city.indicators()
    }
    for line in model.lines:
        assert line.reason.ko
        assert line.reason.en
    one = {(line.sort, line.thing): line for line in model.lines}
    assert one["indicators", "elderly-alone"].level == "restricted"
    assert one["panels", "orders"].level == "restricted"
    assert one["panels", "air"].name.ko == "대기질"


def test_what_was_decided_at_the_wall_is_told_the_newest_first(city: MemoryRepositories) -> None:
    model: DisclosureModel = model_of("disclosure", city, at("disclosure"))
    assert [line.name.en for line in model.log] == ["Employment rate", "News", "News"]
    assert model.log[0].change.ko == "공개 → 내부, 시장 태블릿"
    assert model.log[1].change.en == "Public → Internal, at the wall"
    levels = {line.thing: line.level for line in model.lines if line.sort == "indicators"}
    assert levels["employment-rate"] == "internal"


@pytest.mark.parametrize("sort", SORTS)
def test_the_list_is_narrowed_to_a_sort(city: MemoryRepositories, sort: str) -> None:
    model: DisclosureModel = model_of("disclosure", city, at("disclosure", only=sort))
    assert {line.sort for line in model.lines} == {sort}


def test_a_tablet_is_told_the_same(city: MemoryRepositories) -> None:
    model: DisclosureModel = model_of("disclosure", city, at("disclosure"))
    told = DisclosurePresenter().project(model)
    titles = [block.title.en for block in told.blocks if isinstance(block, RowsBlock)]
    assert titles == ["Disclosure", "Log"]
    assert told.subtitle.ko.startswith("공개 ")


def test_a_finger_asks_for_another_level_and_for_another_sort(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    model: DisclosureModel = model_of("disclosure", city, at("disclosure"))
    asked: Asked = []
    shell, view = put_on_wall("disclosure", model, make_theme(1920, 1080), 1920, 1080, asked)
    qtbot.addWidget(shell)
    QApplication.processEvents()
    first = model.lines[0]
    assert (first.sort, first.level) == ("panels", "public")
    hits = {hit.target.trigger: hit for hit in all_hits(shell)}
    assert f"disclosure.public.panels.{first.thing}" not in hits  # holds already
    for trigger in (
        f"disclosure.restricted.panels.{first.thing}",
        "disclosure.sort.fields",
        "disclosure.page.next",
    ):
        where = hits[trigger].middle()
        QTest.touchEvent(shell, finger).press(1, where, shell).commit()
        QTest.touchEvent(shell, finger).release(1, where, shell).commit()
    wish = {"sort": "panels", "thing": first.thing, "level": "restricted"}
    assert [(command, args) for command, args, _ in asked if command] == [
        ("disclosure.set", wish),
        ("panel.narrow", {"to": "fields"}),
    ]
    assert view.pages() == (1, view.pages()[1])  # type: ignore[index]
