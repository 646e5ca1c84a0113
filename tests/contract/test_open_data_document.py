"""The open data keeps to its OpenAPI document: schemathesis makes up what to ask from it, right and
wrong, and compares every answer."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.public.open_data.document import EVERY, START
from tests.helpers.public_server import PublicServer, public_server

SEED = "20260101"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicServer]:
    with public_server(tmp_path_factory.mktemp("document")) as server:
        yield server


@pytest.fixture(scope="module")
def document(server: PublicServer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(server.get("/api/openapi.json").body)
    return found


def compared(server: PublicServer, folder: Path, examples: int) -> str:
    """What schemathesis says, with so many made-up questions of each kind and address."""
    asked = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{server.url}/api/openapi.json"),
        *("--url", server.url, "--max-examples", str(examples), "--seed", SEED, "--no-color"),
        *("--phases", "examples,coverage,fuzzing", "--generation-database", "none"),
    ]
    done = subprocess.run(
        asked, cwd=folder, capture_output=True, text=True, timeout=170, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
def test_every_answer_is_as_the_document_says(server: PublicServer, tmp_path: Path) -> None:
    said = compared(server, tmp_path, 5)
    assert re.search(rf"Tested: {len(EVERY) + 1}\b", said), said[-3000:]
    (cases,) = re.findall(r"(\d+) generated, (\d+) passed", said)
    assert cases[0] == cases[1]
    assert int(cases[0]) > 500


@pytest.mark.long
def test_every_answer_is_as_the_document_says_of_many(server: PublicServer, tmp_path: Path) -> None:
    compared(server, tmp_path, 200)


def test_every_address_is_in_the_document_with_its_parameters(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["paths"].keys() == {endpoint.path for endpoint in (START, *EVERY)}
    for path, told in document["paths"].items():
        operation = told["get"]
        assert operation["summary"]
        named = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
        assert named == set(re.findall(r"\{(\w+)\}", path))
        assert {"200", "304", "400", "404", "429"} == operation["responses"].keys()


def test_names_of_addresses_are_their_own(document: dict[str, Any]) -> None:
    names = [told["get"]["operationId"] for told in document["paths"].values()]
    assert len(names) == len(set(names))


def test_every_type_that_is_named_is_there(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert named <= document["components"]["schemas"].keys()
    assert "Problem" in named
