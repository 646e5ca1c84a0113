"""Orders in every state, about things of the demo city."""

from typing import Any

from kiosk.app.configuration import read_desk
from kiosk.core.desk import Desk
from kiosk.panels.panel import ProcessRow
from kiosk.settings import Settings
from kiosk.wire.city import OrderStatus
from kiosk.wire.orders import Given, GivenOrder, GivenReply, Order, OrderState, Reply
from tests.helpers.panel_city import NOW_MS, MemoryRepositories

MINUTE_MS = 60_000
LONG = "현장을 확인하고 주민 설명회를 연 뒤 대책을 마련하여 다음 회의에서 보고할 것 " * 4


def desk() -> Desk:
    return read_desk(Settings())


def order(name: str, minutes: int, to: str, text: str, about: str, due: int | None = None) -> Order:
    return Order(name, NOW_MS - minutes * MINUTE_MS, "wall", to, text, about, due)


def orders(city: MemoryRepositories) -> dict[str, Any]:
    """What `live` of the panel's city is told besides: nine orders, one of them being written."""
    incident = f"incidents/{city.incidents()[0].id}"
    day_ms = 86_400_000
    given = [
        GivenOrder(
            order("o-refused", 3, "fire", LONG, incident), "written", NOW_MS, None, "413: x"
        ),
        _given(order("o-sent", 5, "transport", "현황 보고", "indicators/traffic-speed"), "sent"),
        _given(order("o-1", 6, "fire", "현장 확인 뒤 보고", incident), "delivered"),
        _given(
            order("o-2", 22, "보건환경연구원", "원인 파악 뒤 보고", "indicators/pm25", NOW_MS - 1),
            "read",
        ),
        _given(order("o-3", 60, "climate", "대책 마련 뒤 보고", "", NOW_MS + day_ms), "read"),
        _given(order("o-4", 1500, "fire", "즉시 조치", "incidents/gone"), "done"),
        GivenOrder(order("o-0", 2, "safety", "즉시 조치", incident), "written", NOW_MS),
    ]
    reply = Reply("r-1", NOW_MS - 9 * MINUTE_MS, "wall", "c-7", "바로 조치하겠습니다")
    return {
        "desk": desk(),
        "given": Given(tuple(given), (GivenReply(reply, NOW_MS),)),
        "writing": (order("o-new", 0, "fire", "즉시 조치", incident),),
        "processes": (ProcessRow("sync", "running"),),
    }


def _given(what: Order, state: OrderState) -> GivenOrder:
    return GivenOrder(what, state, what.t_ms + 4 * MINUTE_MS, what.t_ms + 1_000)


def told(city: MemoryRepositories) -> None:
    """The backend tells of two orders, of one by the demonstration."""
    sent = {o.order.id: o.order for o in orders(city)["given"].orders}
    one, two = sent["o-2"], sent["o-4"]
    minutes = {s: n * MINUTE_MS for n, s in enumerate(("sent", "delivered", "read", "done"))}
    for what, state in ((one, "read"), (two, "done")):
        steps: dict[Any, int] = {s: what.t_ms + after for s, after in minutes.items()}
        if what is one:
            del steps["done"]
        city.put(OrderStatus(what.id, what, state, steps[state], "연구원", what is two, steps))  # type: ignore[arg-type]
