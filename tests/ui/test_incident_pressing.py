"""Fingers on the incident panel; the clock goes on by itself."""

import dataclasses
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.state import ViewState
from kiosk.panels.incident.view import IncidentView
from kiosk.ui.component import Component
from kiosk.ui.hits import all_hits
from kiosk.ui.paint import Mark
from kiosk.ui.theme import make_theme
from kiosk.wire.messages import CameraState
from tests.helpers import some_incidents
from tests.helpers.panel_city import (
    NOW_MS,
    Asked,
    MemoryRepositories,
    at,
    demo_city,
    live,
    model_of,
    put_on_wall,
)

FIRE = some_incidents.FIRE


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    city = demo_city()
    some_incidents.put(city)
    return city


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


class Wall:
    def __init__(self, city: MemoryRepositories, qtbot: QtBot, state: ViewState) -> None:
        self.asked: Asked = []
        self.city = city
        model = model_of("incident", city, state)
        theme = make_theme(1920, 1080)
        self.shell, view = put_on_wall("incident", model, theme, 1920, 1080, self.asked)
        assert isinstance(view, IncidentView)
        self.view = view
        qtbot.addWidget(self.shell)
        QApplication.processEvents()

    def show(self, state: ViewState, **changes: Any) -> None:
        self.view.set_view_model(model_of("incident", self.city, state, **changes))
        QApplication.processEvents()

    def middle(self, trigger: str) -> QPoint:
        hits = {hit.target.trigger: hit for hit in all_hits(self.shell)}
        assert trigger in hits, f"no {trigger} among {sorted(hits)}"
        return hits[trigger].middle()

    def rows(self) -> set[str]:
        triggers = {hit.target.trigger for hit in all_hits(self.shell)}
        return {trigger for trigger in triggers if trigger.startswith("incidents.row.")}

    def turn(self, finger: QPointingDevice) -> None:
        """The next page of the list; that asks for nothing."""
        where = self.middle("incidents.page.next")
        QTest.touchEvent(self.shell, finger).press(1, where, self.shell).commit()
        QTest.touchEvent(self.shell, finger).release(1, where, self.shell).commit()

    def tap(self, finger: QPointingDevice, trigger: str) -> tuple[str, dict[str, Any]]:
        where = self.middle(trigger)
        QTest.touchEvent(self.shell, finger).press(1, where, self.shell).commit()
        QTest.touchEvent(self.shell, finger).release(1, where, self.shell).commit()
        command, args, how = self.asked[-1]
        assert how == f"touch:{trigger}"
        return command, args


@pytest.mark.parametrize(
    ("trigger", "wanted"),
    [
        ("incident.list", ("incident.list", {})),
        ("incident.previous", ("incident.previous", {})),
        ("incident.next", ("incident.next", {})),
        ("incident.deed.department.call", ("department.call", {})),
        ("incident.deed.order.compose", ("order.compose", {"about": f"incidents/{FIRE}"})),
        ("incident.deed.incident.note", ("incident.note", {"incident": FIRE})),
        ("camera.ddp", ("cctv.open", {"camera": "ddp"})),
        ("scene.6", ("cctv.open", {"camera": "ddp"})),
    ],
)
def test_a_finger_reaches_everything_about_an_incident(
    city: MemoryRepositories,
    qtbot: QtBot,
    finger: QPointingDevice,
    trigger: str,
    wanted: tuple[str, dict[str, Any]],
) -> None:
    wall = Wall(city, qtbot, at("incident", item=FIRE))
    assert wall.tap(finger, trigger) == wanted


