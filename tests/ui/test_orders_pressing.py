"""Fingers on the orders panel: choose, give, filter, open."""

import pytest
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.state import ViewState
from kiosk.ui.hits import all_hits
from kiosk.ui.shell import Shell
from kiosk.ui.theme import make_theme
from tests.helpers import some_complaints, some_orders
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
    made = demo_city()
    some_orders.told(made)
    some_complaints.put(made)
    return made


class Wall:
    def __init__(self, city: MemoryRepositories, qtbot: QtBot, state: ViewState) -> None:
        self.city = city
        self.asked: Asked = []
        self.finger = QTest.createTouchDevice()
        model = model_of(state.panel, city, state, **some_orders.orders(city))
        theme = make_theme(1920, 1080)
        self.shell: Shell
        self.shell, self.view = put_on_wall(state.panel, model, theme, 1920, 1080, self.asked)
        qtbot.addWidget(self.shell)
        QApplication.processEvents()

    def tap(self, trigger: str) -> None:
        hits = {hit.target.trigger: hit for hit in all_hits(self.shell)}
        assert trigger in hits, f"no {trigger} among {sorted(hits)}"
        where, device = hits[trigger].middle(), self.finger
        assert isinstance(device, QPointingDevice)
        QTest.touchEvent(self.shell, device).press(1, where, self.shell).commit()
        QTest.touchEvent(self.shell, device).release(1, where, self.shell).commit()

    def show(self, state: ViewState) -> None:
        model = model_of(state.panel, self.city, state, **some_orders.orders(self.city))
        self.view.set_view_model(model)
        QApplication.processEvents()

    def last(self) -> tuple[str, dict[str, object]]:
        command, args, _ = self.asked[-1]
        return command, args


def test_an_order_is_put_together_with_fingers(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, at("orders", about="indicators/pm25"))
    wall.tap("orders.text.plan")
    wall.tap("orders.due.tomorrow")
    assert wall.asked == [], "choosing asks for nothing yet"
    wall.tap("orders.give")
    whole = {"text": "plan", "about": "indicators/pm25", "due": "tomorrow"}
    assert wall.last() == ("order.give", whole | {"to": "보건환경연구원"})
    wall.tap("orders.to.fire")
    wall.tap("orders.give")
    assert wall.last() == ("order.give", whole | {"to": "fire"})


def test_nothing_is_given_before_words_are_chosen(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, at("orders", about=""))
    pressable = {hit.target.trigger for hit in all_hits(wall.shell) if hit.target.enabled}
    assert "orders.give" not in pressable
    wall.tap("orders.cancel")
    assert wall.last() == ("nav.close", {})


def test_what_is_chosen_stays_while_rows_change(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, at("orders", about="indicators/pm25"))
    wall.tap("orders.text.plan")
    wall.show(at("orders", about="indicators/pm25"))
    wall.tap("orders.give")
    assert wall.last()[1]["text"] == "plan"
    wall.show(at("orders", about="indicators/ozone"))
    pressable = {hit.target.trigger for hit in all_hits(wall.shell) if hit.target.enabled}
    assert "orders.give" not in pressable, "another matter begins anew"


