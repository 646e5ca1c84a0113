"""What a check found: a state, what was seen, and how to mend it."""

from typing import Literal

import msgspec

from kiosk.wire.text import Text

State = Literal["ok", "poor", "fail"]
"""ok: as it should be; poor: the kiosk runs, with less; fail: a part of it will not work."""


class Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answer of one check; `mend` is there unless all is well."""

    check: str
    title: Text
    state: State
    found: Text
    mend: Text | None = None


class Check(msgspec.Struct, frozen=True):
    """What is looked at: its name for machines and for people."""

    name: str
    title: Text

    def ok(self, ko: str, en: str) -> Finding:
        return Finding(self.name, self.title, "ok", Text(ko, en))

    def poor(self, found: Text, mend: Text) -> Finding:
        return Finding(self.name, self.title, "poor", found, mend)

    def fail(self, found: Text, mend: Text) -> Finding:
        return Finding(self.name, self.title, "fail", found, mend)
