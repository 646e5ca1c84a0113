"""A measured figure as a line of `voice bench`."""

from typing import Any, Literal

At = Literal["most", "least"]


def figure(
    part: str,
    name: str,
    value: float,
    unit: str = "",
    bar: float | None = None,
    at: At = "most",
    n: int = 1,
) -> dict[str, Any]:
    """`bar` is the most that the value may be, or the least where `at` says so; None when there is
    none. `n` counts the samples."""
    holds = None if bar is None else (value <= bar if at == "most" else value >= bar)
    return {
        "part": part,
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "bar": bar,
        "at": at,
        "holds": holds,
        "n": n,
    }


def row(line: dict[str, Any]) -> str:
    """The line for people."""
    text = f"{line['part']:<10} {line['name']:<66} {line['value']:>11.3f} {line['unit']:<5}"
    text += f" n={line['n']}"
    if "low" in line:
        text += f" ({line['low']:.3f}-{line['high']:.3f})"
    if line["bar"] is None:
        return text
    return f"{text}; bar at {line['at']} {line['bar']:g}: {'ok' if line['holds'] else 'MISSED'}"
