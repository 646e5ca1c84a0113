"""Classes of the map: districts sorted into five shades by a rule that can be read. No Qt."""

import itertools
import math
from collections.abc import Mapping, Sequence

import msgspec

from kiosk.panels.figures import number, signed
from kiosk.ui.charts.map_model import OTHER_SIDE, RAMP, DistrictFill, MapGrade, short_name
from kiosk.wire.text import Text

ABSENT = Text("자료 없음", "no data")
MANY = 10_000  # 만, by which Korean counts


class Classes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Grades and the district of each; `reverse` lists the strongest class first in the legend."""

    grades: tuple[MapGrade, ...]
    fills: tuple[DistrictFill, ...]


class ClassEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the legend: words, colour token ("" = hatched), names of the districts in it."""

    label: Text
    color: str
    districts: tuple[Text, ...]


def round_cuts(values: Sequence[float], classes: int = 4) -> tuple[float, ...]:
    """Round limits that part the values into classes of about the same number of districts."""
    ordered = sorted(values)
    if not ordered or ordered[0] == ordered[-1]:
        return ()
    step = _nice((ordered[-1] - ordered[0]) / (classes * 4))
    cuts = []
    for i in range(1, classes):
        place = i * len(ordered) / classes
        between = (ordered[math.ceil(place) - 1] + ordered[min(len(ordered) - 1, int(place))]) / 2
        cuts.append(round(round(between / step) * step, 9))
    return tuple(sorted({cut for cut in cuts if ordered[0] < cut <= ordered[-1]}))


def _nice(raw: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(raw))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= raw * 0.999)


def _decimals(cuts: Sequence[float], at_most: int) -> int:
    for places in range(at_most + 1):
        if all(abs(round(cut, places) - cut) < 1e-9 for cut in cuts):
            return places
    return at_most


def by_value(
    values: Mapping[str, float], codes: Sequence[str], decimals: int, printed: frozenset[str]
) -> Classes:
    """Low to high in four shades; a district without a value is hatched."""
    cuts = round_cuts(list(values.values()))
    places = _decimals(cuts, max(decimals, 3))
    shades = RAMP[len(RAMP) - len(cuts) - 1 :]
    words = _range_words(_limits(cuts, places))
    grades = tuple(MapGrade(w, shade) for w, shade in zip(words, shades, strict=True))
    fills = tuple(
        DistrictFill(
            code,
            sum(values[code] >= cut for cut in cuts) if code in values else None,
            number(values[code], decimals) if code in values and code in printed else "",
        )
        for code in codes
    )
    return Classes(grades, fills)


def by_change(
    changes: Mapping[str, float], codes: Sequence[str], printed: frozenset[str]
) -> Classes:
    """Change in per cent: the deeper the fall the stronger the shade, growth in the other hue."""
    falls = [change for change in changes.values() if change < 0]
    cuts = tuple(c for c in round_cuts(falls) if c < 0)
    places = _decimals(cuts, 1)
    shades = RAMP[::-1][: len(cuts) + 1]
    words = _fall_words([number(cut, places) for cut in cuts])
    grades = [MapGrade(w, shade) for w, shade in zip(words, shades, strict=True)]
    grades.append(MapGrade(Text("증가", "growth"), OTHER_SIDE))

    def grade(code: str) -> int | None:
        if code not in changes:
            return None
        if changes[code] >= 0:
            return len(cuts) + 1
        return sum(changes[code] >= cut for cut in cuts)

    fills = tuple(
        DistrictFill(
            code,
            grade(code),
            signed(changes[code], 1) if code in changes and code in printed else "",
        )
        for code in codes
    )
    return Classes(tuple(grades), fills)


def _limits(cuts: Sequence[float], places: int) -> list[Text]:
    """Round limits of large figures as each language counts: 45만, 450k."""

    def said(cut: float, by: int, mark: str) -> str:
        whole = all(c >= MANY and c % by == 0 for c in cuts)
        return f"{number(cut / by)}{mark}" if whole else number(cut, places)

    return [Text(said(cut, MANY, "만"), said(cut, 1_000, "k")) for cut in cuts]


def _range_words(cuts: Sequence[Text]) -> list[Text]:
    if not cuts:
        return [Text("모두 같음", "all alike")]
    low, high = cuts[0], cuts[-1]
    words = [Text(f"{low.ko} 미만", f"below {low.en}")]
    words += [Text(f"{a.ko}~{b.ko}", f"{a.en} to {b.en}") for a, b in itertools.pairwise(cuts)]
    return [*words, Text(f"{high.ko} 이상", f"{high.en} and up")]


def _fall_words(cuts: Sequence[str]) -> list[Text]:
    if not cuts:
        return [Text("감소", "fall")]
    words = [Text(f"{cuts[0]}% 아래", f"below {cuts[0]}%")]
    words += [Text(f"{a} ~ {b}", f"{a} to {b}") for a, b in itertools.pairwise(cuts)]
    return [*words, Text(f"{cuts[-1]} ~ 0", f"{cuts[-1]} to 0")]


def legend(
    classes: Classes, names: Mapping[str, Text], strongest_first: bool
) -> tuple[ClassEntry, ...]:
    """The classes with their districts, as a list to look a district up in."""
    entries = []
    for index, grade in enumerate(classes.grades):
        inside = [short_name(names[fill.district]) for fill in classes.fills if fill.grade == index]
        entries.append(ClassEntry(grade.label, grade.color, tuple(inside)))
    if strongest_first:
        entries.reverse()
    missing = [short_name(names[f.district]) for f in classes.fills if f.grade is None]
    if missing:
        entries.append(ClassEntry(ABSENT, "", tuple(missing)))
    return tuple(entries)


def extremes(values: Mapping[str, float]) -> frozenset[str]:
    """The lowest and the highest district: the two whose figures the map prints."""
    if len(values) < 2:
        return frozenset()
    return frozenset((min(values, key=lambda c: values[c]), max(values, key=lambda c: values[c])))
