"""The largest table of a web page: many a portal's .xls is one."""

from html.parser import HTMLParser

from kiosk.backend.connectors.normal import NotUnderstood

Rows = list[list[str | None]]
STARTS = ("<html", "<!doctype html", "<table", "<meta", "<head", "<style", "<div")
WIDEST, MOST_CELLS = 1000, 2_000_000


def is_page(text: str) -> bool:
    """Does the text begin like a web page?"""
    return text.lstrip()[:20].lower().startswith(STARTS)


def read_page(text: str) -> Rows:
    """A cell over several rows or columns stands in each of them. Raises NotUnderstood."""
    reader = _Reader()
    reader.feed(text.replace("</>", " "))  # which the parser passes over without a word
    reader.close()
    rows = max(reader.tables, key=lambda table: sum(map(len, table)), default=[])
    if not any(any(row) for row in rows):
        raise NotUnderstood("a web page without a table")
    return rows


class _Reader(HTMLParser):
    """Tables in tables count as tables of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Rows] = []
        self._open: list[_Table] = []
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append(_Table())
        elif self._open and tag == "tr":
            self._open[-1].new_row()
        elif self._open and tag in ("td", "th"):
            spans = dict(attrs)
            across, down = (_span(spans.get(name)) for name in ("colspan", "rowspan"))
            self._cells += across * down
            if self._cells > MOST_CELLS:
                raise NotUnderstood(f"a web page with more than {MOST_CELLS} cells")
            self._open[-1].new_cell(across, down)
        else:
            self._apart()

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._open:
            self.tables.append(self._open.pop().rows())
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].end_cell()
        else:
            self._apart()

    def handle_comment(self, data: str) -> None:
        self._apart()

    def handle_decl(self, decl: str) -> None:
        self._apart()

    def handle_pi(self, data: str) -> None:
        self._apart()

    def unknown_decl(self, data: str) -> None:
        self._apart()

    def _apart(self) -> None:
        """What stands on both sides of a tag is not one word: a broken tag joins no two cells."""
        if self._open:
            self._open[-1].add(" ")

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].add(data)

    def close(self) -> None:
        super().close()
        self.tables += [table.rows() for table in self._open]  # a page that was cut off
        self._open = []


class _Table:
    def __init__(self) -> None:
        self._rows: list[dict[int, str | None]] = []
        self._count = 0  # rows so far; those further down have cells from above already
        self._words: list[str] | None = None
        self._places: list[tuple[int, int]] = []

    def new_row(self) -> None:
        self.end_cell()
        self._count += 1

    def new_cell(self, across: int, down: int) -> None:
        self.end_cell()
        self._count = max(1, self._count)
        row = self._count - 1
        while len(self._rows) < row + down:
            self._rows.append({})
        column = next(n for n in range(WIDEST + len(self._rows[row])) if n not in self._rows[row])
        self._words = []
        self._places = [
            (row + below, column + beside) for below in range(down) for beside in range(across)
        ]
        for below, beside in self._places:
            self._rows[below].setdefault(beside, None)

    def add(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)

    def end_cell(self) -> None:
        if self._words is None:
            return
        text = " ".join("".join(self._words).split()) or None
        for row, column in self._places:
            self._rows[row][column] = text
        self._words = None

    def rows(self) -> Rows:
        self.end_cell()
        return [
            [row.get(column) for column in range(max(row, default=-1) + 1)]
            for row in self._rows[: self._count]
        ]


def _span(text: str | None) -> int:
    known = text is not None and text.isascii() and text.isdigit() and len(text) <= 4
    return min(WIDEST, max(1, int(text))) if known and text else 1
