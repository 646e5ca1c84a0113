"""The bytes of a response as a tree of dicts, lists and scalars, whether they are JSON or XML.

XML becomes what the same system would have said in JSON: an element with children is a dict, one
without is its text, repeated children are a list. Names lose their namespace, attributes are left
out. A DOCTYPE is refused, so that no entity is ever expanded.
"""

import codecs
import json
import re
import xml.etree.ElementTree as ET

from kiosk.backend.connectors.normal import NotUnderstood

Tree = dict[str, object]
MAX_BYTES = 64 * 1024 * 1024  # the largest real answer, 425 boundaries, has 1 MB
MAX_DEPTH = 60
XML_DECLARED = re.compile(
    rb"""\s*<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.-]{1,40})["']""", re.ASCII
)
OTHERS = frozenset(
    {"iso8859-1", "iso8859-2", "iso8859-15", "cp1250", "cp1252", "big5", "shift_jis"}
)
MAX_DIGITS = 15  # what a double holds exactly; a longer number stays text and is judged as text


def decode(raw: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else what an XML declaration names, else CP949.

    UTF-8 comes before the declaration: no text of another encoding reads as UTF-8 by chance, but
    systems that recode their answers leave the old declaration standing. Raises NotUnderstood.
    """
    if len(raw) > MAX_BYTES:
        raise NotUnderstood(f"{len(raw)} bytes are more than the {MAX_BYTES} that are read")
    utf16 = raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    names = ["utf-16"] if utf16 else ["utf-8-sig", *_declared(raw), "cp949"]
    for name in names:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    raise NotUnderstood(f"the text is not in {' nor in '.join(names)}")


def _declared(raw: bytes) -> list[str]:
    """The encoding that an XML declaration names, where it is one of OTHERS."""
    found = XML_DECLARED.match(raw[:200])
    try:
        name = codecs.lookup(found[1].decode()).name if found else ""
    except LookupError:
        return []
    return [name] if name in OTHERS else []


def read_document(raw: bytes) -> object:
    """A JSON value, or {root name: content} of an XML document. Raises NotUnderstood."""
    text = decode(raw).strip()
    if not text:
        raise NotUnderstood("the answer is empty: not even an envelope")
    return {tag(root): content(root)} if (root := xml_root(text)) is not None else _json(text)


def _json(text: str) -> object:
    try:
        return json.loads(text, parse_int=_integer, parse_constant=str)
    except json.JSONDecodeError as error:
        raise NotUnderstood(f"neither JSON nor XML: {error}") from None
    except RecursionError:
        raise NotUnderstood("the JSON is nested too deep") from None


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_DIGITS else digits


class _NoDoctype(ET.TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        raise NotUnderstood(f"the XML declares a DOCTYPE ({name[:40]}), which is not read")

    def start(self, name: str, attributes: dict[str, str]) -> ET.Element:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotUnderstood(f"the XML is nested deeper than {MAX_DEPTH}")
        return super().start(name, attributes)

    def end(self, name: str) -> ET.Element:
        self._depth -= 1
        return super().end(name)


def xml_root(text: str) -> ET.Element | None:
    """The root element; None when the text does not start like XML. Raises NotUnderstood."""
    if not text.startswith("<"):
        return None
    parser = ET.XMLParser(target=_NoDoctype())  # noqa: S314 - see _NoDoctype
    try:
        parser.feed(text)
        root: ET.Element = parser.close()
    except (ET.ParseError, ValueError) as error:
        raise NotUnderstood(f"not well-formed XML: {error}") from None
    return root


def tag(element: ET.Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def content(element: ET.Element) -> object:
    """The element as JSON would have it, see above."""
    if not len(element):
        return (element.text or "").strip()
    children: Tree = {}
    for child in element:
        name, inner = tag(child), content(child)
        known = children.get(name)
        if isinstance(known, list):
            known.append(inner)
        else:
            children[name] = inner if name not in children else [known, inner]
    return children


def listed(block: object) -> list[object]:
    """A block that is a list in one answer, an object in another and empty in a third."""
    if block is None or block == "":
        return []
    return block if isinstance(block, list) else [block]
