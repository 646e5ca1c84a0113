"""Fingers, mouse and a hand in the air press the wall; the right command comes out."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QPointingDevice, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.core.state import ChoiceView, ConfirmationView, Option
from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.choice_sheet import choice_sheet_view
from kiosk.ui.components.confirm_sheet import confirm_sheet_view
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.ui.gallery.content_samples import ISSUES, NOW_MS
from kiosk.ui.gallery.cover_samples import LOCK
from kiosk.ui.gallery.frame_samples import DOCK, TOP
from kiosk.ui.gallery.walls import SamplePanel, home
from kiosk.ui.hits import Hit, all_hits, hit_at
from kiosk.ui.pointer import PointerView
from kiosk.ui.shell import Shell
from kiosk.ui.theme import Theme, make_theme
from kiosk.wire.text import Text

Submitted = tuple[str, dict[str, Any], str]
LEFT = Qt.MouseButton.LeftButton


class Wall:
    """A wall that writes down what it was asked for."""

    def __init__(self, shell: Shell, seen: list[Submitted], finger: QPointingDevice) -> None:
        self.shell, self.seen, self.finger = shell, seen, finger

    def at(self, command: str, args: dict[str, object] | None = None) -> Hit:
        hit = self.shell.find_target(command, args)
        assert hit is not None, f"nothing on the wall asks for {command}"
        return hit

    def tap(self, where: QPoint) -> None:
        QTest.touchEvent(self.shell, self.finger).press(1, where, self.shell).commit()
        QTest.touchEvent(self.shell, self.finger).release(1, where, self.shell).commit()


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def wall(qtbot: QtBot, finger: QPointingDevice) -> Wall:
    seen: list[Submitted] = []

    def submit(command: str, args: dict[str, Any], trigger: str) -> None:
        seen.append((command, args, trigger))

    shell = Shell(make_theme(1920, 1080), submit)
    qtbot.addWidget(shell)
    shell.resize(1920, 1080)
    shell.tick(NOW_MS)
    home(shell)
    shell.show()
    qtbot.waitExposed(shell)
    return Wall(shell, seen, finger)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return make_theme(1920, 1080)


def listen(component: Component) -> list[Submitted]:
    seen: list[Submitted] = []
    component.submitted.connect(
        lambda command, args, trigger: seen.append((command, args, trigger))
    )
    return seen


def test_a_click_on_a_button_asks_for_its_command(qtbot: QtBot, theme: Theme) -> None:
    asked = Action(Text("열기", "Open"), "panel.open", {"panel": "cctv"}, "tile.cctv")
    button = Button(theme, asked)
    qtbot.addWidget(button)
    button.resize(200, 56)
    button.show()
    seen = listen(button)
    QTest.mouseClick(button, LEFT)
    assert seen == [("panel.open", {"panel": "cctv"}, "tile.cctv")]


def test_leaving_a_button_before_lifting_asks_for_nothing(qtbot: QtBot, theme: Theme) -> None:
    button = Button(theme, Action(Text("열기", "Open"), "panel.open"))
    qtbot.addWidget(button)
    button.resize(200, 56)
    button.show()
    seen = listen(button)
    QTest.mousePress(button, LEFT, pos=QPoint(20, 20))
    assert button.is_pressed("panel.open")
    QTest.mouseRelease(button, LEFT, pos=QPoint(20, 300))
    assert not button.is_pressed("panel.open")
    assert seen == []


def test_a_disabled_button_asks_for_nothing(qtbot: QtBot, theme: Theme) -> None:
    button = Button(theme, Action(Text("열기", "Open"), "panel.open", enabled=False))
    qtbot.addWidget(button)
    button.resize(200, 56)
    button.show()
    seen = listen(button)
    QTest.mouseClick(button, LEFT)
    assert seen == []


def test_each_part_of_a_switch_asks_for_its_own(qtbot: QtBot, theme: Theme) -> None:
    choices = tuple(
        Action(Text(name, name), "map.metric", {"metric": name}, f"metric.{name}")
        for name in ("people", "air", "traffic")
    )
    switch = Segmented(theme, SegmentedView(choices))
    qtbot.addWidget(switch)
    switch.resize(300, 48)
    switch.show()
    seen = listen(switch)
    for x in (50, 150, 250):
        QTest.mouseClick(switch, LEFT, pos=QPoint(x, 24))
    assert [args["metric"] for _, args, _ in seen] == ["people", "air", "traffic"]


@pytest.mark.parametrize("item", DOCK.items, ids=lambda item: item.action.label.en)
def test_a_tap_on_the_dock_goes_there(wall: Wall, item: Any) -> None:
    name = item.action.trigger or item.action.command
    hits = [h for h in all_hits(wall.shell) if h.target.trigger == name]
    assert len(hits) == 1
    wall.tap(hits[0].middle())
    assert wall.seen == [(item.action.command, {}, f"touch:{name}")]


def test_an_issue_is_pressed_anywhere_on_its_row(wall: Wall) -> None:
    hits = [h for h in all_hits(wall.shell) if h.target.trigger == "issue.2"]
    wall.tap(hits[0].rect.topLeft().toPoint() + QPoint(30, 20))
    assert wall.seen == [(ISSUES[1].action.command, {}, "touch:issue.2")]


def test_pressing_the_lamps_opens_the_system(wall: Wall) -> None:
    hits = [h for h in all_hits(wall.shell) if h.target.trigger == "lamps"]
    assert TOP.system is not None
    wall.tap(hits[0].middle())
    assert wall.seen == [(TOP.system.command, {}, "touch:lamps")]


def test_two_hands_press_two_places_at_once(wall: Wall) -> None:
    by_name = {h.target.trigger: h for h in all_hits(wall.shell)}
    one, two = by_name["dock.orders"].middle(), by_name["issue.1"].middle()
    QTest.touchEvent(wall.shell, wall.finger).press(1, one, wall.shell).commit()
    QTest.touchEvent(wall.shell, wall.finger).stationary(1).press(2, two, wall.shell).commit()
    QTest.touchEvent(wall.shell, wall.finger).stationary(1).release(2, two, wall.shell).commit()
    QTest.touchEvent(wall.shell, wall.finger).release(1, one, wall.shell).commit()
    assert [trigger for _, _, trigger in wall.seen] == ["touch:issue.1", "touch:dock.orders"]


def test_two_fingers_on_one_dock_press_two_items(wall: Wall) -> None:
    by_name = {h.target.trigger: h for h in all_hits(wall.shell)}
    one, two = by_name["dock.orders"].middle(), by_name["dock.system"].middle()
    QTest.touchEvent(wall.shell, wall.finger).press(1, one, wall.shell).press(
        2, two, wall.shell
    ).commit()
    QTest.touchEvent(wall.shell, wall.finger).release(1, one, wall.shell).release(
        2, two, wall.shell
    ).commit()
    assert {trigger for _, _, trigger in wall.seen} == {"touch:dock.orders", "touch:dock.system"}


def test_a_hand_that_rests_beside_the_buttons_is_no_obstacle(wall: Wall) -> None:
    by_name = {h.target.trigger: h for h in all_hits(wall.shell)}
    home_hit, item = by_name["nav.home"], by_name["dock.orders"].middle()
    gap = home_hit.rect.topRight().toPoint() + QPoint(5, 20)
    assert hit_at(wall.shell, gap) is None
    QTest.touchEvent(wall.shell, wall.finger).press(1, gap, wall.shell).commit()
    QTest.touchEvent(wall.shell, wall.finger).stationary(1).press(2, item, wall.shell).commit()
    QTest.touchEvent(wall.shell, wall.finger).stationary(1).release(2, item, wall.shell).commit()
    QTest.touchEvent(wall.shell, wall.finger).release(1, gap, wall.shell).commit()
    assert [trigger for _, _, trigger in wall.seen] == ["touch:dock.orders"]


def test_a_finger_on_a_sheet_that_goes_away_presses_nothing(wall: Wall) -> None:
    wall.shell.ask(confirm_sheet_view(question()))
    at = wall.at("confirm.accept").middle()
    QTest.touchEvent(wall.shell, wall.finger).press(1, at, wall.shell).commit()
    wall.shell.ask(None)
    wall.shell.ask(confirm_sheet_view(question()))
    QTest.touchEvent(wall.shell, wall.finger).release(1, at, wall.shell).commit()
    assert wall.seen == []


def test_the_right_button_of_a_mouse_presses_nothing(wall: Wall) -> None:
    hit = wall.at("nav.home")
    at = hit.widget.mapFrom(wall.shell, hit.middle())
    QTest.mouseClick(hit.widget, Qt.MouseButton.RightButton, pos=at)
    assert wall.seen == []


def test_a_second_quick_click_counts_as_well(wall: Wall) -> None:
    hit = wall.at("nav.home")
    at = hit.widget.mapFrom(wall.shell, hit.middle())
    QTest.mouseClick(hit.widget, LEFT, pos=at)
    # What a person's second click sends: a double click, then the button comes up.
    QTest.mouseDClick(hit.widget, LEFT, pos=at)
    QTest.mouseRelease(hit.widget, LEFT, pos=at)
    assert [command for command, _, _ in wall.seen] == ["nav.home", "nav.home"]


def question() -> ConfirmationView:
    return ConfirmationView(
        "n0nce",
        Text("화면을 끌까요?", "Turn the wall off?"),
        Text("되돌릴 수 없습니다", "It can't be undone"),
        Text("끄기", "Turn off"),
        NOW_MS + 8000,
    )


@pytest.mark.parametrize("command", ["confirm.accept", "confirm.cancel"])
def test_both_answers_of_a_question_carry_its_nonce(wall: Wall, command: str) -> None:
    wall.shell.ask(confirm_sheet_view(question()))
    wall.tap(wall.at(command).middle())
    assert wall.seen == [(command, {"nonce": "n0nce"}, f"touch:{command}")]


def test_a_sheet_covers_everything_below_it(wall: Wall) -> None:
    below = wall.at("nav.home").middle()
    wall.shell.ask(confirm_sheet_view(question()))
    assert wall.shell.find_target("nav.home") is None
    wall.tap(below)
    cover = wall.shell.childAt(below)
    assert cover is not None
    QTest.mouseClick(cover, LEFT, pos=below)
    assert wall.seen == []
    wall.shell.ask(None)
    wall.tap(below)
    assert [command for command, _, _ in wall.seen] == ["nav.home"]


def test_a_choice_is_answered_by_its_number(wall: Wall) -> None:
    options = tuple(
        Option(name, "district.select", {"district": name}) for name in ("강북구", "성북구")
    )
    wall.shell.choose(choice_sheet_view(ChoiceView("북구", options, NOW_MS + 10_000)))
    wall.tap(wall.at("choice.take", {"number": 2}).middle())
    wall.tap(wall.at("choice.drop").middle())
    assert wall.seen == [
        ("choice.take", {"number": 2}, "touch:choice.take.2"),
        ("choice.drop", {}, "touch:choice.drop"),
    ]


def test_a_locked_wall_takes_one_thing_only(wall: Wall) -> None:
    wall.shell.lock(LOCK)
    assert {h.target.command for h in all_hits(wall.shell)} == {"system.unlock"}
    wall.tap(QPoint(100, 100))
    assert wall.seen == [("system.unlock", {}, "touch:system.unlock")]
    wall.shell.lock(None)
    assert wall.shell.find_target("system.unlock") is None


def normalised(shell: Shell, at: QPoint) -> PointerView:
    return PointerView(at.x() / shell.width(), at.y() / shell.height())


def test_a_hand_in_the_air_presses_what_it_points_at(wall: Wall) -> None:
    target = wall.at("nav.home")
    hit = wall.shell.set_pointer(normalised(wall.shell, target.middle()))
    assert hit is not None
    assert hit.target.command == "nav.home"
    wall.shell.press_pointer("pinch_tap")
    assert wall.seen == [("nav.home", {}, "gesture:pinch_tap")]


def test_a_hand_that_points_at_nothing_presses_nothing(wall: Wall) -> None:
    assert wall.shell.set_pointer(PointerView(0.3, 0.75)) is None
    assert wall.shell.press_pointer("dwell") is None
    wall.shell.set_pointer(None)
    assert wall.shell.press_pointer("dwell") is None
    assert wall.seen == []


def test_a_hand_that_rests_on_a_target_presses_it_once(wall: Wall) -> None:
    at = normalised(wall.shell, wall.at("nav.home").middle())
    assert wall.shell.point(at.x, at.y, 0) == 0.0
    assert wall.shell.point(at.x, at.y, 450) == pytest.approx(0.5)
    assert wall.seen == []
    for t_ms in (900, 1000, 2500):
        wall.shell.point(at.x, at.y, t_ms)
    assert wall.seen == [("nav.home", {}, "gesture:dwell")]
    wall.shell.point(0.3, 0.75, 2600)
    wall.shell.point(at.x, at.y, 2700)
    wall.shell.point(at.x, at.y, 3600)
    assert len(wall.seen) == 2


def test_leaving_a_target_empties_the_ring(wall: Wall) -> None:
    at = normalised(wall.shell, wall.at("nav.home").middle())
    wall.shell.point(at.x, at.y, 0)
    wall.shell.point(0.3, 0.75, 500)
    assert wall.shell.point(at.x, at.y, 600) == 0.0
    wall.shell.set_pointer(None)
    assert wall.shell.point(at.x, at.y, 5000) == 0.0
    assert wall.seen == []


def test_the_gesture_pointer_is_no_obstacle_to_a_finger(wall: Wall) -> None:
    target = wall.at("nav.home").middle()
    wall.shell.set_pointer(normalised(wall.shell, target))
    wall.tap(target)
    assert wall.seen == [("nav.home", {}, "touch:nav.home")]


def test_a_key_is_passed_on_by_its_name(wall: Wall, qtbot: QtBot) -> None:
    for key, modifier, name in (
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "Esc"),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, "Ctrl+L"),
    ):
        with qtbot.waitSignal(wall.shell.keyed, timeout=1000) as keyed:
            QTest.keyClick(wall.shell, key, modifier)
        assert keyed.args == [name]


def test_a_panel_that_forwards_is_heard_once(wall: Wall, qtbot: QtBot, theme: Theme) -> None:
    class Forwarding(Component):
        def __init__(self) -> None:
            super().__init__(theme)
            button = Button(theme, Action(Text("열기", "Open"), "indicator.open"), parent=self)
            button.setGeometry(0, 0, 200, 56)
            button.submitted.connect(self.submitted)

    panel = Forwarding()
    former = wall.shell.panel
    wall.shell.set_panel(panel)
    wall.tap(wall.at("indicator.open").middle())
    wall.shell.set_panel(former)
    wall.shell.set_panel(panel)
    wall.tap(wall.at("indicator.open").middle())
    assert [command for command, _, _ in wall.seen] == ["indicator.open"] * 2


def test_a_plain_panel_may_name_targets_too(wall: Wall) -> None:

    class Plain(QWidget):
        def targets(self) -> tuple[Target, ...]:
            return (Target(QRectF(0, 0, 100, 100), "map.reset", {}, "map.reset"),)

    wall.shell.set_panel(Plain())
    hit = wall.at("map.reset")
    wall.shell.set_pointer(normalised(wall.shell, hit.middle()))
    wall.shell.press_pointer("dwell")
    assert wall.seen == [("map.reset", {}, "gesture:dwell")]


def test_a_cancelled_touch_asks_for_nothing(wall: Wall) -> None:
    hit = wall.at("nav.home")
    QTest.touchEvent(wall.shell, wall.finger).press(1, hit.middle(), wall.shell).commit()
    QApplication.sendEvent(hit.widget, QTouchEvent(QEvent.Type.TouchCancel, wall.finger))
    QTest.touchEvent(wall.shell, wall.finger).release(1, hit.middle(), wall.shell).commit()
    assert wall.seen == []


def test_circles_and_targets_agree_on_a_wall_with_wide_pixels(qtbot: QtBot) -> None:
    seen: list[Submitted] = []

    def submit(command: str, args: dict[str, Any], trigger: str) -> None:
        seen.append((command, args, trigger))

    shell = Shell(make_theme(1920, 1080, pixel_aspect=1.19), submit)
    qtbot.addWidget(shell)
    shell.resize(1920, 1080)
    home(shell)
    shell.show()
    hits = list(all_hits(shell))
    for hit in hits:
        QTest.mouseClick(hit.widget, LEFT, pos=hit.widget.mapFrom(shell, hit.middle()))
    assert [trigger for _, _, trigger in seen] == [f"touch:{h.target.trigger}" for h in hits]
    assert len(seen) >= 9


def test_the_sample_panel_fits_the_upright_board(qtbot: QtBot) -> None:
    shell = Shell(make_theme(1080, 1920), lambda *_: None)
    qtbot.addWidget(shell)
    shell.resize(1080, 1920)
    panel = SamplePanel(shell)
    shell.set_panel(panel)
    for child in panel.findChildren(Component):
        assert shell.bands.content.width() >= child.geometry().right()
