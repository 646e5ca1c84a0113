"""Looks at the board's browser twice a second: one page of the board and nothing else."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from kiosk.tools.board.browser import Browser, Lost, Target
from kiosk.tools.board.holder import PAGE

LOOK_S = 0.5
AGAIN_S = (0.2, 1.0, 3.0, 10.0)
"""Before the browser is started again, by how often that was needed in a row."""
SETTLED_LOOKS = 60  # after so many the board counts as well again
GRACE_LOOKS = 20  # a browser that starts may have no page yet
PART_OF_A_PAGE = frozenset(
    ("iframe", "worker", "shared_worker", "service_worker", "webview", "other", "auction_worklet")
)


class Wrong(NamedTuple):
    """What is to be put right. `lead`: a page that is to go back to the board; None: there is one.
    `gone`: there is no page at all."""

    close: tuple[Target, ...]
    lead: Target | None
    gone: bool

    @property
    def any(self) -> bool:
        return bool(self.close) or self.lead is not None or self.gone


def judge(targets: Sequence[Target], begin: str) -> Wrong:
    """One page of the board stays, the one that is there longest; whatever else is shown goes."""
    shown = [target for target in targets if target.kind not in PART_OF_A_PAGE]
    pages = [target for target in shown if target.kind == "page"]
    if not pages:
        return Wrong((), None, gone=True)
    boards = [page for page in pages if is_board(page.url, begin) and not failed(page, begin)]
    kept = (boards or pages)[-1]
    rest = tuple(target for target in shown if target is not kept)
    return Wrong(rest, None if boards else kept, gone=False)


def is_board(url: str, begin: str) -> bool:
    """Whether an address is a page of the board at the holder (`begin`: its first address)."""
    parts, home = urlsplit(url), urlsplit(begin)
    return (parts.scheme, parts.netloc) == (home.scheme, home.netloc) and bool(
        PAGE.fullmatch(parts.path)
    )


def failed(page: Target, begin: str) -> bool:
    """Whether the browser shows an error of its own there: it gives that the host for a title."""
    return page.title == urlsplit(begin).hostname


async def keep(browser: Browser, address: str, stop: asyncio.Event) -> None:
    """Shows the board until `stop` is set."""
    in_a_row = 0
    while not stop.is_set():
        try:
            await browser.start(address)
            looks = await _look_after(browser, address, stop)
        except Lost:
            looks = 0
        finally:
            await browser.end()
        in_a_row = 0 if looks >= SETTLED_LOOKS else in_a_row + 1
        await _pause(stop, AGAIN_S[min(in_a_row, len(AGAIN_S) - 1)])


async def _look_after(browser: Browser, address: str, stop: asyncio.Event) -> int:
    """Until it is gone or has crashed; how often it was looked at."""
    looks, seen = 0, False
    with contextlib.suppress(Lost):
        while not stop.is_set() and not browser.crashed:
            wrong = judge(await browser.targets(), address)
            if wrong.gone and (seen or looks > GRACE_LOOKS):
                break
            seen |= not wrong.gone
            for target in wrong.close:
                await browser.close(target)
            if wrong.lead is not None:
                await browser.lead(wrong.lead, address)
            looks += 1
            await _pause(stop, LOOK_S)
    return looks


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
