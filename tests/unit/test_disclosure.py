"""Who may see what: files, decisions over them, and what nobody decided about."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.catalogue import load_city
from kiosk.core.disclosure import FIELDS, LEVELS, Decided, Disclosure
from kiosk.pack import pack_folder
from kiosk.pack.disclosure import FILE, Decision, Rule, Rules, load_rules
from kiosk.panels import find_panels
from kiosk.public import model
from kiosk.public.filling import Filler, origins
from kiosk.public.model import Told
from kiosk.settings import Settings, SettingsError
from kiosk.settings.loading import read_toml
from kiosk.settings.model import CitySettings, PathSettings
from kiosk.wire.text import Text
from tests.helpers.city import indicator, text

WHY = text("까닭")
MODELS = [
    each
    for each in vars(model).values()
    if isinstance(each, type) and issubclass(each, Told) and each is not Told
]
CITIES = ("seoul", "ternharbour")


def of_city(name: str) -> Disclosure:
    return Disclosure(load_rules(Settings(city=CitySettings(pack=name))))


def decided(n: int, thing: str, level: str) -> Decided:
    return msgspec.convert(
        {"id": str(n), "t_ms": n, "sort": "indicators", "thing": thing, "level": level}
        | {"reason": {"ko": "까닭", "en": "why"}},
        Decided,
    )


def test_what_nobody_decided_about_stays_inside() -> None:
    nothing = Disclosure()
    assert nothing.rule("indicators", "new").level == "internal"
    assert not nothing.public("fields", "indicators.id")
    assert Filler(nothing).fill(model.Indicator, indicator("new")) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(LEVELS)), max_size=8))
def test_the_last_decision_about_a_thing_counts(made: list[tuple[str, str]]) -> None:
    rules = Rules({("indicators", "a"): Rule("public", WHY)})
    now = Disclosure(rules, tuple(decided(n, *each) for n, each in enumerate(made)))
    last: dict[str, str] = {"a": "public", **dict(made)}
    for thing in "abc":
        assert now.rule("indicators", thing).level == last.get(thing, "internal")
    for circle, seen in (("public", 1), ("internal", 2), ("restricted", 3)):
        for thing in "abc":
            level = now.rule("indicators", thing).level
            assert now.sees(circle, "indicators", thing) == (LEVELS.index(level) < seen)  # type: ignore[arg-type]


@pytest.mark.parametrize("city", CITIES)
def test_every_rule_speaks_of_something_that_there_is(city: str) -> None:
    settings = Settings(city=CitySettings(pack=city))
    found = of_city(city)
    loaded = load_city(pack_folder(settings))
    known = {
        "panels": {spec.id for spec in find_panels()} | {"disclosure"},
        "indicators": {each.id for each in loaded.indicators},
        "sources": {each.id for each in loaded.sources},
        "fields": FIELDS,
    }
    for sort, ids in known.items():
        named = {".".join(t.split(".")[:2]) if sort == "fields" else t for t in found.things(sort)}  # type: ignore[arg-type]
        assert named <= ids, (sort, named - ids)


@pytest.mark.parametrize("city", CITIES)
def test_every_panel_and_indicator_has_a_decision(city: str) -> None:
    """A new one is internal until somebody decides: this says that nobody has."""
    found = of_city(city)
    loaded = load_city(pack_folder(Settings(city=CitySettings(pack=city))))
    assert [s.id for s in find_panels() if not found.known("panels", s.id)] == []
    assert [i.id for i in loaded.indicators if not found.known("indicators", i.id)] == []


def test_what_is_told_names_fields_that_there_are() -> None:
    for each in MODELS:
        for origin in origins(each):
            assert {f"{table}.{field}" for table, field in origin.of} <= FIELDS, each


def test_a_field_that_is_not_public_is_left_out_and_a_needed_one_takes_all_with_it() -> None:
    seoul = of_city("seoul")
    row = indicator("pm25")

    def without(*fields: str) -> Filler:
        kept = {key: rule for key, rule in seoul.files.rules.items() if key[1] not in fields}
        return Filler(Disclosure(Rules(kept)))

    whole = Filler(seoul).fill(model.Indicator, row)
    assert whole is not None
    assert whole.owner == row.owner
    some = without("indicators.owner").fill(model.Indicator, row)
    assert some == msgspec.structs.replace(whole, owner=Text("", ""))
    assert without("indicators.title").fill(model.Indicator, row) is None


def folder_with(tmp_path: Path, program: str, city: str) -> Settings:
    folder = tmp_path / "city" / "here"
    folder.mkdir(parents=True)
    (tmp_path / "disclosure.toml").write_text(program)
    (folder / "disclosure.toml").write_text(city)
    return Settings(city=CitySettings(pack="here"), paths=PathSettings(config_dir=str(tmp_path)))


ONE = 'reason = {{ ko = "ㄱ", en = "a" }}\nlevel = "{}"\n{} = ["{}"]\n'


def decision(level: str, sort: str, thing: str) -> str:
    return "[[decision]]\n" + ONE.format(level, sort, thing)


def test_the_city_stands_over_the_program(tmp_path: Path) -> None:
    program = decision("public", "panels", "air")
    found = load_rules(folder_with(tmp_path, program, decision("restricted", "panels", "air")))
    assert found.rules["panels", "air"].level == "restricted"


@pytest.mark.parametrize(
    ("wrong", "field", "value"),
    [
        (decision("secret", "panels", "air"), "decision[0].level", "secret"),
        (decision("public", "panel", "air"), "decision[0].panel", ["air"]),
        (decision("public", "panels", "air") * 2, "decision[1].panels", "air"),
        ('[[decision]]\nlevel = "public"\n', "decision[0]", {"level": "public"}),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(
    tmp_path: Path, wrong: str, field: str, value: object
) -> None:
    with pytest.raises(SettingsError) as refused:
        load_rules(folder_with(tmp_path, wrong, ""))
    assert refused.value.file.endswith("disclosure.toml")
    assert (refused.value.field, refused.value.value) == (field, value)


def test_every_reason_is_said_in_both_languages(root: Path) -> None:
    config = root / "config"
    for file in [config / FILE, *config.glob(f"city/*/{FILE}")]:
        for told in read_toml(file)["decision"]:
            reason = msgspec.convert(told, Decision).reason
            assert reason.ko.strip()
            assert reason.en.strip()
            assert reason.ko != reason.en
