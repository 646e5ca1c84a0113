"""The panel on the wall as one page: a PDF of letters and lines, a picture, and honest words."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from kiosk.app.reports import Reports
from kiosk.core.clock import ManualClock
from kiosk.core.state import ViewState
from kiosk.ui.charts.plot_loading import load_plot
from kiosk.ui.shell import Shell
from kiosk.ui.theme import make_theme
from kiosk.wire.messages import ReportFormat, SaveReport
from tests.helpers.panel_city import (
    NOW_MS,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    spec_of,
)


def run(*command: str) -> str:
    """What one of poppler's tools prints; the test is left out where they are not installed."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} (poppler-utils) is not installed")
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Told:
    """Stands for the intake: keeps what the kiosk tells itself."""

    def __init__(self) -> None:
        self.args: list[dict[str, Any]] = []

    def system(self, command: str, args: dict[str, Any]) -> None:
        assert command == "report.told"
        self.args.append(args)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture
def shell(qtbot: QtBot) -> Shell:
    shell = Shell(make_theme(1920, 1080), lambda *_: None)
    qtbot.addWidget(shell)
    return shell


def save(
    shell: Shell,
    qtbot: QtBot,
    city: MemoryRepositories,
    folder: Path,
    form: ReportFormat,
    state: ViewState | None = None,
) -> dict[str, Any]:
    state = state or at("indicators", indicator="employment-rate")
    model = model_of(state.panel, city, state)
    spec = spec_of(state.panel)
    told = Told()
    load_plot()
    reports = Reports(
        folder,
        told,  # type: ignore[arg-type]
        ManualClock(NOW_MS),
        lambda: (spec, model, spec.load_presenter().project(model)),
        shell,
    )
    assert reports.save(SaveReport(form))
    qtbot.waitUntil(lambda: bool(told.args))
    return told.args[0]


def test_a_pdf_of_one_page_says_what_it_shows_and_when(
    shell: Shell, qtbot: QtBot, city: MemoryRepositories, tmp_path: Path
) -> None:
    told = save(shell, qtbot, city, tmp_path, "pdf")
    assert told["file"] == "2026-11-22 143200 고용률.pdf"
    file = str(tmp_path / told["file"])
    info = dict(line.split(":", 1) for line in run("pdfinfo", file).splitlines())
    assert info["Pages"].strip() == "1"
    width, _, height, *_ = info["Page size"].split()
    assert float(width) / float(height) == pytest.approx(297 / 210, rel=0.01)
    words = run("pdftotext", "-layout", file, "-")
    assert "고용률" in words
    assert "2026년11월22일14:32" in "".join(words.split())
    assert "모의" in words


def test_paper_has_a_letterhead_and_no_buttons_and_says_what_it_leaves_out(
    shell: Shell, qtbot: QtBot, city: MemoryRepositories, tmp_path: Path
) -> None:
    told = save(shell, qtbot, city, tmp_path, "pdf", at("projects", item="projects-smart"))
    words = run("pdftotext", "-layout", str(tmp_path / told["file"]), "-")
    assert "서울특별시" in words.splitlines()[0]
    assert "이 밖에" in words
    assert "다음 쪽" not in words
    assert "목록" not in words


def test_on_paper_all_indicators_stand_on_one_page(
    shell: Shell, qtbot: QtBot, city: MemoryRepositories, tmp_path: Path
) -> None:
    told = save(shell, qtbot, city, tmp_path, "pdf", at("indicators"))
    words = "".join(run("pdftotext", str(tmp_path / told["file"]), "-").split())
    missing = [i.title.ko for i in city.indicators() if "".join(i.title.ko.split()) not in words]
    assert missing == []
    assert "한눈에모두" not in words


def test_a_picture_has_the_page_twice_as_fine(
    shell: Shell, qtbot: QtBot, city: MemoryRepositories, tmp_path: Path
) -> None:
    told = save(shell, qtbot, city, tmp_path, "png")
    picture = QImage(str(tmp_path / told["file"]))
    assert (picture.width(), picture.height()) == (3840, 2716)
    inks = {picture.pixelColor(x, 1200).name() for x in range(0, 3840, 3)}
    assert len(inks) > 3


def test_a_folder_that_can_not_be_written_is_told_and_nothing_is_left(
    shell: Shell, qtbot: QtBot, city: MemoryRepositories, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.write_text("a file where the folder should be", "utf-8")
    told = save(shell, qtbot, city, folder, "pdf")
    assert told["file"] == ""
    assert "디스크" in told["ko"]
    assert folder.read_text("utf-8") == "a file where the folder should be"


def test_nothing_on_the_wall_is_no_report(shell: Shell, tmp_path: Path) -> None:
    reports = Reports(tmp_path, Told(), ManualClock(NOW_MS), lambda: None, shell)  # type: ignore[arg-type]
    assert not reports.save(SaveReport("pdf"))
