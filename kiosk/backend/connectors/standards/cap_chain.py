"""Which of several CAP messages are in force: updates and cancellations replace others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.row import Row, RowRejected

NO_INCIDENT = frozenset(("ack", "error"))  # answers between systems


@dataclass(frozen=True, slots=True)
class Message:
    """One alert document. `kind`: alert, update or cancel; `references`: identifiers of those that
    it is about, the oldest first as the standard lists them."""

    alert: Row
    identifier: str
    kind: str
    status: str
    sent: str
    references: tuple[str, ...]

    @property
    def actual(self) -> bool:
        return self.status == "actual"


def read_message(alert: Row) -> Message:
    """Raises RowRejected for what is no incident, and without identifier, type or time."""
    kind = alert.need("msgType").lower()
    if kind in NO_INCIDENT:
        raise RowRejected(f"a message of type {kind} is no incident")
    sent = moment(alert.raw("sent"))
    if sent is None:
        raise RowRejected(f"sent is no time: {alert.text('sent')[:40]!r}")
    # each reference is sender,identifier,sent
    triples = (triple.split(",") for triple in alert.text("references").split())
    references = tuple(dict.fromkeys(parts[1] for parts in triples if len(parts) == 3))
    status = alert.text("status").lower() or "unknown"
    return Message(alert, alert.need("identifier"), kind, status, sent, references)


def current(messages: Iterable[Message]) -> Iterator[tuple[str, Message]]:
    """The newest message of each chain with the identifier that the chain began with.

    What is not actual (an exercise, a test) stands for itself and changes nothing.
    """
    chains = _Chains()
    for message in sorted(messages, key=lambda each: each.sent):
        if message.actual:
            chains.add(message)
        else:
            yield message.identifier, message
    yield from chains.newest.items()


class _Chains:
    def __init__(self) -> None:
        self.newest: dict[str, Message] = {}
        self._before: dict[str, str] = {}

    def add(self, message: Message) -> None:
        """Takes the messages in the order in which they were sent."""
        about = message.references if message.kind != "alert" else ()
        first, *others = [self._begin(each) for each in about] or [self._begin(message.identifier)]
        self._join(message.identifier, first)
        self.newest[first] = message
        for other in others:
            if message.kind == "cancel":
                self.newest[other] = message
            else:
                self._join(other, first)

    def _join(self, identifier: str, first: str) -> None:
        begin = self._begin(identifier)
        if begin != first:
            self._before[begin] = first
            self.newest.pop(begin, None)

    def _begin(self, identifier: str) -> str:
        while identifier in self._before:
            identifier = self._before[identifier]
        return identifier