def test_a_row_opens_its_incident_and_a_kind_filters(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    wall = Wall(city, qtbot, at("incident"))
    assert wall.tap(finger, f"incidents.row.{FIRE}") == ("incident.open", {"incident": FIRE})
    assert wall.tap(finger, "incidents.kind.fire") == ("incident.list", {"kind": "fire"})
    figure = wall.tap(finger, "incidents.figure.fire")
    assert figure == ("indicator.open", {"indicator": "fire"})
    rows = wall.rows()
    wall.turn(finger)
    after = wall.rows()
    assert rows
    assert after
    assert rows.isdisjoint(after)


def written(piece: Component) -> list[str]:
    marks: list[Mark] = []
    image = QImage(piece.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    piece.paint_on(painter, marks)
    painter.end()
    return [mark.text for mark in marks]


def test_the_clock_goes_on_each_second(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, at("incident", item=FIRE))
    assert "12:10" in written(wall.view.clock)
    wall.shell.tick(NOW_MS + 1000)
    assert "12:11" in written(wall.view.clock)
    words = " ".join(written(wall.view.clock))
    for told in (
        "신고 14:19:50",
        "출동 14:20:42, 52초",
        "첫 도착 14:26:21",
        "6분 31초",
        "목표 7분, 29초 빠름",
    ):
        assert told in words


def test_a_camera_that_dies_is_replaced_while_one_looks(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    wall = Wall(city, qtbot, at("incident", item=FIRE))
    before = list(wall.view.wanted())
    assert before[0] == "ddp"
    states = dict(live(city).cameras)
    states["ddp"] = CameraState("ddp", "lost", NOW_MS - 60_000)
    wall.show(at("incident", item=FIRE), cameras=states)
    after = list(wall.view.wanted())
    assert "ddp" not in after
    assert after[:3] == before[1:]
    assert len(after) == 4
    assert "6번이 끊겨" in " ".join(written(wall.view.facts))


def test_the_map_goes_to_the_incident_that_opens(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, at("incident", item=FIRE))
    fire = written(wall.view.map)
    wall.show(at("incident", item=some_incidents.ALERT))
    assert wall.view.map.flying
    assert "신설동역" not in written(wall.view.map), "on the way nothing is named"
    qtbot.waitUntil(lambda: not wall.view.map.flying)
    alert = written(wall.view.map)
    wall.show(at("incident", item=FIRE))
    qtbot.waitUntil(lambda: not wall.view.map.flying)
    assert written(wall.view.map) == fire
    assert "신설동역" in fire
    assert "종각역" in alert or "명동역" in alert
    assert fire != alert


def test_with_reduced_motion_the_map_is_there_at_once(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    wall = Wall(city, qtbot, at("incident", item=FIRE))
    still = dataclasses.replace(wall.shell.theme, reduced_motion=True)
    wall.shell.set_theme(still)
    wall.show(at("incident", item=some_incidents.ALERT))
    assert not wall.view.map.flying


def test_what_ends_while_one_looks_says_so(city: MemoryRepositories, qtbot: QtBot) -> None:
    own = MemoryRepositories(())
    own.catalogue = {kind: dict(rows) for kind, rows in city.catalogue.items()}
    own.figures, own.moments = city.figures, city.moments
    wall = Wall(own, qtbot, at("incident", item=FIRE))
    over = msgspec.structs.replace(some_incidents.fire(), ended_ms=NOW_MS, severity="notice")
    own.put(over)
    wall.show(at("incident", item=FIRE))
    assert "14:32에 끝났습니다" in written(wall.view.facts)
    wall.shell.tick(NOW_MS + 60_000)
    assert "12:10" in written(wall.view.clock), "its clock stands"


def test_the_map_of_the_scene_takes_the_room_and_gives_it_back(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    asked: Asked = []
    model = model_of("incident", city, at("incident", item=FIRE))
    shell, view = put_on_wall("incident", model, make_theme(1920, 1080), 1920, 1080, asked)
    qtbot.addWidget(shell)
    assert isinstance(view, IncidentView)
    before = view.map.width()
    larger = shell.find_target("incident.map", {"large": True})
    assert larger is not None
    view.set_view_model(model_of("incident", city, at("incident", item=FIRE, only="map")))
    assert view.map.width() > 1.4 * before
    assert view.units.isHidden()
    assert view.cameras.isHidden()
    assert shell.find_target("incident.map", {"large": False}) is not None
    view.set_view_model(model)
    assert view.map.width() == before
    assert view.units.isVisible()
