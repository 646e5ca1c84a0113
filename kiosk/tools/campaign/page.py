"""The campaign's report: one HTML file that needs nothing else, and holds its own figures so that a
later report can draw how they went on."""

import base64
import math
import re
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path

import msgspec

from gestures.evaluate.figures import percentile, poisson_interval
from gestures.events import GestureKind
from kiosk.core.invocation import Status
from kiosk.tools.campaign.drawing import Bar, bars, delays, trend
from kiosk.tools.campaign.figures import SCHEMA, Campaign, Session
from kiosk.tools.replay.words import INPUTS, SPEECH, STATUSES
from kiosk.ui.gesture_words import GESTURE_WORDS
from kiosk.wire.text import Text
from voice.intervals import wilson_interval

STYLE = """
body { font: 16px/1.5 "Pretendard", "Malgun Gothic", "Apple SD Gothic Neo", sans-serif;
  color: #15181B; background: #F5F3EF; max-width: 60rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.9rem; margin: 0 0 .2rem } h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem }
.en { color: #565F67; font-weight: 400 } .note { color: #565F67; margin: .3rem 0 }
.lead { display: flex; flex-wrap: wrap; gap: 2.5rem; margin: 1.5rem 0 }
.lead div b { display: block; font-size: 2rem; line-height: 1.2 }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; padding: .3rem .7rem .3rem 0;
  border-bottom: 1px solid #D6D1C8; vertical-align: top }
td.n, th.n { text-align: right }
.bad { color: #BC261B; font-weight: 600 } svg { max-width: 100%; height: auto; font-size: 14px }
@media print { body { background: none } }
"""
FACE = Path(__file__).resolve().parents[3] / "assets" / "fonts" / "Pretendard-Medium.otf"
NUMBER = ' class="n"'
_DATA = re.compile(r'<script type="application/json" id="campaign">(.*?)</script>', re.DOTALL)
MADE = {
    "recorded": ("실제 영상", "recorded"),
    "generated": ("만든 손", "made up"),
    "recorded, converted": ("실제 골격, 만든 카메라", "recorded skeletons"),
}


class NoCampaign(Exception):  # noqa: N818 - an answer to a person, not a fault
    """A file that is no report of a campaign."""


def read_campaign(text: str) -> Campaign:
    """What a report was made of. Raises NoCampaign."""
    found = _DATA.search(text)
    if found is None:
        raise NoCampaign("no report of a campaign")
    try:
        read = msgspec.json.decode(found.group(1).replace("\\u003c", "<"), type=Campaign)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NoCampaign(f"a damaged report: {error}") from error
    if read.schema != SCHEMA:
        raise NoCampaign(f"schema {read.schema!r}; expected {SCHEMA!r}")
    return read


def page(campaign: Campaign, earlier: Sequence[Campaign] = ()) -> str:
    """earlier: other versions over sessions of the same kind, in any order."""
    data = msgspec.json.encode(campaign).decode().replace("<", "\\u003c")
    parts = [
        _lead(campaign),
        _spoilt(campaign),
        _rates(campaign),
        _confusion(campaign),
        _delays(campaign),
        _idle(campaign),
        _answers(campaign),
        _goldens(campaign),
        _trend(campaign, earlier),
        _sessions(campaign),
    ]
    return (
        '<!doctype html>\n<html lang="ko"><head><meta charset="utf-8">'
        f"<title>{escape(campaign.label)}</title><style>{_face()}{STYLE}</style></head><body>\n"
        + "\n".join(part for part in parts if part)
        + f'\n<script type="application/json" id="campaign">{data}</script></body></html>\n'
    )


def _face() -> str:
    """The wall's own face, in the page itself: not every machine has Hangul."""
    data = base64.b64encode(FACE.read_bytes()).decode()
    source = f"url(data:font/otf;base64,{data})"
    return f'@font-face {{ font-family: "Pretendard"; src: {source} format("opentype"); }}'


def _lead(campaign: Campaign) -> str:
    played = [s for s in campaign.sessions if not s.trouble]
    compared = [s for s in played if s.golden != "none"]
    tiles = [(str(len(played)), "세션", "sessions"), (_hours(campaign.hours), "길이", "in all")]
    if campaign.meant:
        low, high = wilson_interval(campaign.detected, campaign.meant)
        rate = f"{campaign.detected / campaign.meant:.3f}"
        tiles.append((rate, "인식률", f"detection rate ({low:.3f}–{high:.3f})"))
        tiles.append(
            (f"{campaign.false / campaign.meant:.3f}", "손짓당 오인식", "false per gesture")
        )
    if compared:
        same = sum(s.golden == "same" for s in compared)
        tiles.append((f"{same}/{len(compared)}", "기준과 같음", "as their goldens"))
    day = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(campaign.made_ms / 1000))
    boxes = "".join(
        f'<div><b>{escape(value)}</b>{ko} <span class="en">{escape(en)}</span></div>'
        for value, ko, en in tiles
    )
    return (
        f'<h1>시험 보고서 <span class="en">Campaign report</span></h1>'
        f'<p class="note">{escape(campaign.label)} · {day}</p><div class="lead">{boxes}</div>'
        '<p class="note">괄호와 가는 선은 95 % 구간입니다. '
        '<span class="en">Thin lines and brackets are 95 % intervals.</span></p>'
    )


