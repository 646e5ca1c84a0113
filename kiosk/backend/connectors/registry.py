"""Which connectors there are: every module of this package that defines `CONNECTOR`."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from kiosk.backend import connectors
from kiosk.backend.connectors.normal import Parsed


@dataclass(frozen=True, slots=True)
class Context:
    """What a response does not say: when it came (epoch ms, None when unknown), and the options
    of the source's declaration (which columns, which place was asked for)."""

    received_ms: int | None = None
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Connector:
    """One system's response format. `name` is the service's own name.

    parse raises SourceRefused and NotUnderstood, and nothing else, for any bytes.
    """

    name: str
    title: str
    parse: Callable[[bytes, Context], Parsed]


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
