"""How much one address, and all together, may ask of the server."""

from collections import Counter

import msgspec

from kiosk.core.buckets import ADDRESSES_KEPT, Bucket
from kiosk.core.clock import Clock
from kiosk.wire.messages import RefusedRequest

ADDRESSES_NAMED = 3
REFUSALS_KEPT = 1000


class Limits(msgspec.Struct, frozen=True):
    """Chosen for some hundred tablets on a LAN, with one person's worth of presses each.

    `half_open`: connections that have not shaken hands; a newer one takes the place of the oldest,
    so that whoever means it gets in beside a flood. `connection_s`: how long a connection may live
    that is no WebSocket; who reads or asks slowly holds a place no longer than that, and a browser
    opens a new one by itself. `media_port`: the UDP port of calls, 0 for any.
    """

    connections: int = 600
    connections_per_address: int = 48
    half_open: int = 200
    unproven: int = 64
    requests_per_s: float = 60.0
    request_burst: int = 240
    failures_per_s: float = 0.2
    failure_burst: int = 10
    commands_per_s: float = 15.0
    command_burst: int = 40
    points_per_s: float = 25.0
    point_burst: int = 25
    handshake_s: float = 5.0
    first_request_s: float = 5.0
    connection_s: float = 60.0
    proof_s: float = 10.0
    answer_s: float = 3.0
    save_s: float = 10.0
    media_port: int = 0


class Refusals:
    """Tells of every refusal for the audit; a flood is counted and told in a line per reason."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._bucket = Bucket(clock, per_s=2.0, burst=30)
        self._untold: dict[str, Counter[str]] = {}
        self._fresh: list[RefusedRequest] = []

    def note(self, address: str, reason: str) -> None:
        if len(self._fresh) < REFUSALS_KEPT and self._bucket.take():
            self._fresh.append(RefusedRequest(address, reason, self._clock.now_ms()))
        else:
            self._count(address, reason)

    def drain(self) -> list[RefusedRequest]:
        """What is to be told now."""
        told, self._fresh = self._fresh, []
        while self._untold and self._bucket.take():
            reason = next(iter(self._untold))
            told.append(self._sum(reason, self._untold.pop(reason)))
        return told

    def untold(self, refused: RefusedRequest) -> None:
        """It reached nobody: told again when the wall is back."""
        if len(self._fresh) < REFUSALS_KEPT:
            self._fresh.append(refused)
        else:
            self._count(refused.address, refused.reason)

    def _sum(self, reason: str, of: Counter[str]) -> RefusedRequest:
        """One line for many: how often, from how many, and who did it most."""
        now_ms, often = self._clock.now_ms(), of.most_common(ADDRESSES_NAMED)
        if len(of) == 1:
            return RefusedRequest(often[0][0], f"{reason} x{of.total()}", now_ms)
        most = ", ".join(f"{address} x{times}" for address, times in often)
        return RefusedRequest(f"{len(of)} addresses", f"{reason} x{of.total()}: {most}", now_ms)

    def _count(self, address: str, reason: str) -> None:
        of = self._untold.setdefault(reason, Counter())
        of[address if address in of or len(of) < ADDRESSES_KEPT else "others"] += 1
