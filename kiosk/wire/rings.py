"""Camera pictures from the video process to the wall: a ring of slots in a mapped file.

One writer, any number of readers, no lock. A slot carries its sequence number twice: before its
pixels and after them. The reader copies the pixels out between reading the two, or draws them where
they are to go; what a writer touched meanwhile shows two different numbers and does not count.

Numbers are read and written as native 64-bit words, each in one store. Their order across
processes is the order of the program on x86; on weaker machines a slot is rewritten only after
`slots - 1` other pictures, tens of milliseconds later.

A ring never changes its size: a writer that needs another one puts a new file in the place of the
old, and readers follow. Pixels are BGRA rows from the top (QImage.Format_RGB32).
"""

import contextlib
import hashlib
import mmap
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from kiosk.wire.messages.city import WHOLE, Region

MAGIC = int.from_bytes(b"KIOSKRNG", "little")
VERSION = 2
SLOTS = 3
SIDE_LIMIT_PX = 8192

_PAGE_BYTES = 4096
_WORD_BYTES = 8
# words of the file's head
_MAGIC, _VERSION, _WIDTH, _HEIGHT, _SLOTS, _SEQUENCE = range(6)
# words of a slot's head; slot n's head starts at word _SLOT_HEADS + n * _SLOT_WORDS
_BEFORE, _AFTER, _T_MS, _CAMERA_T_MS, _LEFT, _TOP, _RIGHT, _BOTTOM = range(8)
_SLOT_HEADS = 8
_SLOT_WORDS = 8
_SLOTS_LIMIT = (_PAGE_BYTES // _WORD_BYTES - _SLOT_HEADS) // _SLOT_WORDS
_READ_ATTEMPTS = 4
_LOOKS_A_FILE = 5  # whether it still is the same file costs more than all else of a look
_UNKNOWN = -1
_WHOLE_SIDE = 1_000_000  # parts of a picture are kept in millionths
_CAMERA = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


class Frame(msgspec.Struct, frozen=True):
    """A picture of a ring.

    `pixels` is `height_px` rows of `4 * width_px` bytes, BGRA. `t_ms` is when a picture last came
    that was new (epoch ms): one that stands still keeps its time. `camera_t_ms` is its time by the
    camera's clock, None where unknown; `region` the part of the camera's picture that it shows.
    `sequence` rises with every picture of a camera, also over a change of size or a new writer.
    """

    width_px: int
    height_px: int
    pixels: "bytes | memoryview"
    t_ms: int
    sequence: int
    camera_t_ms: int | None = None
    region: Region = WHOLE

    @property
    def stride(self) -> int:
        """Bytes a row."""
        return 4 * self.width_px


class InRing(msgspec.Struct, frozen=True):
    """A picture where its writer has put it. What was taken from `frame.pixels` is one picture if
    `is_whole` says so afterwards: the writer comes back to the place a few pictures later."""

    frame: Frame
    is_whole: Callable[[], bool]


Target = Callable[[int, int], memoryview]
"""Gives (width, height) -> memory of 4 * width * height bytes to copy a picture into."""


def ring_path(runtime_dir: Path, camera: str) -> Path:
    """Where a camera's ring lies; ids of a city's systems hold whatever these call a camera."""
    name = camera if _CAMERA.fullmatch(camera) else hashlib.sha256(camera.encode()).hexdigest()
    return runtime_dir / "rings" / f"{name}.ring"


def _slot_bytes(width_px: int, height_px: int) -> int:
    """Bytes of one slot's pixels, rounded up to whole pages."""
    return -(-4 * width_px * height_px // _PAGE_BYTES) * _PAGE_BYTES


class _Mapping:
    """A mapped ring file with its head as 64-bit words."""

    def __init__(self, fd: int, *, writable: bool) -> None:
        access = mmap.ACCESS_WRITE if writable else mmap.ACCESS_READ
        self.map = mmap.mmap(fd, 0, access=access)
        self._view = memoryview(self.map)
        self.words = self._view[:_PAGE_BYTES].cast("q")

    def slot_word(self, sequence: int) -> int:
        return _SLOT_HEADS + sequence % self.words[_SLOTS] * _SLOT_WORDS

    def pixels(self, sequence: int) -> memoryview:
        """The pixels of a slot; to be released before the mapping is closed."""
        words = self.words
        width, height = words[_WIDTH], words[_HEIGHT]
        start = _PAGE_BYTES + sequence % words[_SLOTS] * _slot_bytes(width, height)
        return self._view[start : start + 4 * width * height]

    def fits(self) -> bool:
        """Whether the head is one of this version, and the file as long as it says."""
        words = self.words
        if words[_MAGIC] != MAGIC or words[_VERSION] != VERSION:
            return False
        width, height, slots = words[_WIDTH], words[_HEIGHT], words[_SLOTS]
        if not (0 < width <= SIDE_LIMIT_PX and 0 < height <= SIDE_LIMIT_PX):
            return False
        if not 2 <= slots <= _SLOTS_LIMIT:
            return False
        return len(self.map) >= _PAGE_BYTES + slots * _slot_bytes(width, height)

    def close(self) -> None:
        self.words.release()
        self._view.release()
        self.map.close()


class RingWriter:
    """The one writer of a camera's ring.

    Takes the place of a ring that is there already and counts on from its last sequence, so that
    readers see a new picture as new. Raises ValueError for sizes out of range, OSError when the
    file can't be made.
    """

    def __init__(self, path: Path, width_px: int, height_px: int, slots: int = SLOTS) -> None:
        if not (0 < width_px <= SIDE_LIMIT_PX and 0 < height_px <= SIDE_LIMIT_PX):
            raise ValueError(f"{width_px}x{height_px}: 1 to {SIDE_LIMIT_PX} pixels are expected")
        if not 2 <= slots <= _SLOTS_LIMIT:
            raise ValueError(f"{slots} slots: 2 to {_SLOTS_LIMIT} are expected")
        self.path = path
        self.width_px = width_px
        self.height_px = height_px
        self._sequence = last_sequence(path)
        self._mapping = self._create(slots)

    def _create(self, slots: int) -> _Mapping:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd, name = tempfile.mkstemp(dir=self.path.parent, prefix=".ring-")
        try:
            os.ftruncate(fd, _PAGE_BYTES + slots * _slot_bytes(self.width_px, self.height_px))
            mapping = _Mapping(fd, writable=True)
            head = (MAGIC, VERSION, self.width_px, self.height_px, slots, self._sequence)
            for word, value in enumerate(head):
                mapping.words[word] = value
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        finally:
            os.close(fd)
        return mapping

    def write(
        self,
        pixels: "bytes | bytearray | memoryview",
        t_ms: int,
        camera_t_ms: int | None = None,
        region: Region = WHOLE,
    ) -> int:
        """Publishes a picture of 4 * width * height bytes; returns its sequence.

        Raises ValueError when `pixels` has another size.
        """
        data = memoryview(pixels).cast("B")
        expected = 4 * self.width_px * self.height_px
        if len(data) != expected:
            raise ValueError(f"{len(data)} bytes of pixels: {expected} are expected")

        def fill(slot: memoryview) -> None:
            slot[:] = data

        return self.draw(fill, t_ms, camera_t_ms, region)

    def draw(
        self,
        fill: Callable[[memoryview], None],
        t_ms: int,
        camera_t_ms: int | None = None,
        region: Region = WHOLE,
    ) -> int:
        """Lets `fill` put the pixels where readers look for them; it keeps nothing of the memory.

        When `fill` raises, no reader sees what it left.
        """
        mapping, sequence = self._mapping, self._sequence + 1
        words, head = mapping.words, mapping.slot_word(sequence)
        words[head + _BEFORE] = sequence
        with mapping.pixels(sequence) as slot:
            fill(slot)
        words[head + _T_MS] = t_ms
        words[head + _CAMERA_T_MS] = _UNKNOWN if camera_t_ms is None else camera_t_ms
        sides = (region.x, region.y, region.x + region.width, region.y + region.height)
        for word, side in zip((_LEFT, _TOP, _RIGHT, _BOTTOM), sides, strict=True):
            words[head + word] = round(side * _WHOLE_SIDE)
        words[head + _AFTER] = sequence
        words[_SEQUENCE] = sequence
        self._sequence = sequence
        return sequence

    def close(self, *, remove: bool = False) -> None:
        """Ends writing; `remove` also takes the file away, and with it the last picture."""
        self._mapping.close()
        if remove:
            self.path.unlink(missing_ok=True)


class RingReader:
    """Reads a camera's newest picture; the ring may come, go, or change its size at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._name = os.fspath(path)
        self._mapping: _Mapping | None = None
        self._file: tuple[int, int] | None = None
        self._looks = 0

    def sequence(self) -> int:
        """Sequence of the newest picture, 0 when there is none: a cheap look before `latest`."""
        mapping = self._current()
        return mapping.words[_SEQUENCE] if mapping is not None and _has_picture(mapping) else 0

    def look(self, seen: int = 0) -> InRing | None:
        """The newest picture without a copy of it, None when there is none but the one with the
        sequence `seen`. Another file at the path is noticed after some looks that found nothing.
        """
        found = _newer(self._mapping, seen)
        if found is not None:
            self._looks = 0
            return found
        self._looks += 1
        if self._mapping is not None and self._looks % _LOOKS_A_FILE:
            return None
        return _newer(self._current(), seen)

    def latest(self, target: Target | None = None) -> Frame | None:
        """The newest whole picture, or None when there is none.

        Its pixels are copied once, into what `target` gives. A writer that died leaves its last
        whole picture: judge by `t_ms`, not by getting one.
        """
        mapping = self._current()
        if mapping is None:
            return None
        for _ in range(_READ_ATTEMPTS):
            frame = _read(mapping, target)
            if frame is not None:
                return frame
        return None

    def close(self) -> None:
        """Where somebody still looks at a picture its memory stays until he is done."""
        self._mapping, self._file = None, None

    def _current(self) -> _Mapping | None:
        """The mapping of the file that lies at the path now.

        The old file's inode can't be given to a new one while it is mapped, so an equal inode is
        the same file.
        """
        try:
            status = os.stat(self._name)  # noqa: PTH116 - many times a second
        except OSError:
            self.close()
            return None
        file = (status.st_dev, status.st_ino)
        if file != self._file:
            self.close()
            self._mapping = _open(self.path)
            self._file = file if self._mapping is not None else None
        return self._mapping


def last_sequence(path: Path) -> int:
    """Sequence of the last picture of the ring at `path`; 0 when there is no ring."""
    reader = RingReader(path)
    mapping = reader._current()
    sequence = mapping.words[_SEQUENCE] if mapping is not None else 0
    reader.close()
    return max(0, sequence)


def _has_picture(mapping: _Mapping) -> bool:
    """Whether the slot of the last sequence holds it: a fresh ring only carries the number on."""
    sequence = mapping.words[_SEQUENCE]
    return sequence > 0 and mapping.words[mapping.slot_word(sequence) + _BEFORE] >= sequence


def _open(path: Path) -> _Mapping | None:
    """None when the file is gone or no ring of this version."""
    with contextlib.suppress(OSError, ValueError):
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            if os.fstat(fd).st_size < _PAGE_BYTES:
                return None
            mapping = _Mapping(fd, writable=False)
        finally:
            os.close(fd)
        if mapping.fits():
            return mapping
        mapping.close()
    return None


def _newer(mapping: _Mapping | None, seen: int) -> InRing | None:
    return None if mapping is None or mapping.words[_SEQUENCE] == seen else _look(mapping)


def _look(mapping: _Mapping) -> InRing | None:
    """None when nothing was written yet or the writer has come back to the place."""
    words = mapping.words
    sequence = words[_SEQUENCE]
    if not _has_picture(mapping):
        return None
    head = mapping.slot_word(sequence)
    if words[head + _AFTER] != sequence:
        return None
    camera_t_ms = words[head + _CAMERA_T_MS]
    left, top, right, bottom = (
        words[head + word] / _WHOLE_SIDE for word in (_LEFT, _TOP, _RIGHT, _BOTTOM)
    )
    frame = Frame(
        width_px=words[_WIDTH],
        height_px=words[_HEIGHT],
        pixels=mapping.pixels(sequence),
        t_ms=words[head + _T_MS],
        sequence=sequence,
        camera_t_ms=None if camera_t_ms == _UNKNOWN else camera_t_ms,
        region=Region(left, top, right - left, bottom - top),
    )

    def is_whole() -> bool:
        return words[head + _BEFORE] == sequence

    return InRing(frame, is_whole) if is_whole() else None


def _read(mapping: _Mapping, target: Target | None) -> Frame | None:
    """One attempt at a copy; None when nothing was written yet or the writer came in between."""
    seen = _look(mapping)
    if seen is None:
        return None
    frame = seen.frame
    if target is None:
        pixels: bytes | memoryview = bytes(frame.pixels)
    else:
        pixels = target(frame.width_px, frame.height_px)
        pixels[:] = frame.pixels
    return msgspec.structs.replace(frame, pixels=pixels) if seen.is_whole() else None
