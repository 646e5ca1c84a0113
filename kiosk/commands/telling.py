"""What the wall can be asked: answered in a sentence, without turning to another panel."""

from collections.abc import Sequence

from kiosk.commands.cctv import CAMERA, OPEN, chosen
from kiosk.core.camera_wall import page
from kiosk.core.errors import Unavailable
from kiosk.core.lookup import entry
from kiosk.core.registry import Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState
from kiosk.core.world import Entry, World, find
from kiosk.pack import here
from kiosk.pack.clock import local_time, midnight_ms
from kiosk.wire.messages import State
from kiosk.wire.text import Text

STATES: dict[State, Text] = {
    "stopped": Text("쉼", "off"),
    "starting": Text("시작하는 중", "starting"),
    "running": Text("정상", "well"),
    "degraded": Text("불안정", "unsteady"),
    "failed": Text("고장", "failed"),
}
PHRASES_TOLD = 3
WEEKDAYS = "월화수목금토일"


def time(state: ViewState, args: NoArgs, world: World) -> Result:
    now = local_time(world.now_ms())
    half = "오전" if now.hour < 12 else "오후"
    ko = f"지금은 {half} {now.hour % 12 or 12}시 {now.minute}분입니다"
    return Result(state, Text(ko, f"It is {now:%H:%M}"))


def date(state: ViewState, args: NoArgs, world: World) -> Result:
    now = local_time(world.now_ms())
    ko = f"{now.year}년 {now.month}월 {now.day}일 {WEEKDAYS[now.weekday()]}요일입니다"
    return Result(state, Text(ko, f"It is {now:%A}, {now.day} {now:%B %Y}"))


def where(state: ViewState, args: NoArgs, world: World) -> Result:
    """Panel, district, neighbourhood, and what is open on it, as far as there are such."""
    place, known = state.place, world.catalogue
    opened = (place.item, place.camera, place.indicator)
    tables = (known.incidents(), known.complaints(), known.items(), known.cameras())
    named: list[Text] = [world.panels.get(place.panel, Text(place.panel, place.panel))]
    for entries, key in (
        (known.districts(), place.district),
        (known.neighbourhoods(), place.neighbourhood),
    ):
        named += _named(entries, key)
    for key in opened:
        named += [n for entries in (*tables, known.indicators()) for n in _named(entries, key)][:1]
    return Result(state, _listed(named))


def connection(state: ViewState, args: NoArgs, world: World) -> Result:
    """Whether the backend answers, and since when what is shown is as it is."""
    sync, when, waits = world.sync, Text("", ""), Text("", "")
    if sync is None:
        raise Unavailable(Text("아직 연결해 보지 못했습니다", "Nobody has tried to connect yet"))
    if sync.last_success_ms is not None:
        at = local_time(sync.last_success_ms)
        when = Text(f". 마지막 자료 {at:%m/%d %H:%M}", f". The last data came {at:%m/%d %H:%M}")
    if sync.backlog:
        waits = Text(f". 보낼 것 {sync.backlog}건", f". {sync.backlog} wait to be sent")
    words = Text("백엔드에 연결되지 않습니다", "The backend does not answer")
    if sync.reachable:
        words = Text("백엔드에 연결되어 있습니다", "The backend answers")
    return Result(state, Text(f"{words.ko}{when.ko}{waits.ko}", f"{words.en}{when.en}{waits.en}"))


def senses(state: ViewState, args: NoArgs, world: World) -> Result:
    eyes, ears = STATES[world.health("gestures")], STATES[world.health("voice")]
    return Result(
        state,
        Text(f"카메라 {eyes.ko}, 마이크 {ears.ko}", f"Camera {eyes.en}, microphone {ears.en}"),
    )


def tablets(state: ViewState, args: NoArgs, world: World) -> Result:
    """How many are connected, and the names of those that are paired."""
    names = ", ".join(world.devices.values())
    paired = Text(f". 등록: {names}", f". Paired: {names}") if names else Text("", "")
    count = world.tablets
    words = Text(f"연결된 태블릿 {count}대", f"{count} tablets are connected")
    if not count:
        words = Text("연결된 태블릿이 없습니다", "No tablet is connected")
    return Result(state, Text(f"{words.ko}{paired.ko}", f"{words.en}{paired.en}"))


