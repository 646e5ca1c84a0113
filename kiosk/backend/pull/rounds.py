"""The round of the sources: each asked in its own time, a few at once, for all kiosks together."""

import asyncio
import logging
import random
import threading
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from kiosk.backend.connectors.registry import Connector, all_connectors
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.fetch import Fetcher
from kiosk.backend.pull.links import Links
from kiosk.backend.pull.mqtt import MqttSource
from kiosk.backend.pull.notifications import listening
from kiosk.backend.pull.open311 import Open311Sender
from kiosk.backend.pull.outbox import Outbox
from kiosk.backend.pull.quota import QuotaLedger
from kiosk.backend.pull.source import Deliver, PulledSource, SourceHealth
from kiosk.backend.pull.subscription import Subscription
from kiosk.backend.pull.words import MQTT, NO_LINKS, health_of, idle, source_row
from kiosk.backend.store import Store
from kiosk.core.clock import Clock
from kiosk.settings import SettingsError
from kiosk.settings.secrets import Secrets, secrets_file
from kiosk.wire.city import Source
from kiosk.wire.text import Text

FIRST_SPREAD_MS = 30_000  # of the first questions after a start
STEP_MS = 250  # between two of them, where there are few
LOOK_MS = 60_000  # a clock that was put right is noticed within this time
DAY_MS = 86_400_000
AFTER_TROUBLE_MS = 60_000  # a store that can't be written is tried again

Sleep = Callable[[float], Awaitable[None]]
Told = Callable[[int], None]

_log = logging.getLogger(__name__)


