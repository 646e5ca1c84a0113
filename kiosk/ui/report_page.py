"""A panel as one page for the file: A4 across, in ink on paper, with what it is and when it was."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QMarginsF, QPoint, QPointF, QRectF, QSaveFile, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QRegion
from PySide6.QtWidgets import QWidget

from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

WIDTH_U, HEIGHT_U = 1920, 1358  # A4 across, 1 : 1.414
SHORT_SIDE_U = 1080  # of a wall, by which a u is counted
PAGE_MM = 297.0
MM_AN_INCH = 25.4
MARGIN_U, HEAD_U, FOOT_U = 64, 132, 56


MADE = Text("시장실 상황판에서 만든 한 쪽", "One page, made at the wall of the mayor's office")


class ReportPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around the panel: whose it is and which panel, what it shows, when it was, and what
    to know."""

    title: Text
    subtitle: Text
    when: Text
    remark: Text = Text("", "")
    place: Text = Text("", "")
    panel: Text = Text("", "")


def content_size() -> tuple[int, int]:
    """Width and height of the panel on the page, u."""
    return WIDTH_U - 2 * MARGIN_U, HEIGHT_U - 2 * MARGIN_U - HEAD_U - FOOT_U


def write_pdf(file: Path, theme: Theme, page: ReportPage, panel: QWidget) -> None:
    """Writes the page as a PDF whose letters and lines stay letters and lines.

    The file is there whole or not at all. Raises OSError when it can't be written.
    """

    def draw(device: QSaveFile) -> bool:
        writer = QPdfWriter(device)
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Landscape,
                QMarginsF(0, 0, 0, 0),
            )
        )
        writer.setResolution(round(WIDTH_U / (PAGE_MM / MM_AN_INCH)))
        writer.setTitle(theme.say(page.title))
        painter = QPainter(writer)
        painter.scale(writer.width() / WIDTH_U, writer.width() / WIDTH_U)
        _draw(painter, theme, page, panel)
        return painter.end()

    _save(file, draw)


def write_png(file: Path, theme: Theme, page: ReportPage, panel: QWidget) -> None:
    """Writes the page as a picture, 1920 x 1358 px times the theme's unit.

    Raises OSError when it can't be written.
    """

    def draw(device: QSaveFile) -> bool:
        size = QSizeF(WIDTH_U, HEIGHT_U) * theme.unit_px
        image = QImage(size.toSize(), QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing)
        _draw(painter, theme, page, panel)
        painter.end()
        return image.save(device, "PNG")  # type: ignore[call-overload,no-any-return]

    _save(file, draw)


def _save(file: Path, draw: Callable[[QSaveFile], bool]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    device = QSaveFile(str(file))
    if not device.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise OSError(f"{file}: {device.errorString()}")
    if not draw(device) or not device.commit():
        raise OSError(f"{file}: {device.errorString()}")


def _draw(painter: QPainter, theme: Theme, page: ReportPage, panel: QWidget) -> None:
    """The page is a wall of its own, on which a u is `theme.unit_px` of the painter's."""
    unit = theme.unit_px
    painter.fillRect(QRectF(0, 0, WIDTH_U * unit, HEIGHT_U * unit), theme.color("background"))
    canvas = Canvas(painter, theme)
    _draw_head(canvas, page)
    _draw_foot(canvas, page)
    width, height = content_size()
    panel.resize(round(width * unit), round(height * unit))
    painter.save()
    painter.translate(QPointF(MARGIN_U, MARGIN_U + HEAD_U) * unit)
    panel.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.restore()


def _edges(theme: Theme) -> tuple[float, float]:
    """Left and right."""
    return MARGIN_U * theme.unit_px, (WIDTH_U - MARGIN_U) * theme.unit_px


def _draw_head(canvas: Canvas, page: ReportPage) -> None:
    """A letterhead: whose it is and when it was, over what it shows."""
    theme, (left, right) = canvas.theme, _edges(canvas.theme)
    line = theme.px(MARGIN_U) + canvas.line_px("body") * 0.8
    taken = canvas.text(page.place, left, line, "body", weight=700)
    canvas.text(page.panel, left + taken + theme.px(12), line, "body", "text.2")
    canvas.text(page.when, right, line, "body", "text.2", align="right")
    title = line + canvas.line_px("figureS") + theme.px(6)
    taken = canvas.text(page.title, left, title, "figureS", weight=700)
    left += taken + theme.px(16)
    canvas.text(page.subtitle, left, title, "lead", "text.2", weight=500, width=right - left)


def _draw_foot(canvas: Canvas, page: ReportPage) -> None:
    """What to know, and where the page comes from."""
    theme, (left, right) = canvas.theme, _edges(canvas.theme)
    baseline = theme.px(HEIGHT_U - MARGIN_U + 8)
    canvas.rule(left, right, baseline - canvas.line_px("meta") - theme.px(6))
    taken = canvas.text(MADE, right, baseline, "meta", "text.2", align="right")
    room = right - left - taken - theme.px(24)
    canvas.text(page.remark, left, baseline, "meta", "text.2", width=room)
