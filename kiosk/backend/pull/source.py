"""One source being asked: its pages, its places, what they gave, and when it is asked again."""

import asyncio
import random
from collections.abc import Callable
from typing import Literal

import msgspec

from kiosk.backend.connectors.normal import (
    Item,
    NotUnderstood,
    Parsed,
    Rejected,
    SourceRefused,
)
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.pull import cameras
from kiosk.backend.pull.address import filled, only_news, pages
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.fetch import Fetcher, SourceAway, call_of
from kiosk.backend.pull.parts import Parts
from kiosk.backend.pull.patience import Patience
from kiosk.backend.pull.quota import QuotaLedger
from kiosk.core.clock import Clock
from kiosk.wire.text import Text

Trouble = Literal["", "away", "not_understood", "refused", "quota", "partial", "parts"]
UNFINISHED = {
    "": "",
    "partial": "its quota was spent before all was asked",
    "parts": "parts of its answer could not be had",
}
OVERLAP_MS = 3_600_000  # clocks of two systems differ
OVERLAP_AT_START_MS = 24 * 3_600_000  # the last answer before a restart may have been a part


class Pulled(msgspec.Struct, frozen=True):
    """What one pull gave.

    complete: this is all that the source has now, so that what is not in it is gone. trouble: why
    not all that was to be asked for came.
    """

    items: tuple[Item, ...]
    rejected: tuple[Rejected, ...]
    complete: bool
    trouble: Literal["", "partial", "parts"] = ""


Deliver = Callable[[Declaration, Pulled], None]


MOST_REFUSED = 50
"""Refusals that a source's row tells: a catalogue that is wrong throughout says so with these."""


class SourceHealth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a source; last_error holds no key. `refused` are the first cameras of its
    last answer whose address is not opened, with the reason."""

    id: str
    last_success_ms: int | None = None
    last_error: str = ""
    trouble: Trouble = ""
    items: int = 0
    rejected: int = 0
    refused: tuple[Text, ...] = ()
    failures: int = 0
    circuit: Literal["closed", "open"] = "closed"
    calls_today: int = 0
    next_ms: int = 0


class PulledSource:
    """`pull` asks once. Good figures stay wherever they were delivered; a failure takes none.

    `deliver` runs in a thread of its own, as do the connector and the store's part of the ledger.
    """

    def __init__(
        self,
        declaration: Declaration,
        connector: Connector,
        *,
        fetcher: Fetcher,
        quota: QuotaLedger,
        clock: Clock,
        rng: random.Random,
        deliver: Deliver,
        health: SourceHealth | None = None,
    ) -> None:
        self.declaration = declaration
        self._fetcher = fetcher
        self._quota = quota
        self._clock = clock
        self._deliver = deliver
        self.health = health or SourceHealth(declaration.id)
        self._patience = Patience(declaration.period_s, rng, self.health.failures)
        self._parts = Parts(connector, self._body, self._may_ask)
        last_ms = self.health.last_success_ms
        self._since_ms = None if last_ms is None else last_ms - OVERLAP_AT_START_MS

    async def pull(self) -> None:
        """Asks for everything the declaration names; sets `health`, never raises for a source."""
        now_ms = self._clock.now_ms()
        wait_ms = await self._wait_ms()
        if wait_ms > 0:
            self._note(now_ms + wait_ms, "quota", "its quota is spent")
            return
        try:
            pulled = await self._collect()
            await asyncio.to_thread(self._deliver, self.declaration, pulled)
        except SourceAway as away:
            self._note(now_ms + self._patience.failed(), "away", str(away))
        except NotUnderstood as strange:
            self._note(now_ms + self._patience.failed(), "not_understood", str(strange))
        except SourceRefused as refusal:
            self._note(await self._after(refusal, now_ms), "refused", str(refusal))
        else:
            self._succeeded(pulled, now_ms)
        used = await asyncio.to_thread(self._quota.used, self.declaration.quota_key, now_ms)
        self.health = msgspec.structs.replace(
            self.health,
            failures=self._patience.failures,
            circuit=self._patience.state,
            calls_today=used,
        )

    async def _collect(self) -> Pulled:
        """Raises SourceAway, NotUnderstood and SourceRefused."""
        items: dict[tuple[str, str | None], Item] = {}
        rejected: list[Rejected] = []
        trouble: Literal["", "partial", "parts"] = ""
        for place in self.declaration.places or ("",):
            for address in pages(self._filled(place), self.declaration.paging):
                if not await self._may_ask():
                    return Pulled(
                        tuple(items.values()), tuple(rejected), complete=False, trouble="partial"
                    )
                parsed, whole = await self._ask(address, place)
                trouble = trouble if whole else "parts"
                new = {(item.id, item.time): item for item in parsed.items}
                before = len(items)
                items = items | {key: new[key] for key in new if key not in items}
                rejected += parsed.rejected
                if len(items) == before and not parsed.rejected:
                    break  # past the end, or a service that knows no pages
        complete = not trouble and not only_news(self.declaration)
        return Pulled(tuple(items.values()), tuple(rejected), complete=complete, trouble=trouble)

    async def _ask(self, address: str, place: str) -> tuple[Parsed, bool]:
        """One answer, and whether it is whole; of a forecast that is not out yet, the one
        before it."""
        options = dict(self.declaration.options)
        if place:
            options["place"] = place
        context = Context(self._clock.now_ms(), options)
        parsed, whole = await self._parts.answer(address, context)
        parsed = cameras.opened(parsed, local=self.declaration.local)
        if self.declaration.runs is not None and not parsed.items and not parsed.rejected:
            return await self._parts.answer(self._filled(place, runs_back=1), context)
        return parsed, whole

    async def _body(self, address: str) -> bytes:
        key, now_ms = self.declaration.quota_key, self._clock.now_ms()
        await asyncio.to_thread(self._quota.take, key, now_ms)
        return await self._fetcher.get(call_of(self.declaration, address))

    async def _may_ask(self) -> bool:
        return await self._wait_ms() <= 0

    async def _wait_ms(self) -> int:
        """How long the quota wants a call to wait; 0 when it may be made now."""
        quota, now_ms = self.declaration.quota, self._clock.now_ms()
        return await asyncio.to_thread(
            self._quota.wait_ms, self.declaration.quota_key, quota, now_ms
        )

    def _filled(self, place: str, runs_back: int = 0) -> str:
        now_ms = self._clock.now_ms()
        return filled(self.declaration, place, now_ms, runs_back, since_ms=self._since_ms)

    async def _after(self, refusal: SourceRefused, now_ms: int) -> int:
        match refusal.retry:
            case "tomorrow":
                key = self.declaration.quota_key
                await asyncio.to_thread(self._quota.close_day, key, now_ms)
                return now_ms + await self._wait_ms()
            case "never":
                return now_ms + self._patience.wrong()
            case _:
                return now_ms + self._patience.failed()

    def _succeeded(self, pulled: Pulled, now_ms: int) -> None:
        if not pulled.trouble:
            self._since_ms = now_ms - OVERLAP_MS
        self.health = msgspec.structs.replace(
            self.health,
            last_success_ms=now_ms,
            last_error=UNFINISHED[pulled.trouble],
            trouble=pulled.trouble,
            items=len(pulled.items),
            rejected=len(pulled.rejected),
            refused=tuple(row.refused for row in pulled.rejected if row.refused)[:MOST_REFUSED],
            next_ms=now_ms + self._patience.succeeded(),
        )

    def _note(self, next_ms: int, trouble: Trouble, error: str) -> None:
        self.health = msgspec.structs.replace(
            self.health, last_error=error, trouble=trouble, next_ms=next_ms
        )
