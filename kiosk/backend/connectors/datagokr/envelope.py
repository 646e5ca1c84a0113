"""The envelope that all services of data.go.kr share, as JSON or XML, and its ways to say no.

Documented shape: response.header.resultCode/resultMsg and response.body.items.item[]. Seen beside
it: `items` as a list, as "" and as one object, `body` null on errors, no header, no `response`
around it, and the gateway's own error in place of all.
"""

from kiosk.backend.connectors.document import Tree, decode, listed, read_document
from kiosk.backend.connectors.normal import NotUnderstood, Retry, SourceRefused
from kiosk.backend.connectors.row import as_text

NO_DATA = 3
# the service's result codes and the gateway's returnReasonCode are one table
RETRY: dict[int, Retry] = {
    1: "soon",  # application error
    2: "soon",  # database error
    4: "soon",  # HTTP error
    5: "soon",  # timed out
    10: "never",  # wrong parameter
    11: "never",  # parameter missing
    12: "never",  # no such service
    20: "never",  # access denied
    21: "never",  # key suspended
    22: "tomorrow",  # daily quota spent
    30: "never",  # key not registered (also for about an hour after its issue)
    31: "never",  # key expired
    32: "never",  # address not registered
    33: "never",  # unsigned call
    99: "soon",  # anything else
}
# what the gateway says in plain text before it reaches a service
PLAIN: dict[str, Retry] = {
    "unauthorized": "never",
    "forbidden": "never",
    "api not found": "never",
    "unexpected errors": "soon",
    "service unavailable": "soon",
    "api rate limit exceeded": "tomorrow",
    "api token quota exceeded": "tomorrow",
    "limited number of service requests exceeds error": "tomorrow",
    "service key is not registered error": "never",
    "service access denied error": "never",
}


def read_items(raw: bytes) -> list[object]:
    """The rows of an answer, none when it is empty. Raises SourceRefused and NotUnderstood."""
    _refuse_plain(raw)
    document = read_document(raw)
    if not isinstance(document, dict):
        raise NotUnderstood("the answer is no object, so it has no envelope of data.go.kr")
    envelope = _inside(document, "response", "OpenAPI_ServiceResponse", "result") or document
    gateway = envelope.get("cmmMsgHeader")
    if isinstance(gateway, dict):
        raise _refusal(
            as_text(gateway.get("returnReasonCode")),
            as_text(gateway.get("errMsg")) + " " + as_text(gateway.get("returnAuthMsg")),
        )
    return _rows(envelope, no_data=_says_no_data(envelope))


def _refuse_plain(raw: bytes) -> None:
    if len(raw) > 200:
        return
    words = decode(raw).strip()
    retry = PLAIN.get(words.rstrip(".!").replace("_", " ").lower())
    if retry:
        raise SourceRefused("GATEWAY", words, retry)


def _inside(document: Tree, *names: str) -> Tree | None:
    blocks = (document.get(name) for name in names)
    return next((block for block in blocks if isinstance(block, dict)), None)


def _says_no_data(envelope: Tree) -> bool:
    """Reads the result code; raises SourceRefused for every code but "well" and "no data"."""
    header = _inside(envelope, "header") or envelope
    code = as_text(header.get("resultCode"))
    if (
        not code and "code" in envelope and set(envelope) <= {"code", "msg"}
    ):  # the gateway of odcloud
        raise _refusal(as_text(envelope.get("code")), as_text(envelope.get("msg")))
    if not code:
        return False
    well_known = int(code) if code.isascii() and code.isdigit() and len(code) <= 4 else None
    if well_known not in (0, NO_DATA):
        raise _refusal(code, as_text(header.get("resultMsg")))
    return well_known == NO_DATA


def _refusal(code: str, message: str) -> SourceRefused:
    number = int(code) if code.isascii() and code.isdigit() and len(code) <= 4 else None
    retry: Retry = RETRY.get(number, "soon") if number is not None else "soon"
    return SourceRefused(code or "?", message.strip() or "no message", retry)


def _rows(envelope: Tree, *, no_data: bool) -> list[object]:
    body = envelope.get("body", envelope)
    if no_data:
        return []
    if not isinstance(body, dict):
        raise NotUnderstood("the result code says that all is well, but there is no body")
    if "items" not in body and "item" not in body:
        raise NotUnderstood(
            "the body has no items; keys: " + ", ".join(map(as_text, list(body)[:8]))
        )
    items = body.get("items", body.get("item"))
    if isinstance(items, dict):
        items = items.get("item", items)
    if items is not None and not isinstance(items, dict | list) and items != "":
        raise NotUnderstood("items is neither a list, nor an object, nor empty")
    return [] if items == {} else listed(items)
