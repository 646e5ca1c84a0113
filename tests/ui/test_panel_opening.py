"""A panel is made and drawn beside the wall and comes onto it whole; the one before stays."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.app.panels import PanelHost
from kiosk.app.queries import Queries
from kiosk.cache.repositories import Repositories
from kiosk.core.clock import ManualClock
from kiosk.core.state import ViewState
from kiosk.panels import find_panels
from kiosk.panels.view import PanelView
from kiosk.ui.charts.frames import RingFrames
from kiosk.ui.component import Component
from kiosk.ui.notice import Notice
from kiosk.ui.shell import Shell
from kiosk.ui.theme import make_theme
from tests.helpers.panel_city import (
    NOW_MS,
    MemoryRepositories,
    PaintedFrames,
    at,
    demo_city,
    live,
    model_of,
    spec_of,
)

RGB = QImage.Format.Format_RGB888


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def make_shell(qtbot: QtBot, width_px: int = 1920, height_px: int = 1080) -> Shell:
    shell = Shell(make_theme(width_px, height_px), lambda *_press: None)
    qtbot.addWidget(shell)
    shell.resize(width_px, height_px)
    shell.show()
    qtbot.waitExposed(shell)
    shell.tick(NOW_MS)
    return shell


def make_view(shell: Shell, city: MemoryRepositories, state: ViewState) -> PanelView:
    view: PanelView = spec_of(state.panel).load_view()(shell.theme, PaintedFrames())
    view.set_view_model(model_of(state.panel, city, state))
    return view


def picture(shell: Shell) -> QImage:
    """What stands on the screen, as it was painted by the event loop."""
    QApplication.processEvents()
    return shell.grab().toImage().convertToFormat(RGB)


def differ(one: QImage, other: QImage) -> int:
    first, second = bytes(one.constBits()), bytes(other.constBits())
    assert len(first) == len(second)
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("panel", ["home", "indicators", "incident", "pledges", "cctv", "search"])
def test_what_was_drawn_ahead_is_what_would_be_drawn(
    city: MemoryRepositories, qtbot: QtBot, panel: str
) -> None:
    at_once, ahead = make_shell(qtbot), make_shell(qtbot)
    at_once.set_panel(make_view(at_once, city, at(panel)))
    view = make_view(ahead, city, at(panel))
    steps = sum(1 for _ in ahead.prepare(view, None))
    assert steps > 2
    shown: list[Component] = [c for c in view.findChildren(Component) if c.isVisible()]
    drawn = [c for c in shown if c.drawn_ahead]
    assert len(drawn) > len(shown) // 2
    ahead.bring_on(view, None)
    # A picture shows once: the next paint is from the content again.
    first = picture(ahead)
    assert not any(c.drawn_ahead for c in shown if c.rect().isValid() and c.isVisible())
    assert differ(first, picture(at_once)) <= 3


def test_the_panel_before_stays_until_the_next_is_whole(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    shell = make_shell(qtbot)
    before = make_view(shell, city, at("orders"))
    shell.set_panel(before)
    there = picture(shell)
    view = make_view(shell, city, at("indicators"))
    for _ in shell.prepare(view, None):
        assert shell.panel is before
        assert shell.find_target("indicator.open") is None
    assert differ(there, picture(shell)) == 0
    shell.bring_on(view, None)
    assert shell.panel is view
    assert not before.isVisible()
    assert shell.find_target("indicator.open") is not None


def test_a_change_before_the_first_frame_is_seen_in_it(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    shell, other = make_shell(qtbot), make_shell(qtbot)
    view = make_view(shell, city, at("indicators"))
    for _ in shell.prepare(view, None):
        pass
    opened = at("indicators", indicator="pm25")
    view.set_view_model(model_of("indicators", city, opened))
    shell.bring_on(view, None)
    other.set_panel(make_view(other, city, opened))
    assert differ(picture(shell), picture(other)) <= 3


class Asked:
    """Questions that are answered when the test says so."""

    def __init__(self, city: MemoryRepositories) -> None:
        self._city = city
        self.waiting: dict[str, Callable[[], None]] = {}

    def ask(
        self,
        key: str,
        question: Callable[[Repositories], Any],
        answered: Callable[[Any], None],
    ) -> None:
        rows = cast(Repositories, self._city)
        self.waiting[key] = lambda: answered(question(rows))

    def answer(self, key: str) -> None:
        self.waiting.pop(key)()


class Host:
    def __init__(self, qtbot: QtBot, city: MemoryRepositories) -> None:
        self.shell = make_shell(qtbot)
        self.asked = Asked(city)
        self.projected: list[str] = []
        self.panels = PanelHost(
            shell=self.shell,
            specs={spec.id: spec for spec in find_panels()},
            queries=cast(Queries, self.asked),
            frames=cast(RingFrames, PaintedFrames()),
            clock=ManualClock(NOW_MS),
            live=lambda: live(city),
            wanted=lambda: None,
            projected=lambda projection: self.projected.append(projection.panel),
        )
        self.qtbot = qtbot

    def go(self, state: ViewState) -> None:
        self.panels.show(state, frozenset({"place"}))

    def wait_for(self, panel: str) -> None:
        def shown() -> bool:
            found = self.panels.shown()
            return found is not None and found[0].id == panel and panel in self.projected

        self.qtbot.waitUntil(shown, timeout=5000)


@pytest.fixture
def host(qtbot: QtBot, city: MemoryRepositories) -> Iterator[Host]:
    made = Host(qtbot, city)
    yield made
    made.panels.close()


def test_a_panel_comes_when_its_question_is_answered(host: Host) -> None:
    host.go(at("pledges"))
    assert host.panels.shown() is None
    host.asked.answer("pledges")
    host.wait_for("pledges")
    assert isinstance(host.shell.panel, PanelView)


def test_who_wants_another_panel_meanwhile_gets_that_one(host: Host) -> None:
    host.go(at("indicators"))
    host.asked.answer("indicators")
    host.go(at("orders"))
    host.asked.answer("orders")
    host.wait_for("orders")
    assert host.projected == ["orders"]


def test_news_while_a_panel_is_being_opened_is_in_it(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.go(at("indicators"))
    host.asked.answer("indicators")
    seen: list[object] = []
    host.panels.refresh()
    host.wait_for("indicators")
    view = cast(PanelView, host.shell.panel)
    monkeypatch.setattr(view, "set_view_model", seen.append)
    host.panels.refresh()
    assert len(seen) == 1
    # Once as it was opened, once for what came meanwhile, once just now.
    host.qtbot.waitUntil(lambda: host.projected.count("indicators") == 3, timeout=5000)


def test_whoever_asks_from_elsewhere_is_answered_before_the_wall_is_drawn(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.go(at("orders"))
    host.asked.answer("orders")
    host.wait_for("orders")
    drawn: list[object] = []
    monkeypatch.setattr(cast(PanelView, host.shell.panel), "set_view_model", drawn.append)
    host.projected.clear()
    with host.panels.after_the_answer():
        host.panels.refresh()
    assert (host.projected, drawn) == (["orders"], [])
    with host.panels.after_the_answer():
        assert len(drawn) == 1, "the next command looks at a wall that is drawn"
        host.panels.refresh()
        host.panels.refresh()
    host.qtbot.waitUntil(lambda: len(drawn) == 2, timeout=5000)
    host.panels.refresh()
    assert len(drawn) == 3, "a finger at the wall sees it at once"


def test_back_where_one_was_nothing_else_comes(host: Host) -> None:
    host.go(at("orders"))
    host.asked.answer("orders")
    host.wait_for("orders")
    host.go(at("indicators"))
    host.asked.answer("indicators")
    host.go(at("orders"))
    for _ in range(20):
        QApplication.processEvents()
    found = host.panels.shown()
    assert found is not None
    assert found[0].id == "orders"


def test_a_panel_that_cannot_be_drawn_says_so(
    host: Host, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(spec_of("orders").load_view(), "set_view_model", broken)
    host.go(at("orders"))
    host.asked.answer("orders")
    host.qtbot.waitUntil(lambda: "could not be shown" in caplog.text, timeout=5000)
    assert isinstance(host.shell.panel, Notice)
    assert host.panels.shown() is None


def test_first_questions_are_asked_one_after_the_other(host: Host) -> None:
    done: list[bool] = []
    host.panels.warm(lambda: done.append(True))
    names = [spec.id for spec in find_panels()]
    for name in names:
        assert not done
        assert len(host.asked.waiting) == 1
        host.asked.answer(f"{name}, the first time")
    assert done == [True]
    host.go(at("votes"))
    host.wait_for("votes")
