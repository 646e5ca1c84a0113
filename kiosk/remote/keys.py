"""A tablet's key: P-256 as the browser's WebCrypto makes it, and what is signed with it."""

import base64
import binascii
import hashlib
import hmac
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

SIGNATURE_BYTES = 64


class PublicKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A public key as JWK (RFC 7517); coordinates are base64url of 32 bytes."""

    crv: Literal["P-256"]
    kty: Literal["EC"]
    x: str
    y: str

    def jwk(self) -> str:
        """The canonical JSON that RFC 7638 takes the thumbprint of."""
        return msgspec.json.encode(
            {"crv": self.crv, "kty": self.kty, "x": self.x, "y": self.y}
        ).decode()

    def thumbprint(self) -> bytes:
        return hashlib.sha256(self.jwk().encode()).digest()

    def device_id(self) -> str:
        """An id that follows from the key, so that nobody can ask for another tablet's id."""
        return "tablet-" + base64.b32encode(self.thumbprint()[:15]).decode().lower()

    def usable(self) -> ec.EllipticCurvePublicKey:
        """Raises ValueError when the point is not on the curve or not written canonically."""
        x, y = unbase64url(self.x, 32), unbase64url(self.y, 32)
        numbers = ec.EllipticCurvePublicNumbers(
            int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1()
        )
        return numbers.public_key()


def read_jwk(jwk: str) -> PublicKey:
    """Raises msgspec.ValidationError or DecodeError when it is none."""
    return msgspec.json.decode(jwk, type=PublicKey)


def verify(key: ec.EllipticCurvePublicKey, statement: bytes, signature: str) -> bool:
    """Whether `signature` (base64url of r and s, 64 bytes) is this key's over the statement."""
    try:
        raw = unbase64url(signature, SIGNATURE_BYTES)
        half = SIGNATURE_BYTES // 2
        der = encode_dss_signature(
            int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big")
        )
        key.verify(der, statement, ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


def connect_statement(nonce: str, origin: str, device: str) -> bytes:
    """What a paired tablet signs at every connection."""
    return f"city-kiosk connect 1\n{nonce}\n{origin}\n{device}".encode()


def pair_statement(nonce: str, origin: str, code: str) -> bytes:
    """What a new tablet signs, to prove that it holds the key that it brings."""
    return f"city-kiosk pair 1\n{nonce}\n{origin}\n{code}".encode()


def check_code(code_hash: bytes, nonce: str, thumbprint: bytes) -> str:
    """Six digits that wall and tablet work out each for itself, bound to the QR code and the key.

    HMAC-SHA256 under the code's hash, first 8 bytes modulo 10^6.
    """
    digest = hmac.new(code_hash, nonce.encode() + thumbprint, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"


def hash_code(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unbase64url(text: str, size: int) -> bytes:
    """Raises ValueError unless `text` is the one unpadded spelling of `size` bytes."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64url") from error
    if len(raw) != size or base64url(raw) != text:
        raise ValueError(f"not the base64url of {size} bytes")
    return raw
