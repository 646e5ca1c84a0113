"""The camera wall for a tablet: the cameras, and all that can be done with them. No Qt."""

from kiosk.core.camera_wall import LAYOUTS
from kiosk.panels import cameras
from kiosk.panels.cctv.model import CctvModel
from kiosk.wire.projection import CamerasBlock, Projection, Row, RowsBlock
from kiosk.wire.text import Text

TITLE = Text("CCTV", "Cameras")
NOTHING = Text("", "")


def project(model: CctvModel) -> Projection:
    shown = (model.opened,) if model.opened else model.listed
    blocks = (
        CamerasBlock(model.title if not model.opened else TITLE, cameras.rows(shown, model.now_ms)),
        RowsBlock(Text("조작", "Controls"), _controls(model)),
        RowsBlock(Text("상황별 선택", "Selections"), _selections(model)),
    )
    said = Text(f"{model.title.ko}, {model.count}대", f"{model.title.en}, {model.count} cameras")
    return Projection("cctv", TITLE, said, model.now_ms, blocks)


def _controls(model: CctvModel) -> tuple[Row, ...]:
    rows = _of_opened(model) if model.opened else _of_wall(model)
    tour = model.tour
    if tour.next_ms is not None:
        facts = Text(f"{tour.step}/{tour.steps}, {tour.dwell_s}초마다", f"{tour.step}/{tour.steps}")
        rows += (
            Row(Text("순회 멈춤", "Stop the tour"), facts, command="cctv.tour_stop"),
            _row("순회 다음", "Next in the tour", "cctv.tour_next"),
            _row("순회 이전", "Back in the tour", "cctv.tour_previous"),
        )
    elif model.count > 1:
        rows += (Row(Text("순회 시작", "Start the tour"), NOTHING, command="cctv.tour"),)
    return rows


def _of_opened(model: CctvModel) -> tuple[Row, ...]:
    larger = Text(f"지금 {model.zoom:.1f}배", f"{model.zoom:.1f} times now")
    return (
        _row("전체 보기", "All cameras", "cctv.close"),
        _row("이전 카메라", "Previous camera", "cctv.previous"),
        _row("다음 카메라", "Next camera", "cctv.next"),
        Row(Text("확대", "Zoom in"), larger, command="cctv.zoom_in"),
        _row("축소", "Zoom out", "cctv.zoom_out"),
        _row("왼쪽으로", "To the left", "cctv.pan", dx=-0.25),
        _row("오른쪽으로", "To the right", "cctv.pan", dx=0.25),
        _row("위로", "Up", "cctv.pan", dy=-0.25),
        _row("아래로", "Down", "cctv.pan", dy=0.25),
        _row("영상 전체", "The whole picture", "cctv.whole"),
        _row("사진 저장", "Keep a picture", "cctv.snapshot"),
        _row("주변 카메라", "Cameras nearby", "cctv.near"),
    )


def _of_wall(model: CctvModel) -> tuple[Row, ...]:
    rows = tuple(
        _row(f"{tiles}대씩", f"{tiles} at once", "cctv.layout", tiles=tiles)
        for tiles in LAYOUTS
        if tiles != model.tiles_at_once or model.film
    )
    if not model.film:
        rows += (_row("한 대 크게, 나머지 띠", "One large, the others small", "cctv.film"),)
    if model.pages > 1:
        at = Text(f"{model.page + 1}/{model.pages}쪽", f"{model.page + 1}/{model.pages}")
        rows += (
            _row("이전 쪽", "Previous page", "cctv.previous_page"),
            Row(Text("다음 쪽", "Next page"), at, command="cctv.next_page"),
        )
    return rows


def _selections(model: CctvModel) -> tuple[Row, ...]:
    every = Row(
        Text("모든 카메라", "Every camera"),
        Text(f"{model.every}대", f"{model.every}"),
        command="cctv.all",
    )
    hour = _row("지금 볼 카메라", "Cameras for this hour", "cctv.now")
    due = any(choice.due for choice in model.presets)
    now = Text(", 지금 시간대", ", for this hour")
    return (
        every,
        *((hour,) if due else ()),
        *(
            Row(
                choice.name,
                Text(
                    f"{choice.count}대{now.ko if choice.due else ''}",
                    f"{choice.count}{now.en if choice.due else ''}",
                ),
                command="cctv.preset",
                args={"preset": choice.id},
            )
            for choice in model.presets
        ),
    )


def _row(ko: str, en: str, command: str, **args: str | int | float) -> Row:
    return Row(Text(ko, en), NOTHING, command=command, args=args)
