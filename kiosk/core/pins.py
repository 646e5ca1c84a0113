"""PINs of profiles: kept as hashes, tried a few times only."""

import base64
import binascii
import hashlib
import hmac
import secrets

LEAST, MOST = 4, 8
"""Digits of a PIN."""
# RFC 7914; some 50 ms and 16 MB a try, so that a stolen settings file is no list of PINs at once.
_N, _R, _P = 1 << 14, 8, 1
FREE_TRIES = 3
FIRST_WAIT_MS, MOST_WAIT_MS = 30_000, 15 * 60_000
"""After so many wrong ones the next waits, twice as long each time: all 10,000 of four digits take
a hundred days."""


def hashed(pin: str) -> str:
    """As it stands in a settings file. Raises ValueError unless it is 4 to 8 digits."""
    if not (pin.isascii() and pin.isdigit() and LEAST <= len(pin) <= MOST):
        raise ValueError(f"{LEAST} to {MOST} digits are expected")
    salt = secrets.token_bytes(16)
    return f"scrypt:{_text(salt)}:{_text(_scrypt(pin, salt))}"


def well_formed(kept: str) -> bool:
    """Whether it is what `hashed` gives."""
    return _parts(kept) is not None


def matches(pin: str, kept: str) -> bool:
    parts = _parts(kept)
    return parts is not None and hmac.compare_digest(_scrypt(pin, parts[0]), parts[1])


class PinTries:
    """How often a wrong PIN was pressed, for each profile."""

    def __init__(self) -> None:
        self._wrong: dict[str, int] = {}
        self._until_ms: dict[str, int] = {}

    def wait_ms(self, profile: str, now_ms: int) -> int:
        """How long the next try has to wait; 0: not at all."""
        return max(0, self._until_ms.get(profile, 0) - now_ms)

    def wrong(self, profile: str, now_ms: int) -> None:
        count = self._wrong[profile] = self._wrong.get(profile, 0) + 1
        if count >= FREE_TRIES:
            wait_ms = min(MOST_WAIT_MS, FIRST_WAIT_MS << min(count - FREE_TRIES, 16))
            self._until_ms[profile] = now_ms + wait_ms

    def right(self, profile: str) -> None:
        self._wrong.pop(profile, None)
        self._until_ms.pop(profile, None)


def _scrypt(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_N, r=_R, p=_P, dklen=32)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _parts(kept: str) -> tuple[bytes, bytes] | None:
    kind, _, rest = kept.partition(":")
    salt, _, key = rest.partition(":")
    try:
        found = base64.b64decode(salt, validate=True), base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if kind == "scrypt" and len(found[0]) == 16 and len(found[1]) == 32 else None
