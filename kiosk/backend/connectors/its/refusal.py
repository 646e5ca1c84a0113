"""How ITS says no: header.resultCode other than 0 where the cameras or events would stand."""

from kiosk.backend.connectors.normal import SourceRefused
from kiosk.backend.connectors.row import as_text

WELL = {"", "0", "00", "0000"}
QUOTA = {"22", "4001"}  # 4001: the key's own limit is spent


def refuse(document: object) -> None:
    """Raises SourceRefused when the answer is an error of the source's."""
    outer = document if isinstance(document, dict) else {}
    inner = outer.get("response", outer)
    for block in (outer, inner):
        header = block.get("header", block) if isinstance(block, dict) else None
        code = as_text(header.get("resultCode")) if isinstance(header, dict) else ""
        if code not in WELL and isinstance(header, dict):
            message = as_text(header.get("resultMsg")) or "no message"
            raise SourceRefused(code, message, "tomorrow" if code in QUOTA else "never")
