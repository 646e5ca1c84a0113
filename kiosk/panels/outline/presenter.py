"""Items as a tree, one opened at a time: what is common to the panels that show them. No Qt."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

import msgspec

from kiosk.core.state import ViewState
from kiosk.panels.districts import Shapes
from kiosk.panels.outline.model import NOTHING, Amount, Line, OutlineModel, Picture, Sheet
from kiosk.panels.outline.status import behind, is_late, planned, state_word
from kiosk.panels.outline.tree import Tree
from kiosk.panels.outline.words import KINDS, amount, facts, month, percent
from kiosk.panels.panel import Live
from kiosk.ui.charts.map_model import MapGeometry, Press
from kiosk.wire.city import District, Item
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

INVENTED = Text("시연용 항목, 서울시 자료 아님", "Demonstration entry, not the city's")
KEY_FIGURES = 3
MOST_LATE = 8


class OutlineData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Items of the panel's kinds and the city's shape."""

    items: tuple[Item, ...]
    districts: tuple[District, ...]
    geometry: MapGeometry | None


class Scene(msgspec.Struct, frozen=True):
    """What a picture is made from: the tree, what is opened and what stands in the list."""

    tree: Tree
    opened: Item | None
    shown: tuple[Item, ...]
    data: OutlineData
    state: ViewState
    now_ms: int


class Drawn(msgspec.Struct, frozen=True):
    """A picture with its title and a remark."""

    picture: Picture
    title: Text
    remark: Text = NOTHING


Draw = Callable[[Scene], Drawn | None]


class Outline(msgspec.Struct, frozen=True):
    """What makes one panel of items: its kinds, what it is about, and who draws the picture beside
    the list; the first that can, does."""

    panel: str
    title: Text
    about: Text
    kinds: tuple[str, ...]
    draw: tuple[Draw, ...] = ()


class OutlinePresenter:
    """See kiosk.panels.panel.Presenter. A subclass gives `outline`."""

    tables = frozenset(("items", "districts"))
    fields: frozenset[str] = frozenset()
    outline: ClassVar[Outline]

    def __init__(self) -> None:
        self._shapes = Shapes()

    def query(self, repositories: "Repositories", state: ViewState) -> OutlineData:
        districts = repositories.districts()
        items = repositories.items(*self.outline.kinds)
        return OutlineData(items, districts, self._shapes.of(districts))

    def present(
        self, state: ViewState, data: OutlineData | None, live: Live, now_ms: int
    ) -> OutlineModel:
        outline = self.outline
        if data is None:
            return OutlineModel(outline.panel, outline.title, loading=True, now_ms=now_ms)
        tree = Tree(data.items)
        opened = tree.get(state.place.item)
        shown = tuple(in_order(listed(tree, opened, state.place.district), now_ms))
        scene = Scene(tree, opened, shown, data, state, now_ms)
        drawn = next((d for draw in outline.draw if (d := draw(scene)) is not None), None)
        late = _latest(scene) if opened is None or drawn is None else ()
        lines = tuple(line(scene, item, n) for n, item in enumerate(shown, start=1))
        parent = tree.parent(opened) if opened else None
        one = sheet(scene, opened) if opened else None
        if one is None and drawn is None and not late:
            one = Sheet(id="", kicker=NOTHING, title=outline.title, summary=outline.about)
        return OutlineModel(
            panel=outline.panel,
            title=_title(outline, scene),
            remark=_remark(scene),
            lines=lines,
            late=late,
            sheet=one,
            picture=drawn.picture if drawn else None,
            picture_title=drawn.title if drawn else NOTHING,
            picture_remark=drawn.remark if drawn else NOTHING,
            up=Press("item.open", {"item": parent.id}) if parent else None,
            opened=opened is not None,
            simulated=any(one.simulated for one in lines),
            whole=state.place.district is None,
            now_ms=now_ms,
        )

    def project(self, model: OutlineModel) -> Projection:
        """What is known of the opened item, then the list."""
        one = model.sheet
        blocks = [RowsBlock(one.title, _known(one), one.simulated)] if one is not None else []
        rows = tuple(_row(entry) for entry in model.lines)
        blocks.append(RowsBlock(model.title, rows, model.simulated))
        title = one.title if one else self.outline.title
        words = one.summary if one else model.remark
        return Projection(model.panel, title, words, model.now_ms, tuple(blocks))


