"""Tablets at the wall: how soon all see what one has done, a slow one, a cut, and an attack.

Screen and server are processes of their own, the tablets share this one, so that at 200 tablets
part of the time is theirs. A view is the wall's home panel with another district selected.
"""

import asyncio
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec

from kiosk.cache.files import JOURNAL
from kiosk.tools.bench.figure import Figure
from kiosk.tools.bench.relay import Relay
from kiosk.tools.bench.remote_rig import (
    AREAS,
    ATTEMPT_S,
    RELAY,
    WAIT_S,
    Rig,
    Seen,
    come_back,
    lateness,
    running,
    select,
)
from kiosk.tools.driving import ROOT
from kiosk.wire.messages import Lateness

FEW, MANY = 20, 200
FEW_BAR_MS, MANY_BAR_MS = 40.0, 100.0
SLOWER_BAR = 1.5
"""How much longer a view may take beside a slow tablet, at the median."""
BACK_BAR_S = 2.0
SLOW_BLOCKS = 4
FRAME_BAR_MS = 1000 / 30
"""30 frames a second: hardly ever does the screen come later to its next one."""
LOOK_S = 0.4  # between two selections: the map on the screen has come to rest
PAUSE_S = 0.05
SETTLE_S = 1.5


class Size(msgspec.Struct, frozen=True):
    """Rounds of each latency, seconds of the cut and of the attack, calls, and seconds in one."""

    rounds: int = 60
    cut_s: float = 30.0
    attack_s: float = 20.0
    pairings: int = 10
    calls: int = 20
    talk_s: float = 30.0


PAIRING = "pairing"
QUICK = Size(pairings=3, rounds=20, cut_s=8.0, attack_s=5.0, calls=5, talk_s=8.0)
Part = Callable[[Rig, Size], AsyncIterator[Figure]]


def remote_figures(part: str | None, *, quick: bool) -> list[Figure]:
    """The figures of one part, or of all. Raises TimeoutError, TabletError."""
    size = QUICK if quick else Size()
    chosen = [name for name in PARTS if part in (None, name)]
    found: list[Figure] = []
    if part in (None, PAIRING):
        from kiosk.tools.bench.remote_pairing import pairing_figures

        found = pairing_figures(size.pairings)
    if not chosen:
        return found
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-remote-") as folder,
        running(Path(folder), MANY) as rig,
    ):
        return found + asyncio.run(_all(rig, chosen, size))


async def _all(rig: Rig, chosen: list[str], size: Size) -> list[Figure]:
    return [figure for name in chosen async for figure in PARTS[name](rig, size)]


async def _latency(rig: Rig, size: Size) -> AsyncIterator[Figure]:
    for count, bar in ((FEW, FEW_BAR_MS), (MANY, MANY_BAR_MS)):
        async with rig.tablets(count) as tablets:
            answers, views = await _rounds(tablets, size.rounds)
        words = f"{count} tablets, command to"
        n = len(views)
        yield Figure("remote", f"{words} view on each, p50", _rank(views, 0.5), "ms", n=n)
        yield Figure("remote", f"{words} view on each, p99", _rank(views, 0.99), "ms", bar, n)
        yield Figure("remote", f"{words} answer, p50", _rank(answers, 0.5), "ms", n=size.rounds)
        yield Figure("remote", f"{words} answer, p99", _rank(answers, 0.99), "ms", n=size.rounds)


