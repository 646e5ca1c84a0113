"""Fingers and mouse on the panels: what is pressed asks for the right command."""

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.looks import ChartLook
from kiosk.core.state import PairingView, ViewState, replace
from kiosk.panels.help.table import NEXT
from kiosk.panels.help.view import HelpView
from kiosk.panels.home.view import HomeView
from kiosk.panels.indicators.view import IndicatorsView
from kiosk.panels.pairing.view import PairingPanelView
from kiosk.panels.view import PanelView
from kiosk.ui.hits import all_hits
from kiosk.ui.shell import Shell
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

LEFT = Qt.MouseButton.LeftButton
MEAN = ChartLook(marks=("mean",))


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


class Panel:
    """A panel on a wall, and what it asked for."""

    def __init__(self, city: MemoryRepositories, qtbot: QtBot, state: ViewState) -> None:
        self.asked: Asked = []
        self.city = city
        theme = make_theme(1920, 1080)
        model = model_of(state.panel, city, state)
        self.shell: Shell
        self.view: PanelView
        self.shell, self.view = put_on_wall(state.panel, model, theme, 1920, 1080, self.asked)
        qtbot.addWidget(self.shell)
        QApplication.processEvents()

    def show(self, state: ViewState, **changes: Any) -> None:
        self.view.set_view_model(model_of(state.panel, self.city, state, **changes))
        QApplication.processEvents()

    def middle(self, trigger: str) -> QPoint:
        hits = {hit.target.trigger: hit for hit in all_hits(self.shell)}
        assert trigger in hits, f"no {trigger} among {sorted(hits)}"
        return hits[trigger].middle()

    def tap(self, device: QPointingDevice, trigger: str) -> None:
        where = self.middle(trigger)
        QTest.touchEvent(self.shell, device).press(1, where, self.shell).commit()
        QTest.touchEvent(self.shell, device).release(1, where, self.shell).commit()

    def click(self, trigger: str) -> None:
        window = self.shell.windowHandle()
        QTest.mouseClick(window, LEFT, Qt.KeyboardModifier.NoModifier, self.middle(trigger))


def ways(panel: Panel, finger: QPointingDevice, trigger: str) -> list[tuple[str, dict[str, Any]]]:
    """What a finger and a mouse ask for at one place."""
    panel.asked.clear()
    panel.tap(finger, trigger)
    panel.click(trigger)
    assert all(where == f"touch:{trigger}" for _, _, where in panel.asked)
    return [(command, args) for command, args, _ in panel.asked]


