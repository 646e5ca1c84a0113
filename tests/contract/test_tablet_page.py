"""The tablet's page and the rest of the product agree: commands, words, tokens, modules."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kiosk.commands import make_registry
from kiosk.core.invocation import Source
from kiosk.core.registry import validate
from kiosk.remote.shell import read_shell, tokens_css
from kiosk.wire.projection import Block

PAGE = Path(__file__).parents[2] / "assets" / "remote"
SCRIPTS = sorted((PAGE / "app").glob("*.js"))
CALLS = re.compile(r'\b(?:act|submit|submitVerified)\("([a-z._]+)"')
BUTTONS = re.compile(r'button\(app, "\w+", word\("\w+"\), "([a-z._]+)"')


def asked() -> list[tuple[str, dict[str, Any]]]:
    """Every command that the page itself can ask for, with arguments as it sends them."""
    found: list[tuple[str, dict[str, Any]]] = []
    for button in json.loads((PAGE / "buttons.json").read_text(encoding="utf-8")):
        found.append((button["command"], button["args"]))
        if "args_en" in button:
            found.append((button["command"], button["args_en"]))
    samples: dict[str, dict[str, Any]] = {
        "district.select": {"district": "11680"},
        "neighbourhood.select": {"neighbourhood": "11680510"},
        "call.take": {"call": "call-1"},
        "talk.take": {"talk": "call-1"},
        "talk.end": {"talk": "call-1"},
        "call.sends": {"camera": True, "microphone": True},
        "order.give": {"to": "fire", "text": "act", "about": "", "due": "", "attach": True},
        "order.remind": {"order": "o-1"},
        "order.report": {"order": "o-1", "state": "answered", "text": "확인했습니다"},
        "order.show": {"order": "o-1"},
        "incident.open": {"incident": "fire-1"},
        "panel.open": {"panel": "air"},
        "ui.language": {"language": "en"},
        "words.say": {"text": "날씨 보여 줘"},
    }
    for script in SCRIPTS:
        source = script.read_text(encoding="utf-8")
        for command in (*CALLS.findall(source), *BUTTONS.findall(source)):
            found.append((command, samples.get(command, {})))
    return found


@pytest.mark.parametrize(("command", "args"), asked())
def test_every_button_is_a_command_that_a_tablet_may_give(
    command: str, args: dict[str, Any]
) -> None:
    known = {item.id: item for item in make_registry()}
    assert command in known
    assert Source.TABLET in known[command].sources
    validate(known[command], args)


def test_every_word_that_a_script_uses_exists_in_both_languages() -> None:
    words = (PAGE / "app" / "words.js").read_text(encoding="utf-8")
    known = set(re.findall(r'^  "?([\w-]+)"?: \[', words, re.MULTILINE))
    used: set[str] = set()
    for script in SCRIPTS:
        source = script.read_text(encoding="utf-8")
        used |= set(re.findall(r'word\("([\w-]+)"', source))
        used |= set(re.findall(r'point\("\w+", "(\w+)", "\w+"\)', source))
    assert used - known == set()
    assert len(known) > 50


def test_every_block_of_a_projection_is_drawn() -> None:
    drawn = (PAGE / "app" / "blocks.js").read_text(encoding="utf-8")
    for kind in Block.__args__:
        assert f'"{kind.__struct_config__.tag}"' in drawn


def test_styles_use_tokens_that_exist_and_no_colour_of_their_own() -> None:
    shell = read_shell()
    tokens = shell["/tokens.css"].body.decode()
    defined = set(re.findall(r"--([\w-]+):", tokens))
    for name in ("/style.css", "/screens.css", "/desk.css"):
        css = shell[name].body.decode()
        assert set(re.findall(r"var\(--([\w-]+)\)", css)) - defined == set(), name
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)", css) == [], name


def test_each_theme_changes_colours_only() -> None:
    tokens = json.loads((PAGE.parent / "style" / "tokens.json").read_text(encoding="utf-8"))
    css = tokens_css(tokens)
    assert css.count("--background:") == 3
    assert css.count("--radius:") == 1


def test_scripts_import_only_each_other_and_make_no_markup() -> None:
    for script in SCRIPTS:
        source = script.read_text(encoding="utf-8")
        for name in re.findall(r'from "([^"]+)"', source):
            assert name.startswith("./"), (script.name, name)
            assert (script.parent / name).is_file()
        for forbidden in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "eval(",
            "document.write",
        ):
            assert forbidden not in source, script.name
    page = (PAGE / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"(?:src|href)=\"(?!/)", page) == []
    assert "style=" not in page
    assert "<script>" not in page