def _spoilt(campaign: Campaign) -> str:
    spoilt = [s for s in campaign.sessions if s.trouble]
    if not spoilt:
        return ""
    rows = "".join(f'<tr><td class="bad">{escape(s.trouble)}</td></tr>' for s in spoilt)
    return _part("읽지 못한 세션", "Sessions that could not be read") + f"<table>{rows}</table>"


def _rates(campaign: Campaign) -> str:
    """Recorded and made-up hands apart: they are not the same thing."""
    parts = []
    for made in dict.fromkeys(row["made"] for row in campaign.table("online")):
        rows = []
        for row in campaign.table("online"):
            if row["made"] != made or not row["meant"]:
                continue
            low, high = wilson_interval(row["detected"], row["meant"])
            told = f"{row['detected']}/{row['meant']}, +{row['false_events']}"
            share = row["detected"] / row["meant"]
            rows.append(Bar(_kind(row["kind"]), share, low, high, told))
        if rows:
            ko, en = MADE.get(made, (made, made))
            note = (
                '오른쪽: 인식/의도, +오인식 <span class="en">right: detected/meant, +false</span>'
            )
            parts.append(f'<p class="note">{ko} <span class="en">{en}</span> · {note}</p>')
            parts.append(bars(rows))
    return _part("손짓별 인식률", "Detection rate by gesture") + "".join(parts) if parts else ""


def _confusion(campaign: Campaign) -> str:
    found: dict[tuple[str, str], int] = {}
    for row in campaign.table("online_confusion"):
        key = row["meant"], row["said"]
        found[key] = found.get(key, 0) + row["gestures"]
    wrong = sorted(((n, key) for key, n in found.items() if key[0] != key[1]), reverse=True)
    if not found:
        return ""
    rows = "".join(
        f'<tr><td>{_kind(meant)}</td><td>{_kind(said)}</td><td class="n">{n}</td></tr>'
        for n, (meant, said) in wrong
    )
    right = sum(n for key, n in found.items() if key[0] == key[1])
    head = _head(("뜻한 손짓", "meant"), ("읽은 손짓", "taken for"), ("번", "times"), words=2)
    told = f'<p class="note">맞음 {right} <span class="en">right</span></p>'
    table = f"<table>{head}{rows}</table>" if rows else ""
    return _part("혼동", "Confusion") + told + table


def _delays(campaign: Campaign) -> str:
    names = {"static": "모양 held shapes", "dynamic": "움직임 moves"}
    known = [(form, values) for form, values in campaign.delays_ms.items() if values]
    if not known:
        return ""
    most = max(percentile(values, 0.99) or 0 for _, values in known)
    lines = [(names[form], values) for form, values in known]
    rows = "".join(
        f'<tr><td>{names[form]}</td><td class="n">{len(values)}</td>'
        f'<td class="n">{percentile(values, 0.5)}</td><td class="n">{percentile(values, 0.95)}</td>'
        f'<td class="n">{values[-1]}</td></tr>'
        for form, values in known
    )
    head = _head(
        ("", ""), ("번", "n"), ("중앙값", "median, ms"), ("p95", "ms"), ("가장 김", "longest, ms")
    )
    note = (
        '<p class="note">손짓이 끝난 뒤 알릴 때까지, ms '
        '<span class="en">from the end of the gesture until it is told, ms</span></p>'
    )
    title = _part("지연", "Delays")
    return title + note + delays(lines, _round_up(most)) + f"<table>{head}{rows}</table>"


def _round_up(most_ms: float) -> float:
    """To where five steps of the axis are round figures."""
    step = 100 if most_ms <= 500 else 250
    return max(step, math.ceil(most_ms / step) * step)


