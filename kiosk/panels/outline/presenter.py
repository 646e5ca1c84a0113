"""Items as a tree, one opened at a time: what is common to the panels that show them. No Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from kiosk.core.shown import STANDINGS
from kiosk.core.state import ViewState
from kiosk.panels.districts import Shapes
from kiosk.panels.outline.detail import known, row_of, sheet
from kiosk.panels.outline.lines import beside, in_order, latest, line, listed
from kiosk.panels.outline.model import NOTHING, OutlineModel, Part, Sheet
from kiosk.panels.outline.scene import Outline, OutlineData, Scene
from kiosk.panels.outline.status import is_late
from kiosk.panels.outline.tree import Tree
from kiosk.panels.outline.words import joined
from kiosk.panels.panel import Live
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Item
from kiosk.wire.projection import Projection, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories


ALL = Text("모두", "All")


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
        place = state.place
        shown = tuple(in_order(listed(tree, opened, place.district, now_ms, place.only), now_ms))
        scene = Scene(tree, opened, shown, data, state, now_ms)
        drawn = next((d for draw in outline.draw if (d := draw(scene)) is not None), None)
        beside_it = (opened is None or drawn is None) and place.only not in STANDINGS
        late = latest(scene) if beside_it else ()
        lines = tuple(line(scene, item, n) for n, item in enumerate(shown, start=1))
        parent = tree.parent(opened) if opened else None
        one = sheet(scene, opened, live.given.orders, live.photos) if opened else None
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
            picture_simulated=drawn.simulated if drawn else False,
            picture_title=drawn.title if drawn else NOTHING,
            picture_remark=drawn.remark if drawn else NOTHING,
            up=_up(outline, parent, place.only),
            beside=beside(scene) if opened else None,
            indicator=_indicator(opened) if opened else None,
            sites=_sites(opened) if opened else None,
            cameras=_cameras(opened) if opened else None,
            parts=parts(outline.panel, outline.narrowings, place.only),
            opened=opened is not None,
            simulated=any(one.simulated for one in lines),
            whole=state.place.district is None,
            now_ms=now_ms,
        )

    def project(self, model: OutlineModel) -> Projection:
        """What is known of the opened item, then the list."""
        one = model.sheet
        blocks = [RowsBlock(one.title, known(one), one.simulated)] if one is not None else []
        rows = tuple(row_of(entry) for entry in model.lines)
        blocks.append(RowsBlock(model.title, rows, model.simulated))
        title = one.title if one else self.outline.title
        words = one.summary if one else model.remark
        return Projection(model.panel, title, words, model.now_ms, tuple(blocks))


def _indicator(item: Item) -> Press | None:
    """To the figure of the city that tells more about it."""
    named = item.attributes.get("indicator")
    return Press("indicator.open", {"indicator": named}) if named else None


def _cameras(item: Item) -> Press | None:
    """To those near the first place that it has."""
    return Press("cctv.near", {"to": item.id}) if item.places else None


def _sites(item: Item) -> Press | None:
    """To the places that it speaks of, each with how it is."""
    named = item.attributes.get("places")
    return Press("panel.narrow", {"panel": "places", "to": named}) if named else None


def _up(outline: Outline, parent: Item | None, only: str) -> Press | None:
    if only:
        return Press("panel.narrow", {"panel": outline.panel, "to": only})
    return Press("item.open", {"item": parent.id}) if parent else None


def parts(
    panel: str, narrowings: Sequence[tuple[str, Text]], only: str, *, whole: bool = True
) -> tuple[Part, ...]:
    """What the list can be narrowed to, and all of it first (`whole`)."""
    words = [("", ALL), *narrowings] if whole and narrowings else narrowings
    return tuple(
        Part(title, Press("panel.narrow", {"panel": panel, "to": word}), word == only)
        for word, title in words
    )


def _title(outline: Outline, scene: Scene) -> Text:
    """The panel's own, or of what the list is a part."""
    opened, tree, only = scene.opened, scene.tree, scene.state.place.only
    part = next((title for word, title in outline.narrowings if word and word == only), None)
    if part is not None or opened is None:
        return part or outline.title
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
