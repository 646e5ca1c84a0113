"""What sensors send, in the words of the usual bridges."""

import pytest

from kiosk.workers.presence_payload import LARGEST_BYTES, Reading, meaning

NEAR, AWAY, LOST, OTHER = Reading


@pytest.mark.parametrize(
    ("payload", "field", "expected"),
    [
        (b"on", "", NEAR),
        (b" OFF \n", "", AWAY),
        (b"true", "", NEAR),
        (b"0", "", AWAY),
        (b'"ON"', "", NEAR),
        (b"offline", "", LOST),
        (b"offline", "occupancy", LOST),
        (b'{"occupancy": true, "battery": 97}', "occupancy", NEAR),
        (b'{"occupancy": false}', "occupancy", AWAY),
        (b'{"occupancy": 1}', "occupancy", NEAR),
        (b'{"occupancy": null}', "occupancy", OTHER),
        (b'{"battery": 97}', "occupancy", OTHER),
        (b'{"target": {"presence": "present"}}', "target.presence", NEAR),
        (b'{"target": true}', "target.presence", OTHER),
        (b'{"occupancy": true}', "", None),
        (b'{"occupancy": "maybe"}', "occupancy", None),
        (b"maybe", "", None),
        (b"", "", None),
        (b"[1, 2]", "occupancy", None),
        (b"[" * 9000, "occupancy", None),
        (b"on" + b" " * LARGEST_BYTES, "", None),
        (b"\xff\xfe", "", None),
    ],
)
def test_meaning(payload: bytes, field: str, expected: Reading | None) -> None:
    assert meaning(payload, field) is expected
