"""Pairing: one offer at a time, one use, and a person who compares the check code."""

import asyncio
import hmac
import secrets
from typing import Literal

import msgspec

from kiosk.core.clock import Clock
from kiosk.remote.keys import PublicKey, base64url, check_code, hash_code
from kiosk.wire.messages import Device, PairingAsked, PairingDecision, PairingGone, Role
from kiosk.wire.text import Text

CODE_BYTES = 16
# A code used in its last second still leaves a person time to compare six digits.
COMPARE_MS = 60_000
WRONG_CODES = 20

EXPIRED = Text("시간이 지나 연결 코드가 사라졌습니다", "The pairing code has expired")
LEFT = Text("태블릿이 연결을 그만두었습니다", "The tablet gave up pairing")
MISMATCH = Text("태블릿에서 번호가 다르다고 했습니다", "The tablet shows another number")
GUESSED = Text(
    "틀린 코드가 너무 많이 와서 연결 창을 닫았습니다", "Pairing was closed: too many wrong codes"
)
UNSAVED = Text(
    "태블릿을 저장하지 못했습니다. 다시 해 주세요", "The tablet was not saved. Try again"
)

End = Literal["accepted", "declined", "gone"]


class _Offer(msgspec.Struct):
    code_hash: bytes
    expires_ms: int
    wrong: int = 0


class Waiting(msgspec.Struct):
    """A tablet that used the code; `end` resolves when a person has decided or time is up."""

    request: str
    device: Device
    expires_ms: int
    end: "asyncio.Future[End]"
    role: Role = "official"


class PairingDesk:
    """The open offer and the waiting tablet. Holds the code's hash, never the code."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offer: _Offer | None = None
        self._waiting: Waiting | None = None
        self._offer_end_ms = 0

    def open(self, seconds: int) -> tuple[str, int]:
        """Opens a new offer in place of any other: (code, expiry as epoch ms)."""
        self.close()
        code = base64url(secrets.token_bytes(CODE_BYTES))
        expires_ms = self._clock.now_ms() + seconds * 1000
        self._offer = _Offer(hash_code(code), expires_ms)
        return code, expires_ms

    def close(self) -> None:
        self._offer = None
        self._finish("gone")

    def take(self, code: str) -> bytes | None:
        """Uses up the offer: the code's hash when the code is right, else None."""
        offer = self._offer
        given = hash_code(code)
        right = hmac.compare_digest(given, offer.code_hash if offer else bytes(32))
        if offer is None or self._clock.now_ms() >= offer.expires_ms:
            return None
        if not right:
            offer.wrong += 1
            return None
        self._offer = None
        self._offer_end_ms = offer.expires_ms
        return given

    def ask(
        self, code_hash: bytes, key: PublicKey, name: str, nonce: str
    ) -> tuple[Waiting, PairingAsked]:
        """Puts a tablet before the person at the wall. Needs a code that `take` accepted."""
        now_ms = self._clock.now_ms()
        device = Device(
            id=key.device_id(),
            name=name,
            role="official",
            public_key=key.jwk(),
            paired_ms=now_ms,
        )
        self._finish("gone")
        waiting = Waiting(
            request=secrets.token_hex(8),
            device=device,
            expires_ms=max(self._offer_end_ms, now_ms + COMPARE_MS),
            end=asyncio.get_running_loop().create_future(),
        )
        self._waiting = waiting
        return waiting, PairingAsked(
            request=waiting.request,
            device=device,
            check_code=check_code(code_hash, nonce, key.thumbprint()),
            expires_ms=waiting.expires_ms,
        )

    def decide(self, decision: PairingDecision) -> None:
        """A decision for a request that is no longer waiting is void."""
        if self._waiting is not None and self._waiting.request == decision.request:
            self._waiting.role = decision.role
            self._finish("accepted" if decision.accepted else "declined")

    def leave(self, waiting: Waiting) -> None:
        """The tablet went away, or all is said."""
        if self._waiting is waiting:
            self._finish("gone")

    def tick(self) -> PairingGone | None:
        """Ends what is over; says so once."""
        now_ms = self._clock.now_ms()
        if self._offer is not None and now_ms >= self._offer.expires_ms:
            self._offer = None
            return PairingGone(EXPIRED)
        if self._offer is not None and self._offer.wrong >= WRONG_CODES:
            self._offer = None
            return PairingGone(GUESSED)
        if self._waiting is not None and now_ms >= self._waiting.expires_ms:
            self._finish("gone")
            return PairingGone(EXPIRED)
        return None

    def _finish(self, end: End) -> None:
        if self._waiting is not None and not self._waiting.end.done():
            self._waiting.end.set_result(end)
        self._waiting = None