def cameras(state: ViewState, args: NoArgs, world: World) -> Result:
    """How many the city has and, on the camera panel, how many of those on the wall give no live
    picture: of the others nobody has asked."""
    count = len(world.catalogue.cameras())
    words = Text(f"카메라 {count}대", f"{count} cameras")
    if state.panel == "cctv" and count:
        shown = page(state.cctv, chosen(state, world))
        bad = sum(bool(world.picture(camera.id).ko) for camera in shown)
        words = Text(
            f"{words.ko}, 화면의 {len(shown)}대 가운데 {bad}대가 실시간이 아닙니다",
            f"{words.en}; of {len(shown)} on the wall {bad} are not live",
        )
    return Result(state, words)


def camera(state: ViewState, args: NoArgs, world: World) -> Result:
    """Number, name, district, who is in charge, and how the picture is, of the opened camera."""
    found = entry(world.catalogue.cameras(), str(state.place.camera), CAMERA)
    how = world.picture(found.id)
    named = [Text(f"{found.number}번 {found.name.ko}", f"{found.number} {found.name.en}")]
    named += _named(world.catalogue.districts(), found.district)
    named += [words for words in (found.department, how) if words.ko]
    return Result(state, _listed(named))


def incidents(state: ViewState, args: NoArgs, world: World) -> Result:
    """How many run, how many of them nobody has noted, and the most urgent one."""
    running = [each for each in world.catalogue.incidents() if not each.ended]
    if not running:
        return Result(state, Text("진행 중인 현안이 없습니다", "No incident is running"))
    fresh, first = sum(each.id not in world.noted for each in running), running[0].name
    return Result(
        state,
        Text(
            f"진행 중 {len(running)}건, 확인 전 {fresh}건. 가장 급한 것: {first.ko}",
            f"{len(running)} running, {fresh} not noted. Most urgent: {first.en}",
        ),
    )


def complaints(state: ViewState, args: NoArgs, world: World) -> Result:
    """Of those that the wall lists: how many are open, and how many came today."""
    known = [c for c in world.catalogue.complaints() if state.place.district in (None, c.district)]
    still = sum(not c.ended for c in known)
    today = sum(c.t_ms >= midnight_ms(world.now_ms()) for c in known)
    return Result(
        state,
        Text(
            f"처리할 민원 {still}건, 오늘 들어온 민원 {today}건",
            f"{still} complaints are open, {today} came today",
        ),
    )


def orders(state: ViewState, args: NoArgs, world: World) -> Result:
    """How many are under way, past their day, and refused."""
    given, now_ms = world.given.orders, world.now_ms()
    still = [one for one in given if one.state != "done" and one.refused is None]
    late = sum(one.order.due_ms is not None and one.order.due_ms <= now_ms for one in still)
    refused = sum(one.refused is not None for one in given)
    words = Text(
        f"진행 중인 지시 {len(still)}건, 기한 지난 지시 {late}건",
        f"{len(still)} orders under way, {late} past their day",
    )
    if refused:
        words = Text(f"{words.ko}, 거절 {refused}건", f"{words.en}, {refused} refused")
    return Result(state, words)


def late(state: ViewState, args: NoArgs, world: World) -> Result:
    """How many items are behind their dates, and the one that is furthest behind."""
    behind = _behind(world)
    if not behind:
        return Result(state, Text("지연된 사업이 없습니다", "Nothing is behind its dates"))
    first = behind[0].name
    return Result(
        state,
        Text(
            f"지연 {len(behind)}건, 가장 늦은 것: {first.ko}",
            f"{len(behind)} are late, furthest behind: {first.en}",
        ),
    )


def age(state: ViewState, args: NoArgs, world: World) -> Result:
    words = world.standing(state.panel)
    fresh = Text("이 화면의 자료는 모두 제때의 것입니다", "All that this panel shows is up to date")
    return Result(state, words if words.ko else fresh)


def whose(state: ViewState, args: NoArgs, world: World) -> Result:
    """Whom the wall works for, and whose ways of the hand count."""
    profile = world.profiles.find(state.profile)
    named = [profile.name] if profile is not None else []
    named += [words for words in (world.people.get(state.person),) if words is not None]
    if not named:
        raise Unavailable(Text("사용자 설정이 없습니다", "No profile is configured"))
    words = _listed(named)
    return Result(state, Text(f"{words.ko} 화면입니다", f"The wall of: {words.en}"))


