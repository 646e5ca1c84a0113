"""One measured figure, in the form that every bench prints."""

import json
import sys

import msgspec


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`bar` is the most that the value may be, None when there is none; `n` counts the samples."""

    bench: str
    name: str
    value: float
    unit: str
    bar: float | None = None
    n: int = 1

    @property
    def holds(self) -> bool | None:
        return None if self.bar is None else self.value <= self.bar


def print_figures(figures: list[Figure], *, as_json: bool) -> None:
    for figure in figures:
        if as_json:
            line = {
                "bench": figure.bench,
                "name": figure.name,
                "value": round(figure.value, 3),
                "unit": figure.unit,
                "bar": figure.bar,
                "holds": figure.holds,
                "n": figure.n,
            }
            print(json.dumps(line), flush=True)
        else:
            sys.stdout.write(_row(figure))


def _row(figure: Figure) -> str:
    bar = "" if figure.bar is None else f"bar {figure.bar:g}: {'ok' if figure.holds else 'MISSED'}"
    return (
        f"{figure.bench:<11} {figure.name:<34} {figure.value:>10.3f} {figure.unit:<6} "
        f"n={figure.n:<5} {bar}\n"
    )
