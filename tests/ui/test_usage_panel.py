"""Use of the wall: what it counts, and what a finger does there."""

import pytest
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.app.configuration import read_profiles
from kiosk.core.state import replace
from kiosk.panels.usage.model import UsageModel
from kiosk.settings import Settings
from kiosk.ui.hits import all_hits
from kiosk.ui.theme import make_theme
from tests.helpers.panel_city import (
    NOW_MS,
    Asked,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    put_on_wall,
)
from tests.helpers.some_uses import DAY_MS, some_uses


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


def test_counts_of_four_weeks_the_most_opened_first(city: MemoryRepositories) -> None:
    uses = some_uses(NOW_MS)
    profiles = read_profiles(Settings())
    model: UsageModel = model_of("usage", city, at("usage"), usage=uses, profiles=profiles)
    assert model.panels[0].panel == "incident"
    counts = [line.count for line in model.panels]
    assert counts == sorted(counts, reverse=True)
    assert model.opened == sum(use.opened for use in uses) == sum(counts)
    assert model.asked == sum(line.count for line in model.inputs) == sum(model.hours)
    assert 0 < model.refused < model.asked
    assert [line.title.ko for line in model.profiles] == ["시장", "방문객"]


def test_what_is_older_than_four_weeks_is_left_out(city: MemoryRepositories) -> None:
    old = tuple(
        use for use in some_uses(NOW_MS - 40 * DAY_MS) if use.hour_ms < NOW_MS - 28 * DAY_MS
    )
    model: UsageModel = model_of("usage", city, at("usage"), usage=old)
    assert old
    assert (model.opened, model.asked, model.panels) == (0, 0, ())


@pytest.mark.parametrize("by_use", [False, True])
def test_a_finger_opens_a_panel_and_arranges_the_tabs(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice, by_use: bool
) -> None:
    state = replace(at("usage"), by_use=by_use)
    model = model_of("usage", city, state, usage=some_uses(NOW_MS))
    asked: Asked = []
    shell, _ = put_on_wall("usage", model, make_theme(1920, 1080), 1920, 1080, asked)
    qtbot.addWidget(shell)
    QApplication.processEvents()
    hits = {hit.target.trigger: hit for hit in all_hits(shell)}
    for trigger in ("usage.traffic", "usage.arrange"):
        where = hits[trigger].middle()
        QTest.touchEvent(shell, finger).press(1, where, shell).commit()
        QTest.touchEvent(shell, finger).release(1, where, shell).commit()
    arrange = "layout.fixed" if by_use else "layout.by_use"
    assert [(command, args) for command, args, _ in asked] == [
        ("panel.open", {"panel": "traffic"}),
        (arrange, {}),
    ]
