"""Citizens' complaints of the demonstration: each a function of seed and time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.backend.catalogue import DistrictEntry
from kiosk.backend.simulator.noise import signed, stream, unit
from kiosk.backend.store import Store
from kiosk.settings.loading import read_model
from kiosk.wire.city import Complaint

MINUTE_MS = 60_000
DAY_MS = 86_400_000
PREFIX = "demo-"
SOURCE = "complaints"
# How long it takes: reception in minutes, handling in hours.
RECEIVED_MIN = (10, 70)
HANDLED_H = (2, 26)
HOT_SPOTS = 3
HOT_SPREAD_DEG = 0.002  # some 200 m
SPREAD_DEG = 0.006  # places lie within some 600 m of the middle of their district


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Kind(_Part, frozen=True):
    """One of `title`, with the description of the same place, is drawn."""

    id: str
    agency: str
    title: Annotated[tuple[str, ...], Meta(min_length=1)]
    description: Annotated[tuple[str, ...], Meta(min_length=1)]


class ComplaintBook(_Part, frozen=True):
    """complaints.toml: one complaint in so many minutes, known for so many hours; `gather` of them
    (0..1) come from the day's hot spots."""

    every_min: Annotated[int, Meta(ge=5)]
    kept_h: Annotated[int, Meta(ge=1, le=168)]
    gather: Annotated[float, Meta(ge=0, le=1)]
    kind: Annotated[tuple[Kind, ...], Meta(min_length=1)]


class ComplaintCourse:
    """All complaints of a seed. Raises SettingsError when complaints.toml does not fit."""

    def __init__(self, folder: Path, districts: Sequence[DistrictEntry], seed: int) -> None:
        self._book = read_model(folder / "complaints.toml", ComplaintBook)
        self._districts = districts
        self._seed = seed

    def at(self, now_ms: int) -> tuple[Complaint, ...]:
        """Those that the city still speaks of, oldest first."""
        every_ms = self._book.every_min * MINUTE_MS
        first = (now_ms - self._book.kept_h * 60 * MINUTE_MS) // every_ms + 1
        found = (self._of(slot, slot * every_ms) for slot in range(first, now_ms // every_ms + 1))
        return tuple(self._now(row, now_ms) for row in found if row.t_ms <= now_ms)

    def _of(self, slot: int, begin_ms: int) -> Complaint:
        course = stream(self._seed, "complaint", str(slot))
        hot = unit(course, 6) < self._book.gather
        drawn = self._hot_spot(begin_ms, int(unit(course, 7) * HOT_SPOTS)) if hot else course
        spread = HOT_SPREAD_DEG if hot else SPREAD_DEG
        kind = self._book.kind[int(unit(drawn, 0) * len(self._book.kind))]
        place = self._districts[int(unit(drawn, 1) * len(self._districts))]
        words = int(unit(course, 2) * len(kind.title))
        t_ms = begin_ms + int(unit(course, 3) * self._book.every_min) * MINUTE_MS
        return Complaint(
            id=f"{PREFIX}{slot}",
            source_id=SOURCE,
            kind=f"complaint.{kind.id}",
            title=kind.title[words],
            description=kind.description[words % len(kind.description)],
            t_ms=t_ms,
            updated_ms=t_ms,
            status="open",
            step="reception",
            agency=kind.agency,
            district=place.code,
            lat=round(place.lat + signed(course, 4) * spread, 5),
            lon=round(place.lon + signed(course, 5) * spread, 5),
            simulated=True,
        )

    def _hot_spot(self, t_ms: int, number: int) -> int:
        """The course that kind and district of one of the day's hot spots are drawn from."""
        return stream(self._seed, "hot spot", str(t_ms // DAY_MS), str(number))

    def _now(self, row: Complaint, now_ms: int) -> Complaint:
        course = stream(self._seed, row.id)
        handling_ms = row.t_ms + round(_between(RECEIVED_MIN, unit(course, 0)) * MINUTE_MS)
        done_ms = handling_ms + round(_between(HANDLED_H, unit(course, 1)) * 60 * MINUTE_MS)
        if now_ms >= done_ms:
            return msgspec.structs.replace(row, status="closed", step="done", updated_ms=done_ms)
        if now_ms >= handling_ms:
            return msgspec.structs.replace(row, step="handling", updated_ms=handling_ms)
        return row


class Citizens:
    """Writes the complaints of the moment into a store, and takes out the old ones."""

    def __init__(self, store: Store, course: ComplaintCourse) -> None:
        self._store = store
        self._course = course

    def step(self, now_ms: int) -> None:
        rows = self._course.at(now_ms)
        known = {key for key in self._store.keys("complaints") if key.startswith(PREFIX)}
        self._store.write(rows, only_changed=True)
        gone = known - {row.id for row in rows}
        if gone:
            self._store.delete("complaints", sorted(gone))


def _between(bounds: tuple[int, int], share: float) -> float:
    low, high = bounds
    return low + (high - low) * share
