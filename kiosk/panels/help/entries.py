"""Help made from registry, bindings and phrases: nothing of it is written by hand. No Qt."""

from collections.abc import Mapping, Sequence

from kiosk.core.bindings import Bindings
from kiosk.core.invocation import Source
from kiosk.core.registry import Registry
from kiosk.panels.panel import HelpEntry

MOST_PHRASES = 2
PEOPLE = frozenset(Source) - {Source.SYSTEM, Source.REPLAY}


def help_entries(
    registry: Registry, bindings: Bindings, phrases: Mapping[str, Sequence[str]]
) -> tuple[HelpEntry, ...]:
    """An entry for each command that a person can give.

    `phrases` maps a command's id to sentences ready to say.
    """
    return tuple(
        HelpEntry(
            command.id,
            command.title,
            tuple(phrases.get(command.id, ()))[:MOST_PHRASES],
            bindings.inputs("gesture", command.id),
            bindings.inputs("key", command.id),
        )
        for command in registry
        if command.sources & PEOPLE
    )
