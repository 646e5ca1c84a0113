"""Static shapes on stills of real people, by person; prints what it measures (pytest -s).

One half of the people was looked at while the limits were settled, the other was not.
"""

import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gestures.events import GestureKind, Hand
from gestures.features import measure
from gestures.shapes import classify

NONE = "none"
MEANT = {
    "one": GestureKind.POINT,
    "point": GestureKind.POINT,
    "mute": GestureKind.POINT,  # an index finger before the mouth: the same hand
    "peace": GestureKind.VICTORY,
    "peace_inverted": GestureKind.VICTORY,
    "two_up": GestureKind.VICTORY,
    "two_up_inverted": GestureKind.VICTORY,
    "three2": GestureKind.THREE,
    "palm": GestureKind.PALM_HOLD,
    "fist": GestureKind.FIST_HOLD,
    "like": GestureKind.THUMB_UP,
    "dislike": GestureKind.THUMB_DOWN,
    "call": GestureKind.CALL,
}
# Pictures filed under no gesture that show a thumb down and pointing fingers; two-handed signs
# that a single hand can't tell; an open palm with closed fingers, which either reading may be.
LEFT_OUT = {"no_gesture", "xsign", "timeout", "hand_heart", "hand_heart2", "holy", "stop"}
OPEN_PALM_SCALE = 1.0  # stills are measured by shape alone; proportions do not matter to it


def rows(shared: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(shared / "gestures" / "data" / "index.jsonl.gz", "rt") as file:
        for line in file:
            row = json.loads(line)
            if row["label"] not in LEFT_OUT and row["hands"]:
                yield row


def recognised(row: dict[str, Any]) -> str:
    for raw in row["hands"]:
        hand = Hand(
            side=raw["handedness"].lower(),
            score=raw["score"],
            lm=tuple(map(tuple, raw["lm"])),
            world=tuple(map(tuple, raw["world"])),
        )
        features = measure(hand, OPEN_PALM_SCALE)
        kind = None if features is None else classify(features).kind
        if kind is not None:
            return kind
    return NONE


def half(row: dict[str, Any]) -> int:
    return zlib.crc32(str(row["person"]).encode()) % 2


def report(title: str, confusion: dict[str, Counter[str]]) -> float:
    """Prints the table, answers macro-F1."""
    names = sorted(name for name in confusion if confusion[name])
    scores = []
    for name in names:
        right = confusion[name][name]
        meant = sum(confusion[name].values())
        said = sum(row[name] for row in confusion.values())
        scores.append(2 * right / (meant + said) if meant + said else 0.0)
        others = {str(kind): n for kind, n in confusion[name].items() if kind != name}
        print(f"{title} {name:12} {right:3}/{meant:<3} F1 {scores[-1]:.3f} {others}")
    macro = sum(scores) / len(scores)
    print(f"{title} macro-F1 {macro:.3f}")
    return macro


@pytest.mark.parametrize(("part", "bar"), [(0, 0.94), (1, 0.96)], ids=["looked-at", "unseen"])
def test_shapes_by_person(shared: Path, part: int, bar: float) -> None:
    confusion: dict[str, Counter[str]] = defaultdict(Counter)
    people = set()
    for row in rows(shared):
        if row["source"] == "tid_digits" and half(row) == part:
            people.add(row["person"])
            confusion[MEANT.get(row["label"], NONE)][recognised(row)] += 1
    title = f"half {part}, {len(people)} people:"
    assert report(title, confusion) >= bar
    strangers = confusion[NONE]
    assert 1 - strangers[NONE] / strangers.total() <= 0.03  # hands of no known gesture


def test_shapes_of_people_standing_in_rooms(shared: Path) -> None:
    """Few pictures, most of one person each: a floor, no statistic."""
    confusion: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(shared):
        if row["source"] != "tid_digits":
            confusion[MEANT.get(row["label"], NONE)][recognised(row)] += 1
    report("in rooms:", confusion)
    right = sum(confusion[name][name] for name in confusion)
    assert right / sum(row.total() for row in confusion.values()) >= 0.9
    assert confusion[NONE].total() == confusion[NONE][NONE]
