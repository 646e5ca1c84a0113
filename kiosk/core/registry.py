"""Commands are declared once, as data; everything else is made from the declaration."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, get_type_hints

import msgspec

from kiosk.core.errors import BadArguments, UnknownCommand
from kiosk.core.invocation import Source
from kiosk.core.state import ViewState
from kiosk.core.world import World
from kiosk.wire.messages import Message
from kiosk.wire.text import Text

EVERYBODY = frozenset({"mayor", "official", "installer", "tester", "visitor"})
EVERY_SOURCE = frozenset(Source)


class Risk(StrEnum):
    """How far a command reaches; policy decides by it what needs a confirmation."""

    VIEW = "view"  # changes what the wall shows
    CONTROL = "control"  # changes how the kiosk behaves here
    RECORD = "record"  # keeps what the camera sees of people here
    REACH = "reach"  # reaches people outside the room
    ADMIN = "admin"  # changes who may do what, or stops the kiosk


class Args(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every argument model."""


class NoArgs(Args, frozen=True):
    """A command without arguments."""


class Send(msgspec.Struct, frozen=True):
    """A message that the command wants carried to a process.

    `needed` False: the command is done even when the process does not answer.
    """

    to: str
    message: Message
    needed: bool = True


class Result(msgspec.Struct, frozen=True):
    """What a handler wants: the next state, messages to carry, and the sentence to show.

    `then` names a further command to be given by the same person (a choice that was taken);
    `answer` tells the dispatcher how a pending confirmation was answered.
    """

    state: ViewState
    say: Text
    sends: tuple[Send, ...] = ()
    then: tuple[str, dict[str, Any]] | None = None
    answer: bool | None = None


Handler = Callable[[ViewState, Any, World], Result]


class Condition(msgspec.Struct, frozen=True):
    """Holds or does not, now; the reason is what a person reads when it does not."""

    holds: Callable[[ViewState, World], bool]
    reason: Text


class Question(msgspec.Struct, frozen=True):
    """A question made from what is on the screen, and the arguments that it was asked with: what
    is confirmed is what was asked, whatever the screen shows by then. `why` it is asked is said by
    the command's risk when it is not given."""

    words: Text
    args: dict[str, Any]
    why: Text | None = None


class Command(msgspec.Struct, frozen=True):
    """One thing the kiosk can do. The argument model is the handler's `args` annotation.

    `question` is asked before it is done; `ask` makes one, or raises a UserError when there is
    nothing to ask. `secret` names arguments that no record and no log may hold. `signed` names the
    argument that says who gives the command: the dispatcher fills it in, whatever the caller sent.
    `always_asked`: it is asked back whoever gives it, the kiosk itself too.
    """

    id: str
    title: Text
    run: Handler
    risk: Risk = Risk.VIEW
    sources: frozenset[Source] = EVERY_SOURCE
    roles: frozenset[str] = EVERYBODY
    when: Condition | None = None
    while_locked: bool = False
    question: Text | None = None
    ask: Callable[[ViewState, Any, World], Question] | None = None
    secret: frozenset[str] = frozenset()
    signed: str = ""
    always_asked: bool = False

    @property
    def args_model(self) -> type[Args]:
        model = get_type_hints(self.run)["args"]
        assert isinstance(model, type)
        assert issubclass(model, Args)
        return model


class Registry:
    """All commands by id. Raises ValueError (a bug) when two share one."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands: dict[str, Command] = {}
        for command in commands:
            if command.id in self._commands:
                raise ValueError(f"two commands are called {command.id}")
            self._commands[command.id] = command

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def __len__(self) -> int:
        return len(self._commands)

    def __contains__(self, command: str) -> bool:
        return command in self._commands

    def redact(self, command: str, args: dict[str, Any]) -> dict[str, Any]:
        """The arguments as they may be written down."""
        found = self._commands.get(command)
        secret = found.secret if found else frozenset()
        return {name: "…" if name in secret else value for name, value in args.items()}

    def resolve(self, command: str) -> Command:
        """Raises UnknownCommand."""
        found = self._commands.get(command)
        if found is None:
            raise UnknownCommand(
                Text(f"‘{command}’ 명령은 없습니다", f"There is no command “{command}”")
            )
        return found


def validate(command: Command, args: dict[str, Any]) -> Args:
    """Arguments as the command's model; numbers may come as text. Raises BadArguments."""
    try:
        return msgspec.convert(args, command.args_model, strict=False)
    except msgspec.ValidationError as error:
        raise BadArguments(
            Text(
                f"‘{command.title.ko}’에 맞지 않는 값입니다: {error}",
                f"This does not fit “{command.title.en}”: {error}",
            )
        ) from error
