"""The frame ring: what a reader sees when the writer starts, resizes, dies, or was never there."""

from pathlib import Path

import pytest

from kiosk.wire.messages import WHOLE, Region
from kiosk.wire.rings import RingReader, RingWriter, ring_path


def picture(value: int, width_px: int, height_px: int) -> bytes:
    return bytes([value % 256]) * (4 * width_px * height_px)


def test_reader_gets_what_the_writer_wrote(tmp_path: Path) -> None:
    path = ring_path(tmp_path, "c1")
    writer, reader = RingWriter(path, 16, 8), RingReader(path)
    pixels = bytes(range(256)) * 2
    part = Region(0.25, 0.5, 0.5, 0.25)
    assert writer.write(pixels, t_ms=1234, camera_t_ms=77, region=part) == 1

    frame = reader.latest()

    assert frame is not None
    assert (frame.width_px, frame.height_px, frame.region) == (16, 8, part)
    assert (frame.t_ms, frame.camera_t_ms, frame.sequence) == (1234, 77, 1)
    assert frame.pixels == pixels
    reader.close()
    writer.close()


def test_no_ring_and_an_empty_ring_give_no_picture(tmp_path: Path) -> None:
    path = ring_path(tmp_path, "c1")
    reader = RingReader(path)
    assert reader.latest() is None
    writer = RingWriter(path, 4, 4)
    assert reader.latest() is None
    assert reader.sequence() == 0
    reader.close()
    writer.close()


def test_newest_picture_wins_over_many_rounds(tmp_path: Path) -> None:
    path = ring_path(tmp_path, "c1")
    writer, reader = RingWriter(path, 4, 4), RingReader(path)
    for n in range(1, 20):
        writer.write(picture(n, 4, 4), t_ms=n)
        frame = reader.latest()
        assert frame is not None
        assert (frame.sequence, frame.pixels) == (n, picture(n, 4, 4))
    reader.close()
    writer.close()


def test_resized_ring_is_followed_and_keeps_counting(tmp_path: Path) -> None:
    path = ring_path(tmp_path, "c1")
    small, reader = RingWriter(path, 4, 4), RingReader(path)
    small.write(picture(1, 4, 4), t_ms=1)
    assert reader.sequence() == 1
    large = RingWriter(path, 64, 32)
    small.close()
    assert reader.latest() is None
    large.write(picture(2, 64, 32), t_ms=2)

    frame = reader.latest()

    assert frame is not None
    assert (frame.width_px, frame.sequence, frame.t_ms) == (64, 2, 2)
    reader.close()
    large.close()


def test_last_picture_outlives_its_writer_until_removed(tmp_path: Path) -> None:
    path = ring_path(tmp_path, "c1")
    writer, reader = RingWriter(path, 4, 4), RingReader(path)
    writer.write(picture(9, 4, 4), t_ms=5)
    writer.close()
    frame = reader.latest()
    assert frame is not None
    assert frame.t_ms == 5
    RingWriter(path, 4, 4).close(remove=True)
    assert reader.latest() is None
    reader.close()


def test_pixels_are_copied_into_the_reader_s_own_memory(tmp_path: Path) -> None:
    path = ring_path(tmp_path, "c1")
    writer, reader = RingWriter(path, 5, 3), RingReader(path)
    writer.write(picture(7, 5, 3), t_ms=1)
    own = bytearray(60)
    asked: list[tuple[int, int]] = []

    def target(width_px: int, height_px: int) -> memoryview:
        asked.append((width_px, height_px))
        return memoryview(own)

    frame = reader.latest(target)
    assert frame is not None
    assert asked == [(5, 3)]
    assert (bytes(own), frame.camera_t_ms, frame.region) == (picture(7, 5, 3), None, WHOLE)
    reader.close()
    writer.close()


def test_a_picture_that_was_not_finished_is_never_seen(tmp_path: Path) -> None:
    path = ring_path(tmp_path, "c1")
    writer, reader = RingWriter(path, 4, 4), RingReader(path)
    writer.write(picture(1, 4, 4), t_ms=1)

    def breaks(slot: memoryview) -> None:
        slot[:8] = b"half way"
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - it is the one raised above
        writer.draw(breaks, t_ms=2)
    frame = reader.latest()
    assert frame is not None
    assert (frame.t_ms, frame.pixels) == (1, picture(1, 4, 4))
    reader.close()
    writer.close()


@pytest.mark.parametrize("content", [b"", b"short", b"\0" * 4096, b"KIOSKRNG" + b"\xff" * 8000])
def test_foreign_file_is_no_ring(tmp_path: Path, content: bytes) -> None:
    path = ring_path(tmp_path, "c1")
    path.parent.mkdir()
    path.write_bytes(content)
    reader = RingReader(path)
    assert reader.latest() is None
    writer = RingWriter(path, 4, 4)
    writer.write(picture(3, 4, 4), t_ms=3)
    assert reader.sequence() == 1
    reader.close()
    writer.close()


def test_picture_of_a_wrong_size_is_refused(tmp_path: Path) -> None:
    writer = RingWriter(ring_path(tmp_path, "c1"), 4, 4)
    with pytest.raises(ValueError, match="64 are expected"):
        writer.write(bytes(63), t_ms=1)
    writer.close()


@pytest.mark.parametrize("size", [(0, 4), (4, 0), (9000, 4)])
def test_sizes_out_of_range_are_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="expected"):
        RingWriter(ring_path(tmp_path, "c1"), *size)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("camera", ["", "../x", "a/b", ".hidden", "its/1:[경부선] 신갈", "x" * 101])
def test_any_camera_id_has_a_ring_of_its_own_in_the_folder(tmp_path: Path, camera: str) -> None:
    path = ring_path(tmp_path, camera)
    assert path.parent == tmp_path / "rings"
    assert path != ring_path(tmp_path, camera + "x")
    writer = RingWriter(path, 4, 4)
    writer.close(remove=True)


def test_ring_folder_is_private(tmp_path: Path) -> None:
    path = ring_path(tmp_path, "c1")
    writer = RingWriter(path, 4, 4)
    assert path.parent.stat().st_mode & 0o077 == 0
    assert path.stat().st_mode & 0o077 == 0
    writer.close()
