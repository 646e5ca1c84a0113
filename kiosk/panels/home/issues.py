"""What needs a look now: incidents, figures past a threshold, silent sources. No Qt."""

from collections.abc import Mapping, Sequence

import msgspec

from kiosk.cache.freshness import freshness
from kiosk.panels.figures import SEVERITY_RANK, crossed, number
from kiosk.ui.ages import age_words
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Incident, Indicator, Observation, Severity, Source
from kiosk.wire.messages import SyncState
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text

MANY_SOURCES = 3


class Issue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to look at. Its number is the same in the list, on the map and in speech.

    `about` is what an order about it names, as table/key; empty where none can be given.
    """

    id: str
    severity: Severity
    headline: Text
    facts: Text
    since_ms: int
    verb: Text
    press: Press
    simulated: bool = False
    number: int = 0
    lon: float | None = None
    lat: float | None = None
    about: str = ""


def issues(
    incidents: Sequence[Incident],
    indicators: Sequence[Indicator],
    latest: Mapping[str, Observation],
    sparks: Mapping[str, Sequence[SparkPoint]],
    sources: Sequence[Source],
    sync: SyncState | None,
    now_ms: int,
) -> tuple[Issue, ...]:
    """All issues, numbered from 1: the gravest first, the newest first among equals."""
    found = [_incident(incident) for incident in incidents if incident.ended_ms is None]
    for indicator in indicators:
        row = latest.get(indicator.id)
        if row is not None:
            found += _threshold(indicator, row, sparks.get(indicator.id, ()), now_ms)
    shown = {indicator.source_id for indicator in indicators}
    found += _silence([source for source in sources if source.id in shown], sync, now_ms)
    found.sort(key=lambda issue: (-SEVERITY_RANK[issue.severity], -issue.since_ms))
    return tuple(
        msgspec.structs.replace(issue, number=place) for place, issue in enumerate(found, start=1)
    )


def _incident(incident: Incident) -> Issue:
    return Issue(
        id=f"incident.{incident.id}",
        severity=incident.severity,
        headline=incident.headline,
        facts=incident.facts,
        since_ms=incident.t_ms,
        verb=Text("현장 보기", "See it"),
        press=Press("incident.open", {"incident": incident.id}),
        simulated=incident.simulated,
        lon=incident.lon,
        lat=incident.lat,
        about=f"incidents/{incident.id}",
    )


def _threshold(
    indicator: Indicator, row: Observation, spark: Sequence[SparkPoint], now_ms: int
) -> list[Issue]:
    """An issue when a fresh figure lies past a threshold; an old figure alarms nobody."""
    reached = crossed(indicator, row.value)
    if reached is None or row.value is None:
        return []
    if freshness(row.t_ms, indicator.period_s, now_ms) == "stale":
        return []
    value = number(row.value, indicator.decimals)
    limit = number(reached.value, indicator.decimals)
    unit = indicator.unit
    return [
        Issue(
            id=f"threshold.{indicator.id}",
            severity=reached.severity,
            headline=Text(
                f"{indicator.title.ko} {reached.label.ko}",
                f"{indicator.title.en}: {reached.label.en}",
            ),
            facts=Text(
                f"지금 {value} {unit.ko}, 기준 {limit} {unit.ko}, 담당 {indicator.owner.ko}",
                f"now {value} {unit.en}, from {limit} {unit.en}, {indicator.owner.en}",
            ),
            since_ms=_since(indicator, row, spark),
            verb=Text("지표 보기", "See figure"),
            press=Press("indicator.open", {"indicator": indicator.id}),
            simulated=row.simulated,
            about=f"indicators/{indicator.id}",
        )
    ]


def _since(indicator: Indicator, row: Observation, spark: Sequence[SparkPoint]) -> int:
    """When the figure went past its threshold and stayed there."""
    since = row.t_ms
    for earlier in reversed(spark):
        if earlier.value is None or earlier.t_ms > row.t_ms:
            continue
        if crossed(indicator, earlier.value) is None:
            break
        since = earlier.t_ms
    return since


def _silence(sources: Sequence[Source], sync: SyncState | None, now_ms: int) -> list[Issue]:
    """Silent sources of figures; one row for all of them when the backend is away."""
    press = Press("panel.open", {"panel": "sources"})
    verb = Text("출처 보기", "See sources")
    if sync is not None and not sync.reachable and sync.last_success_ms is not None:
        age = age_words(now_ms - sync.last_success_ms)
        facts = Text(
            f"마지막 갱신 {age.ko}, 저장된 자료를 보여 줍니다, 자동 재시도 중",
            f"last update {age.en}, showing stored data, trying again",
        )
        headline = Text("도시 자료 연결 끊김", "City data unreachable")
        return [Issue("sync", "notice", headline, facts, sync.last_success_ms, verb, press)]
    late = [source for source in sources if _is_late(source, now_ms)]
    if len(late) > MANY_SOURCES:
        return [_many(late, verb, press)]
    return [_one(source, verb, press, now_ms) for source in late]


def _is_late(source: Source, now_ms: int) -> bool:
    live = source.period_s <= 7 * 86_400 and source.last_success_ms is not None
    quality = freshness(source.last_success_ms, source.period_s, now_ms)
    return live and quality == "stale"


def _one(source: Source, verb: Text, press: Press, now_ms: int) -> Issue:
    assert source.last_success_ms is not None
    since = source.last_success_ms
    age = age_words(now_ms - since)
    why = source.last_error or Text("갱신 없음", "no news")
    return Issue(
        id=f"source.{source.id}",
        severity="notice",
        headline=Text(f"{source.name.ko} 자료 지연", f"{source.name.en}: late"),
        facts=Text(
            f"{why.ko}, 마지막 {age.ko}, 담당 {source.owner.ko}, 자동 재시도 중",
            f"{why.en}, last {age.en}, {source.owner.en}, trying again",
        ),
        since_ms=since,
        verb=verb,
        press=press,
        simulated=source.simulated,
    )


def _many(late: Sequence[Source], verb: Text, press: Press) -> Issue:
    first = late[0].name
    return Issue(
        id="source.many",
        severity="notice",
        headline=Text(f"자료 {len(late)}종 지연", f"{len(late)} sources late"),
        facts=Text(
            f"{first.ko} 외 {len(late) - 1}종, 자동 재시도 중",
            f"{first.en} and {len(late) - 1} more, trying again",
        ),
        since_ms=min(source.last_success_ms or 0 for source in late),
        verb=verb,
        press=press,
        simulated=any(source.simulated for source in late),
    )
