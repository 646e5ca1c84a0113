"""What a test lays on the tablets' desks: orders in every state, incidents, and a directory."""

from kiosk.app.configuration import read_desk
from kiosk.app.desks import NO_DUE
from kiosk.commands.orders import DUE_WORDS
from kiosk.settings import Settings
from kiosk.wire.desk import (
    Addressee,
    IncidentCard,
    OrderCard,
    PanelName,
    Ready,
    TabletDesk,
)
from kiosk.wire.orders import ORDER_STATES, OrderState, SeenLine, SeenView
from kiosk.wire.text import Text

MINUTE_MS = 60_000
FIRE = Text("소방재난본부", "Fire and Disaster Headquarters")
CLIMATE = Text("기후환경본부", "Climate and Environment Headquarters")
VIEW = SeenView(
    "complaints",
    Text("시민 민원", "Complaints"),
    1_790_000_000_000,
    (
        SeenLine(
            Text("은평구 악취 민원", "Smell, Eunpyeong"),
            Text("41 건", "41"),
            Text("14분 전", "14 min ago"),
            simulated=True,
        ),
    ),
)


def order(
    key: str,
    text: str,
    now_ms: int,
    state: OrderState = "delivered",
    *,
    office: str = "fire",
    due_minutes: int | None = None,
    giver: str = "wall",
    answer: str = "",
    view: SeenView | None = None,
) -> OrderCard:
    """Given twenty minutes ago, a minute from step to step."""
    given_ms = now_ms - 20 * MINUTE_MS
    reached = ORDER_STATES[: ORDER_STATES.index(state) + 1]
    if state == "done" and not answer:
        reached = tuple(s for s in reached if s != "answered")
    return OrderCard(
        id=key,
        to=office,
        office=office,
        name=FIRE if office == "fire" else CLIMATE,
        text=text,
        t_ms=given_ms,
        giver=giver,
        by=Text("상황판에서", "at the wall"),
        state=state,
        steps={step: given_ms + n * MINUTE_MS for n, step in enumerate(reached)},
        due_ms=None if due_minutes is None else now_ms + due_minutes * MINUTE_MS,
        about="incidents/fire-1",
        subject=Text("중구 을지로5가 상가 화재", "Fire in shops, Euljiro 5-ga"),
        view=view,
        answer=answer,
        simulated=key.endswith("s"),
    )


def desk(now_ms: int, *orders: OrderCard) -> TabletDesk:
    settings = read_desk(Settings())
    dues = tuple(Ready(due, words if due else NO_DUE) for due, words in DUE_WORDS.items())
    return TabletDesk(
        about="indicators/pm25",
        subject=Text("초미세먼지 PM2.5", "PM2.5"),
        orders=orders,
        incidents=(
            IncidentCard(
                id="fire-1",
                headline=Text("중구 을지로5가 상가 화재", "Fire in shops, Euljiro 5-ga"),
                severity="critical",
                t_ms=now_ms - 8 * MINUTE_MS,
                district="11140",
                where=Text("중구", "Jung"),
                at=(37.566, 127.001),
                office="fire",
                charged=FIRE,
                simulated=True,
            ),
            IncidentCard(
                id="smell-1",
                headline=Text("은평구 응암동, 악취 민원 급증", "Smell in Eungam"),
                severity="caution",
                t_ms=now_ms - 18 * MINUTE_MS,
                district="11380",
                where=Text("은평구", "Eunpyeong"),
                at=(37.597, 126.917),
                office="climate",
                charged=CLIMATE,
            ),
        ),
        addressees=(
            Addressee("fire", FIRE, "fire", here=True),
            Addressee(
                id="fire-control",
                name=Text("소방재난본부 119종합상황실장", "Head of the 119 Control Room"),
                office="fire",
                post=True,
                duty=True,
            ),
            Addressee(
                id="living",
                name=Text("기후환경본부 생활환경과장", "Head of Living Environment"),
                office="climate",
                post=True,
                duty=False,
            ),
            Addressee("climate", CLIMATE, "climate"),
        ),
        instructions=tuple(
            Ready(p.id, p.words, tuple(sorted(p.about))) for p in settings.instruction
        ),
        dues=dues,
        panels=(
            PanelName("air", Text("대기질", "Air"), Text("실시간 도시 현황", "City now")),
            PanelName("traffic", Text("교통", "Traffic"), Text("실시간 도시 현황", "City now")),
            PanelName("pledges", Text("공약", "Pledges"), Text("계획과 사업", "Plans")),
        ),
        districts=(
            Ready("11140", Text("중구", "Jung")),
            Ready("11380", Text("은평구", "Eunpyeong")),
        ),
        givers=("mayor", "installer"),
    )
