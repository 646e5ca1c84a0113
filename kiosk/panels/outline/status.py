"""How an item stands against its plan. No Qt."""

from kiosk.wire.city import Item
from kiosk.wire.text import Text

BEHIND = 0.1
"""So much less done than planned, as a share of the whole, counts as late."""
LATE = Text("지연", "Late")
WAITING = ("received", "review")
"""States of what waits for somebody, and is late when its day is over."""
STATES = {
    "planned": Text("예정", "Planned"),
    "running": Text("추진 중", "Under way"),
    "done": Text("완료", "Done"),
    "paused": Text("보류", "Paused"),
    "received": Text("접수", "Received"),
    "review": Text("검토 중", "Under review"),
    "answered": Text("답변함", "Answered"),
    "open": Text("투표 중", "Open"),
    "closed": Text("마감", "Closed"),
    "verified": Text("확인됨", "Verified"),
}


def planned(item: Item, now_ms: int) -> float | None:
    """The share that should be done by now if it were done evenly, 0..1; None without dates."""
    if item.start_ms is None or item.due_ms is None or item.due_ms <= item.start_ms:
        return None
    return min(1.0, max(0.0, (now_ms - item.start_ms) / (item.due_ms - item.start_ms)))


def behind(item: Item, now_ms: int) -> float:
    """How much less is done than planned, as a share of the whole; below 0 it is ahead."""
    plan = planned(item, now_ms)
    if plan is None or item.progress is None or item.state == "done":
        return 0.0
    return plan - item.progress


def is_late(item: Item, now_ms: int) -> bool:
    waits = item.progress is not None or item.state in WAITING
    over = item.due_ms is not None and item.due_ms < now_ms and waits
    return item.state not in ("done", "") and (over or behind(item, now_ms) >= BEHIND)


def state_word(item: Item, now_ms: int) -> Text:
    """Its state in words, empty where it has none that is known."""
    return LATE if is_late(item, now_ms) else STATES.get(item.state, Text("", ""))
