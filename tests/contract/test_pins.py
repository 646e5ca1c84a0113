"""The pins hold what the code imports, at one version, with hashes, and no second OpenCV."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

OURS = {"kiosk", "gestures", "voice", "tests"}
ELSEWHERE = {
    "shiboken6",  # comes with PySide6, at PySide6's own version
    "gi",  # Debian's own Python runs the RTSP server of the tests
}
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(.*\n(?:    .*\n)*)", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(root: Path, name: str) -> set[str]:
    """Names in requirements/NAME.in and what it includes."""
    names: set[str] = set()
    for line in (root / f"requirements/{name}.in").read_text().splitlines():
        if line.startswith("-r "):
            names |= asked_for(root, line.removeprefix("-r ").removesuffix(".in"))
        elif line and not line.startswith("#"):
            names.add(normal(re.split(r"[<>=!~;\[ ]", line)[0]))
    return names


def pinned(root: Path, name: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes by package."""
    text = (root / f"requirements/{name}.txt").read_text()
    return {
        normal(package): (version, rest.count("--hash=sha256:"))
        for package, version, rest in PIN.findall(text)
    }


def imported(folder: Path) -> dict[str, str]:
    """Top-level names that the files of a folder import, each with a file that does."""
    found: dict[str, str] = {}
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                found.setdefault(name.split(".")[0], str(file))
    return found


@pytest.mark.parametrize(
    ("folder", "pins"),
    [("kiosk", "runtime"), ("gestures", "runtime"), ("voice", "runtime"), ("tests", "dev")],
)
def test_every_import_is_asked_for(root: Path, folder: str, pins: str) -> None:
    asked = asked_for(root, pins)
    owners = packages_distributions()
    undeclared = {
        name: file
        for name, file in imported(root / folder).items()
        if name not in OURS | sys.stdlib_module_names
        and not asked & {normal(owner) for owner in owners.get(name, [])}
    }
    for name in ELSEWHERE:
        undeclared.pop(name, None)
    assert undeclared == {}, f"add to requirements/{pins}.in and compile the pins"


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_the_pins_are_complete(root: Path, name: str) -> None:
    pins = pinned(root, name)
    assert asked_for(root, name) <= pins.keys(), "compile the pins (requirements/README.md)"
    assert [package for package, (_, hashes) in pins.items() if not hashes] == []


def test_tests_run_on_the_versions_of_the_product(root: Path) -> None:
    assert pinned(root, "runtime").items() <= pinned(root, "dev").items()


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_nothing_overwrites_opencv_and_nothing_idle_is_installed(root: Path, name: str) -> None:
    idle = {"opencv-contrib-python", "opencv-python-headless", "matplotlib", "websockets"}
    assert pinned(root, name).keys() & idle == set()
