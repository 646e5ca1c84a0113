"""No payload is an error, and a sensor that shouts anything is only not understood."""

import json

from hypothesis import given
from hypothesis import strategies as st

from kiosk.workers.presence_payload import Reading, meaning

FIELDS = st.sampled_from(["", "occupancy", "a.b", "."])
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
)


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()), FIELDS)
def test_every_payload_has_a_meaning_or_none(payload: bytes, field: str) -> None:
    assert meaning(payload, field) in (*Reading, None)


@given(JSON, st.booleans())
def test_the_field_counts_whatever_stands_beside_it(beside: object, near: bool) -> None:
    payload = json.dumps({"beside": beside, "occupancy": near}).encode()
    assert meaning(payload, "occupancy") is (Reading.NEAR if near else Reading.AWAY)
