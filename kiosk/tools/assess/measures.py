"""What a wall can say about itself: counted in its files, its ledger and its registry alone.

A share is told with what it is a share of. Where nothing has been counted the words say so.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec
from sqlalchemy.exc import DBAPIError

from kiosk.backend.catalogue import City, load_city
from kiosk.backend.connectors import standards
from kiosk.backend.connectors.registry import all_connectors
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.register import load_declared, sources_dirs
from kiosk.cache.chain import verify_file
from kiosk.cache.engine import open_ledger_for_reading
from kiosk.cache.files import LEDGER
from kiosk.cache.ledger import LedgerReader
from kiosk.core.desk import Desk
from kiosk.core.disclosure import Disclosure
from kiosk.core.usage import PEOPLE, Use
from kiosk.pack import pack_folder
from kiosk.pack.disclosure import load_rules
from kiosk.pack.speech import grammar_of
from kiosk.settings import Settings
from kiosk.settings.loading import read_model
from kiosk.tools.sources.listing import linked
from kiosk.wire.text import Text

GOALS = 17
PLEDGES = frozenset(("pledge", "task", "plan", "project", "programme"))
STANDARDS = standards.__name__
NO_LEDGER = Text("아직 쓴 적 없음", "not in use yet")


class Measured(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: Text
    value: Text


class Evidence(msgspec.Struct, frozen=True):
    """What was read. `linked` are those of the declared systems that are asked here. `uses` are all
    that the ledger has counted; `whole`: whether its audit log is as it was written, None without a
    ledger; `orders`: how many were given."""

    city: City
    desk: Desk
    declared: tuple[Declaration, ...]
    linked: tuple[Declaration, ...]
    disclosure: Disclosure
    phrases: dict[str, int]
    uses: tuple[Use, ...] = ()
    orders: int = 0
    whole: bool | None = None

    @property
    def fed(self) -> frozenset[str]:
        """Indicators that a declared system feeds or that were published, none of them made up."""
        feeds = {feed.indicator for one in self.linked for feed in one.feeds}
        if self.city.pack.invented is None:
            simulated = {source.id for source in self.city.sources if source.simulated}
            feeds |= {f.indicator for f in self.city.figures if f.source not in simulated}
        return frozenset(feeds)


def read_evidence(settings: Settings, data: Path) -> Evidence:
    """Raises SettingsError and GrammarError. A ledger that can't be read counts as none."""
    folder = pack_folder(settings)
    found = Evidence(
        city=load_city(folder),
        desk=read_model(folder / "orders.toml", Desk),
        declared=load_declared(sources_dirs(settings)),
        linked=linked(settings),
        disclosure=Disclosure(load_rules(settings)),
        phrases={of: len(grammar_of(settings, of).phrases) for of in ("ko", "en")},
    )
    ledger = data / LEDGER
    if not ledger.exists():
        return found
    engine = open_ledger_for_reading(ledger)
    try:
        reader = LedgerReader(engine)
        return msgspec.structs.replace(
            found,
            uses=reader.usage(0),
            orders=len(reader.given().orders),
            disclosure=Disclosure(found.disclosure.files, reader.decided()),
            whole=verify_file(ledger).whole,
        )
    except DBAPIError:
        return found
    finally:
        engine.dispose()


def _count(title: Text, count: int) -> Measured:
    return Measured(title, Text(f"{count:,}", f"{count:,}"))


def _share(title: Text, part: int, whole: int) -> Measured:
    if not whole:
        return Measured(title, Text("없음", "none"))
    percent = f"{100 * part / whole:.0f} %"
    words = Text(f"{whole:,} 가운데 {part:,} ({percent})", f"{part:,} of {whole:,} ({percent})")
    return Measured(title, words)


def inputs(evidence: Evidence) -> Measured:
    """Kinds of input that people have used, of those that there are."""
    title = Text(
        "사람들이 쓴 입력 (손가락, 손짓, 음성, 태블릿, 키보드)", "Kinds of input that people used"
    )
    if not evidence.uses:
        return Measured(title, NO_LEDGER)
    used = {use.source for use in evidence.uses if use.done or use.opened}
    return _share(title, len(used & PEOPLE), len(PEOPLE))


def phrases(evidence: Evidence) -> Measured:
    return _count(
        Text("말로 할 수 있는 문장 (한국어)", "Sentences that can be said in Korean"),
        evidence.phrases["ko"],
    )


def goals(evidence: Evidence) -> Measured:
    """Sustainable Development Goals that an indicator or an entry serves."""
    served = {goal for i in evidence.city.indicators for goal in i.sdg}
    served |= {goal for item in evidence.city.items.items for goal in item.sdg}
    return _share(
        Text("지표와 사업이 닿는 지속가능발전목표", "Sustainable Development Goals served"),
        len(served),
        GOALS,
    )


def pledges(evidence: Evidence) -> Measured:
    """Entries with progress that a publication stands for, not the demonstration."""
    listed = [item for item in evidence.city.items.items if item.kind in PLEDGES]
    real = sum(not item.simulated for item in listed)
    return _share(
        Text(
            "공약·계획·사업 가운데 모의가 아닌 것",
            "Pledges, plans and projects that are not simulated",
        ),
        real,
        len(listed),
    )


def opened(evidence: Evidence) -> Measured:
    title = Text("화면을 연 횟수 (센 날부터)", "Panels opened since counting began")
    if not evidence.uses:
        return Measured(title, NO_LEDGER)
    return _count(title, sum(use.opened for use in evidence.uses))


