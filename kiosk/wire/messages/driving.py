"""Tour and bench: a driver that is allowed in only when the kiosk was started with one."""

from typing import Any

import msgspec

from kiosk.wire.messages.base import WireMessage


class Touch(WireMessage, frozen=True, tag="touch"):
    """Asks for a real touch event on the target that carries this command (and these args).

    `place` names a target instead, because a panel's own choices carry no command.
    """

    command: str = ""
    args: dict[str, Any] = msgspec.field(default_factory=dict)
    place: str = ""


class Press(WireMessage, frozen=True, tag="press"):
    """Asks for a real key press."""

    key: str


class TakeScreenshot(WireMessage, frozen=True, tag="take_screenshot"):
    path: str


class ScreenshotTaken(WireMessage, frozen=True, tag="screenshot_taken"):
    path: str


class Observed(WireMessage, frozen=True, tag="observed"):
    """An Invocation and its Outcome, as audited."""

    record: dict[str, Any]


class TakeLateness(WireMessage, frozen=True, tag="take_lateness"):
    """Asks for the lateness since it was last asked; a new window begins."""


class Lateness(WireMessage, frozen=True, tag="lateness"):
    """Event-loop lateness of the ui process over the last window, in milliseconds; `alone_p99_ms`
    is without the waits for a core that other programs had."""

    window_s: float
    p50_ms: float
    p99_ms: float
    max_ms: float
    n: int
    alone_p99_ms: float = 0.0


class Ask(WireMessage, frozen=True, tag="ask"):
    """Asks for what a finger would, also where no target on the screen does."""

    command: str
    args: dict[str, Any] = msgspec.field(default_factory=dict)


class PanelsWarm(WireMessage, frozen=True, tag="panels_warm"):
    """Every panel's code is loaded and its first question answered."""


class PanelPainted(WireMessage, frozen=True, tag="panel_painted"):
    """The first frame of a panel with its values is painted; `took_ms` since the last press or
    Ask, `waited_ms` of it for a core."""

    took_ms: float
    waited_ms: float