def _idle(campaign: Campaign) -> str:
    rows = []
    for row in campaign.table("idle"):
        low, high = poisson_interval(row["events"])
        hours = row["hours"] or 1e-9
        ko, en = MADE.get(row["made"], (row["made"], row["made"]))
        engaged = ("조작 중", "engaged") if row["engaged_at_start"] else ("대기", "not engaged")
        rows.append(
            f'<tr><td>{ko} <span class="en">{en}</span></td><td>{engaged[0]} '
            f'<span class="en">{engaged[1]}</span></td><td class="n">{row["hours"]:.2f}</td>'
            f'<td class="n">{row["events"]}</td><td class="n">{row["events"] / hours:.2f} '
            f"({low / hours:.2f}–{high / hours:.2f})</td></tr>"
        )
    if not rows:
        return ""
    head = _head(
        ("", ""), ("", ""), ("시간", "hours"), ("이벤트", "events"), ("시간당", "an hour"), words=2
    )
    title = _part("뜻하지 않은 손짓", "Events where none was meant")
    return title + f"<table>{head}{''.join(rows)}</table>"


def _answers(campaign: Campaign) -> str:
    rows = [
        _answer_row(INPUTS[source], STATUSES[Status(status)], count)
        for source, counted in campaign.outcomes.items()
        for status, count in counted.items()
    ]
    rows += [
        _answer_row(Text("말", "speech"), SPEECH[kind], count)
        for kind, count in campaign.speech.items()
    ]
    if not rows:
        return ""
    head = _head(("입력", "Source"), ("결과", "Outcome"), ("번", "times"), words=2)
    return _part("명령의 결과", "Outcomes of commands") + f"<table>{head}{''.join(rows)}</table>"


def _answer_row(first: Text, second: Text, count: int) -> str:
    cells = "".join(
        f'<td>{escape(words.ko)} <span class="en">{escape(words.en)}</span></td>'
        for words in (first, second)
    )
    return f'<tr>{cells}<td class="n">{count}</td></tr>'


def _goldens(campaign: Campaign) -> str:
    differ = [s for s in campaign.sessions if s.golden == "differs"]
    if not differ:
        return ""
    rows = "".join(
        f"<tr><td>{escape(s.name)}</td><td>{escape(_counted(s.differences))}</td></tr>"
        for s in differ
    )
    head = _head(("세션", "Session"), ("다른 점", "differences"), words=2)
    return (
        _part("기준과 다른 세션", "Sessions unlike their goldens") + f"<table>{head}{rows}</table>"
    )


def _trend(campaign: Campaign, earlier: Sequence[Campaign]) -> str:
    every = sorted((*earlier, campaign), key=lambda one: one.made_ms)
    points = []
    for one in every:
        if one.meant:
            low, high = wilson_interval(one.detected, one.meant)
            rate = one.detected / one.meant
            points.append(Bar(one.label, rate, low, high, f"{rate:.3f} (n={one.meant})"))
    if len(points) < 2:
        return ""
    other = {one.meant for one in every}
    note = ""
    if len(other) > 1:
        note = (
            '<p class="note">같은 세션이 아닐 수 있습니다: 뜻한 손짓 수가 다릅니다. '
            '<span class="en">'
            "Perhaps not the same sessions: the numbers of gestures meant differ.</span></p>"
        )
    return _part("버전별 인식률", "Detection rate by version") + note + trend(points)


def _sessions(campaign: Campaign) -> str:
    rows = "".join(_session_row(session) for session in campaign.sessions if not session.trouble)
    head = _head(
        ("세션", "Session"),
        ("길이", "s"),
        ("뜻함", "meant"),
        ("인식", "detected"),
        ("오인식", "false"),
        ("기준", "Golden"),
    )
    return _part("세션", "Sessions") + f"<table>{head}{rows}</table>"


def _session_row(session: Session) -> str:
    known = session.meant is not None
    cells = [
        f"{session.length_s:.1f}",
        str(session.meant) if known else "–",
        str(session.detected) if known else "–",
        str(session.false) if known else "–",
    ]
    numbers = "".join(f'<td class="n">{cell}</td>' for cell in cells)
    state = {"none": "–", "same": "같음 same", "differs": '<span class="bad">다름 differs</span>'}
    golden = f'<td class="n">{state[session.golden]}</td>'
    return f"<tr><td>{escape(session.name)}</td>{numbers}{golden}</tr>"


def _part(ko: str, en: str) -> str:
    return f'<h2>{ko} <span class="en">{en}</span></h2>'


def _head(*names: tuple[str, str], words: int = 1) -> str:
    """The first columns are words, the others numbers."""
    cells = (
        f'<th{"" if index < words else NUMBER}>{ko} <span class="en">{en}</span></th>'
        for index, (ko, en) in enumerate(names)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _kind(kind: str) -> str:
    if kind == "missed":
        return "놓침 missed"
    words = GESTURE_WORDS[GestureKind(kind)]
    return f"{words.ko} {words.en}"


def _counted(differences: dict[str, int]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in differences.items())


def _hours(hours: float) -> str:
    return f"{hours:.2f} h" if hours >= 1 else f"{hours * 60:.1f} min"
