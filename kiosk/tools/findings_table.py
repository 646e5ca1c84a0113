"""The findings as a table for people: Korean first, English below."""

from unicodedata import east_asian_width

from kiosk.tools.finding import Finding, State
from kiosk.wire.text import Text

LABELS: dict[State, Text] = {
    "ok": Text("좋음", "ok"),
    "poor": Text("부족", "poor"),
    "fail": Text("안 됨", "fail"),
}


def width(text: str) -> int:
    """Columns that a terminal takes for it: Korean letters take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def pad(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def table(findings: list[Finding]) -> str:
    first = max(width(label.ko) for label in LABELS.values()) + 2
    titles = [text for finding in findings for text in (finding.title.ko, finding.title.en)]
    second = max(map(width, titles), default=0) + 2
    lines: list[str] = []
    for finding in findings:
        label = LABELS[finding.state]
        lines.append(pad(label.ko, first) + pad(finding.title.ko, second) + finding.found.ko)
        lines.append(pad(label.en, first) + pad(finding.title.en, second) + finding.found.en)
        if finding.mend:
            indent = " " * (first + second)
            lines += [f"{indent}→ {finding.mend.ko}", f"{indent}→ {finding.mend.en}"]
        lines.append("")
    return "\n".join([*lines, _summary(findings), ""])


def _summary(findings: list[Finding]) -> str:
    count = {state: sum(finding.state == state for finding in findings) for state in LABELS}
    ko = ", ".join(f"{LABELS[state].ko} {count[state]}" for state in LABELS)
    en = ", ".join(f"{count[state]} {LABELS[state].en}" for state in LABELS)
    return f"{ko} ({en})"
