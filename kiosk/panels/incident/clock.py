"""The incident clock: report, dispatch, first arrival, and the goal between the first and the last.

No Qt. Times are epoch milliseconds; everything but the report may be unknown yet.
"""

import math
from typing import Literal

import msgspec

from kiosk.ui.ages import left_words
from kiosk.wire.city import Incident
from kiosk.wire.text import Text

STEP_S = 300
SHORTEST_S = 600
ANNOUNCED = ("alert.", "weather.", "disaster.")  # kinds that somebody issues
ROOM = 1.2  # of what is to be seen, so that the last mark is not at the edge

State = Literal["none", "running", "met", "missed"]


class Clock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`goal_s` None: nobody has to arrive. `issued`: it was announced, not reported."""

    report_ms: int
    issued: bool = False
    dispatched_ms: int | None = None
    arrived_ms: int | None = None
    ended_ms: int | None = None
    goal_s: int | None = None

    def elapsed_s(self, now_ms: int) -> float:
        """Since the report, until the end when it is over; never below 0."""
        until_ms = now_ms if self.ended_ms is None else self.ended_ms
        return max(0.0, (until_ms - self.report_ms) / 1000)

    def response_s(self) -> float | None:
        """From the report to the first arrival."""
        return None if self.arrived_ms is None else (self.arrived_ms - self.report_ms) / 1000

    def dispatch_s(self) -> float | None:
        """From the report to the dispatch."""
        if self.dispatched_ms is None:
            return None
        return (self.dispatched_ms - self.report_ms) / 1000

    def state(self, now_ms: int) -> State:
        """`met` when somebody came in time, `missed` from the moment when nobody has."""
        if self.goal_s is None:
            return "none"
        response_s = self.response_s()
        if response_s is not None:
            return "met" if response_s <= self.goal_s else "missed"
        return "running" if self.elapsed_s(now_ms) <= self.goal_s else "missed"

    def span_s(self, now_ms: int) -> int:
        """Length of the time scale: whole steps of five minutes, at least two, enough for the goal
        and for the first arrival, or until somebody arrives for the time that has gone by."""
        response_s = self.response_s()
        reached = self.elapsed_s(now_ms) if response_s is None else response_s
        needed = max(reached, float(self.goal_s or 0)) * ROOM
        return max(SHORTEST_S, math.ceil(needed / STEP_S) * STEP_S)

    def verdict(self, now_ms: int) -> Text:
        """How the first arrival compares with the goal, "29초 빠름"; empty without a goal."""
        if self.goal_s is None:
            return Text("", "")
        goal = Text(f"목표 {self.goal_s // 60}분", f"goal {self.goal_s // 60} min")
        response_s = self.response_s()
        if response_s is None:
            left_s = self.goal_s - self.elapsed_s(now_ms)
            words = left_words(round(abs(left_s)))
            if left_s >= 0:
                return Text(f"{goal.ko}, {words.ko} 남음", f"{goal.en}, {words.en} left")
            return Text(f"{goal.ko}, {words.ko} 지남", f"{goal.en}, passed {words.en} ago")
        words = left_words(round(abs(self.goal_s - response_s)))
        if response_s <= self.goal_s:
            return Text(f"{goal.ko}, {words.ko} 빠름", f"{goal.en}, {words.en} early")
        return Text(f"{goal.ko}, {words.ko} 늦음", f"{goal.en}, {words.en} late")


def clock_of(incident: Incident) -> Clock:
    return Clock(
        report_ms=incident.t_ms,
        issued=incident.kind.startswith(ANNOUNCED),
        dispatched_ms=incident.dispatched_ms,
        arrived_ms=incident.arrived_ms,
        ended_ms=incident.ended_ms,
        goal_s=incident.goal_s,
    )


def stopwatch(seconds: float) -> str:
    """ "12:10", from an hour on "1:02:10"; a day counts as 24 hours."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
