"""Searching everything that a full cache has a name for, as one types: whole names, their
beginnings key by key, initial consonants, particles, slips, two words, both languages.

What is measured is what a key costs the screen's thread: from the words to what is shown. The bar
goes to the time without waits for a core; wall time stands beside.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.files import CACHE
from kiosk.cache.repositories import Repositories
from kiosk.core.finder import Findable
from kiosk.core.hangul import compose, initials, letters
from kiosk.core.state import Place, ViewState
from kiosk.panels import Live
from kiosk.panels.search.model import SearchModel
from kiosk.panels.search.presenter import SearchPresenter
from kiosk.panels.search.view import MOST
from kiosk.tools.bench.decade import DECADE_ROWS, LIVE_ROWS, NOW_MS, catalogue, fill
from kiosk.tools.bench.figure import Figure
from kiosk.tools.bench.panels import p95
from kiosk.tools.waits import waited_ms

BAR_MS = 50.0
NAMES = 200
PARTICLES = ("은", "에서", "까지", "를")
Typed = Callable[[random.Random, Findable], Sequence[str]]


def _slip(rng: random.Random, entry: Findable) -> Sequence[str]:
    """A letter left out, or two changed over."""
    typed = list(letters(entry.name.ko.casefold()))
    if len(typed) < 5:
        return ()
    at = rng.randrange(1, len(typed) - 1)
    if rng.random() < 0.5:
        del typed[at]
    else:
        typed[at], typed[at + 1] = typed[at + 1], typed[at]
    return (compose(typed),)


def _begun(rng: random.Random, entry: Findable) -> Sequence[str]:
    """What stands in the line after each key."""
    typed = letters(entry.name.ko.casefold())
    return tuple(compose(list(typed[:count])) for count in range(1, min(len(typed), 12) + 1))


WAYS: dict[str, Typed] = {
    "whole names": lambda rng, entry: (entry.name.ko,),
    "key by key": _begun,
    "initial consonants": lambda rng, entry: (initials(entry.name.ko.replace(" ", "")),),
    "with a particle": lambda rng, entry: (entry.name.ko + rng.choice(PARTICLES),),
    "with a slip": _slip,
    "in English": lambda rng, entry: (entry.name.en, entry.name.en[:4]),
    "beside a district": lambda rng, entry: (f"송파구 {entry.name.ko}",),
}


def search() -> Iterator[Figure]:
    """Each way with names drawn from all that there is, kind by kind."""
    with tempfile.TemporaryDirectory(prefix="kiosk-search-") as folder:
        home = Path(folder)
        fill(home, catalogue(home), LIVE_ROWS + DECADE_ROWS)
        engine = open_cache_for_reading(home / CACHE)
        model = _model(Repositories(engine))
        engine.dispose()
    entries = [entry for finder in model.finders for entry in finder.entries]
    yield Figure("search", "things with a name", len(entries), "")
    rng = random.Random(1)  # noqa: S311 - no secret
    drawn = _drawn(rng, entries)
    for words, way in WAYS.items():
        alone, wall = [], []
        for text in (typed for entry in drawn for typed in way(rng, entry)):
            waited, begin = waited_ms(), time.perf_counter()
            model.find(text, MOST)
            took_ms = (time.perf_counter() - begin) * 1000
            wall.append(took_ms)
            alone.append(took_ms - (waited_ms() - waited))
        n = len(alone)
        yield Figure("search", f"{words}, slowest", max(alone), "ms", BAR_MS, n)
        yield Figure("search", f"{words}, p95 beside all else", p95(wall), "ms", n=n)


def _model(rows: Repositories) -> SearchModel:
    presenter, state = SearchPresenter(), ViewState(place=Place(panel="search"))
    with rows.at_once() as there:
        data = presenter.query(there, state)
    return presenter.present(state, data, Live(), NOW_MS)


def _drawn(rng: random.Random, entries: Sequence[Findable]) -> list[Findable]:
    """As many of each kind, where there are so many."""
    kinds: dict[str, list[Findable]] = {}
    for entry in entries:
        kinds.setdefault(entry.kind, []).append(entry)
    each = NAMES // len(kinds)
    return [e for known in kinds.values() for e in rng.sample(known, min(each, len(known)))]
