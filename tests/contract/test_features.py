"""docs/features.md is true: every row is there, its command exists, its test exists."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.backend.catalogue import load_city
from kiosk.backend.neighbourhoods import load_neighbourhoods
from kiosk.commands import make_registry
from kiosk.core.errors import BadArguments
from kiosk.core.registry import validate
from kiosk.pack import pack_folder
from kiosk.panels import find_panels
from kiosk.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
ROWS = {"A": 11, "B": 9, "C": 13, "D": 15, "E": 23, "F": 4, "G": 5, "H": 9, "I": 30}
NOT_YET = "not yet"
NOTHING = "—"


class FeatureRow(msgspec.Struct, frozen=True):
    """A row of the table."""

    row: str
    what: str
    where: str
    command: str
    test: str


def read_rows() -> list[FeatureRow]:
    lines = (ROOT / "docs" / "features.md").read_text("utf-8").splitlines()
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [FeatureRow(*row) for row in cells if re.fullmatch(r"[A-I]\d+", row[0])]


WORKING = [row for row in read_rows() if not row.where.startswith(NOT_YET)]
working = pytest.mark.parametrize("row", WORKING, ids=lambda row: row.row)


def test_every_row_is_there_once_and_in_order() -> None:
    expected = [f"{area}{n}" for area, count in ROWS.items() for n in range(1, count + 1)]
    assert [row.row for row in read_rows()] == expected


def test_a_row_that_does_not_work_yet_names_no_command_and_no_test() -> None:
    for row in read_rows():
        if row.where.startswith(NOT_YET):
            assert (row.command, row.test) == (NOTHING, NOTHING), row.row
        assert row.what, row.row
        assert row.where, row.row


def asked(row: FeatureRow) -> tuple[str, dict[str, Any]]:
    """The command of a row and its arguments, from `command key=value`."""
    found = re.fullmatch(r"`([^`]+)`", row.command)
    assert found is not None, f"{row.row}: a command in backticks is expected, not {row.command}"
    command, *given = found[1].split()
    return command, {key: _value(word) for key, _, word in (g.partition("=") for g in given)}


def _value(word: str) -> str | float:
    return float(word) if re.fullmatch(r"\d+\.\d+", word) else word


@working
def test_its_command_is_in_the_registry_with_arguments_that_fit(row: FeatureRow) -> None:
    command, args = asked(row)
    registry = make_registry()
    assert command in registry, f"{row.row}: there is no command {command}"
    try:
        validate(registry.resolve(command), args)
    except BadArguments as error:
        pytest.fail(f"{row.row}: {error}")


@working
def test_what_its_command_names_is_there(row: FeatureRow) -> None:
    folder = pack_folder(Settings())
    known = {
        "panel": {spec.id for spec in find_panels()},
        "indicator": {indicator.id for indicator in load_city(folder).indicators},
        "item": {item.id for item in load_city(folder).items.items},
        "neighbourhood": {entry.code for entry in load_neighbourhoods(folder)},
    }
    for key, value in asked(row)[1].items():
        assert key not in known or value in known[key], f"{row.row}: there is no {key} {value}"


@working
def test_its_test_is_there(row: FeatureRow) -> None:
    tests = re.findall(r"`([^`]+)`", row.test)
    assert tests, f"{row.row}: a test in backticks is expected"
    for test in tests:
        file, _, name = test.partition("::")
        assert (ROOT / file).is_file(), f"{row.row}: there is no {file}"
        if name:
            assert f"def {name}(" in (ROOT / file).read_text("utf-8"), f"{row.row}: {test}"
