"""A subscription at an NGSI-LD broker (ETSI GS CIM 009, 5.8): it tells us of changes by itself.

The broker posts them to an address that only it knows: its path holds a word that is drawn anew at
every start. A subscription runs out by itself when nobody renews it, so that a backend that died
leaves none behind for long.
"""

import asyncio
import json
import logging
import random
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from yarl import URL

from kiosk.backend.connectors.normal import NotUnderstood, SourceRefused
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.pull.declaration import KEY, Declaration
from kiosk.backend.pull.fetch import STAND_IN, Answer, Call, Fetcher, SourceAway
from kiosk.backend.pull.links import HeardSubscription
from kiosk.backend.pull.newest import Newest
from kiosk.backend.pull.patience import Patience
from kiosk.backend.pull.source import Deliver, Pulled
from kiosk.backend.pull.words import NO_SUBSCRIPTION, STRANGE_NEWS, because
from kiosk.core.clock import Clock
from kiosk.wire.text import Text

LEASE_S = 3600
RENEW_S = LEASE_S / 2
REMOVE_S = 3.0
API = "/ngsi-ld/v1/"
CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.7.jsonld"
GONE = 404

_log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


class Subscription:
    """One source's. `run` keeps it; `take` is for what the broker posts to `path`.

    listening: the address under which brokers reach us, such as http://10.1.2.3:9480. `trouble`:
    what is wrong with it, in words; `heard` is told of every change of it.
    """

    def __init__(
        self,
        declaration: Declaration,
        connector: Connector,
        *,
        listening: str,
        fetcher: Fetcher,
        clock: Clock,
        deliver: Deliver,
        heard: HeardSubscription = lambda words: None,
    ) -> None:
        self.declaration = declaration
        self.path = secrets.token_urlsafe(32)
        self.trouble: Text | None = None
        self._strange: Text | None = None
        self._noted: Text | None = None
        self._heard = heard
        self._connector = connector
        self._uri = f"{listening}/v1/notifications/{self.path}"
        self._fetcher = fetcher
        self._clock = clock
        self._deliver = deliver
        self._newest = Newest(declaration.period_s)
        self._patience = Patience(LEASE_S, random.Random(declaration.id))  # noqa: S311
        self._place = ""

    async def run(self, sleep: Sleep) -> None:
        """For ever; ended by cancelling, which removes the subscription at the broker."""
        try:
            while True:
                await sleep(await self._keep())
        finally:
            await self._remove()

    def pulled(self, declaration: Declaration, pulled: Pulled) -> None:
        """Delivers an answer to a question; later news are told beside it. Blocks."""
        self._newest.put(pulled.items, self._clock.now_ms())
        self._deliver(declaration, pulled)

    def take(self, body: bytes) -> None:
        """Delivers a notification. Blocks. Raises NotUnderstood and SourceRefused."""
        now_ms = self._clock.now_ms()
        try:
            parsed = self._connector.parse(body, Context(now_ms, dict(self.declaration.options)))
        except (NotUnderstood, SourceRefused) as strange:
            self._strange = because(STRANGE_NEWS, str(strange))
            self.note(self.trouble)
            raise
        if self._strange is not None:
            self._strange = None
            self.note(self.trouble)
        self._newest.put(parsed.items, now_ms)
        items = self._newest.items(now_ms)
        self._deliver(self.declaration, Pulled(items, parsed.rejected, complete=False))

    async def _keep(self) -> float:
        """Renews it, or makes it; how many seconds to wait until the next time."""
        try:
            if not (self._place and await self._renew()):
                self._place = await self._make()
        except (SourceAway, SourceRefused, NotUnderstood) as away:
            words = because(NO_SUBSCRIPTION, self._fetcher.clean(str(away)))
            _log.warning("%s: %s", self.declaration.id, words.en)
            await asyncio.to_thread(self.note, words)
            return self._patience.failed() / 1000
        await asyncio.to_thread(self.note, None)
        self._patience.succeeded()
        return RENEW_S

    def note(self, trouble: Text | None) -> None:
        """What is wrong with it from now on; blocks where the one who hears of it does."""
        self.trouble = trouble
        words = trouble or self._strange
        if words != self._noted:
            self._noted = words
            self._heard(words)

    async def _make(self) -> str:
        """Its address at the broker."""
        body = {
            "type": "Subscription",
            "entities": [{"type": kind} for kind in self.declaration.subscribe],
            "notification": {
                "format": "normalized",
                "endpoint": {"uri": self._uri, "accept": "application/json"},
            },
            "expiresAt": self._until(),
        }
        answer = await self._say("POST", "subscriptions", body)
        if answer.status != 201 or not answer.location:
            self._refuse(answer)
        return answer.location

    async def _renew(self) -> bool:
        """False when the broker has it no more."""
        answer = await self._say("PATCH", self._place, {"expiresAt": self._until()})
        if answer.status == GONE:
            return False
        if answer.status >= 300:
            self._refuse(answer)
        return True

    async def _remove(self) -> None:
        if not self._place:
            return
        try:
            async with asyncio.timeout(REMOVE_S):
                await self._fetcher.send(self._call("DELETE", self._place))
        except (SourceAway, TimeoutError):
            _log.warning("%s: its subscription runs out by itself", self.declaration.id)

    async def _say(self, method: str, place: str, body: Mapping[str, object]) -> Answer:
        linked = "link" in {name.lower() for name in self.declaration.headers}
        kind = "application/json" if linked else "application/ld+json"
        sent = body if linked else {**body, "@context": CORE}
        return await self._fetcher.send(self._call(method, place, json.dumps(sent).encode(), kind))

    def _call(self, method: str, place: str, body: bytes | None = None, kind: str = "") -> Call:
        """`place`: relative to the API, or a Location that the broker gave: only its path counts,
        so that the key stays where it belongs."""
        asked = URL(self.declaration.address.replace(KEY, STAND_IN))
        root = asked.path.partition(API)[0] + API
        path = URL(place).path if place.startswith(("/", "http")) else root + place
        address = str(asked.with_path(path)).replace(STAND_IN, KEY)
        headers = dict(self.declaration.headers) | ({"Content-Type": kind} if kind else {})
        declaration = self.declaration
        return Call(address, declaration.key, headers, method, body=body, local=declaration.local)

    def _until(self) -> str:
        end_s = self._clock.now_ms() / 1000 + LEASE_S
        return datetime.fromtimestamp(end_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _refuse(self, answer: Answer) -> None:
        """Raises SourceRefused with the broker's reason, SourceAway when it has none."""
        self._connector.parse(answer.body, Context())
        raise SourceAway(f"status {answer.status}")
