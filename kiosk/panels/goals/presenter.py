"""The Sustainable Development Goals and what serves them. No Qt."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.state import ViewState
from kiosk.panels.goals.spec import SPEC
from kiosk.panels.outline.lines import invented
from kiosk.panels.outline.model import Amount, Cell, Line, OutlineModel, Treemap
from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.scene import Outline, OutlineData
from kiosk.panels.outline.words import KINDS, joined
from kiosk.panels.panel import Live, PanelSpec
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Indicator, Item
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

SERVING = ("vision", "area", "plan", "task", "programme", "portfolio", "relations")
PANEL = Text("화면", "Panel")
SERVED = Text("목표마다 닿는 화면, 지표, 과제", "Panels, indicators and tasks by goal")
SHOWN = Text("이 벽에서 닿는 화면", "panels of this wall about it")
INDICATOR = Text("지표", "Indicator")
PANELS, INDICATORS = Text("화면", "Panels"), Text("지표", "Indicators")
TASKS, COUNT = Text("과제와 사업", "Tasks"), Text("개", "")


class GoalsData(OutlineData, frozen=True):
    """And the panels, indicators and items that say which goals they serve."""

    panels: tuple[PanelSpec, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    serving: tuple[Item, ...] = ()


class GoalsPresenter(OutlinePresenter):
    """See kiosk.panels.panel.Presenter. An opened goal lists its targets, then what serves it."""

    tables = frozenset(("items", "indicators", "districts"))
    outline = Outline(
        panel=SPEC.id,
        title=SPEC.title,
        about=Text(
            "목표를 누르면 세부 목표와 그 목표에 닿는 화면, 지표, 과제가 열립니다. "
            "세부 목표는 플랫폼의 유엔 공공행정상 신청서에 적힌 22개입니다.",
            "A goal opens its targets and the panels, indicators and tasks that serve it. "
            "The targets are the 22 of the platform's nomination for the UN award.",
        ),
        kinds=SPEC.items,
    )

    def query(self, repositories: "Repositories", state: ViewState) -> GoalsData:
        from kiosk.panels import find_panels  # the panels are found through this one too

        found = super().query(repositories, state)
        return GoalsData(
            items=found.items,
            districts=found.districts,
            geometry=found.geometry,
            panels=find_panels(),
            indicators=repositories.indicators(),
            serving=repositories.items(*SERVING),
        )

    def present(
        self, state: ViewState, data: OutlineData | None, live: Live, now_ms: int
    ) -> OutlineModel:
        model = super().present(state, data, live, now_ms)
        if not isinstance(data, GoalsData):
            return model
        if state.place.item is None:
            return msgspec.structs.replace(
                model,
                lines=tuple(_reach(data, line) for line in model.lines),
                picture=_counted(data),
                picture_title=SERVED,
                sheet=None,
            )
        goal = next((i for i in data.items if i.id == state.place.item), None)
        if goal is None:
            return model
        through = Press("goal.look", {"goal": goal.id})
        model = msgspec.structs.replace(model, through=through, orders=False)
        if goal.kind == "target":
            shown = _numbered(_panels_of(data, goal))
            return msgspec.structs.replace(model, title=goal.title, lines=shown, remark=SHOWN)
        targets = tuple(line for line in model.lines if line.id.startswith("target-"))
        found = _serving(data, goal.sdg[0], len(targets))
        remark = Text(
            f"세부 목표 {len(targets)}, 닿는 것 {len(found)}",
            f"{len(targets)} targets, {len(found)} that serve it",
        )
        told = model.sheet
        if told is not None:
            told = msgspec.structs.replace(told, figures=(*told.figures, *_kinds_of(found)))
        return msgspec.structs.replace(
            model, title=goal.title, lines=(*targets, *found), remark=remark, sheet=told
        )


def _reach(data: GoalsData, line: Line) -> Line:
    """A goal in the list with how much serves it."""
    goal = next(item for item in data.items if item.id == line.id)
    found = _serving(data, goal.sdg[0], 0)
    kinds = [_counted_kind(kind) for kind in _kinds_of(found)]
    count = str(len(found))
    return msgspec.structs.replace(
        line, facts=joined(kinds), amount=Amount(Text(count, count), COUNT)
    )


def _counted_kind(kind: Amount) -> Text:
    """ "지표 4"; "4 indicators"."""
    many = kind.label.en.lower()
    one = many.removesuffix("s") if kind.value.en == "1" else many
    return Text(f"{kind.label.ko} {kind.value.ko}", f"{kind.value.en} {one}")


def _kinds_of(found: Sequence[Line]) -> tuple[Amount, ...]:
    """How many panels, indicators and tasks there are; what there is none of is left out."""
    panels = sum(one.press.command == "panel.open" for one in found)
    indicators = sum(one.press.command == "indicator.open" for one in found)
    counts = ((PANELS, panels), (INDICATORS, indicators), (TASKS, len(found) - panels - indicators))
    return tuple(
        Amount(Text(str(count), str(count)), COUNT, label) for label, count in counts if count
    )


def _counted(data: GoalsData) -> Treemap:
    """Each goal by how much serves it."""
    goals = [item for item in data.items if item.kind == "sdg"]
    counts = {goal.id: len(_serving(data, goal.sdg[0], 0)) for goal in goals}
    return Treemap(
        tuple(
            Cell(
                title=goal.title,
                size=float(counts[goal.id]),
                amount=Amount(Text(str(counts[goal.id]), str(counts[goal.id])), COUNT),
                press=Press("item.open", {"item": goal.id}),
            )
            for goal in goals
            if counts[goal.id]
        )
    )


def _panels_of(data: GoalsData, target: Item) -> list[Line]:
    """The panels that show something about a target."""
    named = target.attributes.get("panels", "").split(",")
    return [_panel(s.id, s.title, s.subtitle) for s in data.panels if s.id in named]


def _numbered(lines: Iterable[Line], after: int = 0) -> tuple[Line, ...]:
    return tuple(msgspec.structs.replace(one, number=n) for n, one in enumerate(lines, after + 1))


def _serving(data: GoalsData, goal: int, after: int) -> tuple[Line, ...]:
    """Panels, items and indicators that serve a goal, numbered after its targets."""
    found = [
        *(_panel(spec.id, spec.title, spec.subtitle) for spec in data.panels if goal in spec.sdg),
        *(_item(item) for item in data.serving if goal in item.sdg),
        *(_indicator(indicator) for indicator in data.indicators if goal in indicator.sdg),
    ]
    return _numbered(found, after)


def _panel(panel: str, title: Text, subtitle: Text) -> Line:
    press = Press("panel.open", {"panel": panel})
    return Line(f"panel-{panel}", 0, title, joined([PANEL, subtitle]), press)


def _item(item: Item) -> Line:
    press = Press("item.open", {"item": item.id})
    return Line(item.id, 0, item.title, KINDS[item.kind], press, simulated=invented(item))


def _indicator(row: Indicator) -> Line:
    press = Press("indicator.open", {"indicator": row.id})
    return Line(f"indicator-{row.id}", 0, row.title, joined([INDICATOR, row.owner]), press)
