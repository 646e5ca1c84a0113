"""Everything that the wall asks of its two files: each panel in each of its states, the names that
commands look up, the figures that are said, orders and tablets.

A panel is found by its folder, so that a new one is measured without a word here.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kiosk.cache.ledger import LedgerReader
from kiosk.cache.repositories import Repositories
from kiosk.core.looks import MAP_PLACES, MapLook
from kiosk.core.state import Place, ViewState
from kiosk.panels import PanelSpec, Presenter, find_panels
from kiosk.panels.questions import LEDGER_QUESTIONS, QUESTIONS
from kiosk.tools.bench.decade import complaints, decades
from kiosk.wire.city import District, Incident, Indicator, Item, Row

Question = Callable[["Pick", Repositories, LedgerReader], Any]


class Pick:
    """Chooses among what a cache of so many figures has in full."""

    def __init__(self, city: Sequence[Row], rows: int, seed: int) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - no secret
        names = [row.id for row in city if isinstance(row, Indicator)]
        self._indicators = decades(rows, names)
        self._mapped = [
            row.id for row in city if isinstance(row, Indicator) and row.areas == "districts"
        ]
        self._districts = [row.code for row in city if isinstance(row, District)]
        self._complaints = [complaint.id for complaint in complaints(100)]
        self._incidents = [row.id for row in city if isinstance(row, Incident)]
        self._items = [row for row in city if isinstance(row, Item)]

    def indicator(self) -> str:
        return self._rng.choice(self._indicators)

    def mapped(self) -> str:
        return self._rng.choice(self._mapped)

    def district(self) -> str:
        return self._rng.choice(self._districts)

    def goal(self) -> str:
        return self._rng.choice([item.id for item in self._items if item.kind == "sdg"])

    def opened(self, spec: PanelSpec) -> str:
        """Something that this panel can open, or at least some panel."""
        items = [item.id for item in self._items if item.kind in spec.items]
        of_panel = {"complaints": self._complaints, "incident": self._incidents}
        return self._rng.choice(items or of_panel.get(spec.id) or self._complaints)


Places = Callable[[Pick, PanelSpec], dict[str, Any]]
PLACES: dict[str, Places] = {
    "": lambda pick, spec: {},
    ", a district": lambda pick, spec: {"district": pick.district()},
    ", an indicator": lambda pick, spec: {"indicator": pick.indicator()},
    ", an indicator of a district by month": lambda pick, spec: {
        "indicator": pick.indicator(),
        "district": pick.district(),
        "period": "month",
    },
    ", women in their twenties": lambda pick, spec: {
        "indicator": pick.indicator(),
        "period": "year",
        "sex": "female",
        "age": "20-29",
    },
    ", one opened": lambda pick, spec: {"item": pick.opened(spec)},
}


def asked() -> dict[str, Question]:
    """By what is asked, in words."""
    found = {name: question for spec in find_panels() for name, question in _of_panel(spec)}
    for name, of_cache in QUESTIONS.items():
        found[f"{name}"] = _of_cache(of_cache)
    for name, of_ledger in LEDGER_QUESTIONS.items():
        found[f"{name} of the ledger"] = _of_ledger(of_ledger)
    return found


def _of_panel(spec: PanelSpec) -> Iterator[tuple[str, Question]]:
    presenter = spec.load_presenter()
    places = PLACES if "place" in presenter.fields else {"": PLACES[""]}
    for words, place in places.items():
        yield f"{spec.id}{words}", _of_place(spec, presenter, place)
    for word, _ in spec.narrowings:
        yield f"{spec.id}, {word}", _of_place(spec, presenter, _narrowed(word, inside=False))
        yield (
            f"{spec.id}, {word} of a district",
            _of_place(spec, presenter, _narrowed(word, inside=True)),
        )
    if "metric" in presenter.fields:
        yield f"{spec.id}, another map", _of_metric(spec, presenter)
    if "map_look" in presenter.fields:
        yield f"{spec.id}, all places on the map", _of_map_look(spec, presenter)
    if "goal" in presenter.fields:
        yield f"{spec.id}, through a goal", _of_goal(spec, presenter)


def _narrowed(word: str, *, inside: bool) -> Places:
    """A part of the panel's list, in the city or in a district."""

    def place(pick: Pick, spec: PanelSpec) -> dict[str, Any]:
        return {"only": word, "district": pick.district() if inside else None}

    return place


def _of_place(spec: PanelSpec, presenter: Presenter, place: Places) -> Question:
    def ask(pick: Pick, rows: Repositories, ledger: LedgerReader) -> Any:
        state = ViewState(place=Place(panel=spec.id, **place(pick, spec)))
        with rows.at_once() as there:
            return presenter.query(there, state)

    return ask


def _of_metric(spec: PanelSpec, presenter: Presenter) -> Question:
    def ask(pick: Pick, rows: Repositories, ledger: LedgerReader) -> Any:
        state = ViewState(place=Place(panel=spec.id), metric=pick.mapped())
        with rows.at_once() as there:
            return presenter.query(there, state)

    return ask


def _of_map_look(spec: PanelSpec, presenter: Presenter) -> Question:
    def ask(pick: Pick, rows: Repositories, ledger: LedgerReader) -> Any:
        look = MapLook(places=tuple(MAP_PLACES))
        state = ViewState(place=Place(panel=spec.id), map_look=look)
        with rows.at_once() as there:
            return presenter.query(there, state)

    return ask


def _of_goal(spec: PanelSpec, presenter: Presenter) -> Question:
    def ask(pick: Pick, rows: Repositories, ledger: LedgerReader) -> Any:
        state = ViewState(place=Place(panel=spec.id), goal=pick.goal())
        with rows.at_once() as there:
            return presenter.query(there, state)

    return ask


def _of_cache(question: Callable[[Repositories], Any]) -> Question:
    def ask(pick: Pick, rows: Repositories, ledger: LedgerReader) -> Any:
        with rows.at_once() as there:
            return question(there)

    return ask


def _of_ledger(question: Callable[[LedgerReader], Any]) -> Question:
    return lambda pick, rows, ledger: question(ledger)
