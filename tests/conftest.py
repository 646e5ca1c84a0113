"""What every test can ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.clock import ManualClock
from kiosk.pack import here, use
from tests.helpers import survival

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["pytester", "tests.helpers.guards"]

FEW = 150  # mutations of each sample
ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--mutations N`: how many mutations of each sample the connectors are fed; few by default."""
    parser.addoption("--mutations", type=int, default=FEW, help="mutations of each sample")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """After a long run of mutations: how each sample fared."""
    if config.getoption("--mutations") > FEW and survival.FARED:
        terminalreporter.section("mutations of samples")
        for line in survival.table():
            terminalreporter.line(line)


@pytest.fixture(autouse=True)
def city_of_the_process() -> Iterator[None]:
    """A command that is tried here makes this process another city's for that test only."""
    before = here()
    yield
    use(before)


@pytest.fixture(scope="session")
def mutation_count(pytestconfig: pytest.Config) -> int:
    """How many mutations of each sample."""
    return int(pytestconfig.getoption("--mutations"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recordings beside the project; tests that need it skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "README.md").is_file():
        pytest.skip(f"the recordings are not on this machine ({folder.name}/ beside the project)")
    return folder


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands until the test moves it."""
    return ManualClock()
