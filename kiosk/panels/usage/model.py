"""What the panel of use shows."""

import msgspec

from kiosk.wire.text import Text


class UseLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A bar: `count` of what the title names; `panel` is opened by pressing it, "" opens none."""

    title: Text
    count: int
    panel: str = ""


class UsageModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`hours` are commands in each of the 24 hours of the day; lines, most used first.

    `asked` are commands of people, `refused` those of them that were not carried out. `arranged`:
    the tabs stand in the order of use.
    """

    days: int
    opened: int = 0
    asked: int = 0
    refused: int = 0
    panels: tuple[UseLine, ...] = ()
    inputs: tuple[UseLine, ...] = ()
    profiles: tuple[UseLine, ...] = ()
    hours: tuple[int, ...] = (0,) * 24
    arranged: bool = False
    now_ms: int = 0