async def _slow(rig: Rig, size: Size) -> AsyncIterator[Figure]:
    """Blocks of rounds in turn, without and with one tablet that reads nothing."""
    times: dict[bool, list[float]] = {False: [], True: []}
    for block in range(SLOW_BLOCKS):
        beside = block % 2 == 1
        async with rig.tablets(FEW + beside) as tablets:
            counted = tablets[:FEW]
            await _rounds(counted, 2)
            if beside:
                reader = tablets[-1]._reader
                assert reader is not None
                reader.cancel()  # from here on its socket fills up
            for number in range(size.rounds // SLOW_BLOCKS * 2):
                _, *seen = await select(counted, number)
                times[beside] += seen
                await asyncio.sleep(LOOK_S)
    ratio = _rank(times[True], 0.5) / _rank(times[False], 0.5)
    words = f"{FEW} tablets beside one that reads nothing"
    yield Figure("remote", f"{words}: median, times", ratio, "", SLOWER_BAR, len(times[True]))


async def _cut(rig: Rig, size: Size) -> AsyncIterator[Figure]:
    """The network swallows everything; what was asked around the cut is asked again."""
    port = int(rig.url.rstrip("/").rsplit(":", 1)[1])
    async with Relay(RELAY, "127.0.0.1", port) as network, rig.tablets(FEW, RELAY) as tablets:
        await asyncio.sleep(SETTLE_S)
        journal = rig.wall.data_dir / JOURNAL
        earlier = len(journal.read_bytes().splitlines()) if journal.exists() else 0
        requests = [secrets.token_hex(8) for _ in tablets]
        before = [asyncio.ensure_future(_ask(t, r)) for t, r in _each(tablets, requests, 0)]
        await asyncio.sleep(0)
        network.cut()
        within = [asyncio.ensure_future(_ask(t, r)) for t, r in _each(tablets, requests, 1)]
        await asyncio.sleep(size.cut_s)
        for asking in (*before, *within):
            asking.cancel()
        coming = [asyncio.ensure_future(come_back(tablet, rig.url)) for tablet in tablets]
        await asyncio.sleep(ATTEMPT_S)  # so that attempts are under way when it is mended
        network.mend()
        began = time.perf_counter()
        await asyncio.gather(*coming)
        took_s = time.perf_counter() - began
        answers = await asyncio.gather(
            *(_ask(tablet, request) for tablet, request in zip(tablets, requests, strict=True))
        )
        devices = {tablet.device for tablet in tablets}
    lost = sum(status != "done" for status in answers)
    run = _run_by(journal, earlier, devices)
    doubled = sum(count - 1 for count in run.values() if count > 1)
    lost = max(lost, len(devices - run.keys()))
    words = f"after a cut of {size.cut_s:.0f} s"
    yield Figure("remote", f"{words}: all views back", took_s, "s", BACK_BAR_S, FEW)
    yield Figure("remote", f"{words}: requests lost", lost, "", 0, FEW)
    yield Figure("remote", f"{words}: requests run twice", doubled, "", 0, FEW)


async def _attack(rig: Rig, size: Size) -> AsyncIterator[Figure]:
    """1,000 half-open sockets, floods of requests, wrong proofs and bad frames; as long without."""
    async with rig.tablets(FEW) as tablets:
        await asyncio.sleep(SETTLE_S)
        calm, calm_ms = await _meanwhile(rig, tablets, lambda since_s: since_s < size.attack_s)
        attacker = subprocess.Popen(
            [sys.executable, "-m", "kiosk.tools.bench.remote_attack", rig.url, str(size.attack_s)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert attacker.stdout is not None
        await asyncio.to_thread(attacker.stdout.readline)  # its thousand sockets are open
        under, under_ms = await _meanwhile(rig, tablets, lambda _: attacker.poll() is None)
        rate, attempts, let_in = attacker.stdout.read().split()
        attacker.stdout.close()
    n = int(attempts)
    yield Figure("remote", "attack: attempts a second", float(rate), "", n=n)
    yield Figure("remote", "attack: attempts that were let in", float(let_in), "", 0, n)
    for words, late, answers_ms in (("without", calm, calm_ms), ("under", under, under_ms)):
        bar = FRAME_BAR_MS if words == "under" else None
        what = f"screen {words} attack, late"
        yield Figure("remote", f"{what} p99", late.alone_p99_ms, "ms", bar, late.n)
        yield Figure("remote", f"{what} p99 beside all else", late.p99_ms, "ms", n=late.n)
        what = f"{FEW} tablets {words} attack, answer"
        yield Figure("remote", f"{what} p50", _rank(answers_ms, 0.5), "ms", n=len(answers_ms))
        yield Figure("remote", f"{what} p99", _rank(answers_ms, 0.99), "ms", n=len(answers_ms))


async def _meanwhile(
    rig: Rig, tablets: list[Seen], going: Callable[[float], bool]
) -> tuple[Lateness, list[float]]:
    """The screen's lateness, and the times (ms) to the wall's answer to what it draws nothing for:
    it is asked for an order that does not exist."""
    await asyncio.to_thread(lateness, rig)
    answers_ms: list[float] = []
    began = time.perf_counter()
    while going(time.perf_counter() - began):
        asked = time.perf_counter()
        tablet = tablets[len(answers_ms) % len(tablets)]
        await tablet.send("order.report", {"order": "none", "state": "read"})
        answers_ms.append(1000 * (time.perf_counter() - asked))
        await asyncio.sleep(PAUSE_S)
    return await asyncio.to_thread(lateness, rig), answers_ms


async def _call(rig: Rig, size: Size) -> AsyncIterator[Figure]:
    """In a call, see kiosk.tools.bench.remote_call."""
    # Late: only this part needs the media library, and it is not light.
    from kiosk.tools.bench.remote_call import call_figures

    async for figure in call_figures(rig, size.calls, size.talk_s):
        yield figure


PARTS: dict[str, Part] = {
    "latency": _latency,
    "slow": _slow,
    "cut": _cut,
    "attack": _attack,
    "call": _call,
}


async def _rounds(tablets: list[Seen], rounds: int) -> tuple[list[float], list[float]]:
    """(times to the answer, times to each view), milliseconds."""
    await asyncio.sleep(SETTLE_S)
    answers, views = [], []
    for number in range(rounds):
        answered, *seen = await select(tablets, number)
        answers.append(answered)
        views += seen
        await asyncio.sleep(LOOK_S)
    return answers, views


async def _ask(tablet: Seen, request: str) -> str:
    answer = await tablet.send("district.select", {"district": AREAS[0]}, request, WAIT_S)
    return answer.status


def _each(tablets: list[Seen], requests: list[str], odd: int) -> list[tuple[Seen, str]]:
    """Every second tablet with its request."""
    return list(zip(tablets, requests, strict=True))[odd::2]


def _run_by(journal: Path, earlier: int, devices: set[str]) -> dict[str, int]:
    """How often the wall ran what each of these tablets asked for, after so many records of earlier
    parts."""
    run: dict[str, int] = {}
    for line in journal.read_bytes().splitlines()[earlier:]:
        record = msgspec.json.decode(line)
        if record["actor"] in devices and record["args"] == {"district": AREAS[0]}:
            run[record["actor"]] = run.get(record["actor"], 0) + 1
    return run


def _rank(values: list[float], share: float) -> float:
    """By the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
