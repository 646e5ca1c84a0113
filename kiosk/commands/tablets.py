"""Tablets: show the QR code, let one in, turn one away."""

from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.invocation import Source
from kiosk.core.registry import (
    Args,
    Command,
    Condition,
    NoArgs,
    Question,
    Result,
    Risk,
    Send,
)
from kiosk.core.state import PairingView, ViewState, elsewhere, go, replace
from kiosk.core.world import World
from kiosk.wire.messages import (
    ClosePairing,
    GiveCredential,
    GiveOffice,
    GiveRole,
    LendPointer,
    OpenPairing,
    PairingDecision,
    RevokeDevice,
    Role,
)
from kiosk.wire.text import Text


class Paired(Args, frozen=True):
    """A paired tablet by its id."""

    device: str


class Rights(Args, frozen=True):
    """A paired tablet by its id, and the role that it gets."""

    device: str
    role: Role


class Belongs(Args, frozen=True):
    """A paired tablet by its id, and the department whose it is by id or name ("": nobody's in
    particular)."""

    device: str
    office: str = ""


class Pointer(Args, frozen=True):
    """The tablet that points; `by` is filled in."""

    by: str = ""


class Enrolment(Args, frozen=True):
    """A paired tablet by its id, and by what its owner will be verified."""

    device: str
    credential: str


class Accept(Args, frozen=True):
    """The role that the tablet gets."""

    role: Role = "official"


class Offered(Args, frozen=True):
    """The address for the QR code. Its fragment is the one-time code, so it is kept out of logs."""

    url: str
    expires_ms: int


class Asked(Args, frozen=True):
    """A tablet that used the code; both screens show the check code."""

    request: str
    device_name: str
    check_code: str
    expires_ms: int


class Gone(Args, frozen=True):
    """Why the offer ended."""

    ko: str
    en: str


def pair(state: ViewState, args: NoArgs, world: World) -> Result:
    place = elsewhere(state.place, "pairing")
    return Result(
        go(state, place),
        Text("태블릿으로 QR을 비추세요", "Point the tablet at the QR code"),
        (Send("remote", OpenPairing()),),
    )


def accept(state: ViewState, args: Accept, world: World) -> Result:
    request = _request(state)
    return Result(
        replace(state, pairing=None),
        Text("태블릿을 연결했습니다", "The tablet is connected"),
        (Send("remote", PairingDecision(request, accepted=True, role=args.role)),),
    )


def reject(state: ViewState, args: NoArgs, world: World) -> Result:
    request = _request(state)
    return Result(
        replace(state, pairing=None),
        Text("태블릿을 연결하지 않았습니다", "The tablet was turned away"),
        (Send("remote", PairingDecision(request, accepted=False)),),
    )


