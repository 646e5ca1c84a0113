"""What docs/extending.md tells to add is found, runs, and needs no other edit."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import kiosk.commands
import kiosk.panels
from kiosk.backend.catalogue import load_city
from kiosk.backend.items import item_rows
from kiosk.backend.simulator.city import Simulator
from kiosk.commands import make_registry
from kiosk.core.camera_wall import Presets
from kiosk.pack.speech import grammar_of
from kiosk.panels import find_menu, find_panels
from kiosk.panels.panel import Live
from kiosk.settings import Settings
from kiosk.settings.loading import read_model
from kiosk.settings.model import PathSettings
from kiosk.ui.theme import make_theme
from kiosk.wire.city import CITY_AREA
from kiosk.wire.text import Text
from tests.helpers.heart import Heart
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, live

BLOCK = re.compile(r"^```\w+ (\S+)\n(.*?)^```", re.M | re.S)
ADDED = ("kiosk.commands.counting", "kiosk.panels.warmth")


@pytest.fixture
def added(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of config/ with the page's entries in it; its modules beside the program's own."""
    shutil.copytree(root / "config", tmp_path / "config")
    page = (root / "docs" / "extending.md").read_text("utf-8")
    for name, text in BLOCK.findall(page):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text("utf-8") if file.exists() else ""
        file.write_text(f"{before}\n{text}", "utf-8")
    for package in (kiosk.commands, kiosk.panels):
        own = tmp_path / "kiosk" / package.__name__.rpartition(".")[2]
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(own)])
    yield tmp_path
    for module in [name for name in sys.modules if name.startswith(ADDED)]:
        del sys.modules[module]


def test_the_page_shows_a_command_a_panel_and_an_indicator(root: Path) -> None:
    names = [name for name, _ in BLOCK.findall((root / "docs/extending.md").read_text("utf-8"))]
    assert {Path(name).parts[1] for name in names} == {"commands", "voice", "panels", "city"}


def test_the_command_is_in_the_registry_and_can_be_said(added: Path) -> None:
    heart = Heart(make_registry())
    outcome = heart.intake.touch("cctv.count", {}, "test")
    assert outcome.reason == Text("카메라 20대", "20 cameras")
    settings = Settings(paths=PathSettings(config_dir=str(added / "config")))
    grammar = grammar_of(settings, "ko")
    assert "cctv.count" in {phrase.command for phrase in grammar.phrases}


def test_the_panel_is_found_stands_in_its_category_and_shows_a_figure(
    added: Path, qtbot: QtBot
) -> None:
    own = added / "kiosk" / "panels"
    (spec,) = find_panels(own)
    assert "warmth" in find_menu((spec,)).categories["city"].panels
    city = demo_city()
    presenter = spec.load_presenter()
    data = presenter.query(city, at("home"))  # type: ignore[arg-type]
    model = presenter.present(at("home"), data, live(city), NOW_MS)
    view = spec.load_view()(make_theme(1920, 1080))
    qtbot.addWidget(view)
    view.resize(1848, 842)
    view.set_view_model(model)
    assert "°C (모의)" in model.words.ko
    assert presenter.project(model).subtitle == model.words


def test_the_project_stands_on_the_map_of_projects(added: Path) -> None:
    book = load_city(added / "config" / "city" / "seoul").items
    rows = list(item_rows(book, demo=False))
    (library,) = [row for row in rows if row.id == "libraries"]
    assert library.progress == 0.3
    presenter = next(s for s in find_panels() if s.id == "projects").load_presenter()
    state = at("projects", item="libraries")
    data = presenter.query(MemoryRepositories(rows), state)  # type: ignore[arg-type]
    model = presenter.present(state, data, Live(), NOW_MS)
    assert model.sheet.title == library.title
    assert model.sheet.source.en == "Plan for libraries, 2026-03-02"


def test_the_selection_of_cameras_is_offered_at_its_hour(added: Path) -> None:
    presets = read_model(added / "config" / "city" / "seoul" / "cctv.toml", Presets)
    found = presets.find("전통시장")
    assert found is not None
    assert presets.at(16 * 60 + 30) is found


def test_the_indicator_has_ten_years_of_figures(added: Path) -> None:
    folder = added / "config" / "city" / "seoul"
    city = load_city(folder)
    assert "street-trees" in {i.id for i in city.indicators}
    rows = list(Simulator(city, folder, 7, 1).decade("street-trees", NOW_MS))
    assert sum(r.period == "year" and r.area == CITY_AREA for r in rows) == 10
