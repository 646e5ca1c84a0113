"""Whatever a tablet offers to send (SDP): it is read and written anew, or refused; nothing of its
own words is passed on, and nothing that passes makes the media library fall over."""

import asyncio
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.remote.sdp import (
    LIMIT_BYTES,
    LIMIT_LINE,
    LIMIT_LINES,
    UnfitOffer,
    loopback_port,
    read_offer,
    with_address,
    write_offer,
)

SAMPLE = (Path(__file__).parents[1] / "data/calls/chromium_offer.sdp").read_text("ascii")
LINES = SAMPLE.splitlines()
OURS = re.compile(
    r"v=0|o=- 0 0 IN IP4 0\.0\.0\.0|s=-|t=0 0|c=IN IP4 0\.0\.0\.0"
    r"|m=(audio|video) 9 UDP/TLS/RTP/SAVPF( \d{2,3}){1,2}"
    r"|a=(sendrecv|sendonly|recvonly|inactive|rtcp-mux|rtcp:9 IN IP4 0\.0\.0\.0)"
    r"|a=(group:BUNDLE|msid-semantic:)( [A-Za-z0-9*]+)+"
    r"|a=ice-ufrag:[A-Za-z0-9+/]{4,256}|a=ice-pwd:[A-Za-z0-9+/]{22,256}"
    r"|a=fingerprint:sha-256 [0-9A-Fa-f:]{95}|a=setup:(actpass|active|passive)|a=mid:[A-Za-z0-9]+"
    r"|a=extmap:\d{1,2} (urn:ietf:params:rtp-hdrext|http://www\.webrtc\.org)[a-z:/-]+"
    r"|a=rtpmap:\d+ (opus/48000/2|VP8/90000|rtx/90000)"
    r"|a=rtcp-fb:\d+ (nack|nack pli|ccm fir|goog-remb)"
    r"|a=fmtp:\d+ (apt=\d+|minptime=10;useinbandfec=1)"
    r"|a=ssrc-group:FID \d+ \d+|a=ssrc:\d+ cname:tablet"
)
TRICKS = st.sampled_from(
    [
        "a=ice-lite",
        "a=candidate:1 1 udp 1 8.8.8.8 9 typ host",
        "a=candidate:1 1 udp 1 10.0.0.9 9 typ relay raddr 0.0.0.0 rport 0",
        "a=candidate:1 1 udp 1 203.0.113.9 9 typ srflx",
        "a=candidate:" + "9" * 300,
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
        "m=video 9 UDP/TLS/RTP/SAVPF 96",
        "a=fmtp:96 " + "x=1;" * 40,
        "a=fmtp:111 apt=99999999999999999999",
        "a=ssrc:99999999999999999999 cname:x",
        "a=rtpmap:96 VP8/90000",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x",
        "a=setup:holdconn",
        "a=fingerprint:md5 00",
        "a=extmap:-1 x",
        "c=IN IP4 203.0.113.9",
        "a=rtcp:9 IN IP6 2001:db8::1",
        "a=mid:0",
        "\0",
        "a=x" * 2000,
    ]
)


def taken(text: str) -> str | None:
    """What is passed on; None when it is refused."""
    try:
        return write_offer(read_offer(text))
    except UnfitOffer:
        return None


def test_a_line_longer_than_any_browser_writes_is_refused() -> None:
    for length, fits in ((LIMIT_LINE, True), (LIMIT_LINE + 1, False)):
        line = "a=x:".ljust(length, "9")
        assert (taken(SAMPLE + line + "\r\n") is not None) is fits


