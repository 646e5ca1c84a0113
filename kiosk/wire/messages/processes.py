"""The processes themselves: who speaks, how they are, when they stop."""

from kiosk.wire.messages.base import WIRE_VERSION, State, WireMessage
from kiosk.wire.text import Text


class Hello(WireMessage, frozen=True, tag="hello"):
    """First line of a link: who speaks, and in which version."""

    worker: str
    pid: int
    version: int = WIRE_VERSION


class Health(WireMessage, frozen=True, tag="health"):
    """How a worker feels, and why, in words that a mayor understands."""

    worker: str
    state: State
    reason: Text = Text("", "")


class ProcessState(WireMessage, frozen=True, tag="process_state"):
    """What the supervisor knows of a process; `failed` means its restart budget is spent."""

    process: str
    state: State
    reason: Text = Text("", "")
    pid: int | None = None
    restarts: int = 0


class FirstPaint(WireMessage, frozen=True, tag="first_paint"):
    """The wall showed its first frame; `since_start_ms` counts from the start of the ui process."""

    t_ms: int
    since_start_ms: float


class FullyOn(WireMessage, frozen=True, tag="fully_on"):
    """Panels filled, every process running or honestly degraded, every camera of the wall with a
    picture of now but `silent` of them, which say that they have none."""

    t_ms: int
    silent: int = 0


class Alive(WireMessage, frozen=True, tag="alive"):
    """The screen's loop turns: said to the supervisor on every tick."""


class StopAll(WireMessage, frozen=True, tag="stop_all"):
    """A person asked the kiosk to stop."""


class RestartProcess(WireMessage, frozen=True, tag="restart_process"):
    """A person asked for a process that is off to be tried again."""

    process: str


class Stop(WireMessage, frozen=True, tag="stop"):
    """Ends an inline worker."""