def orders(evidence: Evidence) -> Measured:
    title = Text("벽에서 내린 지시", "Orders given from the wall")
    return Measured(title, NO_LEDGER) if evidence.whole is None else _count(title, evidence.orders)


def areas(evidence: Evidence) -> Measured:
    count = len(evidence.city.districts)
    drawn = bool(evidence.city.pack.parts.boundaries)
    ko = "경계 있음" if drawn else "어림 경계"
    en = "with borders" if drawn else "cells, no borders"
    return Measured(Text("지역", "Areas"), Text(f"{count} ({ko})", f"{count} ({en})"))


def indicators(evidence: Evidence) -> Measured:
    return _count(Text("지표", "Indicators"), len(evidence.city.indicators))


def sources(evidence: Evidence) -> Measured:
    """Declared systems that are asked here and published ones, of all that are listed."""
    simulated = sum(source.simulated for source in evidence.city.sources)
    real = len(evidence.linked) + len(evidence.city.sources) - simulated
    whole = len(evidence.city.sources) + len(evidence.declared)
    return _share(
        Text("실제 시스템에 이어진 출처", "Sources that are linked to a real system"), real, whole
    )


def public(evidence: Evidence) -> Measured:
    shown = sum(evidence.disclosure.public("indicators", i.id) for i in evidence.city.indicators)
    return _share(
        Text("시민에게 공개된 지표", "Indicators that everybody may see"),
        shown,
        len(evidence.city.indicators),
    )


def complaints(evidence: Evidence) -> Measured:
    """Kinds of complaints that fall to an office by themselves."""
    duties = {d for office in evidence.desk.department for d in office.duties}
    kinds = {duty for duty in duties if duty.startswith("complaints.")}
    return _count(
        Text("담당 부서가 정해진 민원 종류", "Kinds of complaints with an office in charge"),
        len(kinds),
    )


def languages(evidence: Evidence) -> Measured:
    spoken = [of for of, count in evidence.phrases.items() if count]
    return Measured(
        Text("화면과 말의 언어", "Languages on the screen and spoken"),
        Text(", ".join(spoken), ", ".join(spoken)),
    )


def fed(evidence: Evidence) -> Measured:
    return _share(
        Text("모의가 아닌 지표", "Indicators that are not simulated"),
        len(evidence.fed),
        len(evidence.city.indicators),
    )


def standards_spoken(_: Evidence) -> Measured:
    """Connectors of open standards in the program."""
    many = sum(c.parse.__module__.startswith(STANDARDS) for c in all_connectors().values())
    return _count(Text("읽을 수 있는 개방 표준", "Open standards that can be read"), many)


def editions(evidence: Evidence) -> Measured:
    """Areas that could have a wall of their own: those with smaller areas inside."""
    title = Text("구별 상황판을 낼 수 있는 지역", "Areas that could have a wall of their own")
    inner = evidence.city.pack.inner is not None
    return _share(title, len(evidence.city.districts) if inner else 0, len(evidence.city.districts))


def owners(evidence: Evidence) -> Measured:
    names = {source.owner.ko for source in evidence.city.sources}
    names |= {one.owner.ko for one in evidence.declared}
    return _count(
        Text("자료를 내는 기관과 부서", "Offices and agencies that give data"), len(names)
    )


def contacts(evidence: Evidence) -> Measured:
    """Sources with an owner that can be reached, as the wall tells it."""
    told = [(s.owner, s.contact) for s in evidence.city.sources]
    told += [(one.owner, one.contact) for one in evidence.declared]
    reached = sum(evidence.desk.reached(owner, contact) != "" for owner, contact in told)
    return _share(Text("연락처가 있는 출처", "Sources with a contact"), reached, len(told))


def methods(evidence: Evidence) -> Measured:
    told = sum(bool(i.method.ko) for i in evidence.city.indicators)
    return _share(
        Text("산출 방법이 적힌 지표", "Indicators with their method written down"),
        told,
        len(evidence.city.indicators),
    )


def licences(evidence: Evidence) -> Measured:
    told = sum(bool(one.licence) for one in evidence.declared)
    return _share(
        Text("이용 조건이 적힌 출처", "Declared sources with a licence"),
        told,
        len(evidence.declared),
    )


def audit(evidence: Evidence) -> Measured:
    title = Text("감사 기록", "Audit log")
    if evidence.whole is None:
        return Measured(title, NO_LEDGER)
    said = (
        Text("온전함", "whole")
        if evidence.whole
        else Text("고치거나 잘린 곳이 있음", "edited or cut")
    )
    return Measured(title, said)


def refused(evidence: Evidence) -> Measured:
    title = Text("권한이나 확인이 없어 하지 않은 명령", "Commands that were refused")
    if not evidence.uses:
        return Measured(title, NO_LEDGER)
    asked = sum(use.done + use.refused for use in evidence.uses)
    return _share(title, sum(use.refused for use in evidence.uses), asked)


MEASURES: dict[str, Callable[[Evidence], Measured]] = {
    "inputs": inputs,
    "phrases": phrases,
    "goals": goals,
    "pledges": pledges,
    "opened": opened,
    "orders": orders,
    "areas": areas,
    "indicators": indicators,
    "sources": sources,
    "public": public,
    "complaints": complaints,
    "languages": languages,
    "fed": fed,
    "standards": standards_spoken,
    "editions": editions,
    "owners": owners,
    "contacts": contacts,
    "methods": methods,
    "licences": licences,
    "audit": audit,
    "refused": refused,
}
