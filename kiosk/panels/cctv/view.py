"""The camera wall: a rail to choose by, and the cameras."""

from kiosk.panels.camera_pieces import CameraTally, NumberPad
from kiosk.panels.cctv.model import CctvModel
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.charts.cctv_grid import CctvGrid
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.ui.icons import IconName
from kiosk.wire.text import Text

LAYOUTS = (1, 4, 9, 16)
BAR_U = 56.0
GAP_U = 14.0
TALLY_U = 58.0
MAP_U = 196.0
EDGE_U = 4.0  # a tile keeps this free for its outline
BACK = Action(Text("전체 보기", "All cameras"), "cctv.close", {}, "cctv.close", "grid")


class CctvView(PanelView):
    """The rail has counts, a map, numbers, layout and pages; the rest are pictures."""

    shows_cameras = True

    def build(self) -> None:
        theme = self.theme
        self._model = CctvModel(loading=True)
        self._head = self.add(SectionHead(theme))
        self._tally = self.add(CameraTally(theme))
        self._map_head = self.add(SectionHead(theme))
        self.map = self.add(DistrictMap(theme))
        self._pad_head = self.add(SectionHead(theme))
        self.pad = self.add(NumberPad(theme))
        self._layout = self.add(Segmented(theme, SegmentedView(())))
        self._back = self.add(Button(theme, BACK, "primary"))
        self._previous = self.add(Button(theme, _step("previous", False, True)))
        self._next = self.add(Button(theme, _step("next", False, True)))
        self.cameras = self.add(CctvGrid(theme, 3))
        self._none = self.add(Sentence(theme))
        self._map_head.set_view(SectionView(Text("지도에서 열기", "Open on the map")))
        self._none.hide()

    def set_view_model(self, model: CctvModel) -> None:
        before, self._model = self._model, model
        count = len(model.everyone)
        marked = any(camera.simulated for camera in model.everyone)
        title = Text(f"CCTV {count}대", f"{count} cameras")
        self._head.set_view(SectionView(title, simulated=marked))
        self._tally.set_counts(model.counts, model.unasked)
        shown = frozenset(tile.camera for tile in model.tiles)
        self.pad.set_cameras(model.everyone, shown)
        if model.map is not None:
            self.map.set_model(model.map)
        self._set_bars(model)
        self._set_none(model)
        if before.opened != model.opened:
            self.rearrange()
        self._show_cameras()

    def _set_bars(self, model: CctvModel) -> None:
        choices = tuple(
            Action(Text(f"{n}개", f"{n}"), "cctv.layout", {"tiles": n}, f"cctv.layout.{n}")
            for n in LAYOUTS
        )
        chosen = LAYOUTS.index(model.layout) if model.layout in LAYOUTS else -1
        self._layout.set_view(SegmentedView(choices, -1 if model.opened else chosen))
        many = model.opened or model.pages > 1
        self._previous.set_action(_step("previous", model.opened, many))
        self._next.set_action(_step("next", model.opened, many))
        self._layout.setVisible(not model.opened)
        self._back.setVisible(model.opened)
        pages = Text(f"{model.page + 1}/{model.pages}쪽", f"page {model.page + 1}/{model.pages}")
        remark = pages if model.pages > 1 and not model.opened else Text("", "")
        self._pad_head.set_view(SectionView(Text("번호로 열기", "Open by number"), remark))

    def _set_none(self, model: CctvModel) -> None:
        self._none.setVisible(not model.tiles)
        words = Text("불러오는 중", "Loading")
        if not model.loading:
            words = Text("등록된 카메라가 없습니다.", "There are no cameras.")
        self._none.set_words(words)

    def _show_cameras(self) -> None:
        model = self._model
        columns = 1 if model.opened else round(model.layout**0.5)
        rows = 1 if model.opened else -(-model.layout // columns)
        self.cameras.set_cameras(model.tiles, columns, rows)

    # ---- places

    def arrange(self, modules: Modules) -> None:
        if modules.upright:
            self._arrange_upright(modules)
            return
        pictures = modules.box(1, modules.count - 1, 0, modules.height)
        self.put(self.cameras, pictures.adjusted(-EDGE_U, -EDGE_U, EDGE_U, EDGE_U))
        self.put(self._none, pictures.adjusted(0, 24, 0, 0))
        y = self._place_counts(modules, 0)
        self.put(self._map_head, modules.box(0, 1, y, HEAD_U))
        self.put(self.map, modules.box(0, 1, y + HEAD_U, MAP_U))
        y += HEAD_U + MAP_U + GAP_U
        self.put(self._pad_head, modules.box(0, 1, y, HEAD_U))
        bars = modules.height - 2 * BAR_U - GAP_U
        self.put(self.pad, modules.box(0, 1, y + HEAD_U, bars - GAP_U - y - HEAD_U))
        self._place_bars(modules, 0, bars)

    def _place_counts(self, modules: Modules, y: float) -> float:
        self.put(self._head, modules.box(0, 1, y, HEAD_U))
        self.put(self._tally, modules.box(0, 1, y + HEAD_U, TALLY_U))
        return y + HEAD_U + TALLY_U + GAP_U

    def _place_bars(self, modules: Modules, index: int, y: float) -> None:
        self.put(self._layout, modules.box(index, 1, y, BAR_U))
        self.put(self._back, modules.box(index, 1, y, BAR_U))
        box = modules.box(index, 1, y + BAR_U + GAP_U, BAR_U)
        half = (box.width() - 12) / 2
        left, right = modules.box(index, 1, box.top(), BAR_U), box
        left.setWidth(half)
        right.setLeft(box.right() - half)
        self.put(self._previous, left)
        self.put(self._next, right)

    def _arrange_upright(self, modules: Modules) -> None:
        rail = 330.0
        top = modules.height - rail
        pictures = modules.box(0, 3, 0, top - GAP_U)
        self.put(self.cameras, pictures.adjusted(-EDGE_U, -EDGE_U, EDGE_U, EDGE_U))
        self.put(self._none, pictures.adjusted(0, 24, 0, 0))
        y = self._place_counts(modules, top)
        self._place_bars(modules, 0, y + 20)
        self.put(self._map_head, modules.box(1, 1, top, HEAD_U))
        self.put(self.map, modules.box(1, 1, top + HEAD_U, rail - HEAD_U))
        self.put(self._pad_head, modules.box(2, 1, top, HEAD_U))
        self.put(self.pad, modules.box(2, 1, top + HEAD_U, rail - HEAD_U))


def _step(way: str, opened: bool, enabled: bool) -> Action:
    """Another page, or another camera when one is open."""
    words = {"previous": Text("이전", "Previous"), "next": Text("다음", "Next")}[way]
    command = f"cctv.{way}" if opened else f"cctv.{way}_page"
    icon: IconName = "back" if way == "previous" else "next"
    return Action(words, command, {}, f"cctv.step.{way}", icon, enabled)
