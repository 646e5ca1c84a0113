"""The tablet's owner is verified before an order is confirmed from it: in a real Chromium with a
virtual authenticator, and against proofs that prove nothing."""

import asyncio
import base64
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.clock import ManualClock
from kiosk.remote.client import Tablet
from kiosk.remote.verification import CHALLENGE_MS, Challenges, Credential, NotVerified
from kiosk.wire.messages import CredentialOffered, PairingAsked, RefusedRequest, TabletRequest
from tests.helpers.chromium import Chromium, find_chromium, spki_pin
from tests.helpers.sample_projections import everything
from tests.helpers.scripted_wall import ScriptedWall, scripted_wall

ORIGIN = "https://kiosk.local:8443"
NOW_MS = 1_790_000_000_000


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[ScriptedWall]:
    with scripted_wall(tmp_path) as wall:
        wall.tell_devices()
        yield wall


def let_in(tablet: Chromium, wall: ScriptedWall) -> PairingAsked:
    tablet.open(wall.offer().replace("127.0.0.1", "localhost"))
    tablet.wait_for("#name")
    tablet.tap("#start")
    shown = tablet.wait_for("#check-code").replace(" ", "")
    asked = wall.wait_for(PairingAsked, lambda asked: asked.check_code == shown)
    wall.decide(asked, "mayor")
    tablet.wait_for("#state", "벽에 연결됨")
    return asked


def agree(wall: ScriptedWall, offered: CredentialOffered) -> None:
    """What a person at the wall does by pressing yes."""
    device = wall.devices[offered.device]
    changed = msgspec.structs.replace(device, credential=offered.credential)
    wall.devices[device.id] = changed
    wall.tell_devices()


@pytest.mark.slow
@pytest.mark.skipif(find_chromium() is None, reason="no chromium and chromedriver here")
@pytest.mark.parametrize("there", [True, False], ids=["the owner is there", "somebody else is"])
def test_an_order_is_confirmed_by_the_owner_alone(
    wall: ScriptedWall, tmp_path: Path, there: bool
) -> None:
    with Chromium(tmp_path, [spki_pin(tmp_path / "certificates/ca.pem")]) as tablet:
        tablet.devtools("WebAuthn.enable")
        authenticator = tablet.devtools(
            "WebAuthn.addVirtualAuthenticator",
            options={
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            },
        )["authenticatorId"]
        asked = let_in(tablet, wall)
        wall.show(everything(NOW_MS))
        tablet.wait_for("#asking", "화면을 잠글까요?")
        tablet.tap("#tab-connect")
        tablet.wait_for("#owner", "벽에 있는 사람이")
        tablet.tap("#enrol")
        tablet.wait_for("#toast", "받아들이면 등록됩니다")
        offered = wall.wait_for(CredentialOffered)
        assert offered.device == asked.device.id
        agree(wall, offered)
        tablet.wait_for("#owner", "등록되어 있습니다")

        tablet.devtools(
            "WebAuthn.setUserVerified", authenticatorId=authenticator, isUserVerified=there
        )
        tablet.tap("#tab-remote")
        tablet.tap("#asking .primary")
        if there:
            request = wall.wait_for(TabletRequest)
            assert (request.command, request.verified) == ("confirm.accept", True)
            tablet.wait_for("#toast .done")
        else:
            tablet.wait_for("#toast .refused", "본인 확인을 하지 않아")
            assert wall.all_of(TabletRequest) == []
        assert tablet.complaints() == []


