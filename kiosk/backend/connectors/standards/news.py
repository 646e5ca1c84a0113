"""News feeds: RSS 2.0 and Atom 1.0 (RFC 4287), as papers, agencies and press offices publish them.

An entry needs a title; one without is rejected. Its text is told without markup, and short: the
wall shows a line of it and names where the rest stands. Times without a zone are Korean.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from kiosk.backend.connectors.document import content, decode, tag, xml_root
from kiosk.backend.connectors.moment import KOREA, moment
from kiosk.backend.connectors.normal import Item, News, NotUnderstood, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows

NAME = "news-feed"
KIND = "news.article"
ATOM = "{http://www.w3.org/2005/Atom}feed"
RSS = "rss"
SUMMARY_LETTERS = 280
TITLE_LETTERS = 160
MOST = 200
BODY = ("script", "style")  # whose text is none that is read
WEB = ("http://", "https://")


class _Plain(HTMLParser):
    """The text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._inside = ""

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        if name in BODY:
            self._inside = name
        self._parts.append(" ")

    def handle_endtag(self, name: str) -> None:
        if name == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._parts.append(data)

    def text(self) -> str:
        return " ".join("".join(self._parts).split())


def plain(markup: str, letters: int) -> str:
    """Words without markup, cut between words with a mark where there are more."""
    reader = _Plain()
    reader.feed(markup)
    reader.close()
    text = reader.text()
    if len(text) <= letters:
        return text
    return f"{text[:letters].rsplit(' ', 1)[0]}…"


def when(written: str) -> str | None:
    """A time as RSS (RFC 822) or Atom (RFC 3339) writes it; None when it is neither."""
    known = moment(written)
    if known is not None or not written:
        return known
    try:
        at = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at.replace(tzinfo=KOREA) if at.tzinfo is None else at
    try:
        return moment(at.astimezone(KOREA).isoformat(timespec="seconds"))
    except (ValueError, OverflowError):
        return None


def parse(raw: bytes, context: Context) -> Parsed:
    """The feed's entries. The option `publisher` names whose they are where the feed does not."""
    root = xml_root(decode(raw).strip())
    if root is None or not (root.tag == ATOM or tag(root) == RSS):
        raise NotUnderstood("neither an RSS nor an Atom feed")
    channel = root if root.tag == ATOM else next((c for c in root if tag(c) == "channel"), root)
    named = next((plain(c.text or "", TITLE_LETTERS) for c in channel if tag(c) == "title"), "")
    publisher = context.options.get("publisher", "") or named
    entries = [each for each in root.iter() if tag(each) in ("entry", "item")]
    rows = [_row(entry) for entry in entries[:MOST]]

    def read(row: Row) -> Iterator[Item]:
        yield _news(row, publisher)

    return read_rows(rows, read)


def _row(entry: ET.Element) -> dict[str, object]:
    """The entry's fields; its text even where it is markup, its link wherever it stands."""
    fields: dict[str, object] = {}
    for child in entry:
        name, inner = tag(child), content(child)
        fields.setdefault(name, inner if isinstance(inner, str) else _markup(child))
    links = [each for each in entry if tag(each) == "link"]
    usual = [each for each in links if each.get("rel", "alternate") == "alternate"]
    found = ((each.get("href") or each.text or "").strip() for each in usual)
    fields["link"] = next((link for link in found if link.startswith(WEB)), "")
    return fields


def _markup(element: ET.Element) -> str:
    return " ".join(text for text in element.itertext() if text.strip())


def _news(row: Row, publisher: str) -> News:
    title = plain(row.text("title"), TITLE_LETTERS)
    if not title:
        raise RowRejected("an entry without a title")
    link = row.text("link")
    summary = plain(row.text("description", "summary", "content", "encoded"), SUMMARY_LETTERS)
    return News(
        id=row.text("guid", "id") or link or title,
        kind=KIND,
        time=when(row.text("pubDate", "published", "updated", "date")),
        name=title,
        description="" if summary == title else summary,
        publisher=plain(row.text("source"), TITLE_LETTERS) or publisher,
        link=link,
    )


CONNECTOR = Connector(NAME, "뉴스 피드 (RSS, Atom)", parse)
