"""`sources parse`: items on standard output, everything else beside it, and the exit codes."""

import json
import os
from pathlib import Path

import pytest

from kiosk.app.cli import main

BIKES = {
    "rentBikeStatus": {
        "RESULT": {"CODE": "INFO-000", "MESSAGE": ""},
        "row": [
            {"stationId": "ST-1", "stationName": "1. 시험\n대여소", "parkingBikeTotCnt": "3"},
            {"stationName": "no id"},
        ],
    }
}


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(BIKES))
    return file


def test_json_lines_of_items_and_rejected_rows_beside(
    answer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sources", "parse", "bikeList", str(answer), "--json"]) == 0
    out, err = capsys.readouterr()
    items = [json.loads(line) for line in out.splitlines()]
    assert [item["type"] for item in items] == [
        "place",
        "observation",
        "observation",
        "observation",
    ]
    assert (items[1]["kind"], items[1]["value"], items[1]["place"]) == ("bike.parked", 3.0, "ST-1")
    assert err == "row 2 rejected: stationId is missing\n"


def test_a_reader_that_leaves_early_is_no_error(
    answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as out:
        monkeypatch.setattr("sys.stdout", out)
        assert main(["sources", "parse", "bikeList", str(answer), "--json"]) == 141


def test_parts_that_are_linked_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answer"
    file.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="a/1"/></entry></feed>'
    )
    assert main(["sources", "parse", "cap", str(file), "--json"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "1 further parts are linked; they are not in this file\n")


def test_a_line_for_people_per_item(answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "parse", "bikeList", str(answer)]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[1] == "bike.parked | 1. 시험 대여소 | ST-1 | 3.0"
    assert out.splitlines()[2] == "bike.racks | 1. 시험 대여소 | ST-1 | ? | [missing]"
    assert "4 items, 1 rows rejected" in err


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ('{"RESULT": {"CODE": "INFO-200", "MESSAGE": ""}}', 0, ""),
        ('{"RESULT": {"CODE": "INFO-100", "MESSAGE": "키"}}', 3, "INFO-100: 키"),
        ("<html/>", 4, "not understood by bikeList"),
        ("", 4, "empty"),
    ],
)
def test_the_exit_code_says_how_the_answer_was_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: int, message: str
) -> None:
    file = tmp_path / "answer"
    file.write_text(text)
    assert main(["sources", "parse", "bikeList", str(file), "--json"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err


def test_the_place_that_was_asked_for_is_an_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answer"
    file.write_text('{"CITYDATA": {"AREA_NM": "광화문·덕수궁", "AREA_CD": "POI009"}}')
    command = ["sources", "parse", "citydata", str(file), "--option"]
    assert main([*command, "place=POI009"]) == 0
    assert main([*command, "place=POI003"]) == 3
    assert "POI003 was asked for, the answer is about 광화문·덕수궁" in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "parse", "bikeList", str(tmp_path / "none")]) == 2
    assert "can't be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["parse", "nope", "x"], "no connector is called 'nope'"),
        (["parse", "bikeList", "x", "--option", "y"], "NAME=VALUE is expected"),
        (["parse"], "required"),
    ],
)
def test_wrong_usage(argv: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["sources", *argv])
    assert message in capsys.readouterr().err


def test_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources"]) == 2
    assert main(["sources", "--help"]) == 0
    out, err = capsys.readouterr()
    assert "parse" in out
    assert out == err