async def test_a_proof_that_proves_nothing_is_refused_and_told(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    wall.accepts = "mayor"
    async with Tablet(tmp_path / "certificates/ca.pem") as tablet:
        await tablet.pair(
            (await asyncio.to_thread(wall.offer)).replace("127.0.0.1", "localhost"), "도둑"
        )
        await tablet.connect()
        offered = CredentialOffered(tablet.device, credential_text("AAAA"))
        agree(wall, offered)
        await tablet.wait_until(lambda: tablet.verifiable)
        assert tablet._socket is not None
        for request, proof in (
            ("press-0001", {}),
            ("press-0002", {"id": "BBBB"}),
            ("press-0003", proof_of("AAAA", b"no challenge of yours")),
            ("press-0004", {"id": "AAAA", "rawId": 7, "response": [], "type": None}),
        ):
            sent = {
                **{"type": "command", "request": request, "command": "confirm.accept"},
                **{"args": {}, "proof": proof},
            }
            waiting = tablet.answer_to(request)
            await tablet._socket.send_str(json.dumps(sent))
            assert (await asyncio.wait_for(waiting, 5)).status == "denied"
        assert wall.all_of(TabletRequest) == []
        wall.wait_for(RefusedRequest, lambda told: told.reason.startswith("verification"))


class TestChallenges:
    def test_under_an_address_nobody_is_verified(self, clock: ManualClock) -> None:
        challenges = Challenges(clock, "https://10.0.0.7:8443")
        with pytest.raises(NotVerified, match="no host name"):
            challenges.to_enrol("tablet-1", "비서실")

    def test_a_challenge_is_new_each_time_and_asks_for_the_user(self, clock: ManualClock) -> None:
        challenges = Challenges(clock, ORIGIN)
        first = challenges.to_verify("press-1", credential_text("AAAA"))
        second = challenges.to_verify("press-1", credential_text("AAAA"))
        assert first["challenge"] != second["challenge"]
        assert first["userVerification"] == "required"
        assert first["rpId"] == "kiosk.local"
        assert [allowed["id"] for allowed in first["allowCredentials"]] == ["AAAA"]

    @pytest.mark.parametrize("how", ["late", "twice", "for another request", "never asked"])
    def test_a_challenge_is_good_once_and_for_its_request(
        self, clock: ManualClock, how: str
    ) -> None:
        challenges = Challenges(clock, ORIGIN)
        credential = credential_text("AAAA")
        options = challenges.to_verify("press-1", credential)
        proof = proof_of("AAAA", unpadded(options["challenge"]))
        request = "press-1"
        match how:
            case "late":
                clock.advance(CHALLENGE_MS)
            case "twice":
                with pytest.raises(NotVerified):  # its signature is none, but it was used up
                    challenges.verify(request, proof, credential)
            case "for another request":
                request = "press-2"
            case "never asked":
                challenges = Challenges(clock, ORIGIN)
        with pytest.raises(NotVerified, match="no challenge"):
            challenges.verify(request, proof, credential)

    @settings(max_examples=60, deadline=None)
    @given(
        st.dictionaries(
            st.sampled_from(["id", "rawId", "type", "response", "clientExtensionResults"]),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(max_size=20),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(
                        st.sampled_from(
                            [
                                "clientDataJSON",
                                "attestationObject",
                                "authenticatorData",
                                "signature",
                            ]
                        ),
                        inner,
                        max_size=4,
                    )
                ),
                max_leaves=8,
            ),
            max_size=5,
        )
    )
    def test_whatever_comes_it_is_refused_and_nothing_breaks(self, answer: dict[str, Any]) -> None:
        challenges = Challenges(ManualClock(), ORIGIN)
        credential = credential_text("AAAA")
        challenges.to_enrol("tablet-1", "x")
        with pytest.raises(NotVerified):
            challenges.enrolled(answer)
        challenges.to_verify("press-1", credential)
        with pytest.raises(NotVerified):
            challenges.verify("press-1", {**answer, "id": "AAAA"}, credential)


def credential_text(id: str) -> str:  # noqa: A002
    key = base64.urlsafe_b64encode(secrets.token_bytes(77)).rstrip(b"=").decode()
    return msgspec.json.encode(Credential(id, key)).decode()


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def proof_of(id: str, challenge: bytes) -> dict[str, Any]:  # noqa: A002
    """An answer in the right form over this challenge, signed by nobody."""

    def encoded(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    client = {"type": "webauthn.get", "challenge": encoded(challenge), "origin": ORIGIN}
    return {
        "id": id,
        "rawId": id,
        "type": "public-key",
        "response": {
            "clientDataJSON": encoded(json.dumps(client).encode()),
            "authenticatorData": encoded(bytes(32) + b"\x05" + bytes(4)),
            "signature": encoded(bytes(70)),
        },
        "clientExtensionResults": {},
    }
