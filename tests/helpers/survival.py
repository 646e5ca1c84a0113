"""Feeds a connector broken responses and checks what it may answer."""

import time

import msgspec

from kiosk.backend.connectors.normal import NotUnderstood, SourceRefused
from kiosk.backend.connectors.registry import Context, all_connectors
from tests.helpers.mutations import Derived, check_invents_nothing

HANG_S = 5.0  # of CPU; the slowest answer of 770 kB takes half a second


def survive(
    service: str, raw: bytes, derived: Derived | None = None, *, source: bytes | None = None
) -> str:
    """Parses, checks that nothing is made up, and says how it ended.

    source: the same answer as text in UTF-8, where `raw` is written otherwise; b"" where its
    figures don't stand as text at all.
    """
    begin = time.process_time()
    try:
        parsed = all_connectors()[service].parse(raw, Context())
    except (SourceRefused, NotUnderstood) as reason:
        str(reason).encode()
        return type(reason).__name__
    finally:
        assert time.process_time() - begin < HANG_S
    for each in (*parsed.items, *parsed.rejected):
        msgspec.json.encode(each)
    text = raw if source is None else source
    if text:
        check_invents_nothing(text, parsed, derived)
    return "understood"
