"""Items on the wall: the list at the left, the picture and the opened one at the right."""

from PySide6.QtCore import QRectF

from kiosk.pack import here
from kiosk.panels.outline.model import Line, OutlineModel, Part, Rings, Timeline, Treemap
from kiosk.panels.outline.photo import PhotoFrame
from kiosk.panels.outline.rings import RingsView
from kiosk.panels.outline.sheet import ItemSheet
from kiosk.panels.outline.table import OutlineTable
from kiosk.panels.outline.timeline import TimelineView
from kiosk.panels.outline.treemap import TreemapView
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.charts.map_model import MapModel, Press
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.wire.text import Text

GAP_U = 14.0
BUTTON_U = 60.0
PARTS_U = 54.0
PICTURE_SHARE, LARGE_SHARE, ROUTES_SHARE = 0.46, 0.62, 0.64
MOMENT_U = 52.0
SHEET_SHARE = 0.4
LATE_UNDER = 2
LIST, UP = Text("목록", "The list"), Text("위로", "Up")
PREVIOUS, NEXT = Text("이전", "Previous"), Text("다음", "Next")
ORDER = Action(Text("지시", "Order"), "order.compose", {}, "outline.order", "send")
FIGURE = Action(Text("지표", "Indicator"), "indicator.open", {}, "outline.indicator", "grid")
THROUGH = Action(Text("목표로 보기", "Look through"), "goal.look", {}, "outline.through", "search")
CAMERAS = Action(Text("주변 CCTV", "Cameras"), "cctv.near", {}, "outline.cameras", "video")
SITES = Action(Text("시설", "Places"), "panel.narrow", {}, "outline.sites", "map")
NOTHING_HERE = Text("여기에는 항목이 없습니다.", "Nothing here.")
LATE_FIRST = Text("늦은 것부터", "Furthest behind")
LOADING = Text("불러오는 중", "Loading")


