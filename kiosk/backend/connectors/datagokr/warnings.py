"""Weather warnings (KMA): by code, as a list of titles, or as the text of the present state."""

import re
from collections.abc import Iterator

from kiosk.backend.connectors.datagokr.envelope import read_items
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Incident, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows

KIND = "weather.warning"
PHENOMENA = {
    "1": "강풍",
    "2": "호우",
    "3": "한파",
    "4": "건조",
    "5": "폭풍해일",
    "6": "풍랑",
    "7": "태풍",
    "8": "대설",
    "9": "황사",
    "12": "폭염",
}
LEVELS = {"0": ("주의보", "caution"), "1": ("경보", "warning")}
COMMANDS = {"1": "issued", "2": "lifted", "3": "extended", "4": "replaced", "5": "lifted"}
_STATE_MARK = re.compile(r"\n\s*[oO○]\s+")
_HEADING = re.compile(r"\n\s*\(\d{1,2}\)\s*([^:：\n]{1,40}특보)\s*(?=\n|$)")
_STATE_LINE = re.compile(r"([^:：\n]{1,40}?)\s*[:：]\s*(.+)", re.DOTALL)
NONE = "없음"


def parse(raw: bytes, context: Context) -> Parsed:
    """Incidents; the shape of each row tells which of the services it is from."""
    return read_rows(read_items(raw), _row, repeats=True)


def _row(row: Row) -> Iterator[Incident]:
    if row.has("warnVar"):
        yield _by_code(row)
    elif row.has("title"):
        yield _by_title(row)
    elif row.has("t6") or row.has("t7") or row.has("pwn"):
        yield from _present_state(row)
    else:
        raise RowRejected("neither warnVar, nor title, nor t6: no warning")


def _by_code(row: Row) -> Incident:
    area, code = row.need("areaName"), row.need("warnVar")
    phenomenon = PHENOMENA.get(code, f"특보 {code}")
    level, severity = LEVELS.get(row.text("warnStress"), ("", ""))
    cancelled = row.text("cancel") == "1"
    return Incident(
        id=f"kma-warning:{row.text('areaCode') or area}:{code}",
        kind=KIND,
        place=row.text("areaCode") or None,
        time=_time(row, "tmEf", "tmFc"),
        name=phenomenon,
        headline=f"{area} {phenomenon}{level}",
        severity=severity,
        status="cancelled" if cancelled else COMMANDS.get(row.text("command"), ""),
        ends=moment(row.raw("endTime")),
        area=area,
        note="" if code in PHENOMENA else f"unknown warnVar {code[:20]}",
    )


def _by_title(row: Row) -> Incident:
    title = row.need("title")
    return Incident(
        id=f"kma-bulletin:{row.need('stnId')}:{row.need('tmFc')}:{row.text('tmSeq')}",
        kind=KIND,
        time=_time(row, "tmFc"),
        headline=title,
        severity=severity_of(title),
        status="lifted" if "해제" in title else "issued",
    )


def severity_of(words: str) -> str:
    """notice for a pre-warning, warning for 경보, caution for 주의보; "" when it doesn't say."""
    for word, severity in (("예비", "notice"), ("경보", "warning"), ("주의보", "caution")):
        if word in words:
            return severity
    return ""


def _present_state(row: Row) -> Iterator[Incident]:
    """Lines of `warning : areas`; before a warning, under its heading, lines of `when : areas`."""
    time = _time(row, "tmEf", "tmFc")
    for field, before in (("t6", ""), ("t7", "예비 "), ("pwn", "예비 ")):
        for heading, line in _state_lines(row.text(field)):
            found = _STATE_LINE.fullmatch(line)
            if found is None:
                raise RowRejected(f"{field}: {line[:40]!r} is not of the form 'warning : areas'")
            words, areas = found[1], " ".join(found[2].split())
            name = heading or words
            yield Incident(
                id=f"kma-state:{field}:{name}" + (f":{words}" if heading else ""),
                kind=KIND,
                time=time,
                name=name,
                headline=name if name.endswith("예비특보") else before + name,
                description=words if heading else "",
                severity=severity_of(before + name),
                status="issued",
                area=areas,
            )


def _state_lines(text: str) -> Iterator[tuple[str, str]]:
    """The lines behind their marks, each with the heading that it stands under."""
    heading = ""
    for block in _STATE_MARK.split("\n" + text.replace("\r", "\n")):
        line, *more = (part.strip() for part in _HEADING.split(block))
        if line and line != NONE:
            yield heading, line
        heading = more[-2] if len(more) >= 2 else heading


def _time(row: Row, *names: str) -> str:
    time = moment(row.raw(*names))
    if time is None:
        raise RowRejected(f"{' / '.join(names)} is no time: {row.text(*names)[:40]!r}")
    return time


CONNECTORS = (
    Connector("getPwnStatus", "KMA: warnings now in force", parse),
    Connector("getWthrWrnMsg", "KMA: text of a warning", parse),
    Connector("getWthrPwn", "KMA: text of a preliminary warning", parse),
    Connector("getPwnCd", "KMA: warnings by area and code", parse),
    Connector("getWthrWrnList", "KMA: list of warnings", parse),
    Connector("getWthrPwnList", "KMA: list of preliminary warnings", parse),
)
