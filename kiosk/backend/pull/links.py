"""What runs beside the questions to a source: sending to it, and its subscription."""

from collections.abc import Callable

import msgspec

from kiosk.wire.text import Text


class Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is wrong with each, in words; None when nothing is. `unsent`: how many answers and
    reports wait to be sent."""

    sending: Text | None = None
    subscription: Text | None = None
    unsent: int = 0

    @property
    def troubles(self) -> tuple[Text, ...]:
        return tuple(words for words in (self.sending, self.subscription) if words is not None)


HeardSending = Callable[[str, Text | None, int], None]
"""Told of a source's id, what is wrong with sending to it, and how much waits. May block."""

HeardSubscription = Callable[[Text | None], None]
"""Told of what is wrong with a subscription. May block."""
