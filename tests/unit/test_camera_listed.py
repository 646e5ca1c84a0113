"""What a playlist lists: numbers, times, ranges and parts."""

import pytest

from kiosk.video.address import SourceError
from kiosk.video.listed import Bit, Listed, Range

LOW_LATENCY = """#EXTM3U
#EXT-X-TARGETDURATION:4
#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.0
#EXT-X-PART-INF:PART-TARGET=0.5
#EXT-X-MEDIA-SEQUENCE:266
#EXT-X-MAP:URI="init.mp4"
#EXT-X-PROGRAM-DATE-TIME:2026-11-22T02:13:36.000Z
#EXTINF:4,
266.mp4
#EXT-X-PART:DURATION=0.5,URI="267.0.mp4",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.5,URI="267.1.mp4",GAP=YES
#EXTINF:1,
267.mp4
#EXT-X-GAP
#EXTINF:4,
268.mp4
#EXT-X-PART:DURATION=0.5,URI="269.mp4",BYTERANGE="20000@0",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.5,URI="269.mp4",BYTERANGE="10000"
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="269.2.mp4"
"""
NOON_MS = 1_795_313_616_000


def bits(body: str) -> list[Bit]:
    return list(Listed(body.encode()).bits)


def test_segments_and_parts_have_places_and_times_of_their_own() -> None:
    listed = Listed(LOW_LATENCY.encode())
    assert [bit.place for bit in listed.bits] == [
        (266, 0), (267, 0), (267, 1), (268, 0), (269, 0), (269, 1),
    ]  # fmt: skip
    assert [bit.taken_ms and bit.taken_ms - NOON_MS for bit in listed.bits] == [
        0, 4000, 4500, 5000, 9000, 9500,
    ]  # fmt: skip
    assert [bit.gap for bit in listed.bits] == [False, False, True, True, False, False]
    assert [bit.alone for bit in listed.bits] == [True, True, False, True, True, False]
    assert listed.end == (269, 2)
    assert (listed.blocks, listed.part_s, listed.hold_back_s) == (True, 0.5, 1.0)


def test_parts_under_way_have_the_head_of_what_was_before_and_ranges_go_on() -> None:
    *_, first, second = bits(LOW_LATENCY)
    assert first.head == second.head == ("init.mp4", None)
    assert not first.anew
    assert (first.range, second.range) == (Range(0, 20_000), Range(20_000, 30_000))


def test_what_is_locked_is_taken_as_whole_segments() -> None:
    key = '#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXT-X-MAP'
    found = bits(LOW_LATENCY.replace("#EXT-X-MAP", key))
    assert [bit.place for bit in found] == [(266, 0), (267, 0), (268, 0)]
    assert all(bit.is_segment and bit.key is not None for bit in found)


def test_a_break_and_another_head_begin_anew_and_end_the_time() -> None:
    found = bits(
        "#EXTM3U\n#EXT-X-PROGRAM-DATE-TIME:2026-11-22T02:13:36.000Z\n#EXTINF:1,\na\n"
        '#EXT-X-DISCONTINUITY\n#EXTINF:1,\nb\n#EXT-X-MAP:URI="h"\n#EXTINF:1,\nc\n#EXTINF:1,\nd\n'
    )
    assert [bit.anew for bit in found] == [False, True, True, False]
    assert [bit.taken_ms is None for bit in found] == [False, True, True, True]


def test_a_break_before_the_parts_under_way_is_seen() -> None:
    body = LOW_LATENCY.replace('#EXT-X-PART:DURATION=0.5,URI="269.mp4",BYTERANGE="20000@0"',
        '#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="new"\n#EXT-X-PART:DURATION=0.5,URI="n"')  # fmt: skip
    *_, first, second = bits(body)
    assert (first.anew, second.anew) == (True, False)
    assert first.head == second.head == ("new", None)


@pytest.mark.parametrize("words", ["a@b", "-1@0", "5@", "x"])
def test_a_range_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(SourceError):
        Listed(f"#EXTM3U\n#EXT-X-BYTERANGE:{words}\n#EXTINF:1,\na\n".encode())
