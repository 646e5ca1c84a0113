"""System: processes, sources, the last commands. No Qt."""

from typing import TYPE_CHECKING

import msgspec

from kiosk.cache.freshness import source_freshness
from kiosk.commands.recording import INSTALLERS, RECORDERS
from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source as Way
from kiosk.core.invocation import Status
from kiosk.core.state import ViewState
from kiosk.pack.clock import local_time
from kiosk.panels.panel import Live
from kiosk.panels.periods import every
from kiosk.panels.system.model import AuditRow, SourceRow, SystemModel
from kiosk.ui.ages import age_words, aged, dated
from kiosk.ui.times import date_words
from kiosk.wire.city import Source
from kiosk.wire.messages import SyncState
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TITLE = Text("시스템", "System")
MOST_AUDIT = 40
MOST_ON_TABLET = 40
PROCESS_NAMES = {
    "ui": Text("화면", "Screen"),
    "gestures": Text("손 인식", "Hand tracking"),
    "voice": Text("음성 인식", "Voice"),
    "video": Text("도시 영상", "City video"),
    "sync": Text("자료 동기화", "Data sync"),
    "remote": Text("태블릿 서버", "Tablets' server"),
    "calls": Text("영상 통화", "Video calls"),
    "public": Text("시민용 웹", "Public edition"),
    "backend": Text("도시 백엔드", "City backend"),
    "cameras": Text("모의 카메라", "Simulated cameras"),
}
WAYS = {
    Way.TOUCH: Text("터치", "touch"),
    Way.GESTURE: Text("손짓", "hand"),
    Way.VOICE: Text("음성", "voice"),
    Way.TABLET: Text("태블릿", "tablet"),
    Way.KEYBOARD: Text("키보드", "keyboard"),
    Way.REPLAY: Text("재생", "replay"),
    Way.SYSTEM: Text("시스템", "system"),
}
STATUS = {
    Status.UNKNOWN: Text("모르는 명령", "unknown"),
    Status.BAD_ARGUMENTS: Text("맞지 않는 값", "bad value"),
    Status.UNAVAILABLE: Text("지금 안 됨", "not now"),
    Status.DENIED: Text("거절", "denied"),
    Status.NEEDS_CONFIRM: Text("확인 기다림", "to confirm"),
    Status.FAILED: Text("실패", "failed"),
}


class SystemData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: tuple[Source, ...]


class SystemPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("sources",))
    fields: frozenset[str] = frozenset()

    def query(self, repositories: "Repositories", state: ViewState) -> SystemData:
        return SystemData(repositories.sources())

    def present(
        self, state: ViewState, data: SystemData | None, live: Live, now_ms: int
    ) -> SystemModel:
        rows = [_source(source, now_ms) for source in data.sources] if data else []
        rows.sort(key=_urgency)
        late = sum(row.quality != "fresh" for row in rows)
        words, well = _sync(live.sync, now_ms)
        return SystemModel(
            processes=live.processes,
            sources=tuple(rows),
            late_sources=late,
            audit=tuple(_audit(record) for record in live.audit[:MOST_AUDIT]),
            sync=words,
            sync_well=well,
            tablets=live.tablets,
            recording=state.recording is not None,
            may_record=_role(state, live) in RECORDERS,
            may_tick=_role(state, live) in INSTALLERS,
            ticked=state.ticked,
            now_ms=now_ms,
        )

    def project(self, model: SystemModel) -> Projection:
        processes = tuple(
            Row(
                headline=PROCESS_NAMES.get(p.name, Text(p.name, p.name)),
                facts=p.reason if p.reason.ko else Text(p.state, p.state),
            )
            for p in model.processes
        )
        sources = tuple(
            Row(
                headline=s.name,
                facts=s.error or s.as_of or aged(s.last_ms, model.now_ms, s.quality),
            )
            for s in model.sources[:MOST_ON_TABLET]
        )
        blocks = (
            RowsBlock(Text("프로세스", "Processes"), processes),
            RowsBlock(Text("자료 출처", "Sources"), sources),
        )
        return Projection("system", TITLE, model.sync, model.now_ms, blocks)


def _role(state: ViewState, live: Live) -> str:
    """Of whom the wall works for."""
    who = live.profiles.find(state.profile)
    return who.role if who is not None else ""


_WORST = ("absent", "stale", "late", "fresh")


def _urgency(row: SourceRow) -> tuple[int, str]:
    """Errors, then what is oldest against its period; by name."""
    if row.error is not None:
        return -1, row.name.ko
    return _WORST.index(row.quality), row.name.ko


def _source(source: Source, now_ms: int) -> SourceRow:
    published = source.period_s > 7 * 86_400
    last, quality = source.last_success_ms, source_freshness(source, now_ms)
    return SourceRow(
        name=source.name,
        owner=source.owner,
        period=every(source.period_s),
        last_ms=last,
        as_of=dated(date_words(last), quality) if published and last is not None else None,
        quality=quality,
        error=source.last_error,
        simulated=source.simulated,
    )


def _sync(sync: SyncState | None, now_ms: int) -> tuple[Text, bool]:
    if sync is None:
        return Text("동기화 상태를 아직 모릅니다", "Nothing is known of sync yet"), False
    if sync.last_success_ms is None:
        return Text("아직 받은 자료가 없습니다", "No data has come yet"), sync.reachable
    age = age_words(now_ms - sync.last_success_ms)
    behind = Text(f", {sync.backlog}건 남음", f", {sync.backlog} to go") if sync.backlog else _NONE
    if sync.reachable:
        return (
            Text(f"동기화 {age.ko}{behind.ko}", f"Synced {age.en}{behind.en}"),
            sync.backlog == 0,
        )
    return (
        Text(f"백엔드 연결 끊김, 마지막 자료 {age.ko}", f"Backend unreachable, data from {age.en}"),
        False,
    )


_NONE = Text("", "")


def _audit(record: AuditRecord) -> AuditRow:
    done = record.status is Status.DONE
    said = record.reason if record.reason.ko else Text(record.command, record.command)
    return AuditRow(
        at=f"{local_time(record.t_ms):%H:%M:%S}",
        way=WAYS[record.source],
        what=Text(record.command, record.command),
        outcome=said if done else Text(f"{STATUS[record.status].ko}. {said.ko}", said.en),
        done=done,
    )
