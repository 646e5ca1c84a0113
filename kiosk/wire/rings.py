"""Camera pictures from the video process to the wall: a ring of slots in a mapped file.

One writer, any number of readers, no lock. A slot carries its sequence number twice: before its
pixels and after them. The reader copies the pixels out between reading the two; a copy that a
writer touched meanwhile shows two different numbers and is thrown away.

Numbers are read and written as native 64-bit words, each in one store. Their order across
processes is the order of the program on x86; on weaker machines a slot is rewritten only after
`slots - 1` other pictures, tens of milliseconds later.

A ring never changes its size: a writer that needs another one puts a new file in the place of the
old, and readers follow. Pixels are BGRA rows from the top (QImage.Format_RGB32).
"""

import contextlib
import mmap
import os
import re
import tempfile
from pathlib import Path

import msgspec

MAGIC = int.from_bytes(b"KIOSKRNG", "little")
VERSION = 1
SLOTS = 3
SIDE_LIMIT_PX = 8192

_PAGE_BYTES = 4096
_WORD_BYTES = 8
# words of the file's head
_MAGIC, _VERSION, _WIDTH, _HEIGHT, _STRIDE, _SLOTS, _SEQUENCE = range(7)
# words of a slot's head; slot n's head starts at word _SLOT_HEADS + n * _SLOT_WORDS
_BEFORE, _AFTER, _T_MS, _PTS_MS = range(4)
_SLOT_HEADS = 8
_SLOT_WORDS = 8
_SLOTS_LIMIT = (_PAGE_BYTES // _WORD_BYTES - _SLOT_HEADS) // _SLOT_WORDS
_READ_ATTEMPTS = 4
_CAMERA = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


class Frame(msgspec.Struct, frozen=True):
    """A whole picture, copied out of a ring.

    `pixels` is `height_px` rows of `stride` bytes, BGRA; `t_ms` when it was decoded (epoch ms);
    `pts_ms` the stream's own time, None where unknown; `sequence` rises with every picture of a
    camera, also over a change of size or a new writer.
    """

    width_px: int
    height_px: int
    stride: int
    pixels: bytes
    t_ms: int
    pts_ms: int | None
    sequence: int


def ring_path(runtime_dir: Path, camera: str) -> Path:
    """Where a camera's ring lies. Raises ValueError when the id can't be a file name."""
    if not _CAMERA.fullmatch(camera):
        raise ValueError(
            f"camera id {camera!r}: up to 100 letters, digits, '_', '-', '.' are expected"
        )
    return runtime_dir / "rings" / f"{camera}.ring"


def _slot_bytes(stride: int, height_px: int) -> int:
    """Bytes of one slot's pixels, rounded up to whole pages."""
    return -(-stride * height_px // _PAGE_BYTES) * _PAGE_BYTES


class _Mapping:
    """A mapped ring file with its head as 64-bit words."""

    def __init__(self, fd: int, *, writable: bool) -> None:
        access = mmap.ACCESS_WRITE if writable else mmap.ACCESS_READ
        self.map = mmap.mmap(fd, 0, access=access)
        self._view = memoryview(self.map)
        self.words = self._view[:_PAGE_BYTES].cast("q")

    def slot_word(self, sequence: int) -> int:
        return _SLOT_HEADS + sequence % self.words[_SLOTS] * _SLOT_WORDS

    def slot_start(self, sequence: int) -> int:
        words = self.words
        size = _slot_bytes(words[_STRIDE], words[_HEIGHT])
        return _PAGE_BYTES + sequence % words[_SLOTS] * size

    def fits(self) -> bool:
        """Whether the head is one of this version, and the file as long as it says."""
        words = self.words
        if words[_MAGIC] != MAGIC or words[_VERSION] != VERSION:
            return False
        width, height, stride, slots = words[_WIDTH], words[_HEIGHT], words[_STRIDE], words[_SLOTS]
        if not (0 < width <= SIDE_LIMIT_PX and 0 < height <= SIDE_LIMIT_PX):
            return False
        if not (4 * width <= stride <= 8 * SIDE_LIMIT_PX and 2 <= slots <= _SLOTS_LIMIT):
            return False
        return len(self.map) >= _PAGE_BYTES + slots * _slot_bytes(stride, height)

    def close(self) -> None:
        self.words.release()
        self._view.release()
        self.map.close()


class RingWriter:
    """The one writer of a camera's ring.

    Takes the place of a ring that is there already and counts on from its last sequence, so that
    readers see a new picture as new. `stride` (bytes a row, default 4 * width) lets a decoder's
    padded rows be copied in one piece. Raises ValueError for sizes out of range, OSError when the
    file can't be made.
    """

    def __init__(
        self,
        path: Path,
        width_px: int,
        height_px: int,
        stride: int | None = None,
        slots: int = SLOTS,
    ) -> None:
        stride = stride or 4 * width_px
        if not (0 < width_px <= SIDE_LIMIT_PX and 0 < height_px <= SIDE_LIMIT_PX):
            raise ValueError(f"{width_px}x{height_px}: 1 to {SIDE_LIMIT_PX} pixels are expected")
        if not 4 * width_px <= stride <= 8 * SIDE_LIMIT_PX or stride % 4:
            raise ValueError(f"stride {stride}: a multiple of 4 from {4 * width_px} is expected")
        if not 2 <= slots <= _SLOTS_LIMIT:
            raise ValueError(f"{slots} slots: 2 to {_SLOTS_LIMIT} are expected")
        self.path = path
        self.width_px = width_px
        self.height_px = height_px
        self.stride = stride
        self._sequence = last_sequence(path)
        self._mapping = self._create(slots)

    def _create(self, slots: int) -> _Mapping:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd, name = tempfile.mkstemp(dir=self.path.parent, prefix=".ring-")
        try:
            os.ftruncate(fd, _PAGE_BYTES + slots * _slot_bytes(self.stride, self.height_px))
            mapping = _Mapping(fd, writable=True)
            head = (MAGIC, VERSION, self.width_px, self.height_px, self.stride, slots)
            for word, value in enumerate((*head, self._sequence)):
                mapping.words[word] = value
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        finally:
            os.close(fd)
        return mapping

    def write(
        self, pixels: bytes | bytearray | memoryview, t_ms: int, pts_ms: int | None = None
    ) -> int:
        """Publishes a picture of `stride * height_px` bytes; returns its sequence.

        Raises ValueError when `pixels` has another size.
        """
        data = memoryview(pixels).cast("B")
        if len(data) != self.stride * self.height_px:
            expected = self.stride * self.height_px
            raise ValueError(f"{len(data)} bytes of pixels: {expected} are expected")
        mapping, sequence = self._mapping, self._sequence + 1
        words, head = mapping.words, mapping.slot_word(sequence)
        start = mapping.slot_start(sequence)
        words[head + _BEFORE] = sequence
        mapping.map[start : start + len(data)] = data
        words[head + _T_MS] = t_ms
        words[head + _PTS_MS] = -1 if pts_ms is None else pts_ms
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
        self._mapping: _Mapping | None = None
        self._file: tuple[int, int] | None = None

    def sequence(self) -> int:
        """Sequence of the newest picture, 0 when there is none: a cheap look before `latest`."""
        mapping = self._current()
        return mapping.words[_SEQUENCE] if mapping is not None and _has_picture(mapping) else 0

    def latest(self) -> Frame | None:
        """The newest whole picture, or None when there is none.

        A writer that died leaves its last whole picture: judge by `t_ms`, not by getting one.
        """
        mapping = self._current()
        if mapping is None:
            return None
        for _ in range(_READ_ATTEMPTS):
            frame = _read(mapping)
            if frame is not None:
                return frame
        return None

    def close(self) -> None:
        if self._mapping is not None:
            self._mapping.close()
        self._mapping, self._file = None, None

    def _current(self) -> _Mapping | None:
        """The mapping of the file that lies at the path now.

        The old file's inode can't be given to a new one while it is mapped, so an equal inode is
        the same file.
        """
        try:
            status = self.path.stat()
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


def _read(mapping: _Mapping) -> Frame | None:
    """One attempt; None when nothing was written yet or the writer came in between."""
    words = mapping.words
    sequence = words[_SEQUENCE]
    if not _has_picture(mapping):
        return None
    head, start = mapping.slot_word(sequence), mapping.slot_start(sequence)
    if words[head + _AFTER] != sequence:
        return None
    t_ms, pts_ms = words[head + _T_MS], words[head + _PTS_MS]
    pixels = mapping.map[start : start + words[_STRIDE] * words[_HEIGHT]]
    if words[head + _BEFORE] != sequence:
        return None
    return Frame(
        width_px=words[_WIDTH],
        height_px=words[_HEIGHT],
        stride=words[_STRIDE],
        pixels=pixels,
        t_ms=t_ms,
        pts_ms=None if pts_ms < 0 else pts_ms,
        sequence=sequence,
    )
