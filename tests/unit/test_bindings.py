"""Which binding counts: the person's, the site's, the default; bad ones are named."""

import re
from pathlib import Path
from typing import Any

import pytest

from kiosk.commands import make_registry
from kiosk.core.bindings import NONE, Binding, Bindings, Person
from kiosk.inputs.configured import read_bindings
from kiosk.settings import SettingsError, load
from kiosk.wire.text import Text
from tests.helpers.heart import CONFIG


def swipe(command: str, panel: str | None = None) -> Binding:
    return Binding("gesture", "swipe_left", command, panel=panel)


def found(bindings: Bindings, panel: str = "home", person: str = "") -> str | None:
    binding = bindings.find("gesture", "swipe_left", panel, person)
    return binding.command if binding else None


LAYERS = (
    ("default", swipe("default")),
    ("default", swipe("default.cctv", "cctv")),
    ("site", swipe("site")),
    ("site", swipe("site.cctv", "cctv")),
    ("person", swipe("person")),
    ("person", swipe("person.cctv", "cctv")),
)


@pytest.mark.parametrize("count", range(1, 7))
def test_the_later_layer_wins_and_in_it_the_panels_own(count: int) -> None:
    layers: dict[str, list[Binding]] = {"default": [], "site": [], "person": []}
    for name, binding in LAYERS[:count]:
        layers[name].append(binding)
    kim = Person("kim", Text("김", "Kim"), tuple(layers["person"]))
    bindings = Bindings(tuple(layers["default"]), tuple(layers["site"]), {"kim": kim})
    assert found(bindings, "cctv", "kim") == LAYERS[count - 1][1].command
    assert found(bindings, "home", "kim") == LAYERS[(count - 1) // 2 * 2][1].command


def test_a_persons_ways_count_for_that_person_alone() -> None:
    kim = Person("kim", Text("김", "Kim"), (swipe("person"),))
    bindings = Bindings((swipe("default"),), (), {"kim": kim})
    assert found(bindings) == "default"
    assert found(bindings, person="somebody") == "default"
    assert found(bindings, person="kim") == "person"


def test_none_takes_a_gesture_away_and_hides_what_lies_under_it() -> None:
    bindings = Bindings((swipe("default"),), (swipe(NONE, "cctv"),))
    assert found(bindings, "cctv") is None
    assert found(bindings, "home") == "default"


def test_inputs_of_a_command_are_those_that_still_give_it() -> None:
    bindings = Bindings((swipe("a"), Binding("gesture", "swipe_up", "a")), (swipe("b"),))
    assert bindings.inputs("gesture", "a") == ("swipe_up",)
    assert bindings.inputs("gesture", "b") == ("swipe_left",)


def test_the_shipped_bindings_give_every_gesture_a_meaning() -> None:
    shipped, _ = read_bindings(CONFIG, make_registry())
    bound = {b.on for b in shipped.default if b.input == "gesture"}
    assert len(bound) == 17 - 4  # four carry the others


def test_the_example_person_turns_the_swipes_round() -> None:
    shipped, _ = read_bindings(CONFIG, make_registry())
    assert found(shipped, "home") == "panel.next"
    assert found(shipped, "home", "left_handed") == "panel.previous"
    assert found(shipped, "cctv", "left_handed") == "cctv.previous"


GOOD = 'input = "gesture"\non = "swipe_left"\ncommand = "nav.home"\n'


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (GOOD.replace("swipe_left", "wave"), r"bindings\[0\]\.on = 'wave': one of"),
        (GOOD.replace("swipe_left", "palm_hold"), r"bindings\[0\]\.on = 'palm_hold': one of"),
        (GOOD.replace("nav.home", "nav.away"), r"bindings\[0\]\.command = 'nav\.away'"),
        (GOOD + "args = { far = 1 }\n", r"bindings\[0\]\.args"),
        (GOOD + "hand = 1\n", r"bindings\[0\]\.hand"),
        (GOOD + "[[bindings]]\n" + GOOD, r"bindings\[1\]\.on = 'swipe_left': bound once"),
    ],
)
@pytest.mark.parametrize("layer", ["site", "people"])
def test_a_bad_entry_is_named_with_its_file(
    tmp_path: Path, layer: str, entry: str, told: str
) -> None:
    config = tmp_path / "config"
    (config / "people").mkdir(parents=True)
    (config / "bindings.toml").write_text("bindings = []\n")
    tables = f"[[bindings]]\n{entry}"
    site: tuple[dict[str, Any], ...] = ()
    if layer == "site":
        file = tmp_path / "site.toml"
        file.write_text(tables)
        site = load((file,)).bindings
    else:
        about = 'name = "kim"\ntitle = { ko = "김", en = "Kim" }\n'
        (config / "people" / "kim.toml").write_text(about + tables)
    where = "kim.toml" if layer == "people" else "site"
    bindings, wrong = read_bindings(config, make_registry(), site)
    assert [bool(re.search(rf"{where}.*{told}", str(error))) for error in wrong] == [True]
    assert bindings == Bindings()  # the default counts on


def test_a_site_file_brings_its_bindings_beside_its_settings(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text(f"[video]\nfps = 5\n[[bindings]]\n{GOOD}")
    settings = load((CONFIG / "kiosk.toml", file))
    bindings, wrong = read_bindings(CONFIG, make_registry(), settings.bindings)
    assert wrong == ()
    assert settings.video.fps == 5.0
    assert found(bindings) == "nav.home"


def test_a_default_that_can_not_be_used_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bindings.toml").write_text(f"[[bindings]]\n{GOOD.replace('nav.home', 'x')}")
    with pytest.raises(SettingsError, match=r"bindings\.toml: bindings\[0\]\.command"):
        read_bindings(tmp_path, make_registry())
