"""Main of the calls' process: waits for a call, and holds its media while one is on."""

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.wire import Link, Text
from kiosk.wire.calls import Call, Sends, Thing
from kiosk.wire.messages import (
    CallAnswer,
    CallMedia,
    CallNow,
    CallOffer,
    Health,
    Message,
    RoomAnswer,
    RoomOffer,
    Stop,
)

if TYPE_CHECKING:
    from kiosk.calls.peer import Missing, Peer
    from kiosk.calls.room import Room

WORKER = "calls"
WAIT_S = 0.1  # the longest that a stop has to wait
LOOK_S = 0.25
SETTLE_MS = 3_000
AGAIN_MS = 6_000
"""So long after its last try a way to the SFU that brings nothing is made anew."""
"""A camera or microphone that has brought nothing by then is not there."""

READY = Text("통화를 기다립니다", "Waiting for calls")
TALKING = Text("통화 중", "In a call")

log = logging.getLogger(__name__)


def run(settings: Settings, link: Link, clock: Clock) -> None:
    """Serves until the link stops. Pictures and sound pass through this process's memory and are
    never kept. What they need is loaded when a call first rings."""
    worker = _Worker(settings, link, clock)
    link.send(Health(WORKER, "running", READY))
    while not worker.ended:
        worker.take(link.receive(WAIT_S))
        if worker.call is not None and not worker.ended:
            asyncio.run(_Talk(worker, settings, link, clock).hold())


class _Worker:
    """What is to be done, as last told."""

    def __init__(self, settings: Settings, link: Link, clock: Clock) -> None:
        self._link = link
        self._stop = False
        self.call: Call | None = None
        self.shown_px = (0, 0)

    @property
    def ended(self) -> bool:
        return self._stop or self._link.stopped.is_set()

    def take(self, message: Message | None) -> CallOffer | RoomOffer | RoomAnswer | None:
        """What is about media is handed back: it is for the call that is on."""
        if isinstance(message, CallNow):
            self.call, self.shown_px = message.call, message.shown_px
        elif isinstance(message, Stop):
            self._stop = True
        elif isinstance(message, CallOffer | RoomOffer | RoomAnswer):
            return message
        return None


class _Talk:
    """One call, from its first ring to its end."""

    def __init__(self, worker: _Worker, settings: Settings, link: Link, clock: Clock) -> None:
        assert worker.call is not None
        self._worker = worker
        self._id = worker.call.id
        self._runtime = Path(settings.paths.runtime_dir)
        self._echo_free = bool(settings.voice.echo_device)
        self._link = link
        self._clock = clock
        self._peer: Peer | None = None
        self._room: Room | None = None
        self._missing: Missing | None = None
        self._began_ms = 0
        self._told: CallMedia | None = None
        self._cut_off = False

    async def hold(self) -> None:
        """Until the call is over."""
        self._link.send(Health(WORKER, "running", TALKING))
        loop = asyncio.get_running_loop()
        # Now, while it rings: who takes the call does not wait for half a second of loading.
        await loop.run_in_executor(None, _load)
        watching = asyncio.ensure_future(self._watch())
        try:
            while self._goes_on():
                message = await loop.run_in_executor(None, self._link.receive, WAIT_S)
                said = self._worker.take(message)
                if not self._goes_on():
                    break
                await self._follow()
                if said is not None and said.call == self._id:
                    await self._hear(said)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await self._close()
            self._link.send(Health(WORKER, "running", READY))

    async def _close(self) -> None:
        """No media any more."""
        for media in (self._peer, self._room):
            if media is not None:
                await media.close()
        self._peer = self._room = None

    async def _follow(self) -> None:
        """As many are in the call as it now stands: two, or several by way of the SFU."""
        call = self._worker.call
        assert call is not None
        waited_ms = self._clock.now_ms() - self._began_ms
        again = self._room is not None and self._cut_off and waited_ms > AGAIN_MS
        if call.others and (self._room is None or again):
            await self._enter()
        elif not call.others and self._room is not None:
            await self._close()
        elif self._room is not None:
            await self._room.keep(call.inside)
        for media in (self._peer, self._room):
            if media is not None:
                media.show(self._worker.shown_px)

    async def _hear(self, said: CallOffer | RoomOffer | RoomAnswer) -> None:
        match said:
            case CallOffer() if self._room is None:
                await self._answer(said)
            case RoomOffer(way=way, sdp=sdp) if self._room is not None:
                try:
                    answer = await self._room.answer(way, sdp)
                except ValueError as error:
                    log.warning("what comes of a tablet was %s", error)
                    await self._room.drop(way)
                    answer = ""
                self._link.send(RoomAnswer(self._id, way, answer))
            case RoomAnswer(sdp=sdp) if self._room is not None:
                try:
                    await self._room.answered(sdp)
                except ValueError as error:
                    log.warning("the way to the SFU was %s", error)
            case _:
                pass  # it was meant for a call of the other kind, which it no longer is

    async def _enter(self) -> None:
        """The wall's way in, anew."""
        from kiosk.calls.peer import Missing
        from kiosk.calls.room import Room

        await self._close()
        self._missing = Missing()
        self._began_ms = self._clock.now_ms()
        self._room = Room(self._runtime, self._clock.now_ms, self._echo_free, self._missing)
        self._link.send(RoomOffer(self._id, "", await self._room.offer()))

    def _goes_on(self) -> bool:
        call = self._worker.call
        return not self._worker.ended and call is not None and call.id == self._id

    async def _answer(self, offer: CallOffer) -> None:
        """A new offer in the same call takes the place of the one before: the tablet is back."""
        from kiosk.calls.peer import Missing, Peer

        if self._peer is not None:
            await self._peer.close()
        self._missing = Missing()
        self._began_ms = self._clock.now_ms()
        self._peer = Peer(self._runtime, self._clock.now_ms, self._echo_free, self._missing)
        self._peer.show(self._worker.shown_px)
        try:
            answer = await self._peer.answer(offer.sdp)
        except ValueError as error:
            log.warning("the offer of a tablet was %s", error)
            await self._peer.close()
            self._peer = None
            answer = ""
        self._link.send(CallAnswer(self._id, answer))

    async def _watch(self) -> None:
        """Tells how the media are, whenever that changes."""
        while True:
            await asyncio.sleep(LOOK_S)
            media, missing = self._room or self._peer, self._missing
            if media is None or missing is None:
                continue
            alive = await media.alive()
            self._cut_off = alive is not True
            live = await self._room.live() if self._room is not None else ()
            if alive is None and not live:
                continue
            state: Literal["live", "lost"] = "lost" if alive is False else "live"
            told = CallMedia(self._id, state, self._without(missing), live)
            if told != self._told:
                self._told = told
                self._link.send(told)

    def _without(self, missing: "Missing") -> tuple[Thing, ...]:
        """What of the wall is missing, once it had time to come."""
        call = self._worker.call
        wall = call.wall if call is not None else Sends()
        settled = self._clock.now_ms() - self._began_ms >= SETTLE_MS
        gone: dict[Thing, bool] = {
            "camera": settled and missing.camera and wall.camera,
            "microphone": settled and missing.microphone and wall.microphone,
            "loudspeaker": missing.loudspeaker,
        }
        return tuple(thing for thing, is_gone in gone.items() if is_gone)


def _load() -> None:
    import kiosk.calls.room  # noqa: F401
