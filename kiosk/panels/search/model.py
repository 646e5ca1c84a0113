"""What the search panel shows."""

import msgspec

from kiosk.core.finder import Findable, Finder, Found
from kiosk.pack import Level, here
from kiosk.panels.lens import Lens
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
    "place": Text("시설", "Place"),
    "department": Text("담당", "In charge"),
    "profile": Text("사용자", "Profile"),
    "complaint": Text("민원", "Complaint"),
    "command": Text("명령", "Command"),
    "source": Text("출처", "Source"),
    "kind": Text("자료 종류", "Kind of data"),
}
LONG = 400  # found before those that do not serve the goal are left out


EXAMPLES = ("indicator", "district", "neighbourhood", "camera", "panel", "command")
"""Kinds of which the first is shown as an example of what can be written."""


class SearchModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sought` is what was asked for from elsewhere; what is typed is the view's own matter. With a
    `lens` only what serves its goal is found. `often` are the panels opened most, the first most.
    """

    finders: tuple[Finder, ...] = ()
    sought: str = ""
    loading: bool = False
    lens: Lens | None = None
    often: tuple[Found, ...] = ()
    now_ms: int = 0

    def find(self, text: str, limit: int) -> tuple[Found, ...]:
        """The best of all that there is."""
        most = limit if self.lens is None else LONG
        found = [one for finder in self.finders for one in finder.find(text, most)]
        found = [one for one in found if self._seen(one.entry)]
        found.sort(key=lambda one: -round(one.score, 3))
        return tuple(found[:limit])

    def served(self, limit: int) -> tuple[Found, ...]:
        """What serves the goal, panels first; nothing without one."""
        if self.lens is None:
            return ()
        every = [entry for finder in self.finders for entry in finder.entries if self._seen(entry)]
        every.sort(key=lambda entry: entry.kind != "panel")
        return tuple(Found(entry, 1.0) for entry in every[:limit])

    def _seen(self, entry: Findable) -> bool:
        if self.lens is None:
            return True
        if entry.kind == "panel":
            return self.lens.shows(str(entry.args.get("panel")), entry.sdg)
        return self.lens.serves(entry.sdg)

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
