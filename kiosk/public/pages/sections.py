"""The sections of what the city promises, plans and spends, and the kinds of items in each."""

import msgspec

from kiosk.wire.text import Text


class Section(msgspec.Struct, frozen=True):
    """`path` is its page; without anything public of its kinds it is not offered. `short` is its
    title where there is little room."""

    path: str
    title: Text
    about: Text
    kinds: tuple[str, ...]
    short: Text = Text("", "")


SECTIONS = (
    Section(
        "pledges",
        Text("공약", "Pledges"),
        Text("시장이 약속한 일과 지금의 진행.", "What the mayor promised, and how far it is."),
        ("vision", "area", "pledge"),
    ),
    Section(
        "plans",
        Text("계획", "Plans"),
        Text("시의 계획과 그 과제.", "The city's plans and their tasks."),
        ("plan", "values", "value", "principle", "strategy", "task", "subtask", "action", "lab"),
    ),
    Section(
        "programmes",
        Text("프로그램", "Programmes"),
        Text("시가 꾸리는 프로그램과 그 단계.", "The city's programmes and their phases."),
        ("programmes", "programme", "phase", "story", "award", "criterion", "route", "milestone"),
    ),
    Section(
        "projects",
        Text("사업", "Projects"),
        Text("사업마다 상태와 예산.", "Each project with its state and budget."),
        ("portfolio", "project"),
    ),
    Section(
        "budgets",
        Text("예산", "Budgets"),
        Text("어디에 얼마를 쓰나.", "How much is spent on what."),
        ("investment", "budget"),
    ),
    Section(
        "goals",
        Text("지속가능발전목표", "Sustainable goals"),
        Text("유엔 지속가능발전목표와 세부 목표.", "The UN's goals and their targets."),
        ("sdg", "target"),
        Text("유엔 목표", "UN goals"),
    ),
    Section(
        "votes",
        Text("시민 투표", "Votes"),
        Text(
            "시민이 참여한 투표와 그 결과.", "Votes that citizens took part in, and how they went."
        ),
        ("polls", "poll", "option", "turnout", "uses", "trust"),
        Text("투표", "Votes"),
    ),
)


def section_of(kind: str) -> Section | None:
    return next((section for section in SECTIONS if kind in section.kinds), None)