class OutlineView(PanelView):
    """One view for every panel of items; the model says which picture there is."""

    def build(self) -> None:
        theme = self.theme
        self._model = OutlineModel("", Text("", ""), loading=True)
        self._head = self.add(SectionHead(theme))
        self.table = self.add(OutlineTable(theme))
        self._parts = self.add(Segmented(theme, SegmentedView(())))
        self._none = self.add(Sentence(theme))
        self._picture_head = self.add(SectionHead(theme))
        self.map = self.add(DistrictMap(theme))
        self.treemap = self.add(TreemapView(theme))
        self.timeline = self.add(TimelineView(theme))
        self.rings = self.add(RingsView(theme))
        self.photo = self.add(PhotoFrame(theme))
        self.sheet = self.add(ItemSheet(theme))
        self._late_head = self.add(SectionHead(theme))
        self.late = self.add(OutlineTable(theme, "late"))
        self._buttons = [self.add(Button(theme, action)) for action in _actions(self._model)]
        whole = Action(here().whole, "district.clear", {}, "outline.whole", "map")
        self._whole = self.add(Button(theme, whole))
        self._show_parts()

    def set_view_model(self, model: OutlineModel) -> None:
        before, self._model = self._model, model
        self._head.set_view(SectionView(model.title, model.remark, model.simulated))
        self.table.set_lines(model.lines)
        self.late.set_lines(model.late)
        self._late_head.set_view(SectionView(LATE_FIRST, simulated=_simulated(model.late)))
        self.sheet.set_sheet(model.sheet)
        self.photo.set_photos(model.sheet.photos if model.sheet is not None else ())
        about = SectionView(model.picture_title, model.picture_remark, model.picture_simulated)
        self._picture_head.set_view(about)
        self._none.set_words(LOADING if model.loading else NOTHING_HERE)
        self._parts.set_view(_parts(model.parts))
        for button, action in zip(self._buttons, _actions(model), strict=True):
            button.set_action(action)
        match model.picture:
            case MapModel():
                self.map.set_model(model.picture)
            case Treemap():
                self.treemap.set_model(model.picture)
            case Timeline():
                self.timeline.set_model(model.picture)
            case Rings():
                self.rings.set_model(model.picture)
            case None:
                pass
        self._show_parts()
        if _shape(before) != _shape(model):
            self.rearrange()

    def _show_parts(self) -> None:
        model = self._model
        picture = model.picture
        self.table.setVisible(bool(model.lines))
        self._parts.setVisible(bool(model.parts))
        self._none.setVisible(not model.lines)
        self._picture_head.setVisible(picture is not None)
        self.map.setVisible(isinstance(picture, MapModel))
        self.treemap.setVisible(isinstance(picture, Treemap))
        self.timeline.setVisible(isinstance(picture, Timeline))
        self.rings.setVisible(isinstance(picture, Rings))
        self.sheet.setVisible(model.sheet is not None)
        self.photo.setVisible(_pictured(model))
        self.late.setVisible(bool(model.late))
        self._late_head.setVisible(bool(model.late))
        for button in self._buttons:
            button.setVisible(model.opened)
        *_, order, figure, sites, cameras, through = self._buttons
        order.setVisible(model.opened and model.orders)
        figure.setVisible(model.opened and model.indicator is not None)
        sites.setVisible(model.opened and model.sites is not None)
        cameras.setVisible(model.opened and model.cameras is not None)
        through.setVisible(model.opened and model.through is not None)
        self._whole.setVisible(not model.opened and not model.whole)

    # ---- places

    def arrange(self, modules: Modules) -> None:
        upright = modules.upright
        left = 3.0 if upright else modules.count / 2
        bottom = self._list_end(modules.height) if upright else modules.height
        main = modules.box(0, left, 0, bottom)
        side = modules.box(left, modules.count - left, 0, modules.height)
        if upright:
            side = modules.box(0, 3, bottom + GAP_U, modules.height - bottom - GAP_U)
        self._arrange_list(main)
        self._arrange_side(side)

    def _list_end(self, high: float) -> float:
        """Upright, where the list ends: in the middle, or higher where it is short."""
        row = self.table.row_px() / self.theme.unit_px
        wanted = HEAD_U + GAP_U + len(self._model.lines) * row + 2.0
        wanted += PARTS_U if self._model.parts else 0.0
        short = self._model.picture is not None and not self._model.late
        return min(high * 0.5, max(wanted, high * 0.2)) if short else high * 0.5

    def _arrange_list(self, box: QRectF) -> None:
        """The list; what is late under it where a picture takes the side."""
        model, top = self._model, box.top() + HEAD_U + GAP_U
        if model.parts:
            top += PARTS_U
        high = box.bottom() - top
        if self._late_under():
            row = self.table.row_px() / self.theme.unit_px
            late = HEAD_U + 2 * GAP_U + row * min(len(model.late), LATE_UNDER)
            high = min(len(model.lines) * row + 2.0, high - late)
            below = QRectF(box.left(), top + high + GAP_U, box.width(), 1)
            below.setBottom(box.bottom())
            self._place_late(below)
        self.put(self._head, QRectF(box.left(), box.top(), box.width(), HEAD_U))
        self.put(self._parts, QRectF(box.left(), box.top() + HEAD_U, box.width(), PARTS_U))
        self.put(self.table, QRectF(box.left(), top, box.width(), high))
        self.put(self._none, QRectF(box.left(), top, box.width(), high))

    def _late_under(self) -> bool:
        return bool(self._model.late) and self._model.picture is not None

    def _place_late(self, box: QRectF) -> None:
        self.put(self._late_head, QRectF(box.left(), box.top(), box.width(), HEAD_U))
        top = box.top() + HEAD_U + GAP_U
        self.put(self.late, QRectF(box.left(), top, box.width(), max(1.0, box.bottom() - top)))

    def _arrange_side(self, side: QRectF) -> None:
        model, width = self._model, side.width()
        buttons = model.opened or not model.whole
        foot = side.bottom() - (BUTTON_U + GAP_U if buttons else 0.0)
        top = side.top()
        if model.picture is not None or _pictured(model):
            top = self._place_picture(side, foot) + GAP_U
        sheet_bottom = foot
        if model.late and model.picture is None:
            begin = top + (foot - top) * SHEET_SHARE + GAP_U if model.sheet is not None else top
            self._place_late(QRectF(side.left(), begin, width, foot - begin))
            sheet_bottom = begin - GAP_U
        self.put(self.sheet, QRectF(side.left(), top, width, max(1.0, sheet_bottom - top)))
        shown = [button for button in self._buttons if not button.isHidden()]
        each = (width + 12) / max(1, len(shown))
        row = side.bottom() - BUTTON_U
        for index, button in enumerate(shown):
            self.put(button, QRectF(side.left() + index * each, row, each - 12, BUTTON_U))
        self.put(self._whole, QRectF(side.left(), row, width, BUTTON_U))

    def _place_photo(self, box: QRectF) -> QRectF:
        """The photo beside the picture, or in the room of it where there is none; what is left."""
        if self._model.picture is None:
            self.put(self.photo, box)
            return box
        half = (box.width() - GAP_U) / 2
        self.put(self.photo, QRectF(box.left() + half + GAP_U, box.top(), half, box.height()))
        return QRectF(box.left(), box.top(), half, box.height())

    def _place_picture(self, side: QRectF, foot: float) -> float:
        """Where the picture ends: at the foot when nothing stands under it."""
        top, bottom = side.top() + HEAD_U + GAP_U, foot
        if self._model.sheet is not None:
            routes = isinstance(self._model.picture, MapModel) and self._model.picture.lines
            share = ROUTES_SHARE if routes else self._picture_share(side.width(), foot - side.top())
            bottom = side.top() + (foot - side.top()) * share
        if isinstance(self._model.picture, Timeline):
            bottom = max(bottom, min(foot, top + len(self._model.picture.marks) * MOMENT_U))
        self.put(self._picture_head, QRectF(side.left(), side.top(), side.width(), HEAD_U))
        box = QRectF(side.left(), top, side.width(), max(1.0, bottom - top))
        if _pictured(self._model):
            box = self._place_photo(box)
        for piece in (self.map, self.treemap, self.timeline, self.rings):
            self.put(piece, box)
        return bottom

    def _picture_share(self, width: float, high: float) -> float:
        """Of two heights the larger, where what is said under the picture leaves room for it: from
        one item to the next a picture should not jump."""
        unit = self.theme.unit_px
        said = self.sheet.wanted_px(width * unit) / unit
        return LARGE_SHARE if said <= high * (1 - LARGE_SHARE) else PICTURE_SHARE


