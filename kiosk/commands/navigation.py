"""Where the wall is: panels, back, forward, home."""

import msgspec

from kiosk.commands import areas, cctv, compare, items, ranking
from kiosk.core.camera_wall import page, selection
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.lookup import metric_of
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import Place, ViewState, elsewhere, go, look, replace
from kiosk.core.world import World
from kiosk.wire.text import Text


class Panel(Args, frozen=True):
    """A panel by its id."""

    panel: str


class Group(Args, frozen=True):
    """A category of panels by its id."""

    category: str


def open_panel(state: ViewState, args: Panel, world: World) -> Result:
    if args.panel not in world.panels:
        known = ", ".join(world.panels)
        raise BadArguments(
            Text(
                f"‘{args.panel}’ 화면은 없습니다. 있는 화면: {known}",
                f"There is no panel “{args.panel}”. Panels: {known}",
            )
        )
    return _open(state, world, args.panel)


def open_category(state: ViewState, args: Group, world: World) -> Result:
    """Opens the panel of the category that was seen last, the first one when none was."""
    found = world.menu.categories.get(args.category)
    if found is None:
        known = ", ".join(world.menu.categories)
        raise BadArguments(
            Text(
                f"‘{args.category}’ 분류는 없습니다. 있는 분류: {known}",
                f"There is no category “{args.category}”. Categories: {known}",
            )
        )
    seen = (place.panel for place in reversed(state.past) if place.panel in found.panels)
    here = state.panel in found.panels
    return _open(state, world, found.panels[0] if here else next(seen, found.panels[0]))


def next_category(state: ViewState, args: NoArgs, world: World) -> Result:
    return _turn_category(state, world, 1)


def previous_category(state: ViewState, args: NoArgs, world: World) -> Result:
    return _turn_category(state, world, -1)


def _turn_category(state: ViewState, world: World, by: int) -> Result:
    keys = list(world.menu.categories)
    here = world.menu.category_of(state.panel)
    step = keys.index(here) + by if here is not None else min(by, 0)
    return open_category(state, Group(keys[step % len(keys)]), world)


def home(state: ViewState, args: NoArgs, world: World) -> Result:
    there = world.profiles.home(state.profile)
    return Result(look(go(state, there)), Text("처음 화면입니다", "This is the first screen"))


def back(state: ViewState, args: NoArgs, world: World) -> Result:
    *past, place = state.past
    state = replace(state, place=place, past=tuple(past), future=(state.place, *state.future))
    return Result(state, Text("뒤로 왔습니다", "Went back"))


def forward(state: ViewState, args: NoArgs, world: World) -> Result:
    place, *future = state.future
    state = replace(state, place=place, past=(*state.past, state.place), future=tuple(future))
    return Result(state, Text("앞으로 갔습니다", "Went forward"))


def close(state: ViewState, args: NoArgs, world: World) -> Result:
    """Leaves what is open inside the panel first, of an item upwards, then the panel."""
    place = state.place
    if place.panel == compare.PANEL:
        return Result(compare.leave(state), Text("비교를 닫았습니다", "Closed the comparison"))
    if place.panel == ranking.PANEL:
        return Result(compare.leave(state), Text("순위를 닫았습니다", "Closed the ranking"))
    if place.camera or place.indicator:
        place = msgspec.structs.replace(place, camera=None, indicator=None)
    elif place.about is not None:
        place = msgspec.structs.replace(place, about=None)
    elif place.item:
        place = msgspec.structs.replace(place, item=items.out_of(place, world))
    elif place.district:
        return up(state, args, world)
    elif place.panel != "home":
        place = Place()
    else:
        raise Unavailable(Text("닫을 것이 없습니다", "There is nothing to close"))
    return Result(go(state, place), Text("닫았습니다", "Closed"))


def up(state: ViewState, args: NoArgs, world: World) -> Result:
    """From a neighbourhood to its district, from a district to the whole city."""
    if state.place.neighbourhood is not None:
        return areas.leave_neighbourhood(state, world)
    return areas.leave_district(state)


def detail(state: ViewState, args: NoArgs, world: World) -> Result:
    """Opens more of what the panel is about: a camera in full, the indicator behind the map, what
    an item is made of."""
    place = state.place
    if place.panel == "cctv" and place.camera is None:
        cameras = page(state.cctv, selection(state.cctv, world.catalogue.cameras()))
        if cameras:
            return cctv.opened(state, cameras[0], world)
    elif place.panel in (compare.PANEL, ranking.PANEL) and place.indicator is not None:
        return Result(compare.leave(state), Text("지표를 자세히 봅니다", "The indicator in full"))
    elif (part := items.into(state, world)) is not None:
        return part
    elif place.panel in ("home", "indicators") and place.indicator is None:
        indicators = world.catalogue.indicators()
        metric = metric_of(state.metric, [i.id for i in indicators if i.by_district])
        found = next((i for i in indicators if i.id == metric), None)
        if found is not None:
            place = elsewhere(place, "indicators", indicator=found.id)
            name = found.name
            return Result(go(state, place), Text(f"{name.ko} 지표입니다", f"{name.en} in full"))
    raise Unavailable(Text("더 자세히 볼 것이 없습니다", "There is nothing more to open here"))


def next_panel(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def previous_panel(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def _step(state: ViewState, world: World, by: int) -> Result:
    """Within a category to the panel beside this one; elsewhere along the dock."""
    menu = world.menu
    category = menu.category_of(state.panel)
    stops = menu.categories[category].panels if category is not None else menu.dock
    here = stops.index(state.panel) if state.panel in stops else 0
    stop = stops[(here + by) % len(stops)]
    if stop in menu.categories:
        return open_category(state, Group(stop), world)
    return _open(state, world, stop)


def _open(state: ViewState, world: World, panel: str) -> Result:
    title = world.panels[panel]
    words = Text(f"{title.ko} 화면을 열었습니다", f"Opened {title.en}")
    return Result(go(state, elsewhere(state.place, panel)), words)


COMMANDS = (
    Command("panel.open", Text("화면 열기", "Open a panel"), open_panel),
    Command("panel.next", Text("다음 화면", "Next panel"), next_panel),
    Command("panel.previous", Text("이전 화면", "Previous panel"), previous_panel),
    Command("category.open", Text("분류 열기", "Open a category"), open_category),
    Command("category.next", Text("다음 분류", "Next category"), next_category),
    Command("category.previous", Text("이전 분류", "Previous category"), previous_category),
    Command("nav.home", Text("처음으로", "Home"), home),
    Command(
        "nav.back",
        Text("뒤로", "Back"),
        back,
        when=Condition(
            lambda state, world: bool(state.past),
            Text("더 뒤로 갈 곳이 없습니다", "There is nothing to go back to"),
        ),
    ),
    Command(
        "nav.forward",
        Text("앞으로", "Forward"),
        forward,
        when=Condition(
            lambda state, world: bool(state.future),
            Text("더 앞으로 갈 곳이 없습니다", "There is nothing to go forward to"),
        ),
    ),
    Command(
        "nav.up",
        Text("한 단계 위로", "One level up"),
        up,
        when=Condition(
            lambda state, world: state.place.district is not None,
            Text("전체를 보고 있습니다", "This is the whole city already"),
        ),
    ),
    Command("nav.close", Text("닫기", "Close"), close),
    Command("nav.detail", Text("자세히 보기", "Open the detail"), detail),
)
