"""Items as lines of a list. No Qt."""

from collections.abc import Sequence

from kiosk.core.shown import STANDINGS, stands
from kiosk.panels.outline.model import Amount, Line
from kiosk.panels.outline.scene import Scene
from kiosk.panels.outline.status import behind, is_late, planned, state_word
from kiosk.panels.outline.tree import Tree
from kiosk.panels.outline.words import amount, counted, date, joined, percent, read_out
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Item
from kiosk.wire.text import Text

MOST_LATE = 8
MORE = Text(", 이보다 많음", ", more than")


def part_of(tree: Tree, only: str, now_ms: int) -> Sequence[Item]:
    """What a list that is narrowed holds: a group of items, or those that stand in some way."""
    if only not in STANDINGS:
        return tree.of_group(only)
    leaves = (leaf for top in tree.roots() for leaf in tree.leaves(top))
    return tuple(i for i in leaves if stands(only, state=i.state, late=is_late(i, now_ms)))


def listed(
    tree: Tree, opened: Item | None, district: str | None, now_ms: int, only: str = ""
) -> Sequence[Item]:
    """What an opened item is made of; beside a leaf its siblings, so that the list stays. A list
    that is narrowed has its part of the whole tree. Where things lie in districts, only those of
    the chosen one."""
    if only and (part := part_of(tree, only, now_ms)):
        return part
    if only in STANDINGS:
        return ()
    found = tree.roots() if opened is None else tree.children(opened) or tree.siblings(opened)
    if district is not None:
        inside = tuple(i for i in found if district in i.districts or i is opened)
        found = inside if any(i.districts for i in found) else found
    return found


def beside(scene: Scene) -> tuple[Press, Press] | None:
    """What stands before the opened item and after it, as its whole lists them."""
    opened = scene.opened
    if opened is None:
        return None
    only = scene.state.place.only
    part = part_of(scene.tree, only, scene.now_ms) if only else ()
    around = part if opened in part else scene.tree.siblings(opened)
    keys = [i.id for i in in_order(around, scene.now_ms)]
    here = keys.index(opened.id)
    before, after = keys[here - 1], keys[(here + 1) % len(keys)]
    return Press("item.open", {"item": before}), Press("item.open", {"item": after})


def in_order(items: Sequence[Item], now_ms: int) -> list[Item]:
    """Late ones first, the furthest behind before others; the rest as they are counted."""
    return sorted(items, key=lambda i: -behind(i, now_ms) if is_late(i, now_ms) else 1.0)


def line(scene: Scene, item: Item, number: int) -> Line:
    tree, now_ms = scene.tree, scene.now_ms
    leaf = not tree.children(item)
    share = tree.progress(item)
    return Line(
        id=item.id,
        number=number,
        title=item.title,
        facts=_leaf_facts(item, now_ms) if leaf else _inner_facts(tree, item, now_ms),
        press=Press("item.open", {"item": item.id}),
        amount=_headline(tree, item, share),
        share=_part(tree, item) if share is None else share,
        plan=planned(item, now_ms) if leaf and share is not None else None,
        late=is_late(item, now_ms) if leaf else False,
        simulated=(share is not None and tree.simulated(item)) or invented(item),
        chosen=scene.opened is not None and item.id == scene.opened.id,
    )


def _headline(tree: Tree, item: Item, share: float | None) -> Amount | None:
    """What the list shows of it: how far a project or a whole is, of others their first figure."""
    whole = bool(tree.children(item)) and item.kind != "budget"
    if share is not None and (whole or item.kind == "project" or not item.readings):
        return percent(share)
    return amount(item, next(iter(item.readings))) if item.readings else None


def _part(tree: Tree, item: Item) -> float | None:
    """Its share of the whole that it is a part of, where both tell the amount or the weight."""
    if "weight" in item.readings:
        return item.readings["weight"] / 100
    whole = tree.parent(item)
    name = next(iter(item.readings), "")
    if whole is None or not whole.readings.get(name):
        return None
    return item.readings[name] / whole.readings[name]


def latest(scene: Scene) -> tuple[Line, ...]:
    """What is late in the whole tree, or in the opened part of it, the furthest behind first."""
    tree, opened = scene.tree, scene.opened
    if opened is not None and not tree.children(opened):
        return ()
    leaves = [leaf for top in ([opened] if opened else tree.roots()) for leaf in tree.leaves(top)]
    late = in_order([leaf for leaf in leaves if is_late(leaf, scene.now_ms)], scene.now_ms)
    return tuple(line(scene, item, n) for n, item in enumerate(late[:MOST_LATE], start=1))


def invented(item: Item) -> bool:
    """Whether the entry itself is one of the demonstration."""
    return item.simulated and not item.source.ko


def standing(tree: Tree, item: Item, now_ms: int) -> Text:
    """How many of its leaves are done, and how many are late."""
    leaves = tree.leaves(item)
    done = sum(leaf.state == "done" for leaf in leaves)
    late = tree.late(item, now_ms)
    words = []
    if done:
        words.append(Text(f"완료 {done}", f"{done} done"))
    if late:
        words.append(Text(f"지연 {late}", f"{late} late"))
    return joined(words)


def _inner_facts(tree: Tree, item: Item, now_ms: int) -> Text:
    below = tree.children(item)
    count = counted(below[0].kind, len(below))
    leaves = tree.leaves(item)
    if len(leaves) > len(below):
        more = counted(leaves[0].kind, len(leaves))
        return joined([count, more, standing(tree, item, now_ms)])
    return joined([count, standing(tree, item, now_ms)])


def _named(figure: Amount) -> Text:
    """A figure with what it counts: "사업 72건", "72 projects"; "30%, since yesterday"."""
    said, label = read_out(figure), figure.label.en.lower()
    if label.endswith(MORE.en):
        return Text(
            f"{figure.label.ko.removesuffix(MORE.ko)} {said.ko} 넘게",
            f"over {said.en} {label.removesuffix(MORE.en)}",
        )
    if not figure.unit.en:
        en = f"{said.en} {label}"
    else:
        en = said.en if label == figure.unit.en else f"{said.en}, {label}"
    return Text(f"{figure.label.ko} {said.ko}", en)


def _leaf_facts(item: Item, now_ms: int) -> Text:
    words = [state_word(item, now_ms), item.owner]
    if item.due_ms is not None and item.state != "done" and item.kind != "option":
        due = date(item, item.due_ms)
        words.append(Text(f"{due.ko}까지", f"by {due.en}"))
    rest = list(item.readings)[1:]
    if not item.owner.ko and rest:
        words.append(_named(amount(item, rest[0])))
    return joined(words)
