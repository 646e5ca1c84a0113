"""What the wall asks of its two files besides what panels ask, by the names it asks under."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kiosk.panels.names import read_names
from kiosk.panels.spoken import read_figures
from kiosk.panels.standing import read_feeds

if TYPE_CHECKING:
    from kiosk.cache.ledger import LedgerReader
    from kiosk.cache.repositories import Repositories


def critical(rows: "Repositories") -> bool:
    """Whether something critical is going on."""
    return any(incident.severity == "critical" for incident in rows.incidents())


QUESTIONS: Mapping[str, Callable[["Repositories"], Any]] = {
    "alert": critical,
    "catalogue": read_names,
    "feeds": read_feeds,
    "figures": read_figures,
}
LEDGER_QUESTIONS: Mapping[str, Callable[["LedgerReader"], Any]] = {
    "devices": lambda ledger: ledger.devices(),
    "orders": lambda ledger: ledger.given(),
}
