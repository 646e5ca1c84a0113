"""The wall's side of orders, replies and acknowledgements: given to sync until it has them on the
disk, and read back from the ledger."""

from collections.abc import Callable, Mapping

from kiosk.app.part import Carry, Part
from kiosk.app.queries import Queries
from kiosk.app.world import WallWorld
from kiosk.commands.orders_turn import overdue
from kiosk.core.desk import Desk
from kiosk.inputs import Intake
from kiosk.panels.questions import orders_as_told
from kiosk.wire.city import OrderStatus
from kiosk.wire.messages import (
    Message,
    OrdersChanged,
    WriteAcknowledgement,
    WriteOrder,
    WriteReply,
    WriteReport,
    Written,
)
from kiosk.wire.orders import (
    Acknowledgement,
    Given,
    GivenOrder,
    Order,
    Reply,
    Report,
    Writing,
)
from kiosk.wire.text import Text

SYNC = "sync"
Asking = WriteOrder | WriteReply | WriteReport | WriteAcknowledgement
_KINDS = (WriteOrder, WriteReply, WriteReport, WriteAcknowledgement)


class Orders(Part):
    """Keeps what sync has not acknowledged, and gives it to every sync process that comes.

    `changed` is called when `given` or `writing` is new.
    """

    hears = (Written, OrdersChanged)

    def __init__(
        self,
        *,
        intake: Intake,
        world: WallWorld,
        queries: Queries,
        send: Callable[[str, Message], bool],
        changed: Callable[[], None],
    ) -> None:
        self._intake = intake
        self._world = world
        self._queries = queries
        self._send = send
        self._changed = changed
        self._pending: dict[str, Asking] = {}
        self._refused: frozenset[str] | None = None
        self._reminded: set[str] = set()
        self.given = Given()
        self.told: dict[str, OrderStatus] = {}

    def carriers(self) -> Mapping[type[Message], Carry]:
        return dict.fromkeys(_KINDS, self.write)

    @property
    def writing(self) -> tuple[Writing, ...]:
        """What is not yet on the disk."""
        return tuple(_content(message) for message in self._pending.values())

    def write(self, message: Asking) -> bool:
        """False when sync is away: then nothing has been taken over."""
        if not self._send(SYNC, message):
            return False
        self._pending[_content(message).id] = message
        self._changed()
        return True

    def came(self, worker: str) -> None:
        """A new sync process knows nothing of what the one before did not write."""
        if worker != SYNC:
            return
        for message in self._pending.values():
            self._send(SYNC, message)
        self.read()

    def receive(self, message: Written | OrdersChanged) -> None:
        if isinstance(message, Written):
            self._written(message.id)
        else:
            self.read()

    def read(self) -> None:
        """Asks the ledger; also when an order has come further, or was refused."""
        self._queries.ask_ledger("orders", lambda ledger: ledger.given(), self._take)
        self._read_told()

    def rows_changed(self, tables: frozenset[str]) -> None:
        if "orders" in tables:
            self._read_told()

    def tick(self) -> None:
        """Whoever is at the wall is reminded once of an order whose day is over."""
        now_ms = self._world.now_ms()
        for given in self.given.orders:
            if overdue(given, now_ms) and given.order.id not in self._reminded:
                self._reminded.add(given.order.id)
                self._remind(given.order)

    def _remind(self, order: Order) -> None:
        name = self._world.desk.named(order.to)
        words = Text(
            f"지시의 기한이 지났습니다: {name.ko}, {order.text[:40]}",
            f"An order is past its day: {name.en}, {order.text[:40]}",
        )
        self._tell(order.id, words)

    def _read_told(self) -> None:
        def take(told: dict[str, OrderStatus]) -> None:
            self.told = told
            self._changed()

        self._queries.ask("orders as told", orders_as_told, take)

    def _written(self, id: str) -> None:  # noqa: A002 - the message's name
        message = self._pending.pop(id, None)
        if message is None:
            return
        words = _done(_content(message), self._world.desk)
        if words is not None:
            self._tell(id, words)
        self.read()

    def _take(self, given: Given) -> None:
        if self._refused is None:  # at the start: these days were over before
            now_ms = self._world.now_ms()
            self._reminded = {g.order.id for g in given.orders if overdue(g, now_ms)}
        self.given = given
        self._world.given = given
        self._world.orders = {order.order.id: order.state for order in given.orders}
        self._world.noted = frozenset(noted.incident for noted in given.acknowledgements)
        refused = _refused(given)
        before, self._refused = self._refused, frozenset(refused)
        for id_ in refused.keys() - (refused.keys() if before is None else before):
            self._tell(id_, refused[id_], refused=True)
        self._changed()

    def _tell(self, id_: str, words: Text, *, refused: bool = False) -> None:
        args = {"id": id_, "ko": words.ko, "en": words.en, "refused": refused}
        self._intake.system("order.told", args)


def _content(message: Asking) -> Writing:
    match message:
        case WriteOrder(order=order):
            return order
        case WriteReply(reply=reply):
            return reply
        case WriteReport(report=report):
            return report
        case WriteAcknowledgement(acknowledgement=acknowledgement):
            return acknowledgement


def _done(what: Writing, desk: Desk) -> Text | None:
    """What a person reads once it is on the disk; reports are seen in the list."""
    match what:
        case Order():
            name = desk.named(what.to)
            return Text(f"지시했습니다: {name.ko}, {what.text}", f"Ordered: {name.en}, {what.text}")
        case Reply():
            return Text(f"답변했습니다: {what.text}", f"Replied: {what.text}")
        case Acknowledgement():
            return Text("확인을 기록했습니다", "Noted")
        case Report():
            return None


def _refused(given: Given) -> dict[str, Text]:
    """Id -> what a person reads, of all that the backend will never take."""
    orders = {item.order.id: _not_taken(item) for item in given.orders if item.refused}
    words = Text("답변이 거절되었습니다", "A reply was refused")
    return orders | {item.reply.id: words for item in given.replies if item.refused}


def _not_taken(item: GivenOrder) -> Text:
    text = item.order.text[:40]
    return Text(f"지시가 거절되었습니다: {text}", f"An order was refused: {text}")
