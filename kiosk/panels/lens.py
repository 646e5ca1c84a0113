"""A Sustainable Development Goal, or a target of one, as a way to look at the wall. No Qt."""

from collections.abc import Sequence

import msgspec

from kiosk.core.world import Entry
from kiosk.panels.panel import PanelSpec
from kiosk.wire.city import Item
from kiosk.wire.text import Text

TARGET = "target"


class Lens(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`goals` are numbers of goals; `panels` those that a target names itself, None: every panel
    that says that it serves the goal."""

    name: Text
    goals: tuple[int, ...]
    panels: tuple[str, ...] | None = None

    def serves(self, sdg: Sequence[int]) -> bool:
        """Whether what serves these goals is seen through it."""
        return any(goal in self.goals for goal in sdg)

    def shows(self, panel: str, sdg: Sequence[int]) -> bool:
        """Whether a panel is."""
        return self.serves(sdg) if self.panels is None else panel in self.panels

    def shown(self, specs: Sequence[PanelSpec]) -> frozenset[str]:
        """Ids of the panels that are seen through it."""
        return frozenset(spec.id for spec in specs if self.shows(spec.id, spec.sdg))

    @property
    def number(self) -> str:
        """ "11" or "11.2", as its name begins."""
        return self.name.ko.split(" ", 1)[0].rstrip(".")


def lens_of_entry(entry: Entry | None) -> Lens | None:
    if entry is None or not entry.sdg:
        return None
    return Lens(entry.name, entry.sdg, entry.panels if entry.kind == TARGET else None)


def lens_of_item(item: Item | None) -> Lens | None:
    if item is None or not item.sdg:
        return None
    named = tuple(item.attributes.get("panels", "").split(","))
    return Lens(item.title, item.sdg, named if item.kind == TARGET else None)
