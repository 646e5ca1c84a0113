"""The walk as a paired tablet sees it: rows to read and rows to press."""

from collections.abc import Iterator

from kiosk.tools.calibrate.guide import View
from kiosk.tools.calibrate.screen_words import (
    AGAIN,
    CANCEL,
    FINISH,
    KEEP,
    KEPT,
    LEAVE,
    MEASURING,
    NEXT,
    RAW,
    RAW_KEPT,
    SKIP_STEP,
    SKIP_TAKE,
    START,
    TITLE,
)
from kiosk.tools.calibrate.step import FAMILIES
from kiosk.tools.findings_table import LABELS
from kiosk.wire.projection import Block, FigureBlock, Projection, Row, RowsBlock
from kiosk.wire.text import Language, Text

COMMAND = "calibrate"
"""What a row asks for; `press` in its arguments is a command of the walk's own screen."""
NONE = Text("", "")
DO = Text("할 일", "What to do")
PRESS = Text("누르기", "Press")
FOUND = Text("결과", "Found")
TELL = Text("적을 값", "To be entered")
STEPS = Text("단계", "Steps")
NOT_YET, LEFT_OUT = Text("아직", "not yet"), Text("건너뜀", "left out")
SEVERITIES = {"poor": "warning", "fail": "critical"}


def page(view: View, now_ms: int, language: Language, *, field: bool) -> Projection:
    """`field`: something takes the whole screen of the wall, where a finger has to act."""
    blocks: list[Block] = [*_figures(view, language)]
    blocks.append(RowsBlock(PRESS, _buttons(view)))
    blocks.append(RowsBlock(DO, tuple(Row(words, NONE) for words in view.step.do)))
    if view.told and not field:
        blocks.append(RowsBlock(TELL, _facts(view)))
    if view.findings:
        rows = (
            Row(f.title, _joined(f.found, f.mend), SEVERITIES.get(f.state, ""))
            for f in view.findings
        )
        blocks.append(RowsBlock(FOUND, tuple(rows)))
    blocks.append(RowsBlock(STEPS, _stops(view)))
    place = view.step.takes[min(view.take, len(view.step.takes) - 1)]
    subtitle = view.note or (place if view.phase != "done" else NONE)
    if view.phase == "measuring":
        percent = round(100 * view.progress)
        subtitle = Text(f"{MEASURING.ko} {percent} %", f"{MEASURING.en}, {percent} %")
    title = Text(f"{TITLE.ko}: {view.step.title.ko}", f"{TITLE.en}: {view.step.title.en}")
    return Projection("calibration", title, subtitle, now_ms, tuple(blocks), language)


def _figures(view: View, language: Language) -> Iterator[FigureBlock]:
    """What stands large: the progress, what was found, or what is to be entered."""
    if view.phase == "measuring":
        yield FigureBlock(MEASURING, f"{100 * view.progress:.0f}", Text("%", "%"), NONE)
    for finding in view.findings:
        state = LABELS[finding.state].of(language)
        yield FigureBlock(finding.title, state, NONE, NONE)
    if not view.findings:
        for told in view.told:
            unit = Text(told.fact.unit, told.fact.unit)
            yield FigureBlock(told.fact.title, f"{told.value:g}", unit, NONE)


def _press(label: Text, command: str, **more: str | int) -> Row:
    return Row(label, NONE, command=COMMAND, args={"press": command, **more})


def _buttons(view: View) -> tuple[Row, ...]:
    leave = (*_keeping(view), _press(LEAVE, "leave"))
    if view.phase == "measuring":
        return (_press(CANCEL, "cancel"),)
    if view.phase == "done":
        onwards = _press(FINISH, "finish") if view.complete else _press(NEXT, "next")
        return onwards, _press(AGAIN, "start"), *leave
    rows = [_press(START, "start"), _press(SKIP_STEP, "skip_step")]
    if len(view.step.takes) > 1:
        rows.append(_press(SKIP_TAKE, "skip_take"))
    if view.complete:
        rows.append(_press(FINISH, "finish"))
    return (*rows, *leave)


def _keeping(view: View) -> Iterator[Row]:
    yield _press(KEPT if view.keeping else KEEP, "keep")
    if view.keeping and (keeps := view.step.keeps):
        yield _press(RAW_KEPT[keeps] if view.raw else RAW[keeps], "raw")


def _facts(view: View) -> tuple[Row, ...]:
    rows = []
    for told in view.told:
        fact = told.fact
        value = f"{told.value:g} {fact.unit}"
        now = Text(f"{fact.title.ko}: {value}", f"{fact.title.en}: {value}")
        rows.append(Row(now, NONE))
        for steps in (-10, -1, 1, 10):
            amount = f"{'+' if steps > 0 else '−'}{abs(steps) * fact.step:g} {fact.unit}"
            rows.append(_press(Text(amount, amount), "fact", fact=fact.name, steps=steps))
    return tuple(rows)


def _stops(view: View) -> tuple[Row, ...]:
    rows = []
    for stop in view.stops:
        state = LABELS[stop.state] if stop.state else LEFT_OUT if stop.left_out else NOT_YET
        family = FAMILIES[stop.step.family]
        facts = Text(f"{family.ko} · {state.ko}", f"{family.en} · {state.en}")
        args: dict[str, str | int | float] = {"press": "choose", "step": stop.step.id}
        severity = SEVERITIES.get(stop.state or "", "")
        rows.append(Row(stop.step.title, facts, severity, COMMAND, args))
    return tuple(rows)


def _joined(found: Text, mend: Text | None) -> Text:
    if mend is None:
        return found
    return Text(f"{found.ko} → {mend.ko}", f"{found.en} → {mend.en}")
