"""What the bench measures is what the wall asks: nothing that is new can be left out."""

import ast
import inspect
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kiosk.app
from kiosk.cache.repositories import Repositories
from kiosk.panels import find_panels
from kiosk.panels.questions import LEDGER_QUESTIONS, QUESTIONS
from kiosk.tools.bench.asked import Pick, Question, asked
from kiosk.tools.bench.decade import catalogue, fill
from kiosk.tools.bench.series import Files

ROWS = 126_000
OF_FILES = {"phrases", "words"}  # asked in the same thread, but of the configuration
OF_OTHERS = {"at_once", "meta", "orders"}  # the means to ask, and what the sync process reads


@pytest.fixture(scope="module")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Files, Pick]]:
    folder = tmp_path_factory.mktemp("ten_years")
    city = catalogue(folder)
    fill(folder, city, ROWS)
    files = Files(folder)
    yield files, Pick(city, ROWS, 1)
    files.close()


class Recorded:
    """Counts those answers of each read of the cache that had anything in them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: Counter[str] = Counter()
        for name in reads():
            monkeypatch.setattr(
                Repositories, name, self._counted(name, getattr(Repositories, name))
            )

    def _counted(self, name: str, read: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            answer = read(*args, **kwargs)
            self.found[name] += bool(answer)
            return answer

        return counted


def reads() -> set[str]:
    public = {n for n, _ in inspect.getmembers(Repositories, inspect.isfunction) if n[0] != "_"}
    return public - OF_OTHERS


def test_every_panel_is_asked_in_every_state_that_it_asks_by() -> None:
    questions = asked()
    for spec in find_panels():
        fields = spec.load_presenter().fields
        varied = {"place", "metric", "goal", "map_look"}
        assert fields <= varied, f"{spec.id}: let the bench vary {fields}"
        assert any(name == spec.id for name in questions)


def test_whatever_is_read_finds_rows(
    ten_years: tuple[Files, Pick], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty answer would be quick too."""
    files, pick = ten_years
    recorded = Recorded(monkeypatch)
    questions: dict[str, Question] = asked()
    for ask in questions.values():
        for _ in range(4):
            ask(pick, files.rows, files.ledger)
    assert len(recorded.found) > len(reads()) / 2
    assert not [name for name, found in recorded.found.items() if not found]


def test_the_ledger_has_what_is_asked(ten_years: tuple[Files, Pick]) -> None:
    given = ten_years[0].ledger.given()
    assert len(given.orders) == len(given.replies) == ROWS // 1000


def test_every_question_of_the_app_is_a_panel_or_has_a_name() -> None:
    """By the source: whatever is given to the reader's thread under a name of its own."""
    folder = Path(kiosk.app.__path__[0])
    keys = {key for file in folder.glob("*.py") for key in _asked_in(file)}
    assert keys
    assert keys <= QUESTIONS.keys() | LEDGER_QUESTIONS.keys() | OF_FILES


def _asked_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in ("ask", "ask_ledger") and node.args:
            match node.args[0]:
                case ast.Constant(value=str(key)):
                    yield key
