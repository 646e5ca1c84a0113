"""One indicator side by side: a district, the city, the ends of the order."""

import msgspec

from kiosk.core.errors import Unavailable
from kiosk.core.looks import AreasLook
from kiosk.core.lookup import entry, metric_of
from kiosk.core.registry import Args, Command, Result
from kiosk.core.state import ViewState, elsewhere, go
from kiosk.core.world import World
from kiosk.pack import here
from kiosk.wire.text import Text

PANEL = "compare"


class Compared(Args, frozen=True):
    """What to compare by id or name: an indicator, a district. Empty: what the wall shows now."""

    indicator: str = ""
    district: str = ""


def open_compare(state: ViewState, args: Compared, world: World) -> Result:
    wanted, parts = state.place.indicator or state.metric, here().parts.name
    if args.indicator:
        indicators = world.catalogue.indicators()
        wanted = entry(indicators, args.indicator, Text("지표", "indicator")).id
    known = {i.id: i for i in world.catalogue.indicators() if i.by_district}
    named = bool(args.indicator) or state.place.indicator is not None
    indicator = wanted if named else metric_of(wanted, list(known))
    if indicator is None or indicator not in known:
        raise Unavailable(
            Text(
                f"{parts.ko} 값이 없는 지표라 비교할 수 없습니다",
                f"This indicator has no figures by {parts.en} to compare",
            )
        )
    district = state.place.district
    if args.district:
        district = entry(world.catalogue.districts(), args.district, parts).id
    place = elsewhere(state.place, PANEL, indicator=indicator, district=district)
    if place == state.place:
        raise Unavailable(Text("이미 비교하고 있습니다", "This is being compared already"))
    name = known[indicator].name
    return Result(go(state, place), Text(f"{name.ko}, 나란히 봅니다", f"{name.en}, side by side"))


def leave(state: ViewState) -> ViewState:
    """Back to the indicator whose districts were compared or ranked."""
    place = msgspec.structs.replace(state.place, panel="indicators", areas=AreasLook())
    return go(state, place)


COMMANDS = (Command("compare.open", Text("비교 보기", "Compare"), open_compare),)
