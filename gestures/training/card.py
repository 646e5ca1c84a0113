"""The model card: what the weights were made of, how good they are, what they can't do."""

from __future__ import annotations

from collections import Counter

from gestures.network import SHAPES
from gestures.training.data import LICENCES, TEST_SOURCES, Example, held_out
from gestures.training.trial import Trial
from gestures.training.validation import DECIDERS, Answer, result

UNKNOWN_LICENCE = "not known to this program: find out before the weights are passed on"
LIMITS = """\
- Learned from students close to a camera in front of a plain wall. Fist, thumb and phone sign are
  composed of their fingers: no person who makes them was learned from.
- The figures on composed hands say how well unseen fingers are sorted, not how people do.
- Below about 30 pixels a hand's landmarks are guesses, and so are the answers.
- Gloves, missing or splinted fingers, children's hands: not in the data.
- The data names nobody's age, sex or skin; whether all are served alike was not measured.
- Turned hands and two-handed signs are told apart by rules beside these weights."""


def card(examples: list[Example], trial: Trial) -> str:
    """Markdown; the same data gives the same text."""
    parts = (_what(), _data(examples), _evidence(trial), ["## Limits", LIMITS, ""])
    return "\n".join(line for part in parts for line in part)


def _what() -> list[str]:
    return [
        "# Weights of the hand-shape classifier",
        "",
        "Written by `./kiosk.sh gestures train --data DIR`; the same data gives the same",
        f"bytes. Shapes: {', '.join(SHAPES)}.",
        "Input: the lengths of `gestures/descriptor.py`, from MediaPipe's 21 world landmarks.",
        "No picture, name or landmark is in the weights.",
        "",
    ]


def _data(examples: list[Example]) -> list[str]:
    usable = [e for e in examples if e.source not in TEST_SOURCES]
    learned = [e for e in usable if not held_out(e.person)]
    people = sorted({e.person for e in usable if held_out(e.person)})
    return [
        "## Data",
        *_sources(examples),
        "",
        f"The weights saw {len(learned)} hands of {len({e.person for e in learned})} people,",
        "and hands composed of their fingers (`gestures/training/compose.py`). They did not",
        f"see these people: {', '.join(people) or 'none'}.",
        "",
    ]


def _evidence(trial: Trial) -> list[str]:
    return [
        "## People whom the network asked had not seen",
        "Out of vocabulary: hands of no gesture that are taken for one.",
        "",
        *_figures("stills, cross-validated by person", trial.real),
        *_figures("stills of the people named above, by the weights themselves", trial.held_out),
        *_figures("stills of signs that were left out of the training", trial.strangers),
        *_figures("people standing in rooms (shape alone)", trial.rooms),
        *_figures("composed hands, of unseen people's fingers", trial.made),
        "## Confusion, stills, cross-validated (rows: meant)",
        "```",
        *_table(trial.real),
        "```",
        "",
    ]


def _sources(examples: list[Example]) -> list[str]:
    lines = ["| source | licence | hands | people | use |", "|---|---|---|---|---|"]
    for source, count in sorted(Counter(e.source for e in examples).items()):
        people = len({e.person for e in examples if e.source == source})
        use = "tests only" if source in TEST_SOURCES else "training"
        licence = LICENCES.get(source, UNKNOWN_LICENCE)
        lines.append(f"| {source} | {licence} | {count} | {people} | {use} |")
    return lines


def _figures(title: str, answers: list[Answer]) -> list[str]:
    """Macro-F1 means little where every hand is of one shape, and is left out there."""
    if not answers:
        return []
    lines = [
        f"### {title} ({len(answers)} hands)",
        "| | macro-F1 | out of vocabulary |",
        "|---|---|---|",
    ]
    several = len({answer.meant for answer in answers}) > 1
    for number, name in enumerate(DECIDERS):
        found = result(answers, number)
        f1 = f"{found.macro_f1:.3f}" if several else ""
        lines.append(f"| {name} | {f1} | {100 * found.accepted:.1f} % |")
    return [*lines, ""]


def _table(answers: list[Answer]) -> list[str]:
    confusion = result(answers, len(DECIDERS) - 1).confusion
    lines = [" " * 9 + "".join(f"{shape:>9}" for shape in SHAPES)]
    for meant in SHAPES:
        if any(wanted == meant for wanted, _ in confusion):
            counts = "".join(f"{confusion[meant, said] or '.':>9}" for said in SHAPES)
            lines.append(f"{meant:9}{counts}")
    return lines
