"""Asking about a figure: how much, of when, whose, against what. The answer is the sentence."""

from kiosk.core.lookup import entry, indicator_meant
from kiosk.core.registry import Args, Command, Handler, Result
from kiosk.core.state import ViewState
from kiosk.core.world import Topic, World
from kiosk.pack import here
from kiosk.wire.text import Text


class About(Args, frozen=True):
    """An indicator and a district by id or name; empty: those that the wall is about."""

    indicator: str = ""
    district: str = ""


def _asking(topic: Topic) -> Handler:
    def ask(state: ViewState, args: About, world: World) -> Result:
        indicator = indicator_meant(state, args.indicator, world)
        district = state.place.district
        if args.district:
            district = entry(world.catalogue.districts(), args.district, here().parts.name).id
        return Result(state, world.told(topic, indicator.id, district))

    return ask


PART = here().parts.name
TOPICS: dict[Topic, Text] = {
    "now": Text("지금 값 묻기", "Ask for the figure"),
    "source": Text("출처 묻기", "Ask for the source"),
    "when": Text("언제 값인지 묻기", "Ask when it was measured"),
    "owner": Text("담당 부서 묻기", "Ask who is in charge"),
    "method": Text("산출 방법 묻기", "Ask how it is made"),
    "goal": Text("목표까지 묻기", "Ask how far the goal is"),
    "limit": Text("기준까지 묻기", "Ask how far the limit is"),
    "rank": Text("순위 묻기", "Ask for the place in the order"),
    "city": Text("전체와의 차이 묻기", "Ask how it lies to the whole"),
    "spread": Text("가장 큰 차이 묻기", "Ask how far the ends are apart"),
    "past": Text(f"기준 넘은 {PART.ko} 묻기", f"Ask which {PART.en} is past a limit"),
    "goals": Text("관련 발전목표 묻기", "Ask which goals it serves"),
    "direction": Text("좋은 쪽 묻기", "Ask which way is better"),
    "origin": Text("실제 자료인지 묻기", "Ask whether it is real"),
}

COMMANDS = tuple(
    Command(f"figure.{topic}", title, _asking(topic)) for topic, title in TOPICS.items()
)
