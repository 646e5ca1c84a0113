"""Items as a tree. No Qt."""

from collections.abc import Iterable

from kiosk.panels.outline.status import is_late
from kiosk.wire.city import Item


class Tree:
    """Items by id and by what they are part of. One whose parent is not among them is a root, and
    so is one that would be part of itself."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {item.id: item for item in items}
        self._whole = {key: self._above(item) for key, item in self._items.items()}
        self._children: dict[str, list[Item]] = {}
        for key, item in self._items.items():
            self._children.setdefault(self._whole[key], []).append(item)

    def _above(self, item: Item) -> str:
        """Id of what it is part of, "" for a root."""
        seen, above = {item.id}, self._items.get(item.parent)
        while above is not None:
            if above.id in seen:
                return ""
            seen.add(above.id)
            above = self._items.get(above.parent)
        return item.parent if item.parent in self._items else ""

    def get(self, key: str | None) -> Item | None:
        return self._items.get(key or "")

    def of_group(self, group: str) -> tuple[Item, ...]:
        """Those that stand in one part of a narrowed list, wherever in the tree."""
        return tuple(i for i in self._items.values() if i.attributes.get("group") == group)

    def roots(self) -> tuple[Item, ...]:
        return tuple(self._children.get("", ()))

    def children(self, item: Item) -> tuple[Item, ...]:
        return tuple(self._children.get(item.id, ()))

    def siblings(self, item: Item) -> tuple[Item, ...]:
        """Those of the same parent, and the item itself."""
        return tuple(self._children[self._whole[item.id]])

    def parent(self, item: Item) -> Item | None:
        return self._items.get(self._whole[item.id])

    def leaves(self, item: Item) -> tuple[Item, ...]:
        """What it is made of in the end; what tells its own progress is not taken apart."""
        below = self.children(item)
        if not below or item.progress is not None:
            return (item,)
        return tuple(leaf for child in below for leaf in self.leaves(child))

    def progress(self, item: Item) -> float | None:
        """Its own progress, else the mean of its leaves if all have one; of money spent the mean
        by amount."""
        if item.progress is not None:
            return item.progress
        done = [(leaf.progress, _weight(leaf)) for leaf in self.leaves(item)]
        known = [(share, weight) for share, weight in done if share is not None]
        if len(known) < len(done):
            return None
        return sum(share * weight for share, weight in known) / sum(w for _, w in known)

    def late(self, item: Item, now_ms: int) -> int:
        """How many of its leaves are late."""
        return sum(is_late(leaf, now_ms) for leaf in self.leaves(item))

    def simulated(self, item: Item) -> bool:
        """Whether what is shown of its progress is the demonstration's."""
        return item.simulated or any(leaf.simulated for leaf in self.leaves(item))


def _weight(leaf: Item) -> float:
    return leaf.readings.get("amount_krw", 1.0) if leaf.kind == "budget" else 1.0
