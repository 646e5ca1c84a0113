"""That the tablet's owner, not only the tablet, says yes to an order: WebAuthn user verification.

The browser asks for fingerprint, face or PIN and signs a challenge that is good for one request
over one connection. Works under a host name only: browsers refuse it for IP addresses.
"""

import secrets
from typing import Any
from urllib.parse import urlsplit

import msgspec
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kiosk.core.clock import Clock
from kiosk.remote.addresses import is_address

CHALLENGE_MS = 120_000
CHALLENGES = 8
ENROL = "enrol"
NAME = "City kiosk"


class NotVerified(Exception):  # noqa: N818 - an answer, not a fault
    """The answer proves nothing; the text says why, for the audit."""


class Credential(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an answer is checked against: id and COSE key as base64url, uses so far (0: untold)."""

    id: str
    public_key: str
    uses: int = 0


class Challenges:
    """Of one connection: each is for one request, good once, and for two minutes."""

    def __init__(self, clock: Clock, origin: str) -> None:
        self._clock = clock
        self._origin = origin
        self._open: dict[str, tuple[bytes, float]] = {}

    @property
    def host(self) -> str:
        """The name that credentials belong to; empty under an IP address."""
        host = urlsplit(self._origin).hostname or ""
        return "" if is_address(host) else host

    def to_enrol(self, device: str, name: str) -> dict[str, Any]:
        """Options for `navigator.credentials.create`. Raises NotVerified under an IP address."""
        options = generate_registration_options(
            rp_id=self._named(),
            rp_name=NAME,
            user_id=device.encode()[:64],
            user_name=name,
            challenge=self._new(ENROL),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.DISCOURAGED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
        return _plain(options_to_json(options))

    def enrolled(self, answer: dict[str, Any]) -> str:
        """The credential as text for the ledger. Raises NotVerified."""
        try:
            found = verify_registration_response(
                credential=answer,
                expected_challenge=self._take(ENROL),
                expected_rp_id=self._named(),
                expected_origin=self._origin,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError) as error:
            raise NotVerified(type(error).__name__) from error
        key = bytes_to_base64url(found.credential_public_key)
        credential = Credential(bytes_to_base64url(found.credential_id), key, found.sign_count)
        return msgspec.json.encode(credential).decode()

    def to_verify(self, request: str, credential: str) -> dict[str, Any]:
        """Options for `navigator.credentials.get`. Raises NotVerified without a credential."""
        options = generate_authentication_options(
            rp_id=self._named(),
            challenge=self._new(request),
            allow_credentials=[
                PublicKeyCredentialDescriptor(id=base64url_to_bytes(_read(credential).id))
            ],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return _plain(options_to_json(options))

    def verify(self, request: str, answer: dict[str, Any], credential: str) -> None:
        """Raises NotVerified unless the owner was verified for this very request."""
        held = _read(credential)
        if answer.get("id") != held.id:
            raise NotVerified("another credential")
        try:
            verify_authentication_response(
                credential=answer,
                expected_challenge=self._take(request),
                expected_rp_id=self._named(),
                expected_origin=self._origin,
                credential_public_key=base64url_to_bytes(held.public_key),
                credential_current_sign_count=held.uses,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError) as error:
            raise NotVerified(type(error).__name__) from error

    def _named(self) -> str:
        if not self.host:
            raise NotVerified("no host name")
        return self.host

    def _new(self, request: str) -> bytes:
        challenge = secrets.token_bytes(32)
        self._open[request] = challenge, self._clock.monotonic_ms() + CHALLENGE_MS
        while len(self._open) > CHALLENGES:
            del self._open[next(iter(self._open))]
        return challenge

    def _take(self, request: str) -> bytes:
        challenge, until_ms = self._open.pop(request, (b"", 0.0))
        if self._clock.monotonic_ms() >= until_ms:
            raise NotVerified("no challenge")
        return challenge


def _read(credential: str) -> Credential:
    try:
        return msgspec.json.decode(credential, type=Credential)
    except msgspec.DecodeError as error:
        raise NotVerified("no credential") from error


def _plain(options: str) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.json.decode(options)
    return plain
