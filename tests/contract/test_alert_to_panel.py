"""A CAP 1.2 file of a warning office, through the connector and the store, to the panel."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

from kiosk.backend.pull.fetch import Fetcher
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from kiosk.panels.incident.model import Scene
from kiosk.wire.city import Incident
from tests.helpers.panel_city import (
    NOW_MS,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
)
from tests.helpers.pulling import Pulling, declared

ALERT = """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>F-1</identifier><sender>119</sender><sent>2026-11-22T14:20:00+09:00</sent>
<status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>{references}
<info><language>ko-KR</language><category>Fire</category><event>화재</event>
<urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>
<effective>2026-11-22T14:20:00+09:00</effective>
<headline>창신동 공장 화재</headline><description>2층에서 연기</description>
{parameters}
<area><areaDesc>서울특별시 종로구 창신동</areaDesc><circle>37.5715,127.0110 0.3</circle>
<geocode><valueName>code</valueName><value>11110</value></geocode></area></info></alert>"""
SENT = "<parameter><valueName>dispatched</valueName><value>2026-11-22T14:20:50+09:00</value>"
CAME = "<parameter><valueName>arrived</valueName><value>2026-11-22T14:26:00+09:00</value>"


def document(
    *parameters: str, kind: str = "Alert", status: str = "Actual", references: str = ""
) -> str:
    words = "".join(f"{parameter}</parameter>" for parameter in parameters)
    return ALERT.format(kind=kind, status=status, references=references, parameters=words)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture
def pulling(tmp_path: Path) -> Iterator[Pulling]:
    store = Store.open(tmp_path / "backend.db")
    yield Pulling(store, ManualClock(NOW_MS))
    store.close()


def told(pulling: Pulling, document: str, file: Path) -> dict[str, Incident]:
    file.write_text(document, "utf-8")
    app = web.Application()
    app.router.add_static("/", file.parent)

    async def work(base: str, fetcher: Fetcher) -> None:
        await pulling.source(declared("cap", f"{base}/{file.name}"), fetcher).pull()

    pulling.run(app, work)
    return pulling.incidents()


def scene(city: MemoryRepositories, row: Incident) -> Scene:
    own = MemoryRepositories(())
    own.catalogue = {kind: dict(rows) for kind, rows in city.catalogue.items()}
    own.put(row)
    model = model_of("incident", own, at("incident", item=row.id))
    found = model.scene
    assert isinstance(found, Scene)
    return found


def test_an_alert_is_on_the_panel_with_kind_place_and_time(
    pulling: Pulling, city: MemoryRepositories, tmp_path: Path
) -> None:
    (row,) = told(pulling, document(SENT, CAME), tmp_path / "cap.xml").values()
    shown = scene(city, row)
    assert (shown.severity, shown.kind.ko) == ("critical", "화재 경보")
    assert shown.headline.ko == "창신동 공장 화재"
    assert shown.address.ko == "서울특별시 종로구 창신동"
    assert not shown.simulated
    assert shown.clock.goal_s == 420
    assert shown.clock.dispatch_s() == 50
    assert shown.clock.response_s() == 360
    assert shown.clock.verdict(NOW_MS).ko == "목표 7분, 1분 0초 빠름"
    assert shown.map is not None
    assert (shown.map.lat, shown.map.lon) == (37.5715, 127.011)
    assert shown.units[0].name == "을지로119안전센터"
    assert len(shown.cameras) == 4
    assert shown.police is not None


def test_what_the_office_does_not_tell_is_not_shown_as_missed(
    pulling: Pulling, city: MemoryRepositories, tmp_path: Path
) -> None:
    (row,) = told(pulling, document(), tmp_path / "cap.xml").values()
    shown = scene(city, row)
    assert shown.clock.goal_s is None
    assert shown.clock.state(NOW_MS) == "none"
    assert "출동 자료 없음" in shown.units_note.ko


def test_an_arrival_told_later_sets_the_clock_of_the_same_incident(
    pulling: Pulling, city: MemoryRepositories, tmp_path: Path
) -> None:
    first = told(pulling, document(SENT), tmp_path / "cap.xml")
    (before,) = first.values()
    assert scene(city, before).clock.state(NOW_MS) == "missed", "12 minutes, and nobody has come"
    later = told(pulling, document(SENT, CAME), tmp_path / "cap.xml")
    assert later.keys() == first.keys()
    (after,) = later.values()
    assert scene(city, after).clock.state(NOW_MS) == "met"


def test_a_cancelled_alert_says_that_it_is_over(
    pulling: Pulling, city: MemoryRepositories, tmp_path: Path
) -> None:
    told(pulling, document(SENT), tmp_path / "cap.xml")
    references = "<references>119,F-1,2026-11-22T14:20:00+09:00</references>"
    cancel = document(kind="Cancel", references=references).replace(">F-1</id", ">F-2</id")
    (row,) = told(pulling, cancel, tmp_path / "cap.xml").values()
    shown = scene(city, row)
    assert shown.over.ko == "14:32에 끝났습니다"
    assert shown.headline.ko == "창신동 공장 화재"


@pytest.mark.parametrize("status", ["Exercise", "Test"])
def test_an_exercise_is_not_on_the_panel(pulling: Pulling, tmp_path: Path, status: str) -> None:
    assert told(pulling, document(SENT, status=status), tmp_path / "cap.xml") == {}


def test_times_that_are_none_are_left_out(pulling: Pulling, tmp_path: Path) -> None:
    wrong = SENT.replace("2026-11-22T14:20:50+09:00", "곧")
    (row,) = told(pulling, document(wrong), tmp_path / "cap.xml").values()
    assert (row.dispatched_ms, row.goal_s) == (None, None)
