"""Paired tablets under a finger: rights are chosen and changed, tablets cut off, pages turned."""

from typing import Any

import pytest
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.state import replace
from kiosk.panels.pairing.view import PairingPanelView
from kiosk.ui.hits import all_hits
from kiosk.ui.theme import Language, make_theme
from kiosk.wire.calls import Call
from kiosk.wire.messages import Device, Role
from kiosk.wire.text import Text
from tests.helpers.panel_city import (
    NOW_MS,
    Asked,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    put_on_wall,
)

STATE = at("pairing")


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


def device(number: int, role: Role = "official") -> Device:
    return Device(f"tablet-{number}", f"태블릿 {number}", role, "{}", NOW_MS - 9_000_000, None)


class Wall:
    """The panel on a wall with these devices."""

    def __init__(
        self,
        city: MemoryRepositories,
        qtbot: QtBot,
        finger: QPointingDevice,
        devices: tuple[Device, ...],
        size: tuple[int, int] = (1920, 1080),
        language: Language = "ko",
        **live: Any,
    ) -> None:
        self.asked: Asked = []
        self._city = city
        self._finger = finger
        theme = make_theme(*size, language=language)
        model = model_of("pairing", city, STATE, devices=devices, **live)
        self.shell, view = put_on_wall("pairing", model, theme, *size, self.asked)
        assert isinstance(view, PairingPanelView)
        self.view = view
        qtbot.addWidget(self.shell)
        QApplication.processEvents()

    def show(self, devices: tuple[Device, ...]) -> None:
        self.view.set_view_model(model_of("pairing", self._city, STATE, devices=devices))
        QApplication.processEvents()

    def triggers(self) -> set[str]:
        return {
            hit.target.trigger
            for hit in all_hits(self.shell)
            if hit.target.trigger.startswith(("device", "pairing.meet"))
        }

    def tap(self, trigger: str) -> None:
        hit = next(h for h in all_hits(self.shell) if h.target.trigger == trigger)
        QTest.touchEvent(self.shell, self._finger).press(1, hit.middle(), self.shell).commit()
        QTest.touchEvent(self.shell, self._finger).release(1, hit.middle(), self.shell).commit()
        QApplication.processEvents()

    def commands(self) -> list[tuple[str, dict[str, Any]]]:
        return [(command, args) for command, args, _ in self.asked]


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_rights_are_changed_in_the_row(
    city: MemoryRepositories,
    qtbot: QtBot,
    finger: QPointingDevice,
    size: tuple[int, int],
    language: Language,
) -> None:
    wall = Wall(city, qtbot, finger, (device(1), device(2)), size, language)
    wall.tap("device.rights.tablet-2")
    assert wall.asked == [], "choosing asks for nothing yet"
    assert {"device.visitor.tablet-2", "device.mayor.tablet-2", "device.tablet-1"} <= (
        wall.triggers()
    )
    assert "device.tablet-2" not in wall.triggers()
    wall.tap("device.mayor.tablet-2")
    assert wall.commands() == [("remote.role", {"device": "tablet-2", "role": "mayor"})]
    wall.show((device(1), device(2, "mayor")))
    assert "device.rights.tablet-2" in wall.triggers()


def test_whoever_changes_their_mind_changes_nothing(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    wall = Wall(city, qtbot, finger, (device(1),))
    wall.tap("device.rights.tablet-1")
    assert "device.official.tablet-1" not in wall.triggers()  # the role that it has
    wall.tap("device.keep.tablet-1")
    assert wall.asked == []
    assert "device.tablet-1" in wall.triggers()


def test_every_tablet_can_be_reached_and_cut_off(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    """Also the fortieth: what does not fit stands on the next page."""
    count = 40
    wall = Wall(city, qtbot, finger, tuple(device(n) for n in range(count)))
    seen: set[str] = set()
    for _ in range(count):
        new = wall.triggers() - seen
        seen |= new
        if "device.tablet-39" in seen:
            break
        wall.tap("devices.page.next")
    assert {f"device.tablet-{n}" for n in range(count)} <= seen
    wall.tap("device.tablet-39")
    assert wall.commands() == [("remote.revoke", {"device": "tablet-39"})]


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_several_are_called_at_once_where_that_can_be_done(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice, size: tuple[int, int]
) -> None:
    devices = tuple(device(number) for number in range(3))
    here = frozenset(d.id for d in devices)
    there = Wall(city, qtbot, finger, devices, size, online=here, conferences=True)
    there.tap("pairing.meet")
    assert there.commands() == [("call.meet", {"about": ""})]
    assert "pairing.meet" not in Wall(city, qtbot, finger, devices, size, online=here).triggers()
    one = frozenset({devices[0].id})
    alone = Wall(city, qtbot, finger, devices, size, online=one, conferences=True)
    assert "pairing.meet" not in alone.triggers()


def test_in_a_call_the_others_are_called_to_it(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    devices = tuple(device(number) for number in range(2))
    here = frozenset(d.id for d in devices)
    wall = Wall(city, qtbot, finger, devices, online=here, conferences=True)
    call = Call("c-1", "talking", Text("하나", "One"), 0, device="tablet-0")
    state = replace(STATE, call=call)
    model = model_of("pairing", city, state, devices=devices, online=here, conferences=True)
    wall.view.set_view_model(model)
    QApplication.processEvents()
    assert not {"pairing.meet", "device.call.tablet-0"} & wall.triggers()
    wall.tap("device.call.tablet-1")
    assert wall.commands() == [("call.add", {"to": "tablet-1"})]


def test_a_department_is_chosen_from_the_list_in_place_of_the_tablets(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    wall = Wall(city, qtbot, finger, (device(1), device(2)))
    wall.tap("device.rights.tablet-2")
    wall.tap("device.belongs.tablet-2")
    assert wall.asked == []
    assert "device.office.none" in wall.triggers()
    offices = {trigger for trigger in wall.triggers() if trigger.startswith("device.office.")}
    assert len(offices) > 3, "those that are in charge of the districts"
    chosen = sorted(offices - {"device.office.none"})[0]
    wall.tap(chosen)
    office = chosen.removeprefix("device.office.")
    assert wall.commands() == [("remote.office", {"device": "tablet-2", "office": office})]
    assert "device.rights.tablet-2" in wall.triggers(), "the tablets are back"
