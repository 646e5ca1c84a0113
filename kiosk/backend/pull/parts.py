"""One answer with all that it points to: the further pages, the alerts that a feed lists."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from yarl import URL

from kiosk.backend.connectors.normal import NotUnderstood, Parsed, Rejected
from kiosk.backend.connectors.registry import Connector, Context, Linked
from kiosk.backend.pull import hosts
from kiosk.backend.pull.declaration import KEY
from kiosk.backend.pull.fetch import LARGEST, STAND_IN, SourceAway

MOST = 500

Ask = Callable[[str], Awaitable[bytes]]
MayAsk = Callable[[], Awaitable[bool]]


@dataclass(slots=True)
class _Parts:
    bodies: list[bytes] = field(default_factory=list)
    parsed: list[Parsed] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return len(self.bodies) >= MOST or sum(map(len, self.bodies)) > LARGEST


class Parts:
    """Asks for answers of one source. A part that stays the same is asked for once.

    ask raises SourceAway; may_ask says whether the quota has a call left.
    """

    def __init__(self, connector: Connector, ask: Ask, may_ask: MayAsk) -> None:
        self._connector = connector
        self._ask = ask
        self._may_ask = may_ask
        self._kept: dict[Linked, bytes] = {}

    async def answer(self, address: str, context: Context) -> tuple[Parsed, bool]:
        """Everything that an address answers with, and whether nothing of it is lacking.

        A page that can't be had spoils the answer: it raises SourceAway, NotUnderstood or
        SourceRefused. Where the parts stand for themselves (`together`), only it is rejected.
        """
        parts, kept = _Parts(), {}
        waiting = deque(await self._read(await self._ask(address), context, parts))
        seen = {address}
        while waiting:
            link = _joined(address, waiting.popleft())
            if link.address in seen:
                continue
            seen.add(link.address)
            if parts.full or not await self._may_ask():
                parts.lost.append("it has more parts than may be asked for")
                break
            try:
                body = self._kept.get(link) or await self._ask(link.address)
                waiting.extend(await self._read(body, context, parts))
            except (SourceAway, NotUnderstood) as trouble:
                if self._connector.together is None:
                    raise
                parts.lost.append(f"part {len(seen)}: {trouble}")
                continue
            if link.version:
                kept[link] = body
        self._kept = kept
        return await self._joined_up(parts, context), not parts.lost

    async def _read(self, body: bytes, context: Context, parts: _Parts) -> Sequence[Linked]:
        """Adds a body; what it links to. Raises NotUnderstood and SourceRefused."""
        parts.parsed.append(await asyncio.to_thread(self._connector.parse, body, context))
        parts.bodies.append(body)
        links = self._connector.links
        return () if links is None else await asyncio.to_thread(links, body)

    async def _joined_up(self, parts: _Parts, context: Context) -> Parsed:
        together = self._connector.together
        if together is not None and len(parts.bodies) > 1:
            whole = await asyncio.to_thread(together, parts.bodies, context)
        else:
            whole = Parsed(
                tuple(item for parsed in parts.parsed for item in parsed.items),
                tuple(row for parsed in parts.parsed for row in parsed.rejected),
            )
        lost = tuple(Rejected(row, reason) for row, reason in enumerate(parts.lost, start=1))
        return Parsed(whole.items, whole.rejected + lost)


def _joined(address: str, link: Linked) -> Linked:
    """The link with a full address. Raises SourceAway when it leads to another place."""
    asked = URL(address.replace(KEY, STAND_IN))
    try:
        target = asked.join(URL(link.address))
    except ValueError:
        raise SourceAway("its answer points to something that is no address") from None
    if not hosts.same_place(asked, target):
        raise SourceAway(f"its answer points to another place, {target.host}, which is not asked")
    return Linked(str(target).replace(STAND_IN, KEY), link.version)
