"""The sheet of self-assessment: what is measured is counted, what is not known says so."""

import json
from pathlib import Path

import pytest

from kiosk.pack import here, load_here, use
from kiosk.settings import Settings, SettingsError
from kiosk.settings.model import CitySettings
from kiosk.tools.assess import as_page, filled, main, read_answers, read_sheet
from kiosk.tools.assess.measures import MEASURES, Evidence, read_evidence
from kiosk.wire.text import Text

NOW_MS = 1_763_900_000_000


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Of a city that does not exist, whose wall was never in use."""
    made = Settings(city=CitySettings(pack="ternharbour"))
    before = here()
    use(load_here(made))
    try:
        return read_evidence(made, tmp_path_factory.mktemp("data"))
    finally:
        use(before)


def test_there_are_ten_indices_and_every_measure_is_in_use() -> None:
    sheet = read_sheet()
    assert len(sheet) == len({index.id for index in sheet}) == 10
    assert {name for index in sheet for name in index.measured} == set(MEASURES)
    questions = [question.id for index in sheet for question in index.asked]
    assert len(questions) == len(set(questions)) >= 10


def test_what_nobody_has_counted_is_no_zero(evidence: Evidence) -> None:
    for name in ("opened", "inputs", "orders", "audit", "refused"):
        assert MEASURES[name](evidence).value == Text("아직 쓴 적 없음", "not in use yet"), name


def test_nothing_of_an_invented_city_counts_as_real(evidence: Evidence) -> None:
    assert evidence.fed == frozenset()
    assert MEASURES["fed"](evidence).value.en == f"0 of {len(evidence.city.indicators)} (0 %)"


def test_contacts_are_counted_as_the_wall_tells_them(evidence: Evidence) -> None:
    owners = [source.owner for source in evidence.city.sources]
    known = sum(evidence.desk.whose(owner).en != owner.en for owner in owners)
    assert MEASURES["contacts"](evidence).value.en.startswith(f"{known} of {len(owners)} (")
    assert 0 < known < len(owners)


def test_a_share_is_told_with_what_it_is_a_share_of(evidence: Evidence) -> None:
    public = MEASURES["public"](evidence).value
    count = len(evidence.city.indicators)
    assert public == Text(f"{count} 가운데 {count} (100 %)", f"{count} of {count} (100 %)")


def test_an_office_answers_on_the_sheet(evidence: Evidence, tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text('[answers.cost]\nscore = 3\nnote = "<b>한 사람</b>"\n', "utf-8")
    sheet = filled(evidence, read_answers(file))
    (asked,) = (a for index in sheet for a in index.asked if a.id == "cost")
    assert (asked.score, asked.note) == (3, "<b>한 사람</b>")
    page = as_page(sheet, NOW_MS)
    assert "&lt;b&gt;한 사람" in page
    assert page.count('class="set"') == 1


@pytest.mark.parametrize("text", ["[answers.costs]\nscore = 1", "[answers.cost]\nscore = 5"])
def test_a_wrong_answer_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        read_answers(file)
    assert "answers" in error.value.field


def test_the_command_prints_a_page_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["--site", "ternharbour", "--data", str(tmp_path)]

    before = here()
    try:
        assert main([*told, "--json"]) == 0
        assert len(json.loads(capsys.readouterr().out)) == 10
        assert main([*told, "--page", str(tmp_path / "sheet.html")]) == 0
        assert "턴하버" in (tmp_path / "sheet.html").read_text("utf-8")
        assert main([*told, "--page", str(tmp_path / "no" / "sheet.html")]) == 1
    finally:
        use(before)