def test_a_browsers_offer_is_taken_without_its_addresses_and_without_what_is_not_ours() -> None:
    offer = read_offer(SAMPLE)
    assert [s.kind for s in offer.sections] == ["audio", "video"]
    assert [c.name for s in offer.sections for c in s.codecs] == [
        "opus/48000/2",
        "VP8/90000",
        "rtx/90000",
    ]
    written = write_offer(offer)
    assert ".local" not in written
    assert "candidate" not in written
    assert "transport-cc" not in written
    assert taken(written) == written


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ("typ host", "typ relay", "kind relay"),
        ("typ host", "typ srflx", "kind srflx"),
        ("cfa9ed56-edd0-4ddc-b0e8-3aba7978077b.local", "8.8.8.8", "foreign"),
        ("cfa9ed56-edd0-4ddc-b0e8-3aba7978077b.local", "evil.example.com", "address"),
        ("c=IN IP4 0.0.0.0", "c=IN IP4 203.0.115.9", "foreign"),
        ("a=setup:actpass", "a=setup:holdconn", "setup"),
        ("a=fingerprint:sha-256", "a=fingerprint:md5", "fingerprint"),
        ("a=rtcp-mux", "a=x", "rtcp-mux"),
        ("m=video", "m=application", "another kind"),
        ("m=video", "m=audio", "no codec|twice"),
        ("UDP/TLS/RTP/SAVPF", "RTP/AVP", "another kind"),
        ("a=group:BUNDLE 0 1", "a=x", "several transports"),
        ("opus/48000/2", "PCMU/8000", "no codec"),
        ("a=ice-pwd:", "a=ice-pwd:x y", "ice-pwd"),
        ("v=0", "v=1", "no session"),
        ("a=mid:1", "a=mid:0", "a mid twice"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(was: str, becomes: str, why: str) -> None:
    assert was in SAMPLE
    with pytest.raises(UnfitOffer, match=why):
        read_offer(SAMPLE.replace(was, becomes))


def test_an_endless_offer_is_refused_before_it_is_read() -> None:
    with pytest.raises(UnfitOffer, match="longer"):
        read_offer(SAMPLE + "a=x\r\n" * LIMIT_BYTES)
    with pytest.raises(UnfitOffer, match="too many lines"):
        read_offer(SAMPLE + "a=x\r\n" * LIMIT_LINES)
    line = "a=candidate:1 1 udp 1 10.0.0.9 9 typ host\n"
    with pytest.raises(UnfitOffer, match="candidates"):
        read_offer(SAMPLE.replace("a=mid:0\n", "a=mid:0\n" + line * 50))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400) | st.text("vosctma=:0123456789 \r\n", max_size=400))
def test_any_text_is_refused_and_nothing_worse(text: str) -> None:
    assert taken(text) is None


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """A browser's offer with lines taken out, doubled, moved, cut, spoilt, or slipped in."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 5)):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case 3:
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case 4:
                place = draw(st.integers(0, max(0, len(lines[at]) - 1)))
                letter = draw(st.characters(max_codepoint=0x2FF))
                lines[at] = lines[at][:place] + letter + lines[at][place + 1 :]
            case _:
                lines.insert(at, draw(TRICKS))
        if not lines:
            lines = ["v=0"]
    return "\r\n".join(lines) + "\r\n"


@settings(max_examples=500, deadline=None)
@given(mutants())
def test_whatever_passes_is_in_our_own_words(text: str) -> None:
    written = taken(text)
    if written is None:
        return
    for line in written.splitlines():
        assert OURS.fullmatch(line), line
    assert taken(written) == written


def test_what_passes_is_answered_by_the_media_library_or_refused_by_it() -> None:
    """Two hundred mutants that pass, by chance alone: each is answered or raises what is caught."""
    from aiortc import RTCPeerConnection, RTCSessionDescription

    chance = random.Random(20261122)

    def mutant() -> str:
        lines = list(LINES)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(lines))
            if chance.random() < 0.5:
                del lines[at]
            else:
                lines.insert(chance.randrange(len(lines)), lines[at])
        return "\n".join(lines) + "\n"

    async def answered(written: str) -> bool:
        connection = RTCPeerConnection()
        try:
            await connection.setRemoteDescription(RTCSessionDescription(written, "offer"))
            answer = await connection.createAnswer()
        except Exception:
            return False
        finally:
            await connection.close()
        return "m=" in answer.sdp

    async def all_of_them() -> tuple[int, int]:
        passed = found = 0
        while passed < 40:
            written = taken(mutant())
            if written is not None:
                passed += 1
                found += await answered(written)
        return passed, found

    passed, found = asyncio.run(all_of_them())
    assert found == passed, "what passes the check is fit to be answered"


def test_the_answer_leads_to_the_one_address_of_the_wall() -> None:
    answer = (
        "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nm=audio 40000 UDP/TLS/RTP/SAVPF 111\r\n"
        "c=IN IP4 127.0.0.1\r\na=candidate:abc 1 udp 2130706431 127.0.0.1 40000 typ host\r\n"
        "a=end-of-candidates\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdefghijkl\r\n"
    )
    assert loopback_port(answer) == 40000
    led = with_address(answer, "10.1.2.3", 50000)
    assert "127.0.0.1" not in led
    assert led.count("a=candidate:1 1 udp 2130706431 10.1.2.3 50000 typ host") == 1
    assert "m=audio 50000 " in led
    with pytest.raises(ValueError, match="loopback"):
        loopback_port(led)
