"""Writers that commit at once, each after holding its transaction open for a random moment."""

import random
import time
from collections.abc import Iterator
from itertools import count
from multiprocessing.connection import Connection

from sqlalchemy import event

from kiosk.backend.engines import server_url
from kiosk.backend.store import Store
from kiosk.tools.bench.fleet.kiosks import MARK
from kiosk.wire.city import Incident, Observation, Row
from kiosk.wire.text import Text

HELD_S = 0.03
PAUSE_S = (0.05, 0.2)
FIGURES = 4
Span = tuple[float, float]


def write_until_told(address: str, number: int, pipe: Connection) -> None:
    """In a process of its own: the rows that it wrote, and when each write began and ended."""
    rng = random.Random(number)  # noqa: S311 - when a writer happens to commit
    store = Store.open(server_url(address))
    event.listen(store.engine, "commit", lambda _: time.sleep(rng.uniform(0, HELD_S)))
    pipe.send("writing")
    spans: list[Span] = []
    batches = _batches(number, rng)
    rows = 0
    while not pipe.poll(rng.uniform(*PAUSE_S)):
        batch = next(batches)
        begin = time.monotonic()
        store.write(batch)
        spans.append((begin, time.monotonic()))
        rows += len(batch)
    store.close()
    pipe.send((rows, spans))


def overtaken(spans: list[Span]) -> int:
    """Writes that began before another one and ended after it."""
    found, latest_end = 0, 0.0
    for _, end in sorted(spans):
        found += end < latest_end
        latest_end = max(latest_end, end)
    return found


def _batches(number: int, rng: random.Random) -> Iterator[list[Row]]:
    """An incident among figures, which lie in another table; no row is ever written twice."""
    for n in count():
        name = f"{MARK}{number}"
        batch: list[Row] = [
            Observation(name, "11", n * FIGURES + k, float(k), simulated=True)
            for k in range(FIGURES)
        ]
        batch.insert(rng.randrange(FIGURES + 1), _incident(f"{name}-{n}", n))
        yield batch


def _incident(name: str, n: int) -> Incident:
    return Incident(
        id=name,
        number=n,
        kind="fire",
        severity="notice",
        headline=Text("화재", "Fire"),
        facts=Text("출동", "On the way"),
        district="11110",
        lat=37.5,
        lon=127.0,
        t_ms=n,
        updated_ms=n,
        simulated=True,
    )
