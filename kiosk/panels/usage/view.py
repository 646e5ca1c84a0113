"""Use of the wall: figures above, panels at the left, inputs, whose and hours at the right."""

from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, show_tiles
from kiosk.panels.usage.bars import HourColumns, UseBars
from kiosk.panels.usage.model import UsageModel
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import BUTTON_U, Button
from kiosk.ui.components.figure_tile import FigureTile, FigureTileView
from kiosk.wire.text import Text

GAP_U = 24.0
TILE_U = 150.0
TIMES = Text("번", "times")
Part = tuple[float, float, float, float, SectionHead, UseBars | HourColumns]
"""First module, modules, beginning and height as shares of the band, head, piece."""
ARRANGE = Action(
    Text("자주 쓰는 순서로 놓기", "Arrange by use"), "layout.by_use", {}, "usage.arrange"
)
FIXED = Action(Text("정해진 순서로 놓기", "Fixed order"), "layout.fixed", {}, "usage.arrange")


class UsageView(PanelView):
    """See the module."""

    def build(self) -> None:
        theme = self.theme
        self.tiles: list[FigureTile] = []
        self._panel_head = self.add(SectionHead(theme))
        self.panels = self.add(UseBars(theme, "usage"))
        self._input_head = self.add(SectionHead(theme))
        self.inputs = self.add(UseBars(theme, "usage.input"))
        self._profile_head = self.add(SectionHead(theme))
        self.profiles = self.add(UseBars(theme, "usage.profile"))
        self._hour_head = self.add(SectionHead(theme))
        self.hours = self.add(HourColumns(theme))
        self._arrange = self.add(Button(theme, ARRANGE))

    def set_view_model(self, model: UsageModel) -> None:
        tiles = len(self.tiles)
        show_tiles(self, self.tiles, _figures(model))
        days = Text(f"지난 {model.days}일", f"last {model.days} days")
        private = Text("내용은 세지 않습니다", "nothing of the content is kept")
        for head, title, remark in (
            (self._panel_head, Text("화면별 연 횟수", "Panels, by times opened"), days),
            (self._input_head, Text("입력별 명령", "Commands by input"), private),
            (self._profile_head, Text("사용자별 명령", "Commands by profile"), days),
            (self._hour_head, Text("시간대별 명령", "Commands by hour of the day"), days),
        ):
            head.set_view(SectionView(title, remark))
        self.panels.set_lines(model.panels)
        self.inputs.set_lines(model.inputs)
        self.profiles.set_lines(model.profiles)
        self.hours.set_hours(model.hours)
        self._arrange.set_action(FIXED if model.arranged else ARRANGE)
        if tiles != len(self.tiles):
            self.rearrange()

    def arrange(self, modules: Modules) -> None:
        wide = modules.count / max(1, len(self.tiles))
        for n, tile in enumerate(self.tiles):
            self.put(tile, modules.box(n * wide, wide, 0, TILE_U))
        top, foot = TILE_U + GAP_U, modules.height - BUTTON_U - GAP_U
        columns = self._upright(modules.count) if modules.upright else self._flat(modules.count)
        self.put(
            self._arrange,
            modules.box(modules.count - 2, 2, modules.height - BUTTON_U, BUTTON_U),
        )
        for first, span, above, high, head, piece in columns:
            begin = top + (foot - top) * above
            end = begin + (foot - top) * high
            self.put(head, modules.box(first, span, begin, HEAD_U))
            room = end - begin - HEAD_U - (GAP_U if above + high < 1 else 0)
            self.put(piece, modules.box(first, span, begin + HEAD_U, room))

    def _upright(self, count: int) -> list[Part]:
        """Under one another, each with a share of the height."""
        return [
            (0, count, 0.0, 0.38, self._panel_head, self.panels),
            (0, count, 0.38, 0.25, self._input_head, self.inputs),
            (0, count, 0.63, 0.17, self._profile_head, self.profiles),
            (0, count, 0.80, 0.20, self._hour_head, self.hours),
        ]

    def _flat(self, count: int) -> list[Part]:
        """Three columns; the first takes what is over."""
        first = count - 4
        return [
            (0, first, 0.0, 1.0, self._panel_head, self.panels),
            (first, 2, 0.0, 0.56, self._input_head, self.inputs),
            (first, 2, 0.56, 0.44, self._profile_head, self.profiles),
            (first + 2, 2, 0.0, 1.0, self._hour_head, self.hours),
        ]


def _figures(model: UsageModel) -> tuple[FigureTileView, ...]:
    share = f"{100 * model.refused / model.asked:.1f}" if model.asked else ""
    as_of = Text(f"지난 {model.days}일", f"last {model.days} days")
    return (
        FigureTileView(
            Text("화면을 연 횟수", "Panels opened"), f"{model.opened:,}", TIMES, as_of=as_of
        ),
        FigureTileView(Text("명령", "Commands"), f"{model.asked:,}", TIMES, as_of=as_of),
        FigureTileView(
            Text("하지 않은 명령", "Not carried out"),
            share,
            "%",
            as_of=as_of,
            quality="fresh" if share else "absent",
            reason=Text("아직 명령이 없습니다", "No command yet"),
        ),
    )
