"""What a live playlist lists: segments, and of the newest ones their parts.

RFC 8216; parts, for low latency: draft-pantos-hls-rfc8216bis, 4.4.4.9. The library that parses it
moves the time of a segment on by its parts, forgets what stands before an unfinished segment, and
leaves a range without an offset as it is: all three are made good here.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import m3u8

from kiosk.video import reasons
from kiosk.video.address import SourceError

# The segment under way has parts and no line of its own yet: with one it is parsed like the others.
_UNFINISHED = "#EXTINF:0,\nunfinished\n"
_NO_KEY = (None, "NONE")

Place = tuple[int, int]
"""Of a bit: its segment's number and its part's (0 for a whole segment)."""


class Range(NamedTuple):
    """Bytes `start` to before `end` of what lies at an address."""

    start: int
    end: int


class Bit(NamedTuple):
    """A segment, or a part of one (`is_segment`).

    `taken_ms`: when its first picture was taken, by the camera's clock (EXT-X-PROGRAM-DATE-TIME),
    None where the playlist does not say. `anew`: nothing before it helps to read it. `alone`:
    reading may begin with it. `gap`: the server has nothing there.
    """

    place: Place
    uri: str
    range: Range | None
    duration_s: float
    taken_ms: int | None
    key: Any
    head: tuple[str, Range | None] | None
    anew: bool
    alone: bool
    gap: bool
    is_segment: bool

    @property
    def after(self) -> Place:
        """The place that follows; of a segment's last part the one that it would have next."""
        number, part = self.place
        return (number + 1, 0) if self.is_segment else (number, part + 1)


class Listed:
    """A playlist, parsed. Raises SourceError."""

    def __init__(self, body: bytes) -> None:
        try:
            words = body.decode("utf-8")
            self.unfinished = "#EXT-X-PART:" in words and "#EXT-X-ENDLIST" not in words
            self._read: Any = m3u8.loads(f"{words}\n{_UNFINISHED}" if self.unfinished else words)
            self.bits: tuple[Bit, ...] = () if self._read.is_variant else tuple(self._bits())
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
            # of these, whatever the parser trips over
            raise SourceError(reasons.PLAYLIST) from None

    @property
    def is_variant(self) -> bool:
        return bool(self._read.is_variant)

    @property
    def has_ended(self) -> bool:
        return bool(self._read.is_endlist)

    @property
    def target_s(self) -> float:
        """A segment's length, 0 where it is not told."""
        return float(self._read.target_duration or 0)

    @property
    def part_s(self) -> float:
        """A part's length, 0 where there are none."""
        return float(self._read.part_inf.part_target or 0) if self._read.part_inf else 0.0

    @property
    def hold_back_s(self) -> float:
        """How far behind the newest part playing begins."""
        control = self._read.server_control
        return float((control and control.part_hold_back) or 3 * self.part_s)

    @property
    def blocks(self) -> bool:
        """Whether the server keeps a question for a later playlist until it has it."""
        control = self._read.server_control
        return bool(self.part_s and control and control.can_block_reload == "YES")

    @property
    def end(self) -> Place:
        """The place after the last bit."""
        if not self.bits:
            return int(self._read.media_sequence or 0), 0
        return self.bits[-1].after

    def variant(self, *, small: bool, enough_px: int) -> str:
        """Of several sizes the smallest one that is `enough_px` high, or the best one."""
        known = [
            ((each.stream_info.resolution or (0, 0))[1], each.stream_info.bandwidth or 0, each.uri)
            for each in self._read.playlists
            if each.uri
        ]
        if not known:
            raise SourceError(reasons.PLAYLIST)
        known.sort()
        enough = [each for each in known if each[0] >= enough_px]
        return str((enough[0] if small and enough else known[-1])[2])

    def _bits(self) -> Iterator[Bit]:
        number, head, ranges = self._read.media_sequence or 0, None, _Ranges()
        clock_ms: int | None = None
        segments = list(self._read.segments)
        for count, segment in enumerate(segments):
            last = self.unfinished and count + 1 == len(segments)
            if not segment.uri or (last and not segment.parts):
                continue
            told_ms = _epoch_ms(segment.program_date_time)
            if told_ms is not None or segment.discontinuity:
                clock_ms = told_ms
            before, head = head, _head(segment.init_section)
            anew = bool(segment.discontinuity) or (count > 0 and before != head)
            key = segment.key if segment.key and segment.key.method not in _NO_KEY else None
            # What is locked is locked as a whole segment: parts of it are not opened.
            parts = [] if key else list(segment.parts)
            if last and not parts:
                continue
            whole = not parts
            for at, each in enumerate([segment] if whole else parts):
                duration_s = float(each.duration or 0)
                yield Bit(
                    (number + count, at),
                    str(each.uri or ""),
                    ranges.of(str(each.uri), each.byterange),
                    duration_s,
                    clock_ms,
                    key,
                    head,
                    anew and at == 0,
                    whole or at == 0 or each.independent == "YES",
                    bool(segment.gap_tag) if whole else each.gap == "YES",
                    whole,
                )
                clock_ms = None if clock_ms is None else clock_ms + round(duration_s * 1000)


class _Ranges:
    """Ranges of bytes; one without an offset begins where the last one of the same file ended."""

    def __init__(self) -> None:
        self._ends: dict[str, int] = {}

    def of(self, uri: str, words: str | None) -> Range | None:
        found = _range(words, self._ends.get(uri, 0))
        if found is not None:
            self._ends[uri] = found.end
        return found


def _range(words: str | None, start: int = 0) -> Range | None:
    if not words:
        return None
    length, at, offset = words.strip('"').partition("@")
    if not length.isdecimal() or (at and not offset.isdecimal()):
        raise SourceError(reasons.PLAYLIST)
    start = int(offset) if at else start
    return Range(start, start + int(length))


def _head(section: Any) -> tuple[str, Range | None] | None:
    """EXT-X-MAP: what has to be read before the segments."""
    return (str(section.uri), _range(section.byterange)) if section is not None else None


def _epoch_ms(moment: datetime | None) -> int | None:
    return None if moment is None or moment.tzinfo is None else round(moment.timestamp() * 1000)