def test_a_row_opens_its_order_and_its_button_what_it_is_about(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    wall = Wall(city, qtbot, at("orders"))
    wall.tap("orders.row.o-sent")
    assert wall.last() == ("order.show", {"order": "o-sent"})
    wall.tap("orders.about.o-sent")
    assert wall.last() == ("indicator.open", {"indicator": "traffic-speed"})
    wall.tap("orders.filter.done")
    assert wall.last() == ("order.list", {"shown": "done"})
    wall.tap("orders.compose")
    assert wall.last() == ("order.compose", {"about": ""})


def test_more_orders_than_fit_turn_pages(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, at("orders"))
    before = {hit.target.trigger for hit in all_hits(wall.shell)}
    wall.tap("orders.page.next")
    assert wall.asked == []
    after = {hit.target.trigger for hit in all_hits(wall.shell)}
    assert "orders.row.o-0" in after - before


def test_an_order_in_full_leads_back_to_the_list(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, at("orders", item="o-2"))
    wall.tap("orders.open.about")
    assert wall.last() == ("indicator.open", {"indicator": "pm25"})
    wall.tap("orders.list")
    assert wall.last() == ("order.list", {})


def test_one_button_orders_from_an_issue_and_from_an_indicator(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    incident = city.incidents()[0].id
    home = Wall(city, qtbot, at("home"))
    orders = [h.target for h in all_hits(home.shell) if h.target.trigger.startswith("home.order.")]
    assert {"about": f"incidents/{incident}"} in [dict(target.args) for target in orders]
    home.tap(orders[0].trigger)
    assert home.last() == ("order.compose", dict(orders[0].args))
    figure = Wall(city, qtbot, at("indicators", indicator="pm25"))
    figure.tap("indicator.order")
    assert figure.last() == ("order.compose", {})


def test_a_complaint_is_opened_ordered_about_and_answered(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    wall = Wall(city, qtbot, at("complaints", district="11710"))
    wall.tap("complaints.row.c-7")
    assert wall.last() == ("complaint.show", {"complaint": "c-7"})
    wall.tap("map.11710")
    assert wall.last() == ("district.select", {"district": "11710"})
    wall.show(at("complaints", item="c-7", district="11710"))
    wall.tap("complaints.order")
    assert wall.last() == ("order.compose", {})
    wall.tap("complaints.compose")
    assert wall.last() == ("complaint.compose", {})
    wall.show(at("complaints", item="c-7", about="complaints/c-7"))
    pressable = {hit.target.trigger for hit in all_hits(wall.shell) if hit.target.enabled}
    assert "complaints.send" not in pressable, "nothing is chosen yet"
    wall.tap("complaints.reply.at-once")
    wall.tap("complaints.send")
    assert wall.last() == ("complaint.reply", {"text": "at-once", "complaint": "c-7"})
    for key in "ㄴㅔ":
        wall.tap(f"key.{key}")
    wall.tap("complaints.send")
    assert wall.last() == ("complaint.reply", {"text": "네", "complaint": "c-7"})


def test_from_where_complaints_gather_it_is_one_press_to_an_order(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    wall = Wall(city, qtbot, at("complaints"))
    gathered = [
        hit.target for hit in all_hits(wall.shell) if "gathered.order" in hit.target.trigger
    ]
    assert gathered, "the demonstration has places where complaints gather"
    wall.tap(gathered[0].trigger)
    command, args = wall.last()
    assert command == "order.compose"
    assert args == gathered[0].args
    assert str(args["about"]).startswith("complaints/demo-")


def test_an_order_is_written_in_words_of_ones_own(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, at("orders", about="indicators/pm25"))
    wall.tap("orders.text.plan")
    for key in "ㅂㅗㄱㅗㄹ":
        wall.tap(f"key.{key}")
    wall.tap("key.back")
    wall.tap("key.space")
    wall.tap("key.turn")
    wall.tap("key.o")
    wall.tap("key.turn")
    wall.tap("key.2")
    wall.tap("orders.give")
    assert wall.last()[1]["text"] == "보고 o2"
    wall.show(at("orders", about="indicators/pm25"))
    wall.tap("orders.give")
    assert wall.last()[1]["text"] == "보고 o2", "new rows leave the words alone"
    wall.tap("orders.text.brief")
    wall.tap("orders.give")
    assert wall.last()[1]["text"] == "brief", "a ready instruction takes their place"


def test_double_consonants_come_one_at_a_time(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, at("orders", about="indicators/pm25"))
    for key in ("shift", "ㄲ", "ㅡ", "ㅌ", "ㄱ"):
        wall.tap(f"key.{key}")
    wall.tap("orders.give")
    assert wall.last()[1]["text"] == "끝ㄱ"
