"""What a tablet offers to send and take (SDP, RFC 8866 and 8829), read strictly and written anew.

Nothing of a stranger's text is passed on: what is known and fits is read into an `Offer`, and a
text of our own is made of that. Addresses are checked and then left out, since packets are taken
only from where the tablet's own connection comes (see kiosk.remote.media).
"""

import ipaddress
import re
from typing import Literal

import msgspec

LIMIT_BYTES = 12_000
LIMIT_LINES = 400
LIMIT_LINE = 400
LIMIT_CANDIDATES = 40
LIMIT_SSRCS = 4
PROFILE = "UDP/TLS/RTP/SAVPF"

Kind = Literal["audio", "video"]
Direction = Literal["sendrecv", "sendonly", "recvonly", "inactive"]

_DIRECTIONS: tuple[Direction, ...] = ("sendrecv", "sendonly", "recvonly", "inactive")
_EXTENSIONS = frozenset(
    {
        "urn:ietf:params:rtp-hdrext:sdes:mid",
        "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
    }
)
_FEEDBACK = frozenset({"nack", "nack pli", "ccm fir", "goog-remb"})
_CODECS = {"audio": ("opus/48000/2",), "video": ("VP8/90000",)}
_RTX = "rtx/90000"
_NO_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - what a browser writes for none

_LINE = re.compile(r"([a-z])=([\x20-\x7e]*)")
_MEDIA = re.compile(r"(\w+) (\d{1,5}) ([A-Z/]+)((?: \d{1,3}){1,60})")
_UFRAG = re.compile(r"[A-Za-z0-9+/]{4,256}")
_PASSWORD = re.compile(r"[A-Za-z0-9+/]{22,256}")
_FINGERPRINT = re.compile(r"sha-256 ((?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2})")
_OTHER_HASH = re.compile(r"sha-(?:384|512) ")
"""Some tell their key by several hashes: one is enough, and it is this one everywhere."""
_MID = re.compile(r"[A-Za-z0-9]{1,16}")
_MAP = re.compile(r"(\d{1,3}) ([A-Za-z0-9/-]{1,40})")
_EXTENSION = re.compile(r"(\d{1,2})(?:/\w+)? (\S{1,100})")
_OF_TYPE = re.compile(r"(\d{1,3}) (.{1,200})")
_APT = re.compile(r"apt=(\d{1,3})")
_SSRC = re.compile(r"(\d{1,10}) \S.*")
_FID = re.compile(r"FID (\d{1,10}) (\d{1,10})")
_CANDIDATE = re.compile(
    r"\S{1,32} \d{1,3} (?P<over>udp|tcp) \d{1,10} (?P<host>\S{1,64}) \d{1,5} typ (?P<kind>\w+).*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:\d{1,5} )?IN IP[46] (\S{1,64})")
_MDNS = re.compile(r"[0-9a-f-]{36}\.local", re.IGNORECASE)


class UnfitOffer(Exception):  # noqa: N818 - an answer, not a fault
    """An offer that is not taken; the text says what was wrong, for the audit."""


class Codec(msgspec.Struct, frozen=True):
    """A payload type and what it carries; `repairs` is the type that an rtx repairs."""

    type: int
    name: str
    repairs: int | None = None
    feedback: tuple[str, ...] = ()


class Section(msgspec.Struct, frozen=True):
    """One kind of media."""

    kind: Kind
    mid: str
    direction: Direction
    codecs: tuple[Codec, ...]
    extensions: tuple[tuple[int, str], ...]
    ssrcs: tuple[int, ...]
    repaired: tuple[int, int] | None


class Offer(msgspec.Struct, frozen=True):
    """All that is taken of an offer: who may speak (user, password, fingerprint of the key) and at
    most one audio and one video."""

    user: str
    password: str
    fingerprint: str
    setup: Literal["actpass", "active", "passive"]
    sections: tuple[Section, ...]