class Rounds:
    """All declared sources. Those without key or address are told of, and not asked.

    What is known of a source stands in its row of the store, so a restart asks nobody too early.
    Raises SettingsError when a declaration names a connector that there is not.
    """

    def __init__(
        self,
        declared: Iterable[Declaration],
        store: Store,
        clock: Clock,
        secrets: Secrets,
        deliver: Deliver,
        *,
        at_once: int = 4,
        told: Told = lambda revision: None,
        notifications: str = "",
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.quota = QuotaLedger(store.engine)
        self._store = store
        self._clock = clock
        self._told = told
        self._sleep = sleep
        self._at_once = at_once
        self._secrets = secrets
        self._fetcher = Fetcher(secrets)
        self._deliver = deliver
        self._loop: asyncio.AbstractEventLoop | None = None
        self.in_flight = 0
        declared = tuple(declared)
        self._sender = Open311Sender(
            declared, Outbox(store), self._fetcher, self.quota, clock, self._heard_sending
        )
        self._declared = {declaration.id: declaration for declaration in declared}
        self._links: dict[str, Links] = {}
        self._writing = threading.Lock()
        before = _rows(store)
        self.sources: tuple[PulledSource, ...] = ()
        self.followed: tuple[MqttSource, ...] = ()
        self.subscriptions: list[Subscription] = []
        self._notifications = notifications
        self.rows: dict[str, Source] = {}
        asked: list[PulledSource] = []
        followed: list[MqttSource] = []
        for declaration in declared:
            known = before.get(declaration.id)
            health = health_of(known) if known else SourceHealth(declaration.id)
            why = idle(declaration, secrets.names)
            self.rows[declaration.id] = msgspec.structs.replace(
                source_row(declaration, health, why),
                last_error=known.last_error if known and why is None else None,
            )
            if why is None and declaration.address.startswith(MQTT):
                followed.append(self._followed(declaration, health))
            elif why is None:
                asked.append(self._source(declaration, health))
        self.sources, self.followed = tuple(asked), tuple(followed)

    def tell(self) -> None:
        """Writes the rows of all declared sources."""
        self._store.write(self.rows.values(), only_changed=True)

    async def run(self) -> None:
        """Asks for ever; ended by cancelling."""
        limit = asyncio.Semaphore(self._at_once)
        step_ms = min(STEP_MS, FIRST_SPREAD_MS / max(1, len(self.sources)))
        self._loop = asyncio.get_running_loop()
        try:
            for each in self.followed:
                each.start()
            async with (
                listening(self._notifications, self.subscriptions) as is_open,
                asyncio.TaskGroup() as group,
            ):
                for subscription in self.subscriptions if is_open else ():
                    group.create_task(subscription.run(self._sleep))
                for place, source in enumerate(self.sources):
                    group.create_task(self._follow(source, limit, round(place * step_ms)))
                group.create_task(self._sender.run(self._sleep))
                group.create_task(asyncio.Event().wait())  # followed sources need no task
        finally:
            await asyncio.to_thread(self._close_followed)
            await self._fetcher.close()

    async def ask(self, source: PulledSource) -> None:
        """Asks one source once and tells what came of it."""
        self.in_flight += 1
        try:
            await source.pull()
        finally:
            self.in_flight -= 1
        self._told(await asyncio.to_thread(self._write, source.declaration, source.health))

    def _write(self, declaration: Declaration, health: SourceHealth) -> int:
        with self._writing:
            links = self._links.get(declaration.id, NO_LINKS)
            row = source_row(declaration, health, idle(declaration, self._secrets.names), links)
            self.rows[row.id] = row
            return self._store.write([row], only_changed=True)

    def _heard(self, declaration: Declaration, health: SourceHealth) -> None:
        """Called in threads."""
        try:
            revision = self._write(declaration, health)
        except SQLAlchemyError as error:
            _log.warning("%s can't be stored: %s", declaration.id, type(error).__name__)
        else:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._told, revision)

    def _heard_sending(self, source: str, words: Text | None, unsent: int) -> None:
        self._relink(source, sending=words, unsent=unsent)

    def _relink(self, source: str, **changes: Text | int | None) -> None:
        """Called in threads: how sending to a source or its subscription goes now."""
        before = self._links.get(source, NO_LINKS)
        self._links[source] = msgspec.structs.replace(before, **changes)
        asked: tuple[PulledSource | MqttSource, ...] = (*self.sources, *self.followed)
        known = {each.declaration.id: each.health for each in asked}
        self._heard(self._declared[source], known.get(source, SourceHealth(source)))

    def _close_followed(self) -> None:
        for each in self.followed:
            each.close()

    def _followed(self, declaration: Declaration, health: SourceHealth) -> MqttSource:
        return MqttSource(
            declaration,
            self._connector(declaration),
            secrets=self._secrets,
            clock=self._clock,
            rng=random.Random(declaration.id),  # noqa: S311 - spreads waits, guards nothing
            deliver=self._deliver,
            heard=lambda health: self._heard(declaration, health),
            health=health,
        )

    def _connector(self, declaration: Declaration) -> Connector:
        connector = all_connectors().get(declaration.connector)
        if connector is None:
            raise SettingsError(
                "config/sources",
                f"source {declaration.id}.connector",
                declaration.connector,
                f"one of these is expected: {', '.join(sorted(all_connectors()))}",
            )
        return connector

    def _source(self, declaration: Declaration, health: SourceHealth) -> PulledSource:
        return PulledSource(
            declaration,
            self._connector(declaration),
            fetcher=self._fetcher,
            quota=self.quota,
            clock=self._clock,
            rng=random.Random(declaration.id),  # noqa: S311 - spreads waits, guards nothing
            deliver=self._subscribed(declaration) if declaration.subscribe else self._deliver,
            health=health,
        )

    def _subscribed(self, declaration: Declaration) -> Deliver:
        """Subscribes too, where brokers can reach us; who delivers the pulled source's answers."""
        if not self._notifications:
            return self._deliver
        subscription = Subscription(
            declaration,
            self._connector(declaration),
            listening=self._notifications,
            fetcher=self._fetcher,
            clock=self._clock,
            deliver=self._deliver,
            heard=lambda words: self._relink(declaration.id, subscription=words),
        )
        self.subscriptions.append(subscription)
        return subscription.pulled

    async def _follow(self, source: PulledSource, limit: asyncio.Semaphore, first_ms: int) -> None:
        await self._sleep(first_ms / 1000)
        await self._until(self._due_ms(source))
        while True:
            try:
                async with limit:
                    await self.ask(source)
                wait_until_ms = source.health.next_ms
            except SQLAlchemyError as error:
                _log.warning("%s can't be stored: %s", source.declaration.id, type(error).__name__)
                wait_until_ms = self._clock.now_ms() + AFTER_TROUBLE_MS
            except Exception:
                words = self._secrets.clean(traceback.format_exc())
                _log.error("asking %s failed: %s", source.declaration.id, words)
                wait_until_ms = self._clock.now_ms() + AFTER_TROUBLE_MS
            await self._until(wait_until_ms)

    def _due_ms(self, source: PulledSource) -> int:
        """When it is due by what was known before; a time far ahead is a clock's mistake."""
        now_ms, period_ms = self._clock.now_ms(), source.declaration.period_s * 1000
        due_ms = source.health.next_ms
        return due_ms if due_ms <= now_ms + max(period_ms, DAY_MS) else now_ms

    async def _until(self, t_ms: int) -> None:
        while (left_ms := t_ms - self._clock.now_ms()) > 0:
            await self._sleep(min(left_ms, LOOK_MS) / 1000)


def load_secrets(named: str) -> Secrets:
    """The keys of the file that the settings or the environment name. Raises SettingsError."""
    return Secrets.load(secrets_file(named))


def feeders(declared: Iterable[Declaration], keys: frozenset[str]) -> dict[str, str]:
    """Indicator -> the source that feeds it: of several that are asked, the one declared first."""
    found: dict[str, str] = {}
    for declaration in declared:
        if idle(declaration, keys) is None:
            for feed in declaration.feeds:
                found.setdefault(feed.indicator, declaration.id)
    return found


def _rows(store: Store) -> Mapping[str, Source]:
    rows = (msgspec.json.decode(body, type=Source) for body in store.bodies("sources").values())
    return {row.id: row for row in rows}
