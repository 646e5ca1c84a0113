"""A new city: any answers that are taken give a folder that fits; others are refused in words."""

import io
import json
import math
import shutil
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backend.borders import borders
from kiosk.backend.catalogue import load_city
from kiosk.core.desk import Desk
from kiosk.pack import load_pack
from kiosk.pack.loading import CONFIG
from kiosk.settings import SettingsError, load
from kiosk.settings.loading import read_model
from kiosk.tools.city import main
from kiosk.tools.city.answers import PANELS, SAMPLE, SOURCES, TEMPLATE, Answers, read_answers
from kiosk.tools.city.areas import areas_of
from kiosk.tools.city.checking import check_files
from kiosk.wire.text import Text

BASE = """
name = { ko = "보기시", en = "Sample" }
middle = [37.5, 127.0]
areas = [{ ko = "가람구", en = "Garam" }, { own = "Yangi hayot" }, { en = "Old Town" }]
"""


def feature(code: str | None, name: str | None, west: float, south: float) -> dict[str, object]:
    ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1]]
    told = {"adm": code, "label": name}
    return {
        "type": "Feature",
        "properties": {key: value for key, value in told.items() if value is not None},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }


def collection(*features: dict[str, object]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


BORDERED = """
name = { own = "Toshkent" }
language = "en"
time_zone = "Asia/Tashkent"
borders = "borders.geojson"
properties = { code = "adm", ko = "", en = "label" }
"""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.toml"
    file.write_text(BASE, "utf-8")
    return file


def new(answers: Path, name: str = "bogi") -> tuple[int, Path]:
    into = answers.parent / "made"
    return main(["new", name, "--from", str(answers), "--into", str(into)]), into


def test_the_example_of_answers_makes_a_city_that_fits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["answers"]) == 0
    file = tmp_path / "answers.toml"
    file.write_text(capsys.readouterr().out, "utf-8")
    code, into = new(file)
    assert code == 0
    said = capsys.readouterr().out
    assert f"run --site {into / 'bogi.toml'}" in said
    assert main(["check", str(into / "bogi.toml"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["areas"] == 4
    assert found["fed"] == 0
    assert found["phrases"]["ko"] > 1000
    assert any("contact" in line for line in found["left"])
    site = load((CONFIG / "kiosk.toml", into / "bogi.toml"))
    assert site.city.pack == str(into / "bogi")
    assert site.demo.cameras == 4


def test_everything_that_it_shows_is_marked_as_simulated(answers: Path) -> None:
    _, into = new(answers)
    city = load_city(into / "bogi")
    assert city.pack.invented is not None
    assert all(source.simulated and source.licence == "simulated" for source in city.sources)
    assert all(item.simulated for item in city.items.items)
    assert {figures.source for figures in city.figures} <= {s.id for s in city.sources}
    assert all(
        "예시" in place.name or "sample" in place.name for p in city.places for place in p.places
    )


def test_nobody_outside_sees_anything_until_somebody_decides(answers: Path) -> None:
    _, into = new(answers)
    told = tomllib.loads((into / "bogi" / "disclosure.toml").read_text("utf-8"))
    assert set(told) == {"small"}


def test_a_name_that_is_missing_is_said_by_another(answers: Path) -> None:
    _, into = new(answers)
    names = [district.name for district in load_city(into / "bogi").districts]
    assert names == [
        Text("가람구", "Garam"),
        Text("Yangi hayot", "Yangi hayot"),
        Text("Old Town", "Old Town"),
    ]


def test_offices_own_sources_and_are_told_with_their_contact(answers: Path) -> None:
    answers.write_text(
        BASE
        + """
[[office]]
id = "hall"
name = { ko = "시청", en = "City Hall" }
contact = "02-000-0000"
[[office]]
id = "air"
name = { ko = "환경과", en = "Environment" }
part_of = "hall"
contact = "air@city.example"
sources = ["air", "weather"]
duties = ["complaints.dumping"]
""",
        "utf-8",
    )
    _, into = new(answers)
    owners = {source.id: source.owner.en for source in load_city(into / "bogi").sources}
    assert {owners.pop(each) for each in ("air", "weather")} == {"Environment"}
    assert set(owners.values()) == {"City Hall"}
    desk = read_model(into / "bogi" / "orders.toml", Desk)
    assert desk.whose(Text("환경과", "")).en == "City Hall › Environment · air@city.example"
    complaints = tomllib.loads((into / "bogi" / "complaints.toml").read_text("utf-8"))
    agencies = {kind["id"]: kind["agency"] for kind in complaints["kind"]}
    assert agencies["dumping"] == "환경과"
    assert agencies["noise"] == "시청"


def test_a_panel_may_have_a_name_of_its_own_and_be_said_by_it(answers: Path) -> None:
    text = '\n[called.traffic]\nname = { ko = "길", en = "Roads" }\nsay = { ko = ["길 사정"] }\n'
    answers.write_text(BASE + text, "utf-8")
    _, into = new(answers)
    assert load_pack(into / "bogi").called("traffic", Text("", "")) == Text("길", "Roads")
    voice = tomllib.loads((into / "bogi/voice/ko/city.toml").read_text("utf-8"))
    assert voice["slots"]["panel"] == [{"value": "traffic", "spoken": ["길", "길 사정"]}]
    assert check_files(str(into / "bogi.toml")).phrases["ko"] > 1000


def test_borders_are_kept_with_the_codes_of_their_file(answers: Path) -> None:
    west, east = feature("1701", "Bektemir", 69.2, 41.2), feature("1702", "Sergeli", 69.3, 41.2)
    (answers.parent / "borders.geojson").write_text(collection(west, east), "utf-8")
    answers.write_text(BORDERED, "utf-8")
    code, into = new(answers, "toshkent")
    assert code == 0
    city = load_city(into / "toshkent")
    assert [d.code for d in city.districts] == ["1701", "1702"]
    assert city.pack.name == Text("Toshkent", "Toshkent")
    drawn = borders(city)
    assert drawn["1701"][0][0] in {(69.2, 41.2), (69.3, 41.2), (69.3, 41.3), (69.2, 41.3)}
    assert check_files(str(into / "toshkent.toml")).borders


REFUSED = {
    "no names": ('name = { ko = "x" }\nmiddle = [1, 2]\n', "areas", "either names"),
    "no middle": ('name = { ko = "x" }\nareas = [{ ko = "y" }]\n', "middle", "latitude"),
    "both": (BASE + 'borders = "b.geojson"\n', "areas", "either names"),
    "an empty name": (BASE.replace("보기시", " ").replace("Sample", ""), "name", "a name"),
    "a word wrong": (BASE + "lenguage = 'ko'\n", "lenguage", "did you mean 'language'"),
    "a time zone": (BASE + "time_zone = 'Asia/Seol'\n", "time_zone", "IANA"),
    "a panel": (BASE + "panels = ['trafic']\n", "panels", "traffic"),
    "a name for no panel": (
        BASE + "[called.trafic]\nname = { ko = '길' }\n",
        "called",
        "traffic",
    ),
    "a source": (
        BASE + "[[office]]\nid = 'a'\nname = { ko = 'a' }\nsources = ['wheather']\n",
        "office a.sources",
        "weather",
    ),
    "two owners": (
        BASE
        + "[[office]]\nid = 'a'\nname = { ko = 'a' }\nsources = ['air']\n"
        + "[[office]]\nid = 'b'\nname = { ko = 'b' }\nsources = ['air']\n",
        "office b.sources",
        "a has it already",
    ),
    "an office of nobody": (
        BASE + "[[office]]\nid = 'a'\nname = { ko = 'a' }\npart_of = 'b'\n",
        "office a.part_of",
        "without a circle",
    ),
    "no file of borders": (BORDERED, "borders", "readable"),
}


@pytest.mark.parametrize(("text", "field", "expected"), REFUSED.values(), ids=REFUSED)
def test_wrong_answers_are_refused_with_their_place_and_leave_nothing(
    answers: Path, text: str, field: str, expected: str
) -> None:
    answers.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        new(answers)
    assert field in error.value.field
    assert expected in error.value.expected
    assert not list((answers.parent / "made").rglob("*"))


PLANE = feature("1701", "A", 69.2, 41.2)
PLANE["geometry"] = {
    "type": "Polygon",
    "coordinates": [[[198000, 451000], [198500, 451000], [198500, 452000], [198000, 451000]]],
}
POINT = feature("1701", "A", 69.2, 41.2)
POINT["geometry"] = {"type": "Point", "coordinates": [69.2, 41.2]}
BAD_BORDERS = {
    "no JSON": ("{", "features", "GeoJSON"),
    "no areas": (collection(), "features", "1 to 200"),
    "metres": (collection(PLANE), "geometry", "EPSG:4326"),
    "a point": (collection(POINT), "geometry", "Polygon"),
    "no name": (collection(feature("1701", None, 69, 41)), "properties", "'label'"),
    "a code twice": (
        collection(feature("1701", "A", 69, 41), feature("1701", "B", 70, 41)),
        "properties.adm",
        "of its own",
    ),
    "codes of two lengths": (
        collection(feature("1701", "A", 69, 41), feature("17", "B", 70, 41)),
        "properties.adm",
        "one length",
    ),
    "a code missing": (
        collection(feature("1701", "A", 69, 41), feature(None, "B", 70, 41)),
        "properties.adm",
        "a code",
    ),
}


@pytest.mark.parametrize(("text", "field", "expected"), BAD_BORDERS.values(), ids=BAD_BORDERS)
def test_wrong_borders_are_refused_with_their_place(
    answers: Path, text: str, field: str, expected: str
) -> None:
    answers.write_text(BORDERED, "utf-8")
    (answers.parent / "borders.geojson").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        new(answers, "toshkent")
    assert field in error.value.field
    assert expected in error.value.expected


def test_within_the_program_its_wall_is_called_by_its_name(
    answers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kiosk.tools.city.making.CONFIG", answers.parent / "config")
    assert main(["new", "bogi", "--from", str(answers)]) == 0
    assert "./kiosk.sh run --site bogi\n" in capsys.readouterr().out
    site = tomllib.loads((answers.parent / "config/sites/bogi.toml").read_text("utf-8"))
    assert site["city"]["pack"] == "bogi"
    assert (answers.parent / "config/city/bogi/city.toml").is_file()


def test_what_is_there_stays_as_it_is(answers: Path) -> None:
    _, into = new(answers)
    file = into / "bogi" / "orders.toml"
    file.write_text("# ours\n", "utf-8")
    for gone in (None, into / "bogi.toml"):
        if gone is not None:
            gone.unlink()
        with pytest.raises(SettingsError, match="stays as it is"):
            new(answers)
    assert file.read_text("utf-8") == "# ours\n"
    shutil.rmtree(into / "bogi")
    (into / "bogi.toml").write_text("# the wall\n", "utf-8")
    with pytest.raises(SettingsError, match="stays as it is"):
        new(answers)
    assert not (into / "bogi").exists()


@pytest.mark.parametrize("name", ["", "Our City", "../seoul", "보기", "-a", "a/b"])
def test_a_name_that_makes_no_folder_is_refused(answers: Path, name: str) -> None:
    with pytest.raises(SettingsError) as error:
        main(["new", f"--into={answers.parent}", "--from", str(answers), "--", name])
    assert error.value.field == "NAME"


def test_questions_at_the_terminal_make_the_same_city(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [
        "보기시",
        "Sample",
        "xx",
        "ko",
        "Mars/Base",
        "",
        "",
        "가람구, 나루구",
        "north",
        "37.5, 127",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(said) + "\n"))
    assert main(["new", "bogi", "--into", str(tmp_path / "made")]) == 0
    assert [d.name.ko for d in load_city(tmp_path / "made/bogi").districts] == ["가람구", "나루구"]
    assert "Asia/Seoul" in capsys.readouterr().err, "what is wrong is said, and asked again"


def test_questions_that_nobody_answers_make_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("보기시\n"))
    assert main(["new", "bogi", "--into", str(tmp_path / "made")]) == 2
    assert not (tmp_path / "made").exists()


def test_the_template_has_what_the_answers_speak_of() -> None:
    rows = tomllib.loads((TEMPLATE / "sources.toml").read_text("utf-8"))["source"]
    assert {row["id"] for row in rows} == set(SOURCES)
    sample = read_answers(SAMPLE)
    assert {source for office in sample.office for source in office.sources} == set(SOURCES)
    assert sample.panels == PANELS


@settings(deadline=None, max_examples=40)
@given(
    many=st.integers(1, 200),
    lat=st.floats(-84, 84),
    lon=st.floats(-179, 179),
    span_km=st.floats(0.5, 60),
)
def test_names_alone_lie_apart_and_within_the_bounds(
    many: int, lat: float, lon: float, span_km: float
) -> None:
    names = tuple({"ko": f"지역 {n}"} for n in range(many))
    given = {"name": {"ko": "x"}, "areas": names, "middle": (lat, lon), "span_km": span_km}
    found = areas_of(msgspec.convert(given, Answers), Path())
    points = {(area.lat, area.lon) for area in found.areas}
    assert len(points) == len({area.code for area in found.areas}) == many
    assert all(found.bounds.holds(*point) for point in points)
    assert all(math.isfinite(each) for point in points for each in point)
