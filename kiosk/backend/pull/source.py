"""One source being asked: its pages, its places, what they gave, and when it is asked again."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import msgspec

from kiosk.backend.connectors.normal import Item, NotUnderstood, Parsed, SourceRefused
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.fetch import Fetcher, SourceAway
from kiosk.backend.pull.patience import Patience
from kiosk.backend.pull.quota import QuotaLedger
from kiosk.core.clock import Clock

KST_OFFSET = timedelta(hours=9)

Deliver = Callable[[Declaration, tuple[Item, ...]], None]


class SourceHealth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a source; last_error holds no key."""

    id: str
    last_success_ms: int | None = None
    last_error: str = ""
    items: int = 0
    rejected: int = 0
    failures: int = 0
    circuit: str = "closed"
    calls_today: int = 0
    next_ms: int = 0


class PulledSource:
    """`pull` asks once. Good figures stay wherever they were delivered; a failure takes none."""

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
    ) -> None:
        self.declaration = declaration
        self._connector = connector
        self._fetcher = fetcher
        self._quota = quota
        self._clock = clock
        self._deliver = deliver
        self._patience = Patience(declaration.period_s, rng)
        self._quota_key = declaration.key or declaration.id
        self.health = SourceHealth(declaration.id)

    async def pull(self) -> None:
        """Asks for everything the declaration names; sets `health`, never raises for a source."""
        now_ms = self._clock.now_ms()
        wait_ms = self._quota.wait_ms(self._quota_key, self.declaration.quota, now_ms)
        if wait_ms > 0:
            self._note(now_ms + wait_ms, "its quota is spent")
            return
        try:
            items, rejected, complete = await self._collect()
        except SourceAway as away:
            self._note(now_ms + self._patience.failed(), str(away))
        except NotUnderstood as strange:
            self._note(now_ms + self._patience.failed(), f"not understood: {strange}")
        except SourceRefused as refusal:
            self._note(self._after(refusal, now_ms), str(refusal))
        else:
            self._deliver(self.declaration, items)
            self.health = msgspec.structs.replace(
                self.health,
                last_success_ms=now_ms,
                last_error="" if complete else "its quota was spent before all was asked",
                items=len(items),
                rejected=rejected,
                next_ms=now_ms + self._patience.succeeded(),
            )
        self.health = msgspec.structs.replace(
            self.health,
            failures=self._patience.failures,
            circuit=self._patience.state,
            calls_today=self._quota.used(self._quota_key, now_ms),
        )

    async def _collect(self) -> tuple[tuple[Item, ...], int, bool]:
        items: dict[str, Item] = {}
        rejected = 0
        for place in self.declaration.places or ("",):
            for address in self._pages(place):
                if not self._may_call():
                    return tuple(items.values()), rejected, False
                parsed = await self._ask(address, place)
                new = {item.id: item for item in parsed.items if item.id not in items}
                items |= new
                rejected += len(parsed.rejected)
                if not new and not parsed.rejected:
                    break  # past the end, or a service that knows no pages
        return tuple(items.values()), rejected, True

    async def _ask(self, address: str, place: str) -> Parsed:
        self._quota.take(self._quota_key, self._clock.now_ms())
        body = await self._fetcher.get(address, self.declaration.key)
        options = dict(self.declaration.options)
        if place:
            options["place"] = place
        return self._connector.parse(body, Context(self._clock.now_ms(), options))

    def _may_call(self) -> bool:
        now_ms = self._clock.now_ms()
        return self._quota.wait_ms(self._quota_key, self.declaration.quota, now_ms) == 0

    def _pages(self, place: str) -> Iterator[str]:
        address = self._filled(place)
        paging = self.declaration.paging
        if paging is None:
            yield address
            return
        for page in range(1, paging.most + 1):
            first = (page - 1) * paging.size + 1
            yield (
                address.replace("{start}", str(first))
                .replace("{end}", str(first + paging.size - 1))
                .replace("{page}", str(page))
                .replace("{size}", str(paging.size))
            )

    def _filled(self, place: str) -> str:
        now = datetime.fromtimestamp(self._clock.now_ms() / 1000, UTC) + KST_OFFSET
        filled = self.declaration.address.replace("{place}", quote(place))
        for name, form in (("{date}", "%Y%m%d"), ("{month}", "%Y%m"), ("{hour}", "%H")):
            filled = filled.replace(name, now.strftime(form))
        return filled

    def _after(self, refusal: SourceRefused, now_ms: int) -> int:
        match refusal.retry:
            case "tomorrow":
                self._quota.close_day(self._quota_key, now_ms)
                wait_ms = self._quota.wait_ms(self._quota_key, self.declaration.quota, now_ms)
                return now_ms + wait_ms
            case "never":
                return now_ms + self._patience.wrong()
            case _:
                return now_ms + self._patience.failed()

    def _note(self, next_ms: int, error: str) -> None:
        self.health = msgspec.structs.replace(self.health, last_error=error, next_ms=next_ms)