def read_offer(text: str) -> Offer:
    """Raises UnfitOffer."""
    session, *parts = _parts(_lines(text))
    if not 1 <= len(parts) <= 2:
        raise UnfitOffer("not one audio and one video")
    _refuse(session)
    sections = tuple(_section(part) for part in parts)
    if len({s.kind for s in sections}) != len(sections):
        raise UnfitOffer("media twice")
    if len({s.mid for s in sections}) != len(sections):
        raise UnfitOffer("a mid twice")
    _check_addresses([line for part in (session, *parts) for line in part])
    # With one transport for all its parts the first one's words count, and others may not differ.
    user = _same("ice-ufrag", _UFRAG, session, parts)
    password = _same("ice-pwd", _PASSWORD, session, parts)
    fingerprint = _same("fingerprint", _FINGERPRINT, session, parts)
    setup = _same("setup", re.compile("actpass|active|passive"), session, parts)
    return Offer(user, password, fingerprint, setup, sections)  # type: ignore[arg-type]


def write_offer(offer: Offer) -> str:
    """The offer in words of our own: without addresses, which are learnt from packets."""
    mids = " ".join(section.mid for section in offer.sections)
    lines = ["v=0", "o=- 0 0 IN IP4 0.0.0.0", "s=-", "t=0 0", f"a=group:BUNDLE {mids}"]
    lines.append("a=msid-semantic: WMS *")
    for section in offer.sections:
        lines += _written(offer, section)
    return "\r\n".join(lines) + "\r\n"


def with_address(answer: str, host: str, port: int) -> str:
    """The wall's own answer with the one address where it takes packets."""
    return with_addresses(answer, host, (port,))


def with_addresses(words: str, host: str, ports: tuple[int, ...]) -> str:
    """An offer or answer with the places where its maker takes packets, and no other."""
    port = ports[0] if ports else 9
    lines: list[str] = []
    for line in words.splitlines():
        if line.startswith(("a=candidate:", "a=end-of-candidates")):
            continue
        if line.startswith("c="):
            lines.append(f"c=IN IP{ipaddress.ip_address(host).version} {host}")
        elif line.startswith("m="):
            kind, _, rest = line.split(" ", 2)
            lines.append(f"{kind} {port} {rest}")
        else:
            lines.append(line)
            if line.startswith("a=ice-pwd:"):
                lines += [f"a=candidate:1 1 udp 2130706431 {host} {p} typ host" for p in ports]
                lines.append("a=end-of-candidates")
    return "\r\n".join(lines) + "\r\n"


def user_of(answer: str) -> str:
    """The name under which the calls' process is knocked at (ICE). Raises ValueError."""
    for line in answer.splitlines():
        if line.startswith("a=ice-ufrag:"):
            return line.removeprefix("a=ice-ufrag:")
    raise ValueError("an answer without a name")


def loopback_port(answer: str) -> int:
    """Where the calls' process waits, by its answer. Raises ValueError."""
    for line in answer.splitlines():
        found = re.fullmatch(r"a=candidate:\S+ 1 udp \d+ 127\.0\.0\.1 (\d{1,5}) typ host", line)
        if found:
            return int(found[1])
    raise ValueError("an answer without an address on loopback")


def host_port(text: str, host: str) -> int:
    """The port at which a server of ours takes packets, by its words. Raises ValueError when they
    name none at this address."""
    named = re.escape(host)
    for line in text.splitlines():
        found = re.fullmatch(rf"a=candidate:\S+ 1 udp \d+ {named} (\d{{1,5}}) typ host.*", line)
        if found:
            return int(found[1])
    raise ValueError(f"its media are not at {host}; calls.sfu_address is to name where they are")


# ---- reading

_Line = tuple[str, str]


def _lines(text: str) -> list[_Line]:
    if len(text.encode(errors="surrogatepass")) > LIMIT_BYTES:
        raise UnfitOffer("longer than the limit")
    raw = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if len(raw) > LIMIT_LINES:
        raise UnfitOffer("too many lines")
    found: list[_Line] = []
    for line in raw:
        match = _LINE.fullmatch(line)
        if match is None or len(line) > LIMIT_LINE:
            raise UnfitOffer("a line that is none")
        found.append((match[1], match[2]))
    if not found or found[0] != ("v", "0"):
        raise UnfitOffer("no session")
    return found


