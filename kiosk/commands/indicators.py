"""Indicators: open one, step through them."""

from kiosk.core.lookup import entry, neighbour
from kiosk.core.registry import Args, Command, NoArgs, Result
from kiosk.core.state import Place, ViewState, go
from kiosk.core.world import Entry, World
from kiosk.wire.text import Text


class Indicator(Args, frozen=True):
    """An indicator by id or name, and the district to see it for, if any."""

    indicator: str
    district: str | None = None


def open_indicator(state: ViewState, args: Indicator, world: World) -> Result:
    found = entry(world.catalogue.indicators(), args.indicator, Text("지표", "indicator"))
    district = state.place.district
    if args.district is not None:
        kind = Text("자치구", "district")
        district = entry(world.catalogue.districts(), args.district, kind).id
    return _opened(state, found, district)


def next_indicator(state: ViewState, args: NoArgs, world: World) -> Result:
    found = neighbour(world.catalogue.indicators(), state.place.indicator, 1)
    return _opened(state, found, state.place.district)


def previous_indicator(state: ViewState, args: NoArgs, world: World) -> Result:
    found = neighbour(world.catalogue.indicators(), state.place.indicator, -1)
    return _opened(state, found, state.place.district)


def _opened(state: ViewState, found: Entry, district: str | None) -> Result:
    place = Place(panel="indicators", indicator=found.id, district=district)
    return Result(
        go(state, place), Text(f"{found.name.ko} 지표를 열었습니다", f"Opened {found.name.en}")
    )


COMMANDS = (
    Command("indicator.open", Text("지표 열기", "Open an indicator"), open_indicator),
    Command("indicator.next", Text("다음 지표", "Next indicator"), next_indicator),
    Command("indicator.previous", Text("이전 지표", "Previous indicator"), previous_indicator),
)