def _pictured(model: OutlineModel) -> bool:
    return model.sheet is not None and model.sheet.pictured


def _actions(model: OutlineModel) -> tuple[Action, ...]:
    """Up to what the opened item is part of, else to the panel's own list; to the one before and
    the one after; an order about it; to the figure that tells more, to the places that it speaks of
    and to the cameras near it, where there are; and the whole wall through it."""
    up = model.up or Press("panel.open", {"panel": model.panel})
    before, after = model.beside or (up, up)
    return (
        Action(UP if model.up else LIST, up.command, up.args, "outline.up", "back"),
        Action(PREVIOUS, before.command, before.args, "outline.previous", "back"),
        Action(NEXT, after.command, after.args, "outline.next", "next"),
        ORDER,
        _led(FIGURE, model.indicator),
        _led(SITES, model.sites),
        _led(CAMERAS, model.cameras),
        _led(THROUGH, model.through),
    )


def _led(action: Action, press: Press | None) -> Action:
    """The action with what the press asks for, where there is one."""
    if press is None:
        return action
    return Action(action.label, press.command, press.args, action.trigger, action.icon)


def _parts(parts: tuple[Part, ...]) -> SegmentedView:
    choices = tuple(
        Action(p.label, p.press.command, p.press.args, f"outline.part.{p.press.args['to']}")
        for p in parts
    )
    return SegmentedView(choices, next((n for n, p in enumerate(parts) if p.chosen), -1))


def _simulated(lines: tuple[Line, ...]) -> bool:
    return any(line.simulated for line in lines)


def _shape(model: OutlineModel) -> tuple[object, ...]:
    """What decides where the pieces stand."""
    lines = len(model.lines)
    sheet = model.sheet.id if model.sheet is not None else None
    parts = model.picture is not None, sheet, bool(model.late)
    leads = (model.indicator, model.sites, model.cameras, model.through)
    led = tuple(press is not None for press in leads)
    buttons = model.opened, model.orders, *led
    return *parts, *buttons, model.whole, bool(model.parts), _pictured(model), lines