def _parts(lines: list[_Line]) -> list[list[_Line]]:
    """The session's lines, then those of each media."""
    parts: list[list[_Line]] = [[]]
    for line in lines:
        if line[0] == "m":
            parts.append([])
        parts[-1].append(line)
    return parts


def _values(part: list[_Line], name: str) -> list[str]:
    """Values of an attribute in a part, in their order."""
    return [
        value[len(name) + 1 :]
        for kind, value in part
        if kind == "a" and value[: len(name) + 1] == f"{name}:"
    ]


def _flag(part: list[_Line], name: str) -> bool:
    return ("a", name) in part


def _refuse(session: list[_Line]) -> None:
    if _flag(session, "ice-lite"):
        raise UnfitOffer("ice-lite")
    if not any(value.startswith("BUNDLE ") for value in _values(session, "group")):
        raise UnfitOffer("media on several transports")


def _section(part: list[_Line]) -> Section:
    media = _MEDIA.fullmatch(part[0][1])
    if media is None or media[1] not in _CODECS or media[3] != PROFILE:
        raise UnfitOffer("media of another kind")
    kind: Kind = "audio" if media[1] == "audio" else "video"
    if not _flag(part, "rtcp-mux"):
        raise UnfitOffer("no rtcp-mux")
    (mid,) = _fitting(part, "mid", _MID) or ("",)
    if not mid:
        raise UnfitOffer("no mid")
    directions = [d for d in _DIRECTIONS if _flag(part, d)]
    if len(directions) > 1:
        raise UnfitOffer("directions")
    return Section(
        kind=kind,
        mid=mid,
        direction=directions[0] if directions else "sendrecv",
        codecs=_codecs(part, kind, [int(t) for t in media[4].split()]),
        extensions=_extensions(part),
        ssrcs=_ssrcs(part),
        repaired=_repaired(part),
    )


def _fitting(part: list[_Line], name: str, form: re.Pattern[str]) -> tuple[str, ...]:
    """At most one value of an attribute, in its form. Raises UnfitOffer."""
    values = {value for value in _values(part, name) if not _OTHER_HASH.match(value)}
    if len(values) > 1 or not all(form.fullmatch(value) for value in values):
        raise UnfitOffer(name)
    return tuple(values)


def _same(name: str, form: re.Pattern[str], session: list[_Line], parts: list[list[_Line]]) -> str:
    """The one value of an attribute, of the session or of all its parts. Raises UnfitOffer."""
    of_session = _fitting(session, name, form)
    found = {value for part in parts for value in (_fitting(part, name, form) or of_session)}
    if len(found) != 1:
        raise UnfitOffer(name)
    match = form.fullmatch(found.pop())
    assert match is not None
    return match[1] if match.groups() else match[0]


def _codecs(part: list[_Line], kind: Kind, types: list[int]) -> tuple[Codec, ...]:
    """The codecs that the wall knows, each with what repairs it."""
    names: dict[int, str] = {}
    for value in _values(part, "rtpmap"):
        match = _MAP.fullmatch(value)
        if match is None:
            raise UnfitOffer("rtpmap")
        if int(match[1]) in names:
            raise UnfitOffer("a payload type twice")
        names[int(match[1])] = match[2]
    repairs = _repairs(part)
    known = [t for t in types if names.get(t) in _CODECS[kind] and 96 <= t <= 127][:1]
    repairing = [t for t in types if names.get(t) == _RTX and repairs.get(t) in known][:1]
    if not known:
        raise UnfitOffer(f"no codec of ours for {kind}")
    feedback = _feedback(part)
    codecs = [Codec(t, names[t], None, feedback.get(t, ())) for t in known]
    codecs += [Codec(t, names[t], repairs[t]) for t in repairing if 96 <= t <= 127]
    return tuple(codecs)


def _of_type(part: list[_Line], name: str) -> list[tuple[int, str]]:
    found = []
    for value in _values(part, name):
        match = _OF_TYPE.fullmatch(value)
        if match is not None:
            found.append((int(match[1]), match[2]))
    return found


def _repairs(part: list[_Line]) -> dict[int, int]:
    found = {}
    for type_, value in _of_type(part, "fmtp"):
        match = _APT.fullmatch(value)
        if match is not None:
            found[type_] = int(match[1])
    return found


