"""A picture read while another process writes is always one picture, and never goes back."""

import multiprocessing
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.wire.rings import Frame, RingReader, RingWriter, ring_path

SIZES = st.tuples(st.integers(1, 320), st.integers(1, 240))


def write_flat_pictures(path: str, sizes: list[tuple[int, int]], count: int) -> None:
    """Every picture is one value all over, and its t_ms tells the value: a torn one shows."""
    n = 0
    for size in sizes:
        writer = RingWriter(Path(path), *size)
        for _ in range(count):
            n += 1
            writer.write(bytes([n % 251]) * (4 * size[0] * size[1]), t_ms=n)
        writer.close()


def read(reader: RingReader, last: int, *, in_place: bool) -> tuple[Frame | None, bytes]:
    """The newest picture, copied by the reader or taken from where it lies."""
    if not in_place:
        frame = reader.latest()
        return frame, b"" if frame is None else bytes(frame.pixels)
    found = reader.look(last)
    if found is None:
        return None, b""
    pixels = bytes(found.frame.pixels)
    return (found.frame if found.is_whole() else None), pixels


@settings(max_examples=5, deadline=None)
@given(sizes=st.lists(SIZES, min_size=1, max_size=5))
def test_concurrent_pictures_are_whole_and_in_order(sizes: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = ring_path(Path(folder), "c1")
        reader, last, seen = RingReader(path), 0, 0
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=write_flat_pictures, args=(str(path), sizes, 800))
        process.start()
        while process.is_alive() or reader.sequence() > last:
            frame, pixels = read(reader, last, in_place=seen % 2 == 0)
            if frame is None or frame.sequence == last:
                continue
            assert frame.sequence > last
            assert frame.sequence == frame.t_ms
            assert (frame.width_px, frame.height_px) == sizes[(frame.t_ms - 1) // 800]
            size = 4 * frame.width_px * frame.height_px
            assert pixels == bytes([frame.t_ms % 251]) * size
            last, seen = frame.sequence, seen + 1
        process.join()
        reader.close()
        assert process.exitcode == 0
        assert last == 800 * len(sizes)


@settings(deadline=None)
@given(steps=st.lists(st.tuples(SIZES, st.integers(0, 7)), max_size=6))
def test_reader_sees_the_last_written_picture_after_any_history(
    steps: list[tuple[tuple[int, int], int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = ring_path(Path(folder), "c1")
        reader, written = RingReader(path), 0
        for (width_px, height_px), count in steps:
            writer = RingWriter(path, width_px, height_px)
            for _ in range(count):
                written += 1
                writer.write(bytes(4 * width_px * height_px), t_ms=written)
            writer.close()
            frame = reader.latest()
            assert (frame.t_ms if frame else None) == (written if count else None)
            assert reader.sequence() == (written if count else 0)
        reader.close()
