"""What the wall is furnished with, part by part."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.wire.messages import Message

Carry = Callable[[Any], bool]


class Part:
    """One of the things behind the shell; it overrides what concerns it. The wall calls its parts
    in the order in which it lists them."""

    hears: tuple[type[Message], ...] = ()
    """Kinds of messages of the processes that `receive` is called with."""

    def carriers(self) -> Mapping[type[Message], Carry]:
        """Kinds of messages of commands that stay within the wall, and who carries them: False when
        that was not possible. All others go to their process."""
        return {}

    def receive(self, message: Any) -> None:
        """A process says something new that this part hears."""

    def came(self, worker: str) -> None:
        """A process has connected: it is new, and knows nothing."""

    def lost(self, worker: str) -> None:
        """A process has gone."""

    def rows_changed(self, tables: frozenset[str]) -> None:
        """These tables of the cache have other rows than before."""

    def tick(self) -> None:
        """About twice a second."""

    def close(self) -> None:
        """The program ends."""
