"""Keeps the panel on the wall as one page in a folder of the kiosk."""

import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer

from kiosk.app.part import Carry, Part
from kiosk.core.clock import Clock
from kiosk.inputs import Intake
from kiosk.pack import here
from kiosk.pack.clock import local_time
from kiosk.panels import PanelSpec
from kiosk.panels.paging import PagedRows
from kiosk.panels.view import PanelView
from kiosk.ui.components.button import Button
from kiosk.ui.components.segmented import Segmented
from kiosk.ui.report_page import SHORT_SIDE_U, WIDTH_U, ReportPage, write_pdf, write_png
from kiosk.ui.ruler import SIMULATED
from kiosk.ui.shell import Shell
from kiosk.ui.theme import make_theme
from kiosk.ui.times import clock_words, date_words
from kiosk.ui.tokens import load_tokens
from kiosk.wire.messages import Message, SaveReport
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

log = logging.getLogger(__name__)

WRITERS = {"pdf": write_pdf, "png": write_png}
SCALES = {"pdf": 1, "png": 2}  # a picture is made finer; letters and lines are fine by themselves
REMARK = Text(
    f"‘{SIMULATED['ko']}’ 표시가 있는 값은 시연 자료이며 실제 값이 아닙니다",
    f"Values marked “{SIMULATED['en']}” belong to the demonstration and are not real",
)
PAPER = "#FFFFFF"

Shown = tuple[PanelSpec, Any, Projection]


class Reports(QObject, Part):
    """Draws what `shown` gives (the panel on the wall, its model and its projection) once more, in
    ink on paper, and tells how that went as a command of the kiosk's own."""

    def __init__(
        self,
        folder: Path,
        intake: Intake,
        clock: Clock,
        shown: Callable[[], Shown | None],
        shell: Shell,
    ) -> None:
        super().__init__(shell)
        self._folder = folder
        self._intake = intake
        self._clock = clock
        self._shown = shown
        self._shell = shell

    def carriers(self) -> Mapping[type[Message], Carry]:
        return {SaveReport: self.save}

    def save(self, wish: SaveReport) -> bool:
        """Whether there is something to keep. It is drawn after the answer to the person."""
        shown = self._shown()
        if shown is None:
            return False
        QTimer.singleShot(0, self, lambda: self._keep(wish, shown))
        return True

    def _keep(self, wish: SaveReport, shown: Shown) -> None:
        spec, model, projection = shown
        now_ms = self._clock.now_ms()
        title = self._shell.theme.say(projection.title)
        file = self._folder / f"{_name(now_ms, title)}.{wish.format}"
        try:
            self._draw(file, wish, spec, model, projection)
        except OSError as error:
            log.warning("the report could not be kept: %s", error)
            self._tell(
                "",
                "보고서를 저장하지 못했습니다. 디스크와 폴더 권한을 확인하세요",
                "The report could not be kept. Check the disk and the folder's rights",
            )
        else:
            self._tell(file.name, f"보고서를 저장했습니다: {file.name}", f"Kept as {file.name}")

    def _draw(
        self, file: Path, wish: SaveReport, spec: PanelSpec, model: Any, projection: Projection
    ) -> None:
        now_ms = self._clock.now_ms()
        # Figures of one width and raised colons are no letters: they could not be found or copied.
        tokens, scale = load_tokens(), SCALES[wish.format]
        colors = {**tokens.colors, "light": {**tokens.colors["light"], "background": PAPER}}
        tokens = msgspec.structs.replace(tokens, features={"calt": 0}, colors=colors)
        theme = make_theme(
            WIDTH_U * scale,
            SHORT_SIDE_U * scale,
            "light",
            language=self._shell.theme.language,
            tokens=tokens,
        )
        view: PanelView = spec.load_view()(theme)
        try:
            view.set_theme(theme)
            view.set_view_model(model)
            view.set_now(now_ms)
            for control in (*view.findChildren(Button), *view.findChildren(Segmented)):
                control.hide()
            for rows in view.findChildren(PagedRows):
                rows.show_on_paper()
            page = ReportPage(
                title=projection.title,
                subtitle=projection.subtitle,
                when=_when(now_ms),
                remark=REMARK,
                place=here().name,
                panel=spec.title if spec.title != projection.title else Text("", ""),
            )
            WRITERS[wish.format](file, theme, page, view)
        finally:
            view.deleteLater()

    def _tell(self, file: str, ko: str, en: str) -> None:
        self._intake.system("report.told", {"file": file, "ko": ko, "en": en})


def _when(now_ms: int) -> Text:
    day, time = date_words(now_ms), clock_words(now_ms)
    return Text(f"{day.ko} {time} 기준", f"As of {day.en}, {time}")


def _name(now_ms: int, title: str) -> str:
    """Day, time and what it is: "2026-11-22 214405 초미세먼지 PM2.5"."""
    words = re.sub(r"[^\w .·-]", " ", title).strip(". ") or "report"
    return f"{local_time(now_ms):%Y-%m-%d %H%M%S} {words}"
