"""What stands around the rows of the Open Data Plaza, in all the shapes that it comes in.

    {"SERVICE": {"list_total_count", "RESULT": {"CODE", "MESSAGE"}, "row": [..]}}, also as XML
    {"RESULT": {"CODE", "MESSAGE"}} and {"CODE", "MESSAGE"}: only a result, at times inside of
    a root that is not the service's
    {"RESULT": {"RESULT.CODE"}, "CITYDATA": {..}}, {"SeoulRtd.SERVICE": [..], "RESULT": {..}}
    {"RESULT": {"resultCode", "resultMsg"}, ...fields}
    {"errorMessage": {"status", "code", "message"}, "...List": [..]}: the subway

HTTP says 200 for all of them.
"""

import re
from collections.abc import Sequence
from typing import Literal

from kiosk.backend.connectors.document import Tree, listed, read_document
from kiosk.backend.connectors.figure import number
from kiosk.backend.connectors.normal import NotUnderstood, SourceRefused
from kiosk.backend.connectors.row import as_text

DONE, NO_DATA = "INFO-000", "INFO-200"
RETRY: dict[str, Literal["soon", "tomorrow"]] = {
    "ERROR-500": "soon",
    "ERROR-600": "soon",
    "ERROR-337": "tomorrow",
    "ERROR-429": "tomorrow",
}  # any other code comes again for ever, until the request or the key is changed
CODE_KEYS = ("code", "result.code", "resultcode")
MESSAGE_KEYS = ("message", "result.message", "resultmsg")
_CODE = re.compile(r"(INFO|ERROR|WARN)-\d{3}", re.ASCII)


def rows_of(raw: bytes, *roots: str) -> list[object]:
    """The rows of an answer whose root has one of these names; [] when there is no data.

    Rows alone, a list without any envelope, are taken as they are. Raises SourceRefused and
    NotUnderstood.
    """
    document = read_document(raw)
    if isinstance(document, list):
        return document
    top = lowered(document)
    if not has_data(top):
        return []
    body = _body(top, roots)
    if body is None and len(top) == 1:  # one more root around it all
        inner = lowered(*top.values())
        if not has_data(inner):
            return []
        body = _body(inner, roots)
    if body is None:
        found = ", ".join(sorted(top))[:80]
        raise NotUnderstood(f"the answer has no {' or '.join(roots)}, only: {found!a}")
    return _rows(body)


def _body(fields: Tree, roots: Sequence[str]) -> object:
    return next((fields[root.lower()] for root in roots if root.lower() in fields), None)


def lowered(block: object) -> Tree:
    """An object with its keys in lower case. Raises NotUnderstood when it is no object."""
    if not isinstance(block, dict):
        raise NotUnderstood(f"an object was expected, not {type(block).__name__}")
    return {key.lower(): value for key, value in block.items()}


def has_data(fields: Tree) -> bool:
    """Does the result, where there is one, say that data follows? Raises SourceRefused."""
    result = _result(fields)
    if result is None:
        return True
    code = next((as_text(result[key]) for key in CODE_KEYS if key in result), "")
    message = next((as_text(result[key]) for key in MESSAGE_KEYS if key in result), "")
    if not _CODE.fullmatch(code):
        raise NotUnderstood(f"the result has no code of the form INFO-000: {code[:40]!a}")
    if code not in (DONE, NO_DATA):
        raise SourceRefused(code, message[:200], RETRY.get(code, "never"))
    return code == DONE


def _result(fields: Tree) -> Tree | None:
    """The object with the code; the answer itself where only a result came."""
    for key in ("result", "errormessage"):
        if key in fields:
            block = fields[key]
            return lowered(block[0] if isinstance(block, list) and block else block)
    return fields if "code" in fields and "message" in fields else None


def _rows(body: object) -> list[object]:
    if isinstance(body, list):
        return body
    fields = lowered(body)
    if not has_data(fields):
        return []
    if "row" in fields:
        return listed(fields["row"])
    if number(fields.get("list_total_count")) == 0:
        return []
    raise NotUnderstood("there is neither a row nor a count of 0")
