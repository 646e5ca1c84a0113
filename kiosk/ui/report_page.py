"""A panel as one page for the file: A4 across, in ink on paper, with what it is and when it was."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QMarginsF, QPoint, QPointF, QRectF, QSaveFile
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QRegion
from PySide6.QtWidgets import QWidget

from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

WIDTH_PX, HEIGHT_PX = 1920, 1358  # A4 across, 1 : 1.414
UNIT_SIDE_PX = 1080  # short side of a wall on which a u is a pixel, as it is here
PAGE_MM = 297.0
MM_AN_INCH = 25.4
PNG_SCALE = 2
MARGIN_PX, HEAD_PX, FOOT_PX = 60, 118, 64


class ReportPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around the panel: what it shows, whose it is, when it was, and what to know."""

    title: Text
    subtitle: Text
    when: Text
    remark: Text = Text("", "")


def content_size() -> tuple[int, int]:
    """Width and height of the panel on the page, px."""
    return WIDTH_PX - 2 * MARGIN_PX, HEIGHT_PX - 2 * MARGIN_PX - HEAD_PX - FOOT_PX


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
        writer.setResolution(round(WIDTH_PX / (PAGE_MM / MM_AN_INCH)))
        writer.setTitle(theme.say(page.title))
        painter = QPainter(writer)
        painter.scale(writer.width() / WIDTH_PX, writer.width() / WIDTH_PX)
        _draw(painter, theme, page, panel)
        return painter.end()

    _save(file, draw)


def write_png(file: Path, theme: Theme, page: ReportPage, panel: QWidget) -> None:
    """Writes the page as a picture of 3840 x 2716 px. Raises OSError when it can't be written."""

    def draw(device: QSaveFile) -> bool:
        image = QImage(
            WIDTH_PX * PNG_SCALE, HEIGHT_PX * PNG_SCALE, QImage.Format.Format_ARGB32_Premultiplied
        )
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing)
        painter.scale(PNG_SCALE, PNG_SCALE)
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
    painter.fillRect(QRectF(0, 0, WIDTH_PX, HEIGHT_PX), theme.color("background"))
    canvas = Canvas(painter, theme)
    left, right = float(MARGIN_PX), float(WIDTH_PX - MARGIN_PX)
    top = MARGIN_PX + canvas.line_px("title") * 0.8
    taken = canvas.text(page.title, left, top, "title")
    canvas.text(page.subtitle, left + taken + theme.px(16), top, "body", "text.2")
    canvas.text(page.when, right, top, "body", "text.2", align="right")
    canvas.rule(left, right, MARGIN_PX + HEAD_PX - theme.px(44))
    width, height = content_size()
    panel.resize(width, height)
    offset = QPointF(left, MARGIN_PX + HEAD_PX)
    painter.save()
    painter.translate(offset)
    panel.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.restore()
    canvas.text(page.remark, left, HEIGHT_PX - MARGIN_PX, "meta", "text.2", width=right - left)