def listed(tree: Tree, opened: Item | None, district: str | None) -> Sequence[Item]:
    """What an opened item is made of; beside a leaf its siblings, so that the list stays. Where
    things lie in districts, only those of the chosen one."""
    found = tree.roots() if opened is None else tree.children(opened) or tree.siblings(opened)
    if district is not None:
        inside = tuple(i for i in found if district in i.districts or i is opened)
        found = inside if any(i.districts for i in found) else found
    return found


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
    if whole is None or not {"amount_krw"} <= item.readings.keys() & whole.readings.keys():
        return None
    return item.readings["amount_krw"] / whole.readings["amount_krw"]


def sheet(scene: Scene, item: Item) -> Sheet:
    tree, now_ms = scene.tree, scene.now_ms
    path = [KINDS[item.kind]]
    above = tree.parent(item)
    if above is not None:
        path.insert(0, above.title)
    inner = bool(tree.children(item))
    return Sheet(
        id=item.id,
        kicker=joined(path, " / "),
        title=item.title,
        summary=item.summary,
        figures=tuple(amount(item, name) for name in list(item.readings)[:KEY_FIGURES]),
        share=tree.progress(item),
        plan=None if inner else planned(item, now_ms),
        state=_counted(tree, item, now_ms) if inner else state_word(item, now_ms),
        late=not inner and is_late(item, now_ms),
        facts=facts(item),
        source=INVENTED if invented(item) else item.source,
        simulated=tree.simulated(item),
        invented=invented(item),
    )


def _latest(scene: Scene) -> tuple[Line, ...]:
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


def joined(words: Sequence[Text], mark: str = ", ") -> Text:
    kept = [w for w in words if w.ko]
    return Text(mark.join(w.ko for w in kept), mark.join(w.en for w in kept))


def _title(outline: Outline, scene: Scene) -> Text:
    """The panel's own, or of what the list is a part."""
    opened, tree = scene.opened, scene.tree
    if opened is None:
        return outline.title
    whole = opened if tree.children(opened) else tree.parent(opened)
    return whole.title if whole is not None else outline.title


def _remark(scene: Scene) -> Text:
    """How many stand in the list, and how many are late."""
    count = len(scene.shown)
    late = sum(is_late(i, scene.now_ms) for i in scene.shown)
    words = [Text(f"{count}개", f"{count} in all")]
    if late:
        words.append(Text(f"지연 {late}", f"{late} late"))
    return joined(words)


def _counted(tree: Tree, item: Item, now_ms: int) -> Text:
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
    word = KINDS[below[0].kind]
    count = Text(f"{word.ko} {len(below)}개", f"{len(below)} × {word.en.lower()}")
    leaves = tree.leaves(item)
    if len(leaves) > len(below):
        deep = KINDS[leaves[0].kind]
        more = Text(f"{deep.ko} {len(leaves)}개", f"{len(leaves)} × {deep.en.lower()}")
        return joined([count, more, _counted(tree, item, now_ms)])
    return joined([count, _counted(tree, item, now_ms)])


def _leaf_facts(item: Item, now_ms: int) -> Text:
    words = [state_word(item, now_ms), item.owner]
    if item.due_ms is not None and item.state != "done":
        due = month(item.due_ms)
        words.append(Text(f"{due.ko}까지", f"by {due.en}"))
    rest = list(item.readings)[1:]
    if not item.owner.ko and rest:
        more = amount(item, rest[0])
        said = read_out(more)
        words.append(
            Text(said.ko, said.en if more.unit.en else f"{said.en} {more.label.en.lower()}")
        )
    return joined(words)


def _known(one: Sheet) -> tuple[Row, ...]:
    found = [(figure.label, read_out(figure)) for figure in one.figures]
    if one.share is not None:
        progress = [read_out(percent(one.share)), one.state]
        found.append((Text("추진율", "Progress"), joined(progress)))
    found += [*one.facts, (Text("출처", "Source"), one.source)]
    return tuple(Row(headline=label, facts=words) for label, words in found if words.ko)


def read_out(figure: Amount) -> Text:
    """ "3,213억 원"; "321.3 bn KRW"."""
    value, unit = figure.value, figure.unit
    close = "" if unit.en == "%" else " "
    return Text(f"{value.ko}{unit.ko}", f"{value.en}{close}{unit.en}".strip())


def _row(entry: Line) -> Row:
    words = [entry.facts]
    if entry.amount is not None:
        words.insert(0, read_out(entry.amount))
    return Row(
        headline=entry.title,
        facts=joined(words),
        severity="caution" if entry.late else "",
        command=entry.press.command,
        args=dict(entry.press.args),
    )
