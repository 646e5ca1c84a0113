"""Those in charge, as the demonstration plays them: they get, read and do what they are ordered."""

import msgspec

from kiosk.backend.orders import ORDERS, Inbox, Progress
from kiosk.backend.simulator.noise import stream, unit
from kiosk.backend.store import Store
from kiosk.wire.city import OrderStatus
from kiosk.wire.orders import OrderState, further

# Seconds from one state to the next.
PACE_S: tuple[tuple[OrderState, float, float], ...] = (
    ("delivered", 2, 6),
    ("read", 15, 45),
    ("done", 90, 300),
)


class Departments:
    """How far an order is, is a function of its id and of the time since it came.

    An order on which somebody else has reported is theirs from then on.
    """

    def __init__(self, store: Store, inbox: Inbox) -> None:
        self._store = store
        self._inbox = inbox
        self._over: set[str] = set()

    def step(self, now_ms: int) -> None:
        for key in self._store.keys(ORDERS):
            if key not in self._over:
                self._move(key, now_ms)

    def _move(self, key: str, now_ms: int) -> None:
        body = self._store.body(ORDERS, key)
        if body is None:
            return
        status = msgspec.json.decode(body, type=OrderStatus)
        if status.state == "done" or (status.state != "sent" and not status.simulated):
            self._over.add(key)
            return
        state = state_at(key, now_ms - status.steps.get("sent", status.changed_ms))
        # One state at a time, so that each has its own moment. Answers in words are not played.
        while further(status.state, state) != status.state:
            following = next(s for s, _, _ in PACE_S if further(status.state, s) != status.state)
            status = self._inbox.report(key, Progress(following), simulated=True)


def state_at(order: str, age_ms: int) -> OrderState:
    """The state of an order so long after it came."""
    course, due_ms = stream(0, order), 0.0
    reached: OrderState = "sent"
    for k, (state, low_s, high_s) in enumerate(PACE_S):
        due_ms += (low_s + (high_s - low_s) * unit(course, k)) * 1000
        if age_ms < due_ms:
            break
        reached = state
    return reached
