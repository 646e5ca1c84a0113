"""Writes at the worst moment: between two statements of somebody else's reading."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from kiosk.backend.store import Store


def before_statement(store: Store, containing: str, do: Callable[[], object]) -> None:
    """Calls `do`, once, right before the store runs a statement that contains this."""
    left = [do]

    @event.listens_for(store.engine, "before_cursor_execute")
    def _before(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if containing in statement and left:
            left.pop()()
