"""Seeded mutations of a captured response, and the check that a parser made up no figure.

A mutation is of the bytes (flips, cuts, repeats, hostile pieces) or, where the sample is JSON, of
its tree (a value replaced, a key lost, a list made an object). XML is mutated between its tags.
"""

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.backend.connectors.moment import KOREA
from kiosk.backend.connectors.normal import Item, Parsed

PIECES = (
    *(b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999", b"9" * 400, b"1_000", b"-5", b"0"),
    *(b"null", b"true", b'"-"', b'""', b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"<", b">"),
    *(b"\\ud800", b"\xff\xfe", b"\x00", b"\xef\xbb\xbf", "１２".encode(), b"&amp;", b"&lol;"),
    *(b"[" * 3000, b'{"a":' * 3000, b"<a>" * 3000, b"<!DOCTYPE a>", b"2400", b"24:00", b"99999"),
)
VALUES: tuple[Any, ...] = (
    *(None, True, "", "-", " ", "*", "NaN", "nan", "inf", "1e999", "1_000", "１２", "1,260", "x"),
    *(0, -5, 200, 99999, 0.0, -0.0, 107.5, 10**30, "9" * 400, "점검중", "통신장애", "\ud800"),
    *([], {}, [[]], [{}], [None], "24:00", "2400", "20260230", "2026-02-28 24:00", "99999999"),
)
NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|[-+]?\.\d+", re.ASCII)
NO_DIGITS, THOUSANDS = re.compile(r"\D+", re.ASCII), re.compile(r"(?<=\d),(?=\d{3})", re.ASCII)
BETWEEN_TAGS = re.compile(rb">([^<]*)<")

EPOCH_MS = (1e12, 2e12)  # from 2001 to 2033
TIMES = ("time", "issued", "ends", "dispatched", "arrived", "updated")  # of any kind of item
Numbers = frozenset[float]
Derived = Callable[[float, Numbers], bool]


def mutations(sample: bytes, seed: int, count: int) -> Iterator[bytes]:
    """`count` mutations of a response, the same ones for the same seed."""
    draw = random.Random(seed)
    tree = _json_or_none(sample)
    for _ in range(count):
        if tree is not None and draw.random() < 0.6:
            yield _mutated_tree(sample, draw)
        elif sample.lstrip()[:1] == b"<" and draw.random() < 0.6:
            yield _mutated_text(sample, draw)
        else:
            yield _mutated_bytes(sample, draw)


def check_invents_nothing(source: bytes, parsed: Parsed, derived: Derived | None = None) -> None:
    """Raises AssertionError when a figure or a date of an item is not in the source.

    derived: whether a number that is not in the source follows from those that are, by a rule of
    the connector's. A date may be a day later than in the source (24:00 is the next day).
    """
    numbers = numbers_of(source)
    digits = NO_DIGITS.sub("", source.decode("utf-8", "replace") + _leaves_text(source))
    digits += "".join(_day_of(ms) for ms in numbers if EPOCH_MS[0] <= ms <= EPOCH_MS[1])
    for item in parsed.items:
        for field, number in _figures(item):
            known = number in numbers or (derived is not None and derived(number, numbers))
            assert known, f"{field} of {item.id} is {number}, which the source doesn't say"
        for moment in (getattr(item, name, None) for name in TIMES):
            dated = moment is None or _is_dated(moment, digits, getattr(item, "period", ""))
            assert dated, f"{moment} of {item.id} is made up"


def is_difference(number: float, numbers: Numbers) -> bool:
    """Whether it is one number of the source less another, or 0 where that would be negative."""
    return number == 0 or any(number + other in numbers for other in numbers)


def numbers_of(source: bytes) -> Numbers:
    """Every number that stands in the source, as text or behind JSON's escapes."""
    text = source.decode("utf-8", "replace") + "\n" + _leaves_text(source)
    found = {*NUMBER.findall(text), *NUMBER.findall(THOUSANDS.sub("", text))}
    values = set(map(float, found))
    return frozenset(values | set(map(abs, values)))


def _figures(item: Item) -> Iterator[tuple[str, float]]:
    attributes = getattr(item, "attributes", {})
    fields = {"value": item.value, "lat": item.lat, "lon": item.lon, **attributes}
    for name, value in fields.items():
        if isinstance(value, float | int):
            yield name, float(value)


def _day_of(epoch_ms: float) -> str:
    return f"{datetime.fromtimestamp(epoch_ms / 1000, KOREA):%Y%m%d}"


def _is_dated(moment: str, digits: str, period: str) -> bool:
    if period in ("month", "quarter", "half", "year"):  # the month of a quarter follows from it
        years = (int(moment[:4]), int(moment[:4]) + (period == "quarter"))  # a bare 2021 ends 2020
        return any(str(year) in digits for year in years)
    day = date.fromisoformat(moment[:10])
    days = (day, day - timedelta(days=1)) if day > date.min else (day,)
    return any(
        form in digits
        for each in days
        for month in {f"{each.month:02}", f"{each.month}"}
        for form in (f"{each.year}{month}{each.day:02}", f"{each.year}{month}{each.day}")
    )


def _leaves_text(source: bytes) -> str:
    """The strings of a JSON document, unescaped, one to a line."""
    tree = _json_or_none(source)
    return "\n".join(str(value) for _, _, value in _spots(tree)) if tree is not None else ""


def _json_or_none(source: bytes) -> Any:
    try:
        return json.loads(source, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None


def _spots(tree: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Every (container, key or index, value) of a tree."""
    pending = [tree]
    while pending:
        node = pending.pop()
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        if not isinstance(node, dict | list):
            continue
        for key, value in pairs:
            yield node, key, value
            if isinstance(value, dict | list):
                pending.append(value)


def _mutated_tree(sample: bytes, draw: random.Random) -> bytes:
    tree = json.loads(sample)
    for _ in range(draw.randint(1, 3)):
        spots = list(_spots(tree))
        if spots:
            _mutate_spot(*draw.choice(spots), draw)
    return json.dumps(tree, ensure_ascii=draw.random() < 0.3).encode("utf-8", "surrogatepass")


def _mutate_spot(node: Any, key: Any, value: Any, draw: random.Random) -> None:
    match draw.randrange(7):
        case 0:
            del node[key]
        case 1:
            node[key] = [value]
        case 2:
            node[key] = value[0] if isinstance(value, list) and value else {"a": value}
        case 3 if isinstance(node, dict):
            node[key.swapcase()] = node.pop(key)
        case 4:
            other = draw.choice(list(node) if isinstance(node, dict) else range(len(node)))
            node[key], node[other] = node[other], node[key]
        case 5 if isinstance(value, str):
            node[key] = float(value) if NUMBER.fullmatch(value) else value + "-"
        case _:
            node[key] = copy.deepcopy(draw.choice(VALUES))


def _mutated_text(sample: bytes, draw: random.Random) -> bytes:
    begin, end = draw.choice([match.span(1) for match in BETWEEN_TAGS.finditer(sample)] or [(0, 0)])
    value = str(draw.choice(VALUES)).encode("utf-8", "surrogatepass")
    return sample[:begin] + value + sample[end:]


def _mutated_bytes(sample: bytes, draw: random.Random) -> bytes:
    data = bytearray(sample)
    for _ in range(draw.randint(1, 4)):
        begin = draw.randrange(len(data) + 1)
        end = min(len(data), begin + draw.choice((0, 1, 1, 4, 40, len(data))))
        piece = bytes(data[begin:end])
        changed = draw.choice((b"", draw.choice(PIECES), piece * 2, draw.randbytes(len(piece))))
        data[begin:end] = changed
    return bytes(data)
