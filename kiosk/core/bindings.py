"""Which gesture and which key give which command. Read from config/bindings.toml."""

from typing import Any, Literal

import msgspec


class Binding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`on` is a gesture's kind or a key's name; a binding with a panel wins there."""

    input: Literal["gesture", "key"]
    on: str
    command: str
    args: dict[str, Any] = {}
    panel: str | None = None


class Bindings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bindings: tuple[Binding, ...]

    def find(self, kind: Literal["gesture", "key"], on: str, panel: str) -> Binding | None:
        found = [b for b in self.bindings if b.input == kind and b.on == on]
        here = [b for b in found if b.panel == panel]
        anywhere = [b for b in found if b.panel is None]
        return next(iter(here + anywhere), None)
