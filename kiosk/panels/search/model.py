"""What the search panel shows."""

import msgspec

from kiosk.core.finder import Finder, Found
from kiosk.pack import Level, here
from kiosk.wire.text import Text


def _named(level: Level) -> Text:
    return Text(level.name.ko, level.name.en.capitalize())


KINDS: dict[str, Text] = {
    "panel": Text("화면", "Panel"),
    "indicator": Text("지표", "Indicator"),
    "district": _named(here().parts),
    "neighbourhood": _named(here().inner or here().parts),
    "camera": Text("카메라", "Camera"),
    "incident": Text("현안", "Incident"),
    "item": Text("계획·사업", "Programme"),
    "department": Text("담당", "In charge"),
    "profile": Text("사용자", "Profile"),
    "complaint": Text("민원", "Complaint"),
    "command": Text("명령", "Command"),
    "source": Text("출처", "Source"),
    "kind": Text("자료 종류", "Kind of data"),
}


EXAMPLES = ("indicator", "district", "neighbourhood", "camera", "panel", "command")
"""Kinds of which the first is shown as an example of what can be written."""


class SearchModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sought` is what was asked for from elsewhere; what is typed is the view's own matter."""

    finders: tuple[Finder, ...] = ()
    sought: str = ""
    loading: bool = False
    now_ms: int = 0

    def find(self, text: str, limit: int) -> tuple[Found, ...]:
        """The best of all that there is."""
        found = [one for finder in self.finders for one in finder.find(text, limit)]
        found.sort(key=lambda one: -round(one.score, 3))
        return tuple(found[:limit])

    def counts(self) -> dict[str, int]:
        """How much there is of each kind, in the order of KINDS."""
        counted = dict.fromkeys(KINDS, 0)
        for finder in self.finders:
            for entry in finder.entries:
                counted[entry.kind] += 1
        return {kind: count for kind, count in counted.items() if count}

    def examples(self) -> tuple[Text, ...]:
        """A name of each of several kinds."""
        first: dict[str, Text] = {}
        for finder in self.finders:
            for entry in finder.entries:
                first.setdefault(entry.kind, entry.name)
        return tuple(first[kind] for kind in EXAMPLES if kind in first)