def close(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(
        replace(state, pairing=None),
        Text("태블릿 연결을 닫았습니다", "Pairing is closed"),
        (Send("remote", ClosePairing()),),
    )


def revoke(state: ViewState, args: Paired, world: World) -> Result:
    return Result(
        state,
        Text("태블릿을 끊었습니다", "The tablet is cut off"),
        (Send("remote", RevokeDevice(args.device)),),
    )


def ask_all(state: ViewState, args: NoArgs, world: World) -> Question:
    names = ", ".join(world.devices.values())
    words = Text(
        f"등록된 태블릿 {len(world.devices)}대를 모두 끊을까요? {names}",
        f"Cut off all {len(world.devices)} tablets? {names}",
    )
    return Question(words, {})


def revoke_all(state: ViewState, args: NoArgs, world: World) -> Result:
    sends = tuple(Send("remote", RevokeDevice(device)) for device in world.devices)
    return Result(state, Text("태블릿을 모두 끊었습니다", "All tablets are cut off"), sends)


def give_role(state: ViewState, args: Rights, world: World) -> Result:
    return Result(
        state,
        Text("태블릿의 권한을 바꿨습니다", "The tablet's rights are changed"),
        (Send("remote", GiveRole(args.device, args.role)),),
    )


def give_office(state: ViewState, args: Belongs, world: World) -> Result:
    """Raises BadArguments for a department that is not there."""
    office, name = _office(args.office, world)
    say = Text(f"태블릿의 소속: {name.ko}", f"The tablet belongs to: {name.en}")
    return Result(state, say, (Send("remote", GiveOffice(args.device, office)),))


def point(state: ViewState, args: Pointer, world: World) -> Result:
    """What the tablet points at after that is shown, and not written down each time."""
    name = world.devices.get(args.by, "")
    say = Text(f"‘{name}’이 벽에서 가리킵니다", f"“{name}” points on the wall")
    return Result(state, say, (Send("remote", LendPointer(args.by)),))


def ask_enrol(state: ViewState, args: Enrolment, world: World) -> Question:
    """Raises Unavailable for a tablet that is not paired."""
    name = world.devices.get(args.device)
    if name is None:
        raise Unavailable(Text("연결되지 않은 태블릿입니다", "This tablet is not paired"))
    words = Text(
        f"‘{name}’의 본인 확인을 등록할까요? 이 태블릿으로 지시를 확인할 수 있게 됩니다",
        f"Register the owner of “{name}”? Orders can then be confirmed from it",
    )
    return Question(words, {"device": args.device, "credential": args.credential})


def enrol(state: ViewState, args: Enrolment, world: World) -> Result:
    return Result(
        state,
        Text("본인 확인을 등록했습니다", "The owner is registered"),
        (Send("remote", GiveCredential(args.device, args.credential)),),
    )


def offered(state: ViewState, args: Offered, world: World) -> Result:
    view = PairingView(url=args.url, expires_ms=args.expires_ms)
    say = Text("QR을 비추면 연결됩니다", "Scan the QR code to connect")
    return Result(replace(state, pairing=view), say)


def asked(state: ViewState, args: Asked, world: World) -> Result:
    view = PairingView(
        expires_ms=args.expires_ms,
        request=args.request,
        device_name=args.device_name,
        check_code=args.check_code,
    )
    say = Text("태블릿이 기다립니다. 번호를 맞춰 보세요", "A tablet waits. Compare the numbers")
    return Result(replace(state, pairing=view), say)


def gone(state: ViewState, args: Gone, world: World) -> Result:
    return Result(replace(state, pairing=None), Text(args.ko, args.en))


def _office(wanted: str, world: World) -> tuple[str, Text]:
    """Id and name: of the city's departments, or of what is in charge of a district."""
    if not wanted:
        return "", Text("없음", "none")
    found = world.desk.find(wanted)
    if found is not None:
        return found.id, found.name
    local = (d.department for d in world.catalogue.districts())
    name = next((n for n in local if wanted in (n.ko, n.en)), None)
    if name is None:
        raise BadArguments(
            Text(f"‘{wanted}’, 그런 부서가 없습니다", f"There is no department “{wanted}”")
        )
    return name.ko, name


def _request(state: ViewState) -> str:
    if state.pairing is None or not state.pairing.request:
        raise Unavailable(Text("연결을 기다리는 태블릿이 없습니다", "No tablet is waiting"))
    return state.pairing.request


_SERVES = Condition(
    lambda state, world: world.health("remote") in ("running", "degraded"),
    Text("태블릿 서버가 쉬고 있습니다", "The tablets' server is not running"),
)
_OFFERED = Condition(
    lambda state, world: state.pairing is not None,
    Text("열려 있는 연결이 없습니다", "No pairing is open"),
)
_BY_SYSTEM = frozenset({Source.SYSTEM})
_BY_TOUCH = frozenset({Source.TOUCH, Source.KEYBOARD})

COMMANDS = (
    Command(
        "remote.pair",
        Text("태블릿 연결", "Connect a tablet"),
        pair,
        sources=frozenset({Source.TOUCH, Source.KEYBOARD, Source.VOICE, Source.GESTURE}),
        when=_SERVES,
    ),
    Command(
        "remote.accept",
        Text("태블릿 받아들이기", "Let the tablet in"),
        accept,
        risk=Risk.ADMIN,
        sources=_BY_TOUCH,
        when=_OFFERED,
    ),
    Command(
        "remote.reject",
        Text("태블릿 돌려보내기", "Turn the tablet away"),
        reject,
        sources=_BY_TOUCH | {Source.VOICE, Source.GESTURE},
        when=_OFFERED,
    ),
    Command(
        "remote.offered",
        Text("QR 보이기", "Show the QR code"),
        offered,
        sources=_BY_SYSTEM,
        secret=frozenset({"url"}),
    ),
    Command(
        "remote.asked",
        Text("태블릿이 물음", "A tablet asks"),
        asked,
        sources=_BY_SYSTEM,
        secret=frozenset({"check_code"}),
    ),
    Command("remote.gone", Text("연결이 끝남", "Pairing ended"), gone, sources=_BY_SYSTEM),
    Command(
        "remote.revoke",
        Text("태블릿 끊기", "Cut off a tablet"),
        revoke,
        risk=Risk.ADMIN,
        sources=_BY_TOUCH,
        question=Text("이 태블릿을 끊을까요?", "Cut off this tablet?"),
    ),
    Command(
        "remote.role",
        Text("태블릿 권한 바꾸기", "Change a tablet's rights"),
        give_role,
        risk=Risk.ADMIN,
        sources=_BY_TOUCH,
    ),
    Command(
        "remote.office",
        Text("태블릿 소속 정하기", "Say whose a tablet is"),
        give_office,
        risk=Risk.ADMIN,
        sources=_BY_TOUCH,
    ),
    Command(
        "remote.point",
        Text("벽에서 가리키기", "Point on the wall"),
        point,
        sources=frozenset({Source.TABLET}),
        roles=frozenset({"mayor", "official"}),
        signed="by",
    ),
    Command(
        "remote.enrol",
        Text("본인 확인 등록", "Register a tablet's owner"),
        enrol,
        risk=Risk.ADMIN,
        sources=_BY_SYSTEM,
        secret=frozenset({"credential"}),
        ask=ask_enrol,
        always_asked=True,
    ),
    Command(
        "remote.revoke_all",
        Text("태블릿 모두 끊기", "Cut off all tablets"),
        revoke_all,
        risk=Risk.ADMIN,
        sources=frozenset(Source) - {Source.TABLET},
        when=Condition(
            lambda state, world: bool(world.devices),
            Text("등록된 태블릿이 없습니다", "No tablet is paired"),
        ),
        ask=ask_all,
        always_asked=True,
    ),
    Command("remote.close", Text("태블릿 연결 닫기", "Close pairing"), close, when=_OFFERED),
)