def _feedback(part: list[_Line]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for type_, value in _of_type(part, "rtcp-fb"):
        if value in _FEEDBACK:
            found[type_] = (*found.get(type_, ()), value)
    return found


def _extensions(part: list[_Line]) -> tuple[tuple[int, str], ...]:
    found: dict[int, str] = {}
    for value in _values(part, "extmap"):
        match = _EXTENSION.fullmatch(value)
        if match is not None and match[2] in _EXTENSIONS and 1 <= int(match[1]) <= 14:
            found[int(match[1])] = match[2]
    return tuple(found.items())


def _ssrcs(part: list[_Line]) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for value in _values(part, "ssrc"):
        match = _SSRC.fullmatch(value)
        if match is None:
            raise UnfitOffer("ssrc")
        found[_word(match[1])] = None
    if len(found) > LIMIT_SSRCS:
        raise UnfitOffer("too many sources")
    return tuple(found)


def _repaired(part: list[_Line]) -> tuple[int, int] | None:
    matches = [_FID.fullmatch(value) for value in _values(part, "ssrc-group")]
    found = [(_word(m[1]), _word(m[2])) for m in matches if m is not None]
    return found[0] if found else None


def _word(digits: str) -> int:
    value = int(digits)
    if value >= 2**32:
        raise UnfitOffer("ssrc")
    return value


def _check_addresses(lines: list[_Line]) -> None:
    """Only the tablet's own addresses on this network: no relay, nothing that leads elsewhere."""
    candidates = _values(lines, "candidate")
    if len(candidates) > LIMIT_CANDIDATES:
        raise UnfitOffer("too many candidates")
    for value in candidates:
        match = _CANDIDATE.fullmatch(value)
        if match is None:
            raise UnfitOffer("candidate")
        if match["kind"].lower() != "host":
            raise UnfitOffer(f"candidate of kind {match['kind'][:10]}")
        _check_address(match["host"])
    for value in (v for kind, v in lines if kind == "c"):
        _check_stated(value)
    for value in _values(lines, "rtcp"):
        _check_stated(value)


def _check_stated(value: str) -> None:
    if value.isdigit():
        return
    match = _ADDRESS.fullmatch(value)
    if match is None:
        raise UnfitOffer("address")
    if match[1] not in _NO_ADDRESS:
        _check_address(match[1])


def _check_address(host: str) -> None:
    """A browser hides its own addresses behind a name that lives as long as the page (mDNS)."""
    if _MDNS.fullmatch(host):
        return
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise UnfitOffer("address") from None
    if not address.is_private:
        raise UnfitOffer("foreign address")


# ---- writing


def _written(offer: Offer, section: Section) -> list[str]:
    types = " ".join(str(codec.type) for codec in section.codecs)
    lines = [
        f"m={section.kind} 9 {PROFILE} {types}",
        "c=IN IP4 0.0.0.0",
        f"a=ice-ufrag:{offer.user}",
        f"a=ice-pwd:{offer.password}",
        f"a=fingerprint:sha-256 {offer.fingerprint}",
        f"a=setup:{offer.setup}",
        f"a=mid:{section.mid}",
        *(f"a=extmap:{number} {uri}" for number, uri in section.extensions),
        f"a={section.direction}",
        "a=rtcp:9 IN IP4 0.0.0.0",
        "a=rtcp-mux",
    ]
    for codec in section.codecs:
        lines.append(f"a=rtpmap:{codec.type} {codec.name}")
        lines += [f"a=rtcp-fb:{codec.type} {kind}" for kind in codec.feedback]
        if codec.repairs is not None:
            lines.append(f"a=fmtp:{codec.type} apt={codec.repairs}")
        elif section.kind == "audio":
            lines.append(f"a=fmtp:{codec.type} minptime=10;useinbandfec=1")
    if section.repaired is not None:
        lines.append(f"a=ssrc-group:FID {section.repaired[0]} {section.repaired[1]}")
    lines += [f"a=ssrc:{ssrc} cname:tablet" for ssrc in section.ssrcs]
    return lines
