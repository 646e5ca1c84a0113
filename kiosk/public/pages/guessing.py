"""Take a guess: what an indicator stands at, asked before it is told. The guess is in the address
alone: nothing of it is kept, counted or sent on."""

import msgspec
from aiohttp import web

from kiosk.pack.clock import local_time
from kiosk.panels.figures import number
from kiosk.public.context import PublicContext
from kiosk.public.model import Figure, Indicator
from kiosk.public.pages.asked import Asked, NotPublicError
from kiosk.public.pages.figures import of_when, title_of
from kiosk.public.pages.frame import NEVER, Page, page
from kiosk.public.pages.indicators import SLACK_MS, YEAR_MS
from kiosk.public.projection import PublicCity
from kiosk.ui.charts.chart_model import ChartPoint, ChartSeries, LineChartModel, value_axis
from kiosk.wire.city import PERIODS, Period
from kiosk.wire.text import Text

TITLE = Text("맞혀 보세요", "Take a guess")
NEAR, CLOSE = 0.02, 0.10
"""Shares of the true figure within which a guess is right, and close."""
STEPS = 100


class Question(msgspec.Struct, frozen=True):
    """An indicator with the figure that is to be guessed, and an earlier one as a hint."""

    indicator: Indicator
    figure: Figure
    hint: Figure | None
    low: float
    high: float
    step: float


class Verdict(msgspec.Struct, frozen=True):
    """How far off a guess is. `off` is its difference, `share` the same by the true figure (None
    where that is 0); `places` are guess, truth and hint in per cent of the scale."""

    guess: float
    words: Text
    off: float
    share: float | None
    places: tuple[float, float, float | None]


def questions(city: PublicCity) -> list[Indicator]:
    """What can be asked: indicators that are told by whole periods, of which there are several."""
    return [
        indicator for indicator in city.indicators() if asked_period(city, indicator) is not None
    ]


def asked_period(city: PublicCity, indicator: Indicator) -> Period | None:
    """The period that is asked for, the longest there is; None without one."""
    offered = {
        line.period for line in city.lines(indicator.id) if (line.sex, line.age) == ("all", "all")
    }
    if indicator.period_s > 20 * 86_400 and "" in offered:
        return ""
    long = [period for period in PERIODS[3:] if period in offered]
    return long[-1] if long else None


def question(city: PublicCity, indicator: Indicator) -> Question | None:
    """The newest whole period of an indicator; None with too few figures to ask about."""
    period = asked_period(city, indicator)
    series = city.series(indicator.id, period=period) if period is not None else None
    known = [f for f in series.figures if f.value is not None] if series is not None else []
    whole = [f for f in known if not f.provisional] or known
    if len(whole) < 2:
        return None
    figure = whole[-1]
    wanted = figure.t_ms - YEAR_MS
    hint = next((f for f in whole[:-1] if abs(f.t_ms - wanted) <= SLACK_MS), whole[-2])
    points = tuple(ChartPoint(f.t_ms, f.value) for f in whole)
    values = [f.value for f in whole if f.value is not None]
    room = (max(values) - min(values)) * 0.6 or abs(values[-1]) * 0.5 or 1.0
    beyond = (min(values) - room, max(values) + room)
    low = max(0.0, beyond[0]) if min(values) >= 0 else beyond[0]
    ends = tuple(ChartPoint(points[0].t_ms + n, end) for n, end in enumerate((low, beyond[1])))
    axis = value_axis(LineChartModel((ChartSeries(indicator.title, ends),), (), indicator.decimals))
    step = max((axis.high - axis.low) / STEPS, 10.0**-indicator.decimals)
    return Question(
        indicator, figure, hint, axis.low, axis.high, round(step, indicator.decimals) or step
    )


def question_of(city: PublicCity, now_ms: int) -> Question | None:
    """Another one each day, the same for everybody."""
    known, day = city.indicators(), local_time(now_ms).toordinal()
    first = day % len(known) if known else 0
    asked = (question(city, indicator) for indicator in (*known[first:], *known[:first]))
    return next((one for one in asked if one is not None), None)


def sentence_of(one: Question) -> Text:
    """The question in words."""
    title, when = title_of(one.indicator, one.figure), of_when(one.indicator, one.figure)
    return Text(f"{when.ko} {title.ko}, 얼마였을까요?", f"{title.en} in {when.en}: what was it?")


def judge(one: Question, guess: float) -> Verdict:
    truth = one.figure.value or 0.0
    off = guess - truth
    share = abs(off) / abs(truth) if truth else None
    if share is not None and share <= NEAR:
        words = Text("맞혔습니다!", "You got it!")
    elif share is not None and share <= CLOSE:
        words = Text("아주 가깝습니다.", "Very close.")
    elif off > 0:
        words = Text("짐작이 더 컸습니다.", "You guessed more than it is.")
    else:
        words = Text("짐작이 더 작았습니다.", "You guessed less than it is.")
    hint = one.hint.value if one.hint is not None else None
    low, high = min(one.low, guess), max(one.high, guess)

    def place(value: float) -> float:
        return round(100 * (value - low) / (high - low), 1)

    return Verdict(
        guess,
        words,
        off,
        share,
        (place(guess), place(truth), place(hint) if hint is not None else None),
    )


def read_guess(text: str) -> float | None:
    """A number as people type it, "9,400,000" or "18.5"; None for anything else."""
    try:
        value = float(text.replace(",", "").replace("−", "-").strip())
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def build(asked: Asked, context: PublicContext, request: web.Request) -> Page:
    city = context.city
    key = request.match_info.get("id", "")
    if not key:
        one = question_of(city, context.clock.now_ms())
    else:
        indicator = city.indicator(key)
        one = question(city, indicator) if indicator is not None else None
    if one is None:
        raise NotPublicError(
            Text("물어볼 수 있는 지표가 아닙니다", "There is nothing to guess here")
        )
    typed = asked.get("guess")
    guess = read_guess(typed) if typed else None
    known = questions(city)
    place = next((n for n, i in enumerate(known) if i.id == one.indicator.id), 0)
    when = of_when(one.indicator, one.figure)
    about = sentence_of(one)
    values = {
        "question": one,
        "when": when,
        "hint_when": of_when(one.indicator, one.hint) if one.hint is not None else None,
        "verdict": judge(one, guess) if guess is not None else None,
        "typed": typed,
        "wrong": bool(typed) and guess is None,
        "next": known[(place + 1) % len(known)] if known else None,
        "start": number((one.low + one.high) / 2, one.indicator.decimals).replace(",", ""),
    }
    return Page("guess.html", TITLE, values, about, cache=NEVER if typed else "public, max-age=300")


ROUTES = (page("guess", build), page("guess/{id}", build))
