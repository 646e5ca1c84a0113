"""What the wall asks of its two files besides what panels ask, by the names it asks under."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kiosk.core.incidents import ranked
from kiosk.panels.names import read_names
from kiosk.panels.spoken import read_figures
from kiosk.panels.standing import read_feeds
from kiosk.wire.city import OrderStatus
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.ledger import LedgerReader
    from kiosk.cache.repositories import Repositories


def critical(rows: "Repositories") -> bool:
    """Whether something critical is going on."""
    return bool(critical_incidents(rows))


def critical_incidents(rows: "Repositories") -> tuple[str, ...]:
    """Ids of what is critical and goes on, the most urgent first."""
    running = (incident for incident in rows.incidents() if incident.severity == "critical")
    return tuple(incident.id for incident in ranked(running))


def refused_cameras(rows: "Repositories") -> tuple[tuple[str, Text], ...]:
    """Cameras of catalogues whose address is not opened: the catalogue, name and reason."""
    return tuple((source.id, words) for source in rows.sources() for words in source.refused)


def orders_as_told(rows: "Repositories") -> dict[str, OrderStatus]:
    """How far the backend says that the newest orders are, by id."""
    return {status.id: status for status in rows.newest_orders()}


QUESTIONS: Mapping[str, Callable[["Repositories"], Any]] = {
    "alert": critical,
    "catalogue": read_names,
    "critical": critical_incidents,
    "feeds": read_feeds,
    "figures": read_figures,
    "orders as told": orders_as_told,
    "refused": refused_cameras,
}
LEDGER_QUESTIONS: Mapping[str, Callable[["LedgerReader"], Any]] = {
    "devices": lambda ledger: ledger.devices(),
    "disclosure": lambda ledger: ledger.decided(),
    "orders": lambda ledger: ledger.given(),
    "usage": lambda ledger: ledger.usage(0),
}
