"""What can be spoken exists: ids in the registry, arguments that fit, names that the city has."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.configuration import read_desk, read_presets
from kiosk.commands import make_registry
from kiosk.core.errors import BadArguments
from kiosk.core.invocation import Source
from kiosk.core.registry import validate
from kiosk.panels.panel import CATEGORIES
from kiosk.settings import Settings
from kiosk.tools.spoken import main as spoken
from kiosk.wire.text import Language
from tests.helpers.speech import grammar
from voice.grammar import Phrase

LANGUAGES: tuple[Language, ...] = ("ko", "en")
ROOT = Path(__file__).resolve().parents[2]
CITY = ROOT / "config" / "city" / "seoul"
UNDERSTOOD_AND_REFUSED = {"system.unlock"}  # so that the wall can say why it does not
GRAMMARS = {language: grammar(language) for language in LANGUAGES}
PHRASES = [pytest.param((*g.phrases, *g.examples()), id=name) for name, g in GRAMMARS.items()]


def names(file: str, table: str, key: str) -> set[str]:
    entries = tomllib.loads((CITY / file).read_text("utf-8"))[table]
    return {entry[key] for entry in entries}


def said(phrases: tuple[Phrase, ...], arg: str) -> set[Any]:
    return {phrase.args[arg] for phrase in phrases if arg in phrase.args}


@pytest.mark.parametrize("phrases", PHRASES)
def test_every_spoken_command_is_in_the_registry_with_arguments_that_fit(
    phrases: tuple[Phrase, ...],
) -> None:
    registry = make_registry()
    complaints = []
    for phrase in phrases:
        if phrase.command not in registry:
            complaints.append(f"{phrase.text}: there is no {phrase.command}")
            continue
        try:
            validate(registry.resolve(phrase.command), phrase.args)
        except BadArguments as error:
            complaints.append(f"{phrase.text}: {error}")
    assert complaints[:5] == []


@pytest.mark.parametrize("phrases", PHRASES)
def test_what_is_spoken_may_be_spoken(phrases: tuple[Phrase, ...]) -> None:
    registry = make_registry()
    refused = {
        phrase.command
        for phrase in phrases
        if Source.VOICE not in registry.resolve(phrase.command).sources
    }
    assert refused == UNDERSTOOD_AND_REFUSED


@pytest.mark.parametrize("phrases", PHRASES)
def test_all_of_the_city_can_be_named_and_nothing_else(phrases: tuple[Phrase, ...]) -> None:
    assert said(phrases, "district") == names("districts.toml", "district", "code")
    assert said(phrases, "indicator") == names("indicators.toml", "indicator", "id")
    assert said(phrases, "camera") == names("cameras.toml", "camera", "id")
    file = "neighbourhoods.toml"
    assert said(phrases, "neighbourhood") == names(file, "neighbourhood", "code")


@pytest.mark.parametrize("phrases", PHRASES)
def test_every_category_can_be_said(phrases: tuple[Phrase, ...]) -> None:
    assert said(phrases, "category") == set(CATEGORIES)


@pytest.mark.parametrize("phrases", PHRASES)
def test_every_department_instruction_and_reply_can_be_said(phrases: tuple[Phrase, ...]) -> None:
    desk = read_desk(Settings())
    orders = tuple(p for p in phrases if p.command == "order.give")
    replies = tuple(p for p in phrases if p.command == "complaint.reply")
    assert said(orders, "to") == {department.id for department in desk.department}
    assert said(orders, "text") == {phrase.id for phrase in desk.instruction}
    assert said(replies, "text") == {phrase.id for phrase in desk.reply}


@pytest.mark.parametrize("phrases", PHRASES)
def test_every_selection_of_cameras_can_be_said(phrases: tuple[Phrase, ...]) -> None:
    presets = read_presets(Settings())
    assert said(phrases, "preset") == {preset.id for preset in presets.preset}


def test_the_command_line_tells_of_all_that_the_wall_can_be_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert spoken(["commands", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["command"] for one in found} == set(GRAMMARS["ko"].commands())
    for one in found:
        assert one["title"]["ko"], one["command"]
        assert one["title"]["en"], one["command"]
        assert one["phrasings"], one["command"]
        assert one["examples"], one["command"]


@pytest.mark.parametrize("module", ["voice.events", "voice.cli", "voice.ears"])
def test_the_library_brings_nothing_heavy_and_knows_no_kiosk(module: str) -> None:
    code = f"import sys, {module}; print(' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    heavy = {"vosk", "sounddevice", "av", "kiosk", "PySide6", "requests", "rapidfuzz"}
    if module == "voice.events":
        heavy.add("numpy")
    assert loaded & heavy == set()
