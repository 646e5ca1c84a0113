"""The camera wall: a rail to choose by and the cameras, or one camera in full."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.core.camera_wall import LAYOUTS
from kiosk.panels.camera_pieces import CameraTally
from kiosk.panels.cctv.model import CctvModel
from kiosk.panels.cctv.pieces import GAP_U as CELL_GAP_U
from kiosk.panels.cctv.pieces import ROW_U, PresetGrid, TourBar
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.charts.camera_model import Wanted
from kiosk.ui.charts.camera_stage import CameraStage
from kiosk.ui.charts.camera_tile import CAPTION_U, LARGE_U, MOST_CUT, USUAL
from kiosk.ui.charts.cctv_grid import CctvGrid
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.ui.icons import IconName
from kiosk.wire.text import Text

BAR_U = 56.0
GAP_U = 10.0
TALLY_U = 58.0
TOUR_U = 58.0
EDGE_U = 4.0  # a tile keeps this free for its outline
RAIL_U = 424.0  # high, on an upright wall
STRIP, STRIP_UPRIGHT = (6, 1), (3, 2)  # columns and rows under the large one
FIND_U = 124.0
WARM = Wanted(480, 270, "hidden")
SEARCH = Action(Text("찾기", "Find"), "search.open", {}, "cctv.search", "search")
FILM = Action(Text("띠", "Strip"), "cctv.film", {}, "cctv.film")
BACK = Action(Text("전체 보기", "All cameras"), "cctv.close", {}, "cctv.close", "grid")


class CctvView(PanelView):
    """The rail has counts, a map, selections, layout and tour. Of one camera in full there are the
    picture and what can be done with it."""

    shows_cameras = True

    def build(self) -> None:
        theme = self.theme
        self._model = CctvModel(loading=True)
        self._room = (16.0, 9.0)
        self._head = self.add(SectionHead(theme))
        self._tally = self.add(CameraTally(theme))
        self._map_head = self.add(SectionHead(theme))
        self.map = self.add(DistrictMap(theme))
        self._search = self.add(Button(theme, SEARCH))
        self.presets = self.add(PresetGrid(theme))
        self.tour = self.add(TourBar(theme))
        self._walk = [self.add(Button(theme, BACK)) for _ in range(3)]
        self._layout = self.add(Segmented(theme, SegmentedView(())))
        self.cameras = self.add(CctvGrid(theme, 3))
        self.stage = self.add(CctvGrid(theme, 1, make=CameraStage))
        self._deeds = [self.add(Button(theme, BACK)) for _ in range(8)]
        self._none = self.add(Sentence(theme))
        self._map_head.set_view(SectionView(Text("지도에서 선택", "On the map")))
        self._none.hide()
        self._show_parts()

    def set_view_model(self, model: CctvModel) -> None:
        before, self._model = self._model, model
        self._set_rail(model)
        self._set_walk(model)
        self._set_deeds(model)
        self._set_none(model)
        self._show_cameras()
        if _shape(before) != _shape(model):
            self._show_parts()
            self.rearrange()

    def _set_rail(self, model: CctvModel) -> None:
        count = f"{model.count}" if model.count == model.every else f"{model.count}/{model.every}"
        remark = Text(f"{count}대", count)
        self._head.set_view(SectionView(model.title, remark, simulated=model.simulated))
        self._tally.set_counts(model.counts, model.unasked)
        self.presets.set_choices(model.presets, model.every, model.count != model.every)
        if model.map is not None:
            self.map.set_model(model.map)
        choices = tuple(
            Action(Text(f"{n}", f"{n}"), "cctv.layout", {"tiles": n}, f"cctv.layout.{n}")
            for n in LAYOUTS
        )
        chosen = len(LAYOUTS) if model.film else LAYOUTS.index(model.tiles_at_once)
        self._layout.set_view(SegmentedView((*choices, FILM), chosen))

    def _set_walk(self, model: CctvModel) -> None:
        """Back, start or stop, on: of a running tour its steps, else pages."""
        running = model.tour.next_ms is not None
        many = model.pages > 1
        way = "tour_previous" if running else "previous_page"
        step = Text("이전", "Back")
        actions = [Action(step, f"cctv.{way}", {}, "cctv.step.previous", "back", many or running)]
        if running:
            stop = Text("멈춤", "Stop")
            actions.append(Action(stop, "cctv.tour_stop", {}, "cctv.tour", "pause"))
        else:
            start = Text("순회", "Start")
            actions.append(Action(start, "cctv.tour", {}, "cctv.tour", "play", model.count > 1))
        way = "tour_next" if running else "next_page"
        step = Text("다음", "Next")
        actions.append(Action(step, f"cctv.{way}", {}, "cctv.step.next", "next", many or running))
        for button, action in zip(self._walk, actions, strict=True):
            primary = running and action.command == "cctv.tour_stop"
            button.set_action(action, "primary" if primary else "normal")
        self.tour.set_tour(model.tour)

    def _set_deeds(self, model: CctvModel) -> None:
        several = model.count > 1
        running = model.tour.next_ms is not None
        walk: tuple[Text, str, IconName] = (Text("순회 시작", "Start tour"), "tour", "play")
        if running:
            walk = (Text("순회 멈춤", "Stop tour"), "tour_stop", "pause")
        actions = (
            BACK,
            _deed("이전", "Previous", "previous", "back", several),
            _deed("다음", "Next", "next", "next", several),
            _deed("확대", "Zoom in", "zoom_in"),
            _deed("축소", "Zoom out", "zoom_out", None, model.zoom > 1.0),
            _deed("주변 카메라", "Nearby", "near", "map"),
            _deed("사진 저장", "Keep picture", "snapshot", "download"),
            Action(walk[0], f"cctv.{walk[1]}", {}, "cctv.walk", walk[2], several),
        )
        for button, action in zip(self._deeds, actions, strict=True):
            primary = action.command == ("cctv.tour_stop" if running else BACK.command)
            button.set_action(action, "primary" if primary else "normal")

    def _set_none(self, model: CctvModel) -> None:
        self._none.setVisible(not model.tiles and model.opened is None)
        words = Text("불러오는 중", "Loading")
        if not model.loading:
            words = Text("등록된 카메라가 없습니다.", "There are no cameras.")
        if not model.loading and model.every:
            words = Text("고르신 카메라가 이제 없습니다.", "The cameras you chose are gone.")
        self._none.set_words(words)

    def _show_cameras(self) -> None:
        model = self._model
        if model.opened is not None:
            self.stage.set_cameras((model.opened,), 1, 1)
            (stage,) = self.stage.tiles
            assert isinstance(stage, CameraStage)
            stage.set_view(model.zoom, model.x, model.y)
            stage.when_touched = "cctv.tour_stop" if model.tour.next_ms is not None else ""
            return
        columns, rows = STRIP if self._room[0] > self._room[1] else STRIP_UPRIGHT
        if not model.film:
            columns, rows = grid_for(model.tiles_at_once, *self._room)
        self.cameras.set_cameras(model.tiles, columns, rows, film=model.film)

    def wanted(self) -> dict[str, Wanted]:
        return dict.fromkeys(self._model.warm, WARM) | super().wanted()

    def _rail(self) -> Sequence[QWidget]:
        return (
            *(self._head, self._tally, self._map_head, self.map, self._search),
            *(self.presets, *self._walk, self._layout, self.cameras),
        )

    def _show_parts(self) -> None:
        """The stage is shown first: it begins with the picture that the tile had."""
        opened = self._model.opened is not None
        for part in (self.stage, *self._deeds):
            part.setVisible(opened)
        for piece in self._rail():
            piece.setVisible(not opened)
        if not opened:
            self.stage.set_cameras(())

    # ---- places

    def arrange(self, modules: Modules) -> None:
        if self._model.opened is not None:
            self._arrange_stage(modules)
        elif modules.upright:
            self._arrange_upright(modules)
        else:
            self._arrange_wide(modules)

    def _arrange_stage(self, modules: Modules) -> None:
        rows = 2 if modules.upright else 1
        columns = -(-len(self._deeds) // rows)
        bars = rows * BAR_U + (rows - 1) * GAP_U
        top = modules.height - bars
        running = self._model.tour.next_ms is not None
        self.tour.setVisible(running)
        high = top - GAP_U - (TOUR_U + GAP_U if running else 0)
        self._put_pictures(self.stage, QRectF(0, 0, modules.width, high))
        self.put(self.tour, QRectF(0, high + GAP_U, modules.width, TOUR_U))
        each = (modules.width + GAP_U) / columns
        for index, button in enumerate(self._deeds):
            row, column = divmod(index, columns)
            left, y = column * each, top + row * (BAR_U + GAP_U)
            self.put(button, QRectF(left, y, each - GAP_U, BAR_U))

    def _arrange_wide(self, modules: Modules) -> None:
        self.tour.show()
        self._put_grid(modules.box(1, modules.count - 1, 0, modules.height))
        self.put(self._none, modules.box(1, modules.count - 1, 24, modules.height))
        low = self._stack_choices(modules, 0, modules.height)
        y = self._stack_counts(modules, 0, 0)
        self._put_map(modules.box(0, 1, y, low - GAP_U - y))

    def _put_grid(self, box: QRectF) -> None:
        self._room = (box.width(), box.height())
        self._put_pictures(self.cameras, box)
        self._show_cameras()

    def _put_pictures(self, pictures: QWidget, box: QRectF) -> None:
        self.put(pictures, box.adjusted(-EDGE_U, -EDGE_U, EDGE_U, EDGE_U))

    def _stack_counts(self, modules: Modules, index: int, y: float) -> float:
        """Downwards from `y`; returns where it ends."""
        self.put(self._head, modules.box(index, 1, y, HEAD_U))
        self.put(self._tally, modules.box(index, 1, y + HEAD_U, TALLY_U))
        return y + HEAD_U + TALLY_U + GAP_U

    def _stack_choices(self, modules: Modules, index: int, bottom: float) -> float:
        """Upwards from `bottom`: layout, tour, selections; returns where it begins."""
        y = bottom - BAR_U
        self.put(self._layout, modules.box(index, 1, y, BAR_U))
        y = self._put_walk(modules.box(index, 1, y - GAP_U - BAR_U, BAR_U)) - GAP_U - TOUR_U
        self.put(self.tour, modules.box(index, 1, y, TOUR_U))
        high = self.presets.rows() * (ROW_U + CELL_GAP_U) - CELL_GAP_U
        y -= high + GAP_U
        self.put(self.presets, modules.box(index, 1, y, high))
        return y

    def _put_map(self, box: QRectF) -> None:
        """Under its head, beside which one looks for a camera by name or number."""
        left = box.right() - FIND_U
        self.put(self._map_head, QRectF(box.left(), box.top(), left - box.left(), HEAD_U))
        self.put(self._search, QRectF(left, box.top(), FIND_U, BAR_U - 8))
        top = HEAD_U + GAP_U
        self.put(self.map, box.adjusted(0, top, 0, 0))

    def _put_walk(self, box: QRectF) -> float:
        each = (box.width() + 8) / len(self._walk)
        for index, button in enumerate(self._walk):
            self.put(button, QRectF(box.left() + index * each, box.top(), each - 8, BAR_U))
        return box.top()

    def _arrange_upright(self, modules: Modules) -> None:
        self.tour.show()
        top = modules.height - RAIL_U
        self._put_grid(modules.box(0, 3, 0, top - GAP_U))
        self.put(self._none, modules.box(0, 3, 24, top))
        y = self._stack_counts(modules, 0, top)
        self._put_map(modules.box(0, 2, y, modules.height - y))
        self._stack_choices(modules, 2, modules.height)


def grid_for(count: int, width_u: float, height_u: float) -> tuple[int, int]:
    """Columns and rows in which so many pictures of 16:9 are the largest, cut as tiles cut them."""

    def seen(columns: int) -> float:
        rows = -(-count // columns)
        wide = width_u / columns - CELL_GAP_U
        high = max(1.0, height_u / rows - CELL_GAP_U - CAPTION_U)
        cut = 0.0 if wide >= LARGE_U else MOST_CUT
        return min(wide, high / (1 - cut) * USUAL)

    columns = max(range(1, count + 1), key=seen)
    return columns, -(-count // columns)


def _shape(model: CctvModel) -> tuple[object, ...]:
    """What decides where the pieces stand."""
    return len(model.presets), bool(model.opened), model.tour.next_ms is not None


def _deed(ko: str, en: str, name: str, icon: IconName | None = None, on: bool = True) -> Action:
    """Something to do with the opened camera."""
    return Action(Text(ko, en), f"cctv.{name}", {}, f"cctv.{name}", icon, on)
