"""Which connectors there are: every module of this package that defines `CONNECTOR`."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from kiosk.backend import connectors
from kiosk.backend.connectors.normal import Parsed


@dataclass(frozen=True, slots=True)
class Context:
    """What a response does not say: when it came (epoch ms, None when unknown), and the options
    of the source's declaration (which columns, which place was asked for)."""

    received_ms: int | None = None
    options: dict[str, str] = field(default_factory=dict)


class Linked(NamedTuple):
    """Where a further part of an answer lies, maybe relative to the answer's own address.

    version: as long as it is the same, and not "", the part is too.
    """

    address: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Connector:
    """One system's response format. `name` is the service's own name.

    parse raises SourceRefused and NotUnderstood, and nothing else, for any bytes. links: the parts
    that an understood answer points to; together: all parts as one, where one part says what
    another is worth. Neither is called with bytes that `parse` does not understand.
    """

    name: str
    title: str
    parse: Callable[[bytes, Context], Parsed]
    links: Callable[[bytes], Sequence[Linked]] | None = None
    together: Callable[[Sequence[bytes], Context], Parsed] | None = None


@cache
def all_connectors() -> dict[str, Connector]:
    """By name. A module may define CONNECTOR or CONNECTORS."""
    found: dict[str, Connector] = {}
    for module_info in pkgutil.walk_packages(connectors.__path__, f"{connectors.__name__}."):
        module = importlib.import_module(module_info.name)
        single = getattr(module, "CONNECTOR", None)
        for connector in (*getattr(module, "CONNECTORS", ()), *([single] if single else [])):
            if connector.name in found:
                raise ValueError(f"two connectors are called {connector.name}")
            found[connector.name] = connector
    return found
