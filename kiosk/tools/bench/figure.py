"""One measured figure, in the form that every bench prints."""

import json
from typing import Literal

import msgspec


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`bar` is the most that the value may be, or the least where `at` says so; None when there is
    none. `n` counts the samples."""

    bench: str
    name: str
    value: float
    unit: str
    bar: float | None = None
    n: int = 1
    at: Literal["most", "least"] = "most"

    @property
    def holds(self) -> bool | None:
        if self.bar is None:
            return None
        return self.value <= self.bar if self.at == "most" else self.value >= self.bar


def print_figure(figure: Figure, *, as_json: bool) -> None:
    if as_json:
        line = {
            "bench": figure.bench,
            "name": figure.name,
            "value": round(figure.value, 3),
            "unit": figure.unit,
            "bar": figure.bar,
            "at": figure.at,
            "holds": figure.holds,
            "n": figure.n,
        }
        print(json.dumps(line), flush=True)
    else:
        print(_row(figure), flush=True)


def _row(figure: Figure) -> str:
    row = (
        f"{figure.bench:<11} {figure.name:<62} {figure.value:>12.3f} {figure.unit:<6} "
        f"n={figure.n:<6} "
    )
    if figure.bar is None:
        return row.rstrip()
    return f"{row}bar at {figure.at} {figure.bar:g}: {'ok' if figure.holds else 'MISSED'}"
