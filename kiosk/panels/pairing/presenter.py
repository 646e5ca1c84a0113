"""Pairing: what stands between a tablet and the wall. No Qt."""

from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import msgspec

from kiosk.core.contacts import ACTING
from kiosk.core.desk import Desk
from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.panels.panel import Live
from kiosk.ui.ages import age_words
from kiosk.wire.calls import Call
from kiosk.wire.messages import Device, Role
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TITLE = Text("태블릿 연결", "Connect a tablet")
OFFER_MS = 120_000
IN_USE_MS = 5 * 60_000
NO_OFFICE = Text("소속 없음", "No department")
ROLE_WORDS: dict[Role, Text] = {
    "mayor": Text("모든 권한", "all rights"),
    "official": Text("조작 권한", "may control"),
    "visitor": Text("보기만", "view only"),
    "installer": Text("설치 권한", "installer"),
    "tester": Text("시험 권한", "tester"),
}


RIGHTS: dict[Role, Text] = {
    "visitor": Text("보기만", "View only"),
    "official": Text("조작", "Control"),
    "mayor": Text("모든 권한", "All rights"),
}
"""What is chosen on the wall, from less to more."""


class DeviceLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paired tablet: its rights, when it was used last, and whose it is (a department's id and
    name). `call`: the command that calls it now, to a call of its own or to the one that is on;
    empty where it can't be called."""

    id: str
    name: Text
    facts: Text
    in_use: bool
    role: Role
    office: str = ""
    belongs: Text = Text("", "")
    call: Literal["", "call.start", "call.add"] = ""


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A department that a tablet can belong to; without an id: none in particular."""

    id: str
    name: Text


class PairingModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`url` (the content of the QR code) is empty while nothing is offered; `check_code` is there
    once a tablet asks. `address` is what a person may type instead. `authority` is the fingerprint
    that a tablet shows, too, before it installs the kiosk's certificate. `meets`: several of them
    can be called to a conference."""

    url: str = ""
    address: str = ""
    authority: str = ""
    expires_ms: int = 0
    check_code: str = ""
    waiting: Text = Text("", "")
    devices: tuple[DeviceLine, ...] = ()
    offices: tuple[Office, ...] = ()
    connected: int = 0
    meets: bool = False
    now_ms: int = 0


class PairingPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("districts",))
    fields: frozenset[str] = frozenset()

    def query(self, repositories: "Repositories", state: ViewState) -> tuple[Text, ...]:
        """What is in charge of each district."""
        return tuple(here().parts.office_of(d.name) for d in repositories.districts())

    def present(
        self, state: ViewState, data: tuple[Text, ...] | None, live: Live, now_ms: int
    ) -> PairingModel:
        offer = state.pairing
        lines = (_device(d, live.desk, now_ms) for d in live.devices if not d.revoked)
        devices = tuple(_with_call(line, live, state.call) for line in lines)
        offices = (
            Office("", NO_OFFICE),
            *(Office(d.id, d.name) for d in live.desk.department),
            *(Office(name.ko, name) for name in data or () if name.ko),
        )
        meets = live.conferences and sum(line.call == "call.start" for line in devices) >= 2
        if offer is None:
            return PairingModel(
                devices=devices,
                offices=offices,
                connected=live.tablets,
                meets=meets,
                now_ms=now_ms,
            )
        name = offer.device_name
        waiting = Text(f"{name} 기다리는 중", f"{name} is waiting") if name else Text("", "")
        return PairingModel(
            url=offer.url,
            address=urlsplit(offer.url).netloc,
            authority=_in_fours(live.authority),
            expires_ms=offer.expires_ms,
            check_code=_spaced(offer.check_code),
            waiting=waiting,
            devices=devices,
            offices=offices,
            connected=live.tablets,
            meets=meets,
            now_ms=now_ms,
        )

    def project(self, model: PairingModel) -> Projection:
        """Codes stay on the wall: a tablet that is in sees only who else is."""
        rows = tuple(_row(d) for d in model.devices)
        block = RowsBlock(Text("연결된 태블릿", "Paired tablets"), rows)
        return Projection("pairing", TITLE, Text("", ""), model.now_ms, (block,))


def _with_call(line: DeviceLine, live: Live, call: Call | None) -> DeviceLine:
    if line.id not in live.online or line.role not in ACTING:
        return line
    if call is None:
        return msgspec.structs.replace(line, call="call.start")
    joins = live.conferences and call.phase != "asking" and line.id not in call.tablets
    return msgspec.structs.replace(line, call="call.add" if joins else "")


def _row(line: DeviceLine) -> Row:
    told = [words for words in (line.belongs, line.facts) if words.ko]
    facts = Text(", ".join(t.ko for t in told), ", ".join(t.en for t in told))
    return Row(line.name, facts)


def _in_fours(fingerprint: str) -> str:
    """ "c6959574..." as "C695 9574 ..."."""
    digits = fingerprint.upper()
    return " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))


def _spaced(code: str) -> str:
    """ "482913" as "482 913"."""
    return f"{code[:3]} {code[3:]}" if len(code) == 6 and code.isdigit() else code


def _device(device: Device, desk: Desk, now_ms: int) -> DeviceLine:
    used = device.last_used_ms
    if used is None:
        when = Text("아직 쓰지 않음", "not used yet")
    else:
        age = age_words(now_ms - used)
        when = Text(f"{age.ko} 사용", f"used {age.en}")
    rights = ROLE_WORDS[device.role]
    return DeviceLine(
        id=device.id,
        name=Text(device.name, device.name),
        facts=Text(f"{rights.ko}, {when.ko}", f"{rights.en}, {when.en}"),
        belongs=desk.named(device.office) if device.office else Text("", ""),
        in_use=used is not None and now_ms - used < IN_USE_MS,
        role=device.role,
        office=device.office,
    )
