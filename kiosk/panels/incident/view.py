"""Incidents on the wall: today's list, or one with its clock, map, cameras and helpers."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.panels.incident.clock_face import ClockFace
from kiosk.panels.incident.list_table import IncidentTable
from kiosk.panels.incident.model import IncidentModel, Scene
from kiosk.panels.incident.scene_map import SceneMap
from kiosk.panels.incident.tables import HospitalTable, SceneFacts, SceneHead, UnitTable
from kiosk.panels.parts import (
    HEAD_U,
    SectionHead,
    SectionView,
    Sentence,
    indicator_tiles,
    show_tiles,
)
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.charts.cctv_grid import CctvGrid
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.figure_tile import FigureTile
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.wire.text import Text

GAP_U = 14.0
TITLE_U = 80.0  # at ordinary type
CLOCK_U = 120.0
BUTTON_U = 56.0
STEP_U = 120.0
ROW_U = 49.0
TABLE_U = HEAD_U + 4 * ROW_U
TALL_TABLE_U = HEAD_U + 5 * ROW_U
FACTS_U = 210.0
TILE_U = 182.0
NOWHERE_U = 92.0
CROWDED = 4  # from so many buttons on their words need all their room
EDGE_U = 4.0  # a tile keeps this free for its outline
RECORDED = Text("모든 요청은 기록됩니다", "every request is recorded")
LIST = Action(Text("목록", "List"), "incident.list", {}, "incident.list", "grid")
PREVIOUS = Action(Text("이전", "Previous"), "incident.previous", {}, "incident.previous", "back")
NEXT = Action(Text("다음", "Next"), "incident.next", {}, "incident.next", "next")
LARGER = Action(Text("지도", "Map"), "incident.map", {"large": True}, "incident.map", "map")
SMALLER = Action(Text("현장", "Scene"), "incident.map", {"large": False}, "incident.map", "grid")
NOWHERE = Text("위치가 없는 현안입니다.", "This incident has no place of its own.")
NOWHERE_WHY = Text("한 지역 전체에 대한 알림입니다", "It concerns a whole area")
NEAREST = Text("가까운 소방서", "Fire stations nearby")
GONE = Text("찾으시는 현안은 이제 없습니다.", "That incident is no longer there.")


class IncidentView(PanelView):
    """The list and the scene are never on the wall together."""

    shows_cameras = True

    def build(self) -> None:
        theme = self.theme
        self._model = IncidentModel(loading=True)
        self._shape: tuple[bool, bool, bool, int, int] | None = None
        self._none = self.add(Sentence(theme))
        self._build_list()
        self._build_scene()

    def _build_list(self) -> None:
        theme = self.theme
        self._head = self.add(SectionHead(theme))
        self.filter = self.add(Segmented(theme, SegmentedView(())))
        self.standing = self.add(Segmented(theme, SegmentedView(())))
        self.table = self.add(IncidentTable(theme))
        self._map_head = self.add(SectionHead(theme))
        self.city = self.add(DistrictMap(theme))
        self._figures_head = self.add(SectionHead(theme))
        self._tiles: list[FigureTile] = []
        self._map_head.set_view(SectionView(Text("지금 진행 중인 곳", "Where it happens now")))
        title = Text("오늘 출동과 교통", "Calls and traffic today")
        self._figures_head.set_view(SectionView(title))

    def _build_scene(self) -> None:
        theme = self.theme
        self.title = self.add(SceneHead(theme))
        steps = (LIST, PREVIOUS, NEXT, LARGER)
        self._steps = [self.add(Button(theme, action)) for action in steps]
        self.clock = self.add(ClockFace(theme))
        self.map = self.add(SceneMap(theme))
        self.cameras = self.add(CctvGrid(theme, 2))
        self._units_head = self.add(SectionHead(theme))
        self.units = self.add(UnitTable(theme))
        self._beds_head = self.add(SectionHead(theme))
        self.beds = self.add(HospitalTable(theme))
        self._deeds_head = self.add(SectionHead(theme))
        self.facts = self.add(SceneFacts(theme))
        self._deeds: list[Button] = []

    # ---- content

    def set_view_model(self, model: IncidentModel) -> None:
        self._model = model
        self._set_list(model)
        if model.scene is not None:
            self._set_scene(model.scene)
        else:
            self.cameras.set_cameras((), 2, 2)
        self._say_none(model)
        self._steps[-1].set_action(SMALLER if model.large_map else LARGER)
        about = (model.scene is not None, self._placed(), model.large_map)
        shape = (*about, len(model.figures), len(self._deeds))
        if shape != self._shape:
            self._shape = shape
            self._show_parts()
            self.rearrange()

    def _placed(self) -> bool:
        scene = self._model.scene
        return scene is not None and scene.map is not None

    def _set_list(self, model: IncidentModel) -> None:
        self._head.set_view(SectionView(model.title, model.remark, model.simulated))
        self.table.set_lines(model.lines)
        chosen = next((i for i, choice in enumerate(model.kinds) if choice.chosen), -1)
        choices = tuple(
            Action(c.label, "incident.list", {"kind": c.kind}, f"incidents.kind.{c.kind}")
            for c in model.kinds
        )
        self.filter.set_view(SegmentedView(choices, chosen))
        stands = tuple(
            Action(c.label, "incident.narrow", {"shown": c.shown}, f"incidents.stands.{c.shown}")
            for c in model.standings
        )
        chosen = next((i for i, choice in enumerate(model.standings) if choice.chosen), -1)
        self.standing.set_view(SegmentedView(stands, chosen))
        if model.map is not None:
            self.city.set_model(model.map)
        views = indicator_tiles(model.figures, self.theme, "incidents")
        show_tiles(self, self._tiles, views)

    def _set_scene(self, scene: Scene) -> None:
        self.title.set_scene(scene)
        self.clock.set_clock(scene.clock)
        self.map.set_model(scene.map)
        self.cameras.set_cameras(scene.cameras, 2, 2)
        sent = any(unit.vehicles.ko for unit in scene.units)
        title = Text("출동대", "Who was sent") if sent else NEAREST
        marked = sent and scene.simulated
        self._units_head.set_view(SectionView(title, scene.units_note, marked))
        self.units.set_lines(scene.units)
        title = Text("가까운 응급실, 빈 병상", "Emergency rooms, free beds")
        remark = Text("거리순", "by distance")
        self._beds_head.set_view(SectionView(title, remark, scene.beds_simulated))
        self.beds.set_lines(scene.hospitals)
        self._deeds_head.set_view(SectionView(Text("조치", "What to do"), RECORDED))
        self.facts.set_scene(scene)
        self._set_deeds(scene)

    def _set_deeds(self, scene: Scene) -> None:
        self.drop(self._deeds[len(scene.deeds) :])
        del self._deeds[len(scene.deeds) :]
        while len(self._deeds) < len(scene.deeds):
            self._deeds.append(self.add(Button(self.theme, LIST)))
        for button, deed in zip(self._deeds, scene.deeds, strict=True):
            press, trigger = deed.press, f"incident.deed.{deed.press.command}"
            icon = deed.icon if len(scene.deeds) < CROWDED else None
            action = Action(deed.label, press.command, press.args, trigger, icon, deed.enabled)
            urgent = deed is scene.deeds[0] and scene.severity in ("critical", "warning")
            button.set_action(action, "primary" if urgent and deed.enabled else "normal")

    def _say_none(self, model: IncidentModel) -> None:
        if model.scene is not None:
            self._none.set_words(NOWHERE, NOWHERE_WHY)
        elif model.loading:
            self._none.set_words(Text("불러오는 중", "Loading"))
        elif model.asked:
            self._none.set_words(GONE)
        else:
            self._none.set_words(Text("오늘 일어난 일이 없습니다.", "Nothing has happened today."))

    def _show_parts(self) -> None:
        scene, placed = self._model.scene is not None, self._placed()
        for piece in self._list_pieces():
            piece.setVisible(not scene)
        for piece in self._scene_pieces():
            piece.setVisible(scene)
        large = placed and self._model.large_map
        for piece in self._place_pieces():
            piece.setVisible(placed and (not large or piece is self.map))
        for piece in (self._deeds_head, self.facts, *self._deeds):
            piece.setVisible(scene and not large)
        self._steps[-1].setVisible(scene and placed)
        self.city.setVisible(not placed)

    def _list_pieces(self) -> list[QWidget]:
        pieces: list[QWidget] = [self._head, self.filter, self.standing, self.table]
        return [*pieces, self._map_head, self.city, self._figures_head, *self._tiles]

    def _scene_pieces(self) -> list[QWidget]:
        pieces: list[QWidget] = [self.title, *self._steps, self.clock]
        return [*pieces, self._deeds_head, self.facts, *self._deeds]

    def _place_pieces(self) -> list[QWidget]:
        return [
            self.map,
            self.cameras,
            self._units_head,
            self.units,
            self._beds_head,
            self.beds,
        ]

    # ---- places

    def arrange(self, modules: Modules) -> None:
        scene = self._model.scene
        empty = not self._model.lines if scene is None else not self._placed()
        self._none.setVisible(empty or (scene is None and self._model.asked))
        if scene is None:
            self._arrange_list(modules)
        elif self._placed() and self._model.large_map:
            top = self._arrange_top(modules)
            self.put(self.map, modules.box(0, modules.count, top, modules.height - top))
        elif modules.upright:
            self._arrange_upright(modules)
        else:
            self._arrange_wide(modules)

    def _arrange_list(self, modules: Modules) -> None:
        upright = modules.upright
        left = 3.0 if upright else modules.count * 0.6
        bottom = modules.height * 0.56 if upright else modules.height
        top = HEAD_U + GAP_U
        self.put(self._head, modules.box(0, left, 0, HEAD_U))
        for choices in (self.filter, self.standing):
            self.put(choices, modules.box(0, left, top, BUTTON_U))
            top += BUTTON_U + GAP_U
        if not self._none.isHidden():
            self.put(self._none, modules.box(0, left, top, 40))
            top += 40
        self.put(self.table, modules.box(0, left, top, bottom - top))
        side = modules.box(left, modules.count - left, 0, modules.height)
        if upright:
            side = modules.box(0, 3, bottom + GAP_U, modules.height - bottom - GAP_U)
        self._arrange_side(side)

    def _arrange_side(self, side: QRectF) -> None:
        """The city's map, and the day's figures under it."""
        figures = HEAD_U + TILE_U if self._tiles else 0.0
        foot = side.bottom() - figures
        self.put(self._map_head, QRectF(side.left(), side.top(), side.width(), HEAD_U))
        high = foot - GAP_U - side.top() - HEAD_U
        self.put(self.city, QRectF(side.left(), side.top() + HEAD_U, side.width(), high))
        self.put(self._figures_head, QRectF(side.left(), foot, side.width(), HEAD_U))
        each = (side.width() + 24) / max(1, len(self._tiles))
        for index, tile in enumerate(self._tiles):
            left = side.left() + index * each
            self.put(tile, QRectF(left, foot + HEAD_U, each - 24, TILE_U))

    def _arrange_top(self, modules: Modules) -> float:
        """Title, ways and clock; returns their bottom."""
        width = modules.width - len(self._steps) * (STEP_U + 8)
        large = self.theme.type_factor
        title, clock = TITLE_U * large, CLOCK_U * large
        self.put(self.title, QRectF(0, 0, width - 24, title))
        for index, button in enumerate(self._steps):
            left = width + index * (STEP_U + 8) + 8
            self.put(button, QRectF(left, (title - BUTTON_U) / 2, STEP_U, BUTTON_U))
        self.put(self.clock, QRectF(0, title, modules.width, clock))
        return title + clock + GAP_U

    def _arrange_wide(self, modules: Modules) -> None:
        top = self._arrange_top(modules)
        foot = modules.height - TABLE_U
        high = foot - GAP_U - top
        if not self._placed():
            self._arrange_whole(modules, modules.count // 2, top)
            return
        self.put(self.map, modules.box(0, 4, top, high))
        self._arrange_cameras(modules.box(4, modules.count - 4, top, high))
        self.put(self._units_head, modules.box(0, 2, foot, HEAD_U))
        self.put(self.units, modules.box(0, 2, foot + HEAD_U, TABLE_U - HEAD_U))
        self.put(self._beds_head, modules.box(2, 2, foot, HEAD_U))
        self.put(self.beds, modules.box(2, 2, foot + HEAD_U, TABLE_U - HEAD_U))
        self._arrange_deeds(modules.box(4, modules.count - 4, foot, TABLE_U))

    def _arrange_whole(self, modules: Modules, half: int, top: float) -> None:
        """What concerns a whole area: its map, and beside it what is known and can be done."""
        self.put(self.city, modules.box(0, half, top, modules.height - top))
        side = modules.box(half, modules.count - half, top, modules.height - top)
        self.put(self._none, QRectF(side.left(), top + 8, side.width(), NOWHERE_U - 8))
        self._arrange_deeds(side.adjusted(0, NOWHERE_U, 0, 0))

    def _arrange_cameras(self, box: QRectF) -> None:
        self.put(self.cameras, box.adjusted(-EDGE_U, -EDGE_U, EDGE_U, EDGE_U))

    def _arrange_deeds(self, box: QRectF) -> None:
        self.put(self._deeds_head, QRectF(box.left(), box.top(), box.width(), HEAD_U))
        foot = box.bottom() - BUTTON_U
        facts = QRectF(box.left(), box.top() + HEAD_U, box.width(), foot - 8 - box.top() - HEAD_U)
        self.put(self.facts, facts)
        each = (box.width() + 12) / max(1, len(self._deeds))
        for index, button in enumerate(self._deeds):
            self.put(button, QRectF(box.left() + index * each, foot, each - 12, BUTTON_U))

    def _arrange_upright(self, modules: Modules) -> None:
        top = self._arrange_top(modules)
        foot = modules.height - FACTS_U
        tables = foot - GAP_U - TALL_TABLE_U
        room = tables - GAP_U - top
        high = (room - GAP_U) * 0.5
        self.put(self.map, modules.box(0, 3, top, high))
        self._arrange_cameras(modules.box(0, 3, top + high + GAP_U, room - high - GAP_U))
        if not self._placed():
            self.put(self._none, modules.box(0, 3, top + 16, 80))
            self.put(self.city, modules.box(0, 3, top + 96, room - 96))
        for index, (head, table) in enumerate(
            ((self._units_head, self.units), (self._beds_head, self.beds))
        ):
            self.put(head, modules.box(index * 1.5, 1.5, tables, HEAD_U))
            box = modules.box(index * 1.5, 1.5, tables + HEAD_U, TALL_TABLE_U - HEAD_U)
            self.put(table, box)
        self._arrange_deeds(modules.box(0, 3, foot, FACTS_U))
