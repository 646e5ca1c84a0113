"""Whatever a tablet sends: it is understood, or refused; never a crash, never bad on the wire."""

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.remote.addresses import Names
from kiosk.remote.keys import PublicKey, unbase64url, verify
from kiosk.remote.protocol import Command, Malformed, clean_name, frame, parse
from kiosk.wire.codec import decode, encode
from kiosk.wire.messages import TabletRequest

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
SHAPED = st.fixed_dictionaries(
    {"type": st.sampled_from(["pair", "prove", "cancel", "command", "welcome"]) | JSON},
    optional={
        name: JSON | st.from_regex(r"[a-z._]{1,20}", fullmatch=True)
        for name in ("code", "key", "name", "signature", "device", "request", "command", "args")
    },
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), SHAPED.map(lambda value: msgspec.json.encode(value).decode())))
def test_any_frame_is_read_or_refused(text: str) -> None:
    try:
        message = parse(text)
    except Malformed:
        return
    assert msgspec.json.decode(frame(message)) is not None


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,10}", fullmatch=True),
        st.text(max_size=60)
        | st.integers(-(2**53), 2**53)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.booleans()
        | st.none(),
        max_size=16,
    )
)
def test_a_command_that_is_read_crosses_to_the_wall_unchanged(args: dict[str, Any]) -> None:
    sent = {"type": "command", "request": "12345678", "command": "nav.home", "args": args}
    message = parse(msgspec.json.encode(sent).decode())
    assert isinstance(message, Command)
    request = TabletRequest("id", "device", message.command, message.args)
    assert decode(encode(request)) == request
    assert request.args == args


@settings(deadline=None)
@given(st.text(max_size=300))
def test_a_name_is_short_one_line_and_never_empty(name: str) -> None:
    shown = clean_name(name)
    assert 1 <= len(shown) <= 40
    assert shown == shown.strip()
    assert shown.isprintable()
    assert clean_name(shown) == shown


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=90), st.text(max_size=50), st.text(max_size=50))
def test_no_key_and_signature_crash(signature: str, x: str, y: str) -> None:
    try:
        key = PublicKey(crv="P-256", kty="EC", x=x, y=y).usable()
    except ValueError:
        return
    assert not verify(key, b"statement", signature)


@settings(deadline=None)
@given(st.text(), st.integers(0, 40))
def test_base64url_refuses_with_value_error_only(text: str, size: int) -> None:
    try:
        raw = unbase64url(text, size)
    except ValueError:
        return
    assert len(raw) == size


@settings(deadline=None)
@given(st.text())
def test_a_foreign_host_is_never_allowed(host: str) -> None:
    names = Names("kiosk.local", ("kiosk.local",), ("127.0.0.1",))
    if names.allows(host, 8443):
        assert host.lower() in ("kiosk.local:8443", "127.0.0.1:8443")
