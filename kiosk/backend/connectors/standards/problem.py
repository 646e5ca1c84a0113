"""How servers of the open standards say no: problem details, and what older ones say instead.

{"type", "title", "status", "detail"}: RFC 9457; NGSI-LD names its errors in the type
{"code", "description"}: OGC API, and NGSI v2 with {"error", "description"}
{"error": {"code", "message"}}: ArcGIS, and older brokers as orionError
<ExceptionReport><Exception><ExceptionText>: OGC services in XML
"""

from kiosk.backend.connectors.document import Tree, listed
from kiosk.backend.connectors.normal import Retry, SourceRefused
from kiosk.backend.connectors.row import Row

NGSI = "ngsi-ld/errors/"
SERVERS_FAULT = frozenset(
    ("InternalError", "LdContextNotAvailable", "TooManyResults", "NoApplicableCode", "ServerError")
)
LATER = frozenset(("429", "500", "502", "503", "504"))


def refuse_problem(document: object) -> None:
    """Raises SourceRefused when the document is an error of the source's and nothing else."""
    if not isinstance(document, dict):
        return
    row = Row(document)
    found = (
        _problem(row) or _ogc(row) or _within(row.raw("error", "orionError")) or _report(document)
    )
    if found is not None:
        code, message = found
        retry: Retry = "soon" if code in SERVERS_FAULT | LATER else "never"
        raise SourceRefused(code or "?", message[:200] or "no message", retry)


def _problem(row: Row) -> tuple[str, str] | None:
    kind, title = row.text("type"), row.text("title")
    words = ": ".join(filter(None, (title, row.text("detail"))))
    _, mark, code = kind.partition(NGSI)
    if mark:
        return code, words
    is_problem = title and not row.has("id") and (row.has("status") or row.has("detail"))
    return (row.text("status") or kind, words) if is_problem else None


def _ogc(row: Row) -> tuple[str, str] | None:
    known = {"code", "error", "description", "details", "status", "message"}
    code = row.text("code", "error", "status")
    message = row.text("description", "details", "message")
    only = set(row.fields()) <= known
    return (code, message) if only and code and (message or row.text("error")) else None


def _within(block: object) -> tuple[str, str] | None:
    row = Row(block if isinstance(block, dict) else {})
    message = row.text("message", "details", "reasonPhrase")
    return (row.text("code"), message) if message else None


def _report(document: Tree) -> tuple[str, str] | None:
    report = document.get("ExceptionReport", document.get("ServiceExceptionReport"))
    if report is None:
        return None
    block = Row(report if isinstance(report, dict) else {}).raw("Exception", "ServiceException")
    first = next(iter(listed(block)), "")
    words = Row(first).text("ExceptionText") if isinstance(first, dict) else str(first)
    return "ExceptionReport", words
