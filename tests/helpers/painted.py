"""Everything that a site's wall writes, on every panel: `python -m tests.helpers.painted SITE`.

A process of its own, because a process is one city's. Prints a JSON line for each screen: its name,
its language, and what is written on it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kiosk.pack import load_here, use
from kiosk.settings import Settings, load, site_file
from kiosk.wire.text import Language

CONFIG = Path(__file__).parents[2] / "config"
SIZE = (1920, 1080)
LANGUAGES: tuple[Language, ...] = ("ko", "en")


def settings_of(site: str) -> Settings:
    """As `run --site` reads them."""
    file = site_file(CONFIG, site)
    assert file is not None
    return load((CONFIG / "kiosk.toml", file))


def main(site: str) -> None:
    settings = settings_of(site)
    use(load_here(settings))

    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    for name, language, texts in screens(settings):
        line = {"screen": name, "language": language, "texts": texts}
        sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
    for language, said in spoken(settings):
        sys.stdout.write(
            msgspec.json.encode({"screen": "voice", "language": language, "texts": said}).decode()
            + "\n"
        )
    del application


def screens(settings: Settings) -> Iterator[tuple[str, str, list[str]]]:
    """Screen, language, what is written on it."""
    from PySide6.QtWidgets import QApplication

    from kiosk.ui.theme import make_theme
    from tests.helpers.furnished import furnish
    from tests.helpers.panel_city import (
        NOW_MS,
        at,
        demo_city,
        model_of,
        put_on_wall,
        visible_components,
    )
    from tests.helpers.words import words_of

    city = demo_city(NOW_MS, settings)
    for language in LANGUAGES:
        theme = make_theme(*SIZE, language=language)
        for name, panel, place in views(city):
            state = at(panel, **place)
            shell, _ = put_on_wall(panel, model_of(panel, city, state), theme, *SIZE, [])
            furnish(shell, state, city)
            QApplication.processEvents()
            pieces = visible_components(shell)
            yield name, language, [mark.text for piece in pieces for mark in words_of(piece)]
            shell.close()
            shell.deleteLater()


def views(city: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every panel, and what can be opened on it."""
    from kiosk.panels import find_panels

    district = city.districts()[0].code
    mapped = next(i.id for i in city.indicators() if i.areas == "districts")
    for spec in find_panels():
        yield spec.id, spec.id, {}
        if spec.id in ("home", "complaints", "projects"):
            yield f"{spec.id} of a district", spec.id, {"district": district}
        if spec.id in ("indicators", "compare"):
            yield f"{spec.id} opened", spec.id, {"indicator": mapped, "district": district}
        if spec.id == "incident" and city.incidents():
            yield "an incident", spec.id, {"item": city.incidents()[0].id}
        if spec.id == "projects":
            yield "a project", spec.id, {"item": city.items("project")[0].id}


def spoken(settings: Settings) -> Iterator[tuple[str, list[str]]]:
    """What can be said, and what the commands are called."""
    from kiosk.commands import all_commands
    from kiosk.pack.speech import grammar_of

    for language in LANGUAGES:
        phrases = grammar_of(settings, language).phrases
        titles = [command.title.of(language) for command in all_commands()]
        yield language, [phrase.text for phrase in phrases] + titles


if __name__ == "__main__":
    main(sys.argv[1])
