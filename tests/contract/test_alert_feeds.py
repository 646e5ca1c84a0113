"""Feeds of CAP alerts over HTTP: what is in force is shown, what was taken back ends."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from kiosk.backend.pull.fetch import Fetcher
from kiosk.backend.pull.source import Pulled
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from tests.helpers.pulling import Pulling, declared

HOUR_MS = 3_600_000


def stamp(clock: ManualClock, hours: float = 0) -> str:
    t_s = (clock.now_ms() + hours * HOUR_MS) // 1000
    return datetime.fromtimestamp(t_s, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


class Office:
    """A warning office: alerts by name, and a feed of those that it lists."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.alerts: dict[str, str] = {}
        self.listed: list[str] = []
        self.version = "1"
        self.asked: list[str] = []

    def issue(
        self,
        name: str,
        *,
        about: str = "",
        kind: str = "Alert",
        status: str = "Actual",
        headline: str = "호우 경보",
        until_h: float = 6,
        after_h: float = 0,
    ) -> None:
        sent = stamp(self._clock, after_h)
        references = f"<references>office,{about},{sent}</references>" if about else ""
        info = (
            f"<info><language>ko-KR</language><category>Met</category><event>호우</event>"
            f"<severity>Severe</severity><expires>{stamp(self._clock, until_h)}</expires>"
            f"<headline>{headline}</headline>"
            f"<area><areaDesc>종로구</areaDesc><circle>37.57,126.98 2</circle></area></info>"
        )
        self.alerts[name] = (
            '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
            f"<identifier>{name}</identifier><sender>office</sender><sent>{sent}</sent>"
            f"<status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>"
            f"{references}{'' if kind == 'Cancel' else info}</alert>"
        )
        self.listed.append(name)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/atom", self._atom)
        app.router.add_get("/rss", self._rss)
        app.router.add_get("/plain", self._plain)
        app.router.add_get("/all", self._all)
        app.router.add_get("/alerts/{name}", self._alert)
        return app

    async def _atom(self, _request: web.Request) -> web.Response:
        entries = "".join(
            f'<entry><id>{name}</id><updated>{self.version}</updated><link href="alerts/{name}" '
            'type="application/cap+xml"/></entry>'
            for name in self.listed
        )
        return web.Response(text=f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>')

    async def _rss(self, request: web.Request) -> web.Response:
        items = "".join(
            f"<item><link>http://{request.host}/alerts/{name}</link></item>" for name in self.listed
        )
        return web.Response(text=f'<rss version="2.0"><channel>{items}</channel></rss>')

    async def _plain(self, request: web.Request) -> web.Response:
        return web.Response(
            text="\n".join(f"http://{request.host}/alerts/{n}" for n in self.listed)
        )

    async def _all(self, _request: web.Request) -> web.Response:
        return web.Response(text=f"<alerts>{''.join(self.alerts[n] for n in self.listed)}</alerts>")

    async def _alert(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.asked.append(name)
        if name not in self.alerts:
            raise web.HTTPNotFound
        return web.Response(text=self.alerts[name])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "backend.db")
    yield made
    made.close()


@pytest.fixture
def pulling(store: Store, clock: ManualClock) -> Pulling:
    return Pulling(store, clock)


def pull(pulling: Pulling, office: Office, way: str, times: int = 1) -> str:
    """Asks the office's feed; the trouble of the last time."""
    troubles: list[str] = []

    async def work(base: str, fetcher: Fetcher) -> None:
        source = pulling.source(declared("cap", f"{base}/{way}"), fetcher)
        for _ in range(times):
            await source.pull()
            troubles.append(source.health.trouble)

    pulling.run(office.app(), work)
    return troubles[-1]


WAYS = ("atom", "rss", "plain", "all")


@pytest.mark.parametrize("way", WAYS)
def test_an_alert_is_shown_changed_and_taken_back(
    pulling: Pulling, clock: ManualClock, way: str
) -> None:
    office = Office(clock)
    office.issue("K1", headline="호우 주의보")
    office.issue("K9", headline="폭염")
    assert pull(pulling, office, way) == ""
    shown = {k: row.headline.ko for k, row in pulling.incidents().items()}
    assert shown == {"site/cap:K1": "호우 주의보", "site/cap:K9": "폭염"}
    office.issue("K2", about="K1", kind="Update", headline="호우 경보", after_h=0.1)
    office.issue("K3", about="K2", kind="Update", headline="호우 경보 연장", after_h=0.2)
    pull(pulling, office, way)
    shown = {k: row.headline.ko for k, row in pulling.incidents().items()}
    assert shown == {"site/cap:K1": "호우 경보 연장", "site/cap:K9": "폭염"}
    office.issue("K4", about="K3", kind="Cancel", after_h=0.3)
    pull(pulling, office, way)
    rows = pulling.incidents()
    assert rows["site/cap:K1"].ended_ms == clock.now_ms()
    assert rows["site/cap:K1"].headline.ko == "호우 경보 연장"
    assert rows["site/cap:K9"].ended_ms is None


@pytest.mark.parametrize("way", WAYS)
def test_what_has_expired_or_is_no_longer_listed_has_ended(
    pulling: Pulling, clock: ManualClock, way: str
) -> None:
    office = Office(clock)
    office.issue("A", until_h=1)
    office.issue("B", until_h=9)
    pull(pulling, office, way)
    clock.advance(2 * HOUR_MS)
    office.listed.remove("B")
    office.issue("C")
    pull(pulling, office, way)
    ended = {k: row.ended_ms for k, row in pulling.incidents().items()}
    assert ended == {
        "site/cap:A": clock.now_ms() - HOUR_MS,
        "site/cap:B": clock.now_ms(),
        "site/cap:C": None,
    }


def test_what_has_expired_ends_while_its_office_is_silent(
    pulling: Pulling, clock: ManualClock
) -> None:
    office = Office(clock)
    office.issue("A", until_h=1)
    office.issue("B", until_h=9)
    pull(pulling, office, "atom")
    clock.advance(2 * HOUR_MS)
    nothing = Pulled((), (), complete=True)
    pulling.delivery.deliver(declared("cap", "", id="another"), nothing)
    ended = {k: row.ended_ms for k, row in pulling.incidents().items()}
    assert ended == {"site/cap:A": clock.now_ms() - HOUR_MS, "site/cap:B": None}


@pytest.mark.parametrize("status", ["Exercise", "Test", "System", "Draft"])
def test_an_exercise_is_never_shown_and_changes_nothing(
    pulling: Pulling, clock: ManualClock, status: str
) -> None:
    office = Office(clock)
    office.issue("X", status=status)
    office.issue("A")
    office.issue("Y", about="A", kind="Cancel", status=status, after_h=0.1)
    office.issue("Z", about="A", kind="Update", status=status, headline="훈련", after_h=0.2)
    for way in WAYS:
        pull(pulling, office, way)
        rows = pulling.incidents()
        assert list(rows) == ["site/cap:A"]
        assert (rows["site/cap:A"].headline.ko, rows["site/cap:A"].ended_ms) == ("호우 경보", None)


def test_an_alert_that_can_t_be_had_ends_nothing(pulling: Pulling, clock: ManualClock) -> None:
    office = Office(clock)
    office.issue("A")
    office.issue("B")
    pull(pulling, office, "atom")
    del office.alerts["A"]
    assert pull(pulling, office, "atom") == "parts"
    assert {row.ended_ms for row in pulling.incidents().values()} == {None}


def test_an_alert_is_asked_for_once_until_its_entry_changes(
    pulling: Pulling, clock: ManualClock
) -> None:
    office = Office(clock)
    office.issue("A")
    pull(pulling, office, "atom", times=3)
    assert office.asked == ["A"]
    pull(pulling, office, "rss", times=2)
    assert office.asked == ["A", "A", "A"]


def test_an_empty_feed_is_understood_and_a_page_for_people_is_not(
    pulling: Pulling, clock: ManualClock
) -> None:
    office = Office(clock)
    office.issue("A")
    pull(pulling, office, "atom")
    assert pull(pulling, office, "alerts/none") == "not_understood"
    assert pulling.incidents()["site/cap:A"].ended_ms is None
    office.listed.clear()
    assert pull(pulling, office, "atom") == ""
    assert pulling.incidents()["site/cap:A"].ended_ms == clock.now_ms()


def test_a_feed_that_points_to_another_place_is_not_followed(
    pulling: Pulling, clock: ManualClock
) -> None:
    office = Office(clock)
    office.listed.append("http://169.254.169.254/latest")
    app = web.Application()

    async def feed(_request: web.Request) -> web.Response:
        return web.Response(text="http://169.254.169.254/latest")

    app.router.add_get("/plain", feed)
    errors: list[str] = []

    async def work(base: str, fetcher: Fetcher) -> None:
        source = pulling.source(declared("cap", f"{base}/plain"), fetcher)
        await source.pull()
        errors.append(source.health.last_error)

    pulling.run(app, work)
    assert "another place" in errors[0]