@pytest.mark.parametrize(
    ("state", "trigger", "command", "args"),
    [
        (at("home"), "home.figure.pm25", "indicator.open", {"indicator": "pm25"}),
        (at("home"), "home.metric.1", "map.metric", {"indicator": "pm25"}),
        (at("home"), "home.cctv", "panel.open", {"panel": "cctv"}),
        (at("home"), "map.11710", "district.select", {"district": "11710"}),
        (at("home"), "camera.gwanghwamun", "cctv.open", {"camera": "gwanghwamun"}),
        (at("indicators"), "board.ozone", "indicator.open", {"indicator": "ozone"}),
        (at("indicators", indicator="pm25"), "indicator.next", "indicator.next", {}),
        (at("indicators", indicator="pm25"), "indicator.close", "nav.close", {}),
        (
            at("indicators", indicator="pm25"),
            "ranking.11110",
            "district.select",
            {"district": "11110"},
        ),
        (at("cctv"), "cctv.layout.16", "cctv.layout", {"tiles": 16}),
        (at("cctv"), "cctv.preset.flood", "cctv.preset", {"preset": "flood"}),
        (at("cctv"), "cctv.all", "cctv.all", {}),
        (at("cctv"), "cctv.search", "search.open", {}),
        (at("cctv"), "cctv.film", "cctv.film", {}),
        (at("cctv"), "cctv.tour", "cctv.tour", {}),
        (at("cctv"), "map.11710", "cctv.district", {"district": "11710"}),
        (at("cctv"), "cctv.step.next", "cctv.next_page", {}),
        (at("cctv", camera="gwanghwamun"), "cctv.next", "cctv.next", {}),
        (at("cctv", camera="gwanghwamun"), "cctv.snapshot", "cctv.snapshot", {}),
        (at("cctv", camera="gwanghwamun"), "cctv.near", "cctv.near", {}),
        (at("cctv", camera="gwanghwamun"), "cctv.zoom_in", "cctv.zoom_in", {}),
        (at("cctv", camera="gwanghwamun"), "cctv.close", "cctv.close", {}),
        (at("system"), "system.restart.voice", "system.restart", {"process": "voice"}),
        (at("system"), "system.pair", "remote.pair", {}),
        (at("pairing"), "pairing.open", "remote.pair", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_pressing_asks_for_its_command(
    city: MemoryRepositories,
    qtbot: QtBot,
    finger: QPointingDevice,
    state: ViewState,
    trigger: str,
    command: str,
    args: dict[str, Any],
) -> None:
    panel = Panel(city, qtbot, state)
    assert ways(panel, finger, trigger) == [(command, args)] * 2


def test_an_issue_is_pressed_anywhere_on_its_row(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    panel = Panel(city, qtbot, at("home"))
    (issue, *_) = model_of("home", city, at("home")).issues
    pressed = ways(panel, finger, "home.issue.1")
    assert pressed == [(issue.press.command, dict(issue.press.args))] * 2


def test_every_command_of_a_panel_is_in_the_registry(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    from kiosk.commands import make_registry

    known = make_registry()
    states = [at(p) for p in ("home", "indicators", "cctv", "system", "help", "pairing")]
    states += [at("indicators", indicator="pm25"), at("cctv", camera="gwanghwamun")]
    for state in states:
        panel = Panel(city, qtbot, state)
        for hit in all_hits(panel.shell):
            if hit.target.command:
                known.resolve(hit.target.command)


def test_home_shows_new_rows_without_making_its_pieces_anew(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    panel = Panel(city, qtbot, at("home"))
    assert isinstance(panel.view, HomeView)
    before = list(panel.view.children())
    panel.show(at("home", district="11680"))
    assert list(panel.view.children()) == before
    assert panel.view.map.model is not None
    assert panel.view.map.model.selected == "11680"


def test_home_has_all_its_pieces_after_the_wall_was_turned(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    panel = Panel(city, qtbot, at("home"))
    before = {hit.target.trigger for hit in all_hits(panel.shell)}
    panel.shell.resize(1080, 1920)
    panel.shell.resize(1920, 1080)
    QApplication.processEvents()
    assert {hit.target.trigger for hit in all_hits(panel.shell)} == before
    assert "home.cctv" in before


def test_layers_of_the_map_are_chosen_in_place_of_its_legend(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    panel = Panel(city, qtbot, at("home"))
    legend = {hit.target.trigger for hit in all_hits(panel.shell)}
    panel.tap(finger, "home.layers")
    assert panel.asked == [], "opening asks for nothing"
    shown = ("map.hide_layer", {"layer": "names"})
    assert ways(panel, finger, "home.layer.names") == [shown] * 2
    hidden = ("map.show_layer", {"layer": "hospitals"})
    assert ways(panel, finger, "home.layer.hospitals") == [hidden] * 2
    panel.show(at("home", district="11680"))
    panel.middle("home.layer.hospitals")
    assert "home.metric.1" not in {hit.target.trigger for hit in all_hits(panel.shell)}
    panel.tap(finger, "home.layers.close")
    panel.show(at("home"))
    assert {hit.target.trigger for hit in all_hits(panel.shell)} == legend


def test_what_is_marked_in_a_line_is_chosen_in_a_row_under_its_head(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    panel = Panel(city, qtbot, at("indicators", indicator="complaints", chart=MEAN))
    assert isinstance(panel.view, IndicatorsView)
    before = panel.view.chart.geometry()
    panel.tap(finger, "indicator.look")
    assert panel.asked == []
    assert ways(panel, finger, "look.chart.trend") == [("chart.trend", {})] * 2
    assert ways(panel, finger, "look.chart.mean") == [("chart.unmark", {"mark": "mean"})] * 2
    (asked, _) = ways(panel, finger, "look.time.3")
    assert asked[0] == "chart.time"
    panel.show(at("indicators", indicator="population"))
    panel.middle("look.chart.trend")
    panel.show(at("indicators"))
    panel.show(at("indicators", indicator="complaints"))
    assert panel.view.chart.geometry() == before, "it is closed again"


def test_a_role_is_chosen_on_the_wall_and_sent_when_the_tablet_is_let_in(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    panel = Panel(city, qtbot, at("pairing"))
    assert isinstance(panel.view, PairingPanelView)
    offer = PairingView("https://kiosk.local/#x", NOW_MS + 60_000, "r", "비서실", "482913")
    panel.show(replace(at("pairing"), pairing=offer))
    panel.tap(finger, "pairing.role.visitor")
    assert panel.asked == [], "choosing asks for nothing yet"
    panel.tap(finger, "pairing.accept")
    panel.tap(finger, "pairing.reject")
    assert [(command, args) for command, args, _ in panel.asked] == [
        ("remote.accept", {"role": "visitor"}),
        ("remote.reject", {}),
    ]


def test_the_board_shows_large_tiles_over_pages_or_all_at_once(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    panel = Panel(city, qtbot, at("indicators"))
    every = {f"board.{indicator.id}" for indicator in city.indicators()}

    def seen() -> set[str]:
        return {hit.target.trigger for hit in all_hits(panel.shell)} & every

    first = seen()
    panel.tap(finger, "board.page.next")
    second = seen()
    assert len(first) == len(second) == 24
    assert not first & second
    assert panel.asked == []
    assert ways(panel, finger, "board.size") == [("board.small", {})] * 2
    panel.show(replace(at("indicators"), small_tiles=True))
    assert seen() == every
    assert ways(panel, finger, "board.size") == [("board.large", {})] * 2
    panel.show(at("indicators"))
    assert seen() == first


def test_the_board_is_narrowed_by_a_finger(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    panel = Panel(city, qtbot, at("indicators"))
    for word in ("urgent", "worse", "better", "late", "goal"):
        assert ways(panel, finger, f"board.{word}") == [(f"board.{word}", {})] * 2
    panel.show(at("indicators", only="goal"))
    assert ways(panel, finger, "board.all") == [("board.all", {})] * 2


@pytest.mark.parametrize(
    ("state", "trigger", "command", "args"),
    [
        (at("indicators", indicator="pm25"), "indicator.shape", "chart.table", {}),
        (
            at("indicators", indicator="pm25", chart=ChartLook(as_table=True)),
            "indicator.shape",
            "chart.line",
            {},
        ),
        (at("compare", indicator="population"), "compare.scale", "compare.indexed", {}),
        (at("ranking", indicator="population"), "ranking.order.name", "ranking.by_name", {}),
        (at("ranking", indicator="population"), "ranking.order.change", "ranking.by_change", {}),
        (at("ranking", indicator="population"), "ranking.count.5", "ranking.top", {"count": 5}),
        (
            at("ranking", indicator="population", district="11680"),
            "ranking.11680",
            "district.select",
            {"district": "11680"},
        ),
    ],
)
def test_how_figures_are_looked_at_is_pressed_too(
    city: MemoryRepositories,
    qtbot: QtBot,
    finger: QPointingDevice,
    state: ViewState,
    trigger: str,
    command: str,
    args: dict[str, Any],
) -> None:
    panel = Panel(city, qtbot, state)
    assert ways(panel, finger, trigger) == [(command, args)] * 2


def test_help_turns_its_own_pages(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    panel = Panel(city, qtbot, at("help"))
    assert isinstance(panel.view, HelpView)
    assert panel.view.gestures.isVisible()
    narrowed = ("panel.narrow", {"panel": "help", "to": "commands"})
    assert ways(panel, finger, "help.commands") == [narrowed] * 2
    panel.asked.clear()
    panel.show(at("help", only="commands"))
    assert panel.view.table.isVisible()
    assert not panel.view.gestures.isVisible()
    assert panel.view.table.pages() > 1
    before = panel.shell.grab().toImage()
    panel.tap(finger, NEXT)
    QApplication.processEvents()
    assert panel.asked == []
    assert panel.shell.grab().toImage() != before


def test_a_finger_on_the_wall_reads_the_line_of_an_indicator(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    panel = Panel(city, qtbot, at("indicators", indicator="population"))
    assert isinstance(panel.view, IndicatorsView)
    chart = panel.view.chart
    plot, point = chart.plot(), chart.model.series[0].points[4]
    assert plot is not None
    where = chart.mapTo(panel.shell, plot.at(point).toPoint())
    QTest.touchEvent(panel.shell, finger).press(1, where, panel.shell).commit()
    assert chart.reading == point
    QTest.touchEvent(panel.shell, finger).release(1, where, panel.shell).commit()
    assert chart.reading == point
    assert panel.asked == [], "reading is no command"


def test_the_light_line_on_home_opens_its_indicator(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice
) -> None:
    panel = Panel(city, qtbot, at("home"))
    quiet = model_of("home", city, at("home"))
    panel.view.set_view_model(msgspec.structs.replace(quiet, issues=(), issue_count=0))
    QApplication.processEvents()
    asked = ways(panel, finger, "trend.open")
    assert asked == [("indicator.open", {"indicator": "population"})] * 2


def test_the_wall_asks_the_decoder_for_what_it_shows(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    panel = Panel(city, qtbot, at("cctv"))
    wanted = panel.view.wanted()
    assert len(wanted) == 9
    assert all(one.width_px > 400 and one.height_px > 200 for one in wanted.values())
    with qtbot.waitSignal(panel.view.wanted_changed):
        panel.show(at("cctv", camera="gwanghwamun"))
    wanted = panel.view.wanted()
    assert wanted["gwanghwamun"].purpose == "full"
    assert wanted["gwanghwamun"].width_px > 1100
    others = {one.purpose for camera, one in wanted.items() if camera != "gwanghwamun"}
    assert others == {"hidden"}, "the way back is open at once"
