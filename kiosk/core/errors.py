"""What a person did wrong or can't have now. Bugs are ordinary Python exceptions, never these."""

from kiosk.wire.text import Text


class UserError(Exception):
    """Carries the sentence that the screen shows."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)


class UnknownCommand(UserError):  # noqa: N818 - an answer, not a fault
    """No command has this id."""


class BadArguments(UserError):  # noqa: N818
    """The arguments do not fit the command, or name something the city does not have."""


class Unavailable(UserError):  # noqa: N818
    """The command exists and may be given, but not now."""


class Denied(UserError):  # noqa: N818
    """Policy does not let this person or this input give the command."""
