"""Orders on the panel: five steps with their times, refusals with what to do, what stays to do."""

import msgspec
import pytest

from kiosk.core.state import replace
from kiosk.panels.orders.model import OrderLine, OrdersModel
from kiosk.panels.panel import ProcessRow
from kiosk.wire.messages import Device, SyncState
from kiosk.wire.orders import Given, GivenOrder, Order
from tests.helpers import some_orders
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, model_of


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    made = demo_city()
    some_orders.told(made)
    return made


def shown(city: MemoryRepositories, **changes: object) -> OrdersModel:
    state = replace(at("orders"), orders_shown="all")
    model: OrdersModel = model_of("orders", city, state, **some_orders.orders(city) | changes)
    return model


def line(model: OrdersModel, order: str) -> OrderLine:
    return next(line for line in model.lines if line.id == order)


def states(found: OrderLine) -> list[str]:
    return [step.state for step in found.steps]


def test_each_step_has_its_own_time_as_far_as_it_is_known(city: MemoryRepositories) -> None:
    read = line(shown(city), "o-2")
    assert states(read) == ["past", "past", "past", "now", "ahead", "ahead"]
    assert [step.at for step in read.steps] == ["14:10", "14:10", "14:11", "14:12", "", ""]
    assert [step.word.ko for step in read.steps] == ["적음", "보냄", "도착", "읽음", "답변", "완료"]


def test_an_order_that_sync_has_not_written_is_not_given(city: MemoryRepositories) -> None:
    fresh = shown(city).lines[0]
    assert fresh.id == "o-new"
    assert fresh.steps[0].word.ko == "쓰는 중"
    assert "아직 지시되지 않았습니다" in fresh.note.ko
    away = shown(city, processes=(ProcessRow("sync", "failed"),)).lines[0]
    assert "동기화가 멈춰" in away.note.ko
    assert away.trouble


def test_a_refused_one_says_why_and_what_to_do(city: MemoryRepositories) -> None:
    refused = line(shown(city), "o-refused")
    assert states(refused) == ["now", *["struck"] * 5]
    assert "너무 깁니다" in refused.note.ko
    assert refused.trouble


def test_what_waits_for_the_backend_says_so(city: MemoryRepositories) -> None:
    waiting = line(shown(city, sync=SyncState(False, 1, NOW_MS)), "o-0")
    assert waiting.note.ko == "백엔드에 연결되면 보냅니다"


def test_open_and_done_are_told_apart_and_the_newest_leads(city: MemoryRepositories) -> None:
    extra = some_orders.orders(city)
    still = model_of("orders", city, at("orders"), **extra)
    done = model_of("orders", city, replace(at("orders"), orders_shown="done"), **extra)
    assert still.counts == (7, 1, 1, 8)
    assert [found.id for found in done.lines] == ["o-4"]
    assert done.lines[0].simulated
    assert "o-4" not in [found.id for found in still.lines]


def test_what_it_is_about_can_be_opened_while_it_is_there(city: MemoryRepositories) -> None:
    model = shown(city)
    figure = line(model, "o-2")
    assert figure.press is not None
    assert (figure.press.command, figure.press.args) == ("indicator.open", {"indicator": "pm25"})
    gone = line(model, "o-4")
    assert gone.press is None
    assert "없는 대상" in gone.subject.ko


def test_a_due_order_is_late_only_after_its_day(city: MemoryRepositories) -> None:
    model = shown(city)
    assert line(model, "o-2").note.ko == "기한 11/22 지남"
    assert line(model, "o-3").note.ko == "기한 11/23"
    assert not line(model, "o-3").trouble


def test_whoever_gave_it_is_named(city: MemoryRepositories) -> None:
    order = Order("o-9", NOW_MS, "tablet-1", "fire", "즉시 조치")
    device = Device("tablet-1", "시장 태블릿", "mayor", "{}", 1)
    given = Given((GivenOrder(order, "written", NOW_MS),))
    model = shown(city, given=given, devices=(device,), writing=())
    assert "시장 태블릿" in model.lines[0].given.ko


def test_a_draft_offers_who_is_in_charge_first_and_what_fits(city: MemoryRepositories) -> None:
    extra = some_orders.orders(city)
    draft = model_of("orders", city, at("orders", about="indicators/pm25"), **extra).draft
    assert draft.departments[0].value == draft.charged == "보건환경연구원"
    assert "cause" in [pick.value for pick in draft.instructions]
    assert "inspect" not in [pick.value for pick in draft.instructions]


def test_an_order_that_is_not_there_is_said_to_be_missing(city: MemoryRepositories) -> None:
    model = model_of("orders", city, at("orders", item="none"), **some_orders.orders(city))
    assert model.asked
    assert model.opened is None


def test_tablets_get_the_list_in_words(city: MemoryRepositories) -> None:
    from kiosk.panels.orders.presenter import OrdersPresenter

    (block,) = OrdersPresenter().project(shown(city)).blocks
    facts = [row.facts.ko for row in block.rows]  # type: ignore[union-attr]
    assert any(words.startswith("읽음 14:12") for words in facts)
    assert msgspec.json.encode(block)
