"""Which gesture and which key give which command: the default, a site's and a person's.

A person's binding wins over the site's, the site's over the default; within one of them a binding
with a panel wins on that panel. `command = "none"` binds to nothing, and hides what lies under it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from kiosk.wire.text import Text

Input = Literal["gesture", "key"]
NONE = "none"
FIXED = frozenset({"palm_hold", "fist_hold", "point", "pinch_tap"})
"""Gestures that the recogniser and the pointer keep for themselves."""
DRAGGED = frozenset({"map.pan", "cctv.pan"})
"""Commands that a closed hand gives by where it lets go: what it holds follows it until then."""


class Binding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`on` is a gesture's kind or a key's name; a binding with a panel wins there."""

    input: Input
    on: str
    command: str
    args: dict[str, Any] = {}
    panel: str | None = None


class BindingsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """config/bindings.toml."""

    bindings: tuple[Binding, ...]


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """config/people/NAME.toml: somebody who stands at the wall, and the ways of their hand."""

    name: str
    title: Text
    bindings: tuple[Binding, ...] = ()


class Bindings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The three layers; people by name."""

    default: tuple[Binding, ...] = ()
    site: tuple[Binding, ...] = ()
    people: Mapping[str, Person] = {}

    def find(self, kind: Input, on: str, panel: str, person: str = "") -> Binding | None:
        """What this input gives here and for this person; None when that is nothing."""
        found = next((b for b in self._here(panel, person) if (b.input, b.on) == (kind, on)), None)
        return None if found is None or found.command == NONE else found

    def inputs(self, kind: Input, command: str, person: str = "") -> tuple[str, ...]:
        """The gestures or keys that give a command anywhere, for this person."""
        places = {b.panel for b in self.every(person)}
        found = (b.on for b in self.every(person) if (b.input, b.command) == (kind, command))
        return tuple(
            on
            for on in dict.fromkeys(found)
            if any(self._gives(kind, on, place or "", person) == command for place in places)
        )

    def every(self, person: str = "") -> tuple[Binding, ...]:
        """All bindings that can count for this person, the winning layers first."""
        return tuple(binding for layer in self._layers(person) for binding in layer)

    def _layers(self, person: str) -> Iterator[Iterable[Binding]]:
        if person in self.people:
            yield self.people[person].bindings
        yield self.site
        yield self.default

    def _here(self, panel: str, person: str) -> Iterator[Binding]:
        for layer in self._layers(person):
            known = tuple(layer)
            yield from (b for b in known if b.panel == panel)
            yield from (b for b in known if b.panel is None)

    def _gives(self, kind: Input, on: str, panel: str, person: str) -> str | None:
        found = self.find(kind, on, panel, person)
        return found.command if found else None
