"""How the panels are laid out for finding: the dock, and the categories that stand in it."""

from collections.abc import Mapping

import msgspec

from kiosk.wire.text import Text


class Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of what the wall is about: its panels stand side by side as tabs, in this order."""

    title: Text
    panels: tuple[str, ...]


class Menu(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`categories` by id; `dock` names panels and categories from left to right. A panel that is in
    neither (a comparison) is opened from another one."""

    categories: Mapping[str, Category] = {}
    dock: tuple[str, ...] = ()

    def category_of(self, panel: str) -> str | None:
        """The category whose tabs the panel is one of."""
        found = (key for key, one in self.categories.items() if panel in one.panels)
        return next(found, None)