def again(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(state, world.said)


def summary(state: ViewState, args: NoArgs, world: World) -> Result:
    """What waits for somebody in the whole city."""
    running = sum(not each.ended for each in world.catalogue.incidents())
    still = sum(not each.ended for each in world.catalogue.complaints())
    behind = len(_behind(world))
    given = sum(one.state != "done" and one.refused is None for one in world.given.orders)
    return Result(
        state,
        Text(
            f"{here().name.ko}: 진행 중 현안 {running}, 처리할 민원 {still}, "
            f"지연 사업 {behind}, 진행 중 지시 {given}",
            f"{here().name.en}: {running} incidents, {still} complaints, "
            f"{behind} items late, {given} orders under way",
        ),
    )


def sayable(state: ViewState, args: NoArgs, world: World) -> Result:
    """Sentences for commands of this panel, else for ways through the wall."""
    begins = _AREAS.get(state.panel, ("panel.", "nav."))
    found = [
        said[0]
        for command, said in world.phrases.items()
        if said and command.startswith(begins) and not command.startswith("tell.")
    ]
    if not found:
        raise Unavailable(Text("아직 준비하는 중입니다", "Not ready yet"))
    told = ", ".join(f"‘{phrase}’" for phrase in found[:PHRASES_TOLD])
    return Result(state, Text(f"이렇게 말해 보세요: {told}", f"Try: {told}"))


_AREAS: dict[str, tuple[str, ...]] = {
    "home": ("map.", "district."),
    "indicators": ("indicator.",),
    "compare": ("compare.", "indicator."),
    "incident": ("incident.",),
    "complaints": ("complaint.",),
    "orders": ("order.",),
    "cctv": ("cctv.",),
    "places": ("place.",),
    "search": ("search.",),
    "pairing": ("remote.",),
    **dict.fromkeys(("pledges", "projects", "plans", "programmes", "investment"), ("item.",)),
    **dict.fromkeys(("relations", "goals", "votes", "voices", "news"), ("item.", "goal.")),
}
"""Panel -> how the ids of the commands begin that are about what it shows."""


def _behind(world: World) -> list[Entry]:
    """What is late, the furthest behind first; a whole is not counted beside its parts."""
    every = world.catalogue.items()
    wholes = {one.parent for one in every}
    return [one for one in every if one.late and one.id not in wholes]


def _named(entries: Sequence[Entry], key: str | None) -> list[Text]:
    found = find(tuple(entries), key) if key else None
    return [found.name] if found is not None else []


def _listed(named: Sequence[Text]) -> Text:
    return Text(", ".join(n.ko for n in named), ", ".join(n.en for n in named))


_SAID = Condition(
    lambda state, world: bool(world.said.ko),
    Text("아직 답한 것이 없습니다", "Nothing has been answered yet"),
)

COMMANDS = (
    Command("tell.time", Text("시각 묻기", "Ask the time"), time),
    Command("tell.date", Text("날짜 묻기", "Ask the date"), date),
    Command("tell.where", Text("어느 화면인지 묻기", "Ask where this is"), where),
    Command("tell.connection", Text("연결 상태 묻기", "Ask about the connection"), connection),
    Command("tell.senses", Text("카메라·마이크 묻기", "Ask about the sensors"), senses),
    Command("tell.tablets", Text("연결된 태블릿 묻기", "Ask who is connected"), tablets),
    Command("tell.cameras", Text("CCTV 상태 묻기", "Ask about the cameras"), cameras),
    Command("tell.camera", Text("이 카메라 묻기", "Ask about this camera"), camera, when=OPEN),
    Command("tell.incidents", Text("현안 묻기", "Ask about incidents"), incidents),
    Command("tell.complaints", Text("민원 묻기", "Ask about complaints"), complaints),
    Command("tell.orders", Text("지시 묻기", "Ask about orders"), orders),
    Command("tell.late", Text("지연된 것 묻기", "Ask what is late"), late),
    Command("tell.age", Text("언제 자료인지 묻기", "Ask how old this is"), age),
    Command("tell.whose", Text("누구 화면인지 묻기", "Ask whose wall this is"), whose),
    Command("tell.again", Text("다시 말하기", "Say it again"), again, when=_SAID),
    Command("tell.summary", Text("요약", "Sum up"), summary),
    Command("tell.sayable", Text("할 수 있는 말", "What can be said here"), sayable),
)
