"""A tablet's key, its signatures, and the number that both screens show."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from kiosk.remote.devices import Roster
from kiosk.remote.keys import (
    PublicKey,
    base64url,
    check_code,
    connect_statement,
    hash_code,
    read_jwk,
    unbase64url,
    verify,
)
from kiosk.wire.messages import Device


def make_key() -> tuple[ec.EllipticCurvePrivateKey, PublicKey]:
    private = ec.generate_private_key(ec.SECP256R1())
    numbers = private.public_key().public_numbers()
    x, y = (base64url(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
    return private, PublicKey(crv="P-256", kty="EC", x=x, y=y)


def sign(private: ec.EllipticCurvePrivateKey, statement: bytes) -> str:
    r, s = decode_dss_signature(private.sign(statement, ec.ECDSA(hashes.SHA256())))
    return base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def test_signature_holds_for_its_statement_only() -> None:
    private, public = make_key()
    statement = connect_statement("nonce", "https://kiosk:1", "tablet-a")
    signature = sign(private, statement)
    assert verify(public.usable(), statement, signature)
    for other in (
        connect_statement("nonce2", "https://kiosk:1", "tablet-a"),
        connect_statement("nonce", "https://kiosk:2", "tablet-a"),
        connect_statement("nonce", "https://kiosk:1", "tablet-b"),
    ):
        assert not verify(public.usable(), other, signature)
    assert not verify(make_key()[1].usable(), statement, signature)


@pytest.mark.parametrize("signature", ["", "A", "A" * 86, "!" * 86, "A" * 85 + "B", "A" * 88])
def test_nonsense_is_no_signature(signature: str) -> None:
    assert not verify(make_key()[1].usable(), b"statement", signature)


def test_a_point_off_the_curve_is_refused() -> None:
    _, key = make_key()
    crooked = PublicKey(crv="P-256", kty="EC", x=key.x, y=base64url(bytes(32)))
    with pytest.raises(ValueError, match="curve"):
        crooked.usable()


def test_base64url_has_one_spelling() -> None:
    raw = bytes(range(32))
    text = base64url(raw)
    assert unbase64url(text, 32) == raw
    for other in (text + "=", text[:-1], text + "A", " " + text, text[:-1] + "9"):
        with pytest.raises(ValueError, match="base64url"):
            unbase64url(other, 32)


def test_thumbprint_is_the_one_of_rfc_7638_and_names_the_device() -> None:
    _, key = make_key()
    assert key.jwk() == f'{{"crv":"P-256","kty":"EC","x":"{key.x}","y":"{key.y}"}}'
    assert read_jwk(key.jwk()) == key
    assert key.device_id().startswith("tablet-")
    assert len(key.device_id()) == len("tablet-") + 24
    assert make_key()[1].device_id() != key.device_id()


def test_check_code_is_bound_to_code_nonce_and_key() -> None:
    _, key = make_key()
    code = check_code(hash_code("code"), "nonce", key.thumbprint())
    assert len(code) == 6
    assert code.isdigit()
    assert code == check_code(hash_code("code"), "nonce", key.thumbprint())
    others = {
        check_code(hash_code(f"code{i}"), f"nonce{i}", make_key()[1].thumbprint()) for i in range(8)
    }
    assert len(others - {code}) >= 7


class TestRoster:
    def device(self, revoked: bool = False) -> tuple[ec.EllipticCurvePrivateKey, Device]:
        private, public = make_key()
        device = Device(
            id=public.device_id(),
            name="태블릿",
            role="official",
            public_key=public.jwk(),
            paired_ms=1,
            revoked=revoked,
        )
        return private, device

    def test_refuses_everybody_until_told(self) -> None:
        roster = Roster()
        private, device = self.device()
        signature = sign(private, connect_statement("n", "o", device.id))
        assert (roster.ready, roster.prove(device.id, "n", "o", signature)) == (False, None)
        roster.update((device,))
        assert roster.prove(device.id, "n", "o", signature) == device

    def test_refuses_the_revoked_and_another_tablets_key(self) -> None:
        roster = Roster()
        private, device = self.device(revoked=True)
        other_private, other = self.device()
        roster.update((device, other))
        mine = sign(private, connect_statement("n", "o", device.id))
        assert roster.prove(device.id, "n", "o", mine) is None
        taken_over = sign(private, connect_statement("n", "o", other.id))
        assert roster.prove(other.id, "n", "o", taken_over) is None
        good = sign(other_private, connect_statement("n", "o", other.id))
        assert roster.prove(other.id, "n", "o", good) == other
        assert roster.prove(other.id, "n2", "o", good) is None

    def test_a_damaged_key_in_the_list_lets_nobody_in(self) -> None:
        roster = Roster()
        private, device = self.device()
        roster.update((Device(device.id, "x", "mayor", "{}", 1),))
        signature = sign(private, connect_statement("n", "o", device.id))
        assert roster.prove(device.id, "n", "o", signature) is None
