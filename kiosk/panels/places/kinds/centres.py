"""Community centres: how far the one-stop welfare desk has come in each neighbourhood."""

from collections.abc import Sequence

from kiosk.panels.places.kinds.kind import UNKNOWN, PlaceKind, Told, words
from kiosk.ui.charts.map_model import DotShape
from kiosk.wire.city import Place
from kiosk.wire.text import Text

STATE = "rollout"
STATES: dict[str, tuple[DotShape, Text, float]] = {
    "planned": ("faint", Text("예정", "Planned"), 0.0),
    "preparing": ("ring", Text("준비 중", "Preparing"), 1.0),
    "open": ("full", Text("운영 중", "Open"), 2.0),
}
"""How far a centre is: its dot, its word, and what stands first in the list."""


def tell(place: Place, now_ms: int) -> Told:
    state = words(place, STATE)
    if state not in STATES:
        return Told("faint", words=UNKNOWN, rank=float("inf"))
    shape, word, rank = STATES[state]
    since = words(place, "since")
    facts = [(Text("한 번에 서비스", "One-stop service"), word)]
    if since:
        facts.append((Text("시작", "Since"), Text(since, since)))
    return Told(shape, words=word, rank=rank, facts=tuple(facts))


def sum_up(told: Sequence[Told]) -> Text:
    counts = {word.ko: (word, sum(t.words == word for t in told)) for _, word, _ in STATES.values()}
    kept = [(word, n) for word, n in reversed(counts.values()) if n]
    return Text(
        ", ".join(f"{word.ko} {n}" for word, n in kept),
        ", ".join(f"{n} {word.en.lower()}" for word, n in kept),
    )


KIND = PlaceKind(
    word="centres",
    kind="welfare.centre",
    title=Text("주민센터", "Centres"),
    counted=lambda n: Text(f"주민센터 {n:,}곳", f"{n:,} centres"),
    tell=tell,
    sum_up=sum_up,
    areas=True,
    legend=Text("점은 운영, 고리는 준비, 회색은 예정", "dots open, rings preparing, grey planned"),
)
