"""What pressing something asks for."""

from typing import Any

import msgspec
from PySide6.QtCore import QRectF

from kiosk.ui.component import Target
from kiosk.ui.icons import IconName
from kiosk.wire.text import Text


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A labelled wish: `command` and `args` go to the dispatcher, `trigger` names the place pressed
    (unique on the screen, "dock.home")."""

    label: Text
    command: str
    args: dict[str, Any] = {}
    trigger: str = ""
    icon: IconName | None = None
    enabled: bool = True

    def target(self, rect: QRectF) -> Target:
        """The place to press, named after the command when it has no name of its own."""
        return Target(rect, self.command, self.args, self.trigger or self.command, self.enabled)
