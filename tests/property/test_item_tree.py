"""Trees of items: whatever the parents say, every item stands in the tree once."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.panels.outline.tree import Tree
from kiosk.wire.city import Item
from kiosk.wire.text import Text

KEYS = "abcdefgh"


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(f"{KEYS}-"), max_size=len(KEYS)))
def test_every_item_is_reached_once_even_if_parents_run_in_circles(parents: dict[str, str]) -> None:
    items = [Item(key, "task", Text(key, key), parent=parent) for key, parent in parents.items()]
    tree = Tree(items)
    reached: list[str] = []
    waiting = list(tree.roots())
    while waiting:
        item = waiting.pop()
        reached.append(item.id)
        waiting += tree.children(item)
        assert item in tree.siblings(item)
        assert tree.leaves(item)
        assert tree.progress(item) is None
    assert sorted(reached) == sorted(parents)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_a_whole_is_between_its_parts(shares: list[float]) -> None:
    whole = Item("w", "task", Text("", ""))
    parts = [
        Item(f"p{n}", "subtask", Text("", ""), parent="w", progress=share)
        for n, share in enumerate(shares)
    ]
    done = Tree([whole, *parts]).progress(whole)
    assert done is not None
    assert min(shares) - 1e-9 <= done <= max(shares) + 1e-9
