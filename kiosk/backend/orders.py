"""Orders, replies and acknowledgements as the backend takes them: each id once, however often
it is sent."""

import asyncio
from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec
from aiohttp import web
from msgspec import Meta

from kiosk.backend.pull.outbox import COMPLAINTS, REPLIES
from kiosk.backend.store import Store
from kiosk.core.clock import Clock
from kiosk.core.desk import TEXT_LIMIT
from kiosk.wire.city import OrderStatus
from kiosk.wire.orders import (
    Acknowledgement,
    NewComplaint,
    Order,
    OrderState,
    Reply,
    further,
)

T = TypeVar("T")
ORDERS = "orders"
ACKNOWLEDGEMENTS = "acknowledgements"


class Progress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of a report on an order: how far it is, who says so, and their answer in words."""

    state: OrderState
    by: str = ""
    text: Annotated[str, Meta(max_length=TEXT_LIMIT)] = ""


class Conflict(Exception):  # noqa: N818 - an answer
    """The same id was sent with another content."""


class Inbox:
    """Takes orders, replies and reports into the store. Calls block; one thread each."""

    def __init__(self, store: Store, clock: Clock, changed: Callable[[int], None]) -> None:
        self._store = store
        self._clock = clock
        self._changed = changed

    @property
    def epoch(self) -> str:
        return self._store.epoch

    def order(self, order: Order) -> OrderStatus:
        """The order as it stands now. Raises Conflict."""
        now_ms = self._clock.now_ms()
        fresh = OrderStatus(order.id, order, "sent", now_ms, steps={"sent": now_ms})

        def decide(stored: str | None) -> OrderStatus | None:
            if stored is None:
                return fresh
            if _status(stored).order != order:
                raise Conflict(order.id)
            return None

        return self._change(order.id, decide)

    def report(self, order_id: str, progress: Progress, *, simulated: bool = False) -> OrderStatus:
        """Takes an order further; news that is older than what is known changes nothing.

        `simulated`: the demonstration says so. Raises KeyError when there is no such order.
        """
        now_ms = self._clock.now_ms()

        def decide(stored: str | None) -> OrderStatus | None:
            if stored is None:
                raise KeyError(order_id)
            status = _status(stored)
            if further(status.state, progress.state) == status.state:
                return None
            return msgspec.structs.replace(
                status,
                state=progress.state,
                changed_ms=now_ms,
                by=progress.by,
                simulated=simulated,
                steps={**status.steps, progress.state: now_ms},
                answer=progress.text or status.answer,
            )

        return self._change(order_id, decide)

    def reply(self, reply: Reply) -> None:
        """Raises Conflict."""
        self._keep(REPLIES, reply)

    def acknowledgement(self, acknowledgement: Acknowledgement) -> None:
        """Raises Conflict."""
        self._keep(ACKNOWLEDGEMENTS, acknowledgement)

    def complaint(self, complaint: NewComplaint) -> None:
        """Raises Conflict."""
        self._keep(COMPLAINTS, complaint)

    def _keep(self, kind: str, given: Reply | Acknowledgement | NewComplaint) -> None:
        body = msgspec.json.encode(given).decode()
        if self._store.keep(kind, given.id, body) != body:
            raise Conflict(given.id)

    def _change(
        self, order_id: str, decide: Callable[[str | None], OrderStatus | None]
    ) -> OrderStatus:
        self._changed(self._store.change(ORDERS, order_id, decide))
        stored = self._store.body(ORDERS, order_id)
        if stored is None:
            raise KeyError(order_id)
        return _status(stored)


def add_routes(app: web.Application, inbox: Inbox) -> None:
    async def order(request: web.Request) -> web.Response:
        found = await _decoded(request, Order)
        _check_key(request, found.id)
        return await _answer(inbox, lambda: inbox.order(found))

    async def report(request: web.Request) -> web.Response:
        progress = await _decoded(request, Progress)
        return await _answer(inbox, lambda: inbox.report(request.match_info["id"], progress))

    async def reply(request: web.Request) -> web.Response:
        found = await _decoded(request, Reply)
        _check_key(request, found.id)
        return await _answer(inbox, lambda: inbox.reply(found))

    async def acknowledgement(request: web.Request) -> web.Response:
        found = await _decoded(request, Acknowledgement)
        _check_key(request, found.id)
        return await _answer(inbox, lambda: inbox.acknowledgement(found))

    async def complaint(request: web.Request) -> web.Response:
        found = await _decoded(request, NewComplaint)
        _check_key(request, found.id)
        return await _answer(inbox, lambda: inbox.complaint(found))

    app.router.add_post("/v1/acknowledgements", acknowledgement)
    app.router.add_post("/v1/complaints", complaint)
    app.router.add_post("/v1/orders", order)
    app.router.add_post("/v1/orders/{id}/state", report)
    app.router.add_post("/v1/replies", reply)


async def _answer(inbox: Inbox, call: Callable[[], OrderStatus | None]) -> web.Response:
    try:
        status = await asyncio.to_thread(call)
    except Conflict as conflict:
        raise _error(web.HTTPConflict, "id", str(conflict), "an id of its own") from conflict
    except KeyError as unknown:
        raise _error(web.HTTPNotFound, "id", str(unknown), "the id of an order") from unknown
    body = msgspec.json.encode({"epoch": inbox.epoch, "status": status})
    return web.Response(body=body, content_type="application/json", status=201)


async def _decoded(request: web.Request, kind: type[T]) -> T:
    body = await request.read()
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise _error(web.HTTPBadRequest, "body", str(error), kind.__name__) from error


def _check_key(request: web.Request, order_id: str) -> None:
    key = request.headers.get("Idempotency-Key", "")
    if key != order_id:
        raise _error(web.HTTPBadRequest, "Idempotency-Key", key, f"the id, {order_id}")


def _error(
    kind: type[web.HTTPException], field: str, value: str, expected: str
) -> web.HTTPException:
    error = {"error": {"field": field, "value": value, "expected": expected}}
    return kind(text=msgspec.json.encode(error).decode(), content_type="application/json")


def _status(stored: str) -> OrderStatus:
    return msgspec.json.decode(stored, type=OrderStatus)
