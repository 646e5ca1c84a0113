"""Reads rows out of a damaged SQLite file, page by page, without SQLite.

Follows "Database File Format" (sqlite.org/fileformat2.html): every leaf page of a table is taken as
it lies there, so that neither the header nor the schema nor the tree above it is needed. Pages of
the write-ahead log take the place of older ones. Whatever does not fit is counted, never guessed.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

import msgspec

Value = int | float | str | bytes | None

PAGE = 4096  # bytes; what SQLite makes by default, and the ledger's page
_TABLE_LEAF, _INDEX_LEAF = 0x0D, 0x0A
_INNER = (0x05, 0x02)
_WAL_HEADER, _FRAME_HEADER = 32, 24
_INT_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_LOCAL_MAX_TABLE = PAGE - 35
_LOCAL_MAX_INDEX = (PAGE - 12) * 64 // 255 - 23
_LOCAL_MIN = (PAGE - 12) * 32 // 255 - 23


class Carved(msgspec.Struct, frozen=True):
    """Records of table leaves and of index leaves, and pages in which something did not fit."""

    rows: tuple[tuple[Value, ...], ...]
    keys: tuple[tuple[Value, ...], ...]
    damaged_pages: int


class _Unfit(Exception):  # noqa: N818 - a finding
    """These bytes are no record."""


def carve(file: Path) -> Carved:
    """All records that can be read of a file and its log. Raises OSError, nothing else."""
    pages = _pages(file)
    rows: list[tuple[Value, ...]] = []
    keys: list[tuple[Value, ...]] = []
    damaged = 0
    for number, page in pages.items():
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind in (_TABLE_LEAF, _INDEX_LEAF):
            found, unfit = _records(pages, page, start, kind)
            (rows if kind == _TABLE_LEAF else keys).extend(found)
            damaged += unfit
        elif kind not in _INNER and not _may_be_other(page):
            damaged += 1
    return Carved(tuple(rows), tuple(keys), damaged)


def _pages(file: Path) -> dict[int, bytes]:
    """Page number -> content, as of the last whole transaction."""
    content = file.read_bytes() if file.is_file() else b""
    pages = {
        i // PAGE + 1: content[i : i + PAGE].ljust(PAGE, b"\0")
        for i in range(0, len(content), PAGE)
    }
    wal = file.with_name(file.name + "-wal")
    pages.update(_logged(wal.read_bytes() if wal.is_file() else b""))
    return pages


def _logged(wal: bytes) -> dict[int, bytes]:
    """Pages of committed transactions in a write-ahead log; frames of an earlier round are none."""
    committed: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    salt = wal[16:24]
    step = _FRAME_HEADER + PAGE
    for at in range(_WAL_HEADER, len(wal) - step + 1, step):
        number, size_after = struct.unpack_from(">II", wal, at)
        if wal[at + 8 : at + 16] != salt or number == 0:
            break
        waiting[number] = wal[at + _FRAME_HEADER : at + step]
        if size_after:
            committed.update(waiting)
            waiting = {}
    return committed


def _may_be_other(page: bytes) -> bool:
    """Overflow and free pages begin with a page number, or are empty."""
    return page[0] == 0


def _records(
    pages: dict[int, bytes], page: bytes, start: int, kind: int
) -> tuple[list[tuple[Value, ...]], bool]:
    """Records of a leaf page, and whether any of its cells did not fit."""
    count = struct.unpack_from(">H", page, start + 3)[0]
    found, unfit = [], False
    for i in range(count):
        at = start + 8 + 2 * i
        try:
            offset = struct.unpack_from(">H", page, at)[0]
            found.append(tuple(_values(_payload(pages, page, offset, kind))))
        except (_Unfit, struct.error, UnicodeDecodeError, IndexError):
            unfit = True
            if at + 2 > PAGE:
                break
    return found, unfit


def _payload(pages: dict[int, bytes], page: bytes, at: int, kind: int) -> bytes:
    """A cell's record, put together with what lies on overflow pages."""
    size, at = _varint(page, at)
    if kind == _TABLE_LEAF:
        _, at = _varint(page, at)
    if size > len(pages) * PAGE:
        raise _Unfit
    local = _local(size, _LOCAL_MAX_TABLE if kind == _TABLE_LEAF else _LOCAL_MAX_INDEX)
    payload = page[at : at + local]
    if local < size:
        following = struct.unpack_from(">I", page, at + local)[0]
        while len(payload) < size:
            if following not in pages:
                raise _Unfit
            overflow = pages[following]
            payload += overflow[4 : 4 + size - len(payload)]
            following = struct.unpack_from(">I", overflow)[0]
    if len(payload) != size:
        raise _Unfit
    return payload


def _local(size: int, most: int) -> int:
    """How many bytes of a payload lie in the cell itself (section 1.6 of the format)."""
    if size <= most:
        return size
    part = _LOCAL_MIN + (size - _LOCAL_MIN) % (PAGE - 4)
    return part if part <= most else _LOCAL_MIN


def _values(payload: bytes) -> Iterator[Value]:
    header_end, at = _varint(payload, 0)
    body = header_end
    if not 0 < header_end <= len(payload):
        raise _Unfit
    while at < header_end:
        serial, at = _varint(payload, at)
        value, body = _value(payload, serial, body)
        yield value
    if body != len(payload):
        raise _Unfit


def _value(payload: bytes, serial: int, at: int) -> tuple[Value, int]:
    """A value by its serial type, and where the next one begins (section 2.1)."""
    if serial == 0:
        return None, at
    if serial in (8, 9):
        return serial - 8, at
    size = _INT_SIZES.get(serial) or (8 if serial == 7 else (serial - 12) // 2)
    raw = payload[at : at + size]
    if serial in (10, 11) or len(raw) != size:
        raise _Unfit
    if serial in _INT_SIZES:
        return int.from_bytes(raw, "big", signed=True), at + size
    if serial == 7:
        return float(struct.unpack(">d", raw)[0]), at + size
    return (raw.decode() if serial % 2 else raw), at + size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next thing begins."""
    number = 0
    for i in range(9):
        byte = data[at + i]
        if i == 8:
            return number << 8 | byte, at + 9
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + i + 1
    raise _Unfit
