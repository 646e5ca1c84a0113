"""H.264 from RTP put together: however a camera cuts its units, they come out as they were."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.video.nals import Pictures, Unit, Units

START = b"\0\0\0\1"
FRAGMENT = 100


def unit(length: int, seed: int) -> bytes:
    """A start code, the head of a slice and a payload without a start code in it."""
    rng = random.Random(seed)
    return START + b"\x41" + bytes(rng.randrange(1, 256) for _ in range(length))


def cut(data: bytes, size: int) -> list[bytes]:
    """As RFC 6184 says: the first piece has the start code and the head, each `size` of payload."""
    head, payload = data[:5], data[5:]
    pieces = [payload[begin : begin + size] for begin in range(0, len(payload), size)] or [b""]
    return [head + pieces[0], *pieces[1:]]


def evenly(data: bytes) -> list[bytes]:
    """Another camera's way: pieces of one length, none of them a rest."""
    count = -(-(len(data) - 5) // FRAGMENT) or 1
    return cut(data, max(1, -(-(len(data) - 5) // count)))


class Piece(bytes):
    """The payload of an RTP packet."""

    @property
    def size(self) -> int:
        return len(self)


def together(chunks: list[bytes]) -> list[bytes]:
    units, came = Units(), []
    for chunk in map(Piece, chunks):
        if not units.goes_on(chunk):
            came += [whole.data for whole in units.take(chunk, chunk)]
    return came


LENGTHS = st.lists(st.integers(1, 5 * FRAGMENT), min_size=1, max_size=150)


@settings(deadline=None)
@given(LENGTHS)
def test_units_of_any_length_come_out_whole_and_in_order(lengths: list[int]) -> None:
    sent = [unit(length, n) for n, length in enumerate(lengths)]
    came = together([piece for data in sent for piece in cut(data, FRAGMENT)])
    assert came == sent[: len(came)]
    assert len(came) >= len(sent) - 1, "only the last one may wait for its next"


@settings(deadline=None)
@given(LENGTHS)
def test_a_camera_that_cuts_evenly_loses_nothing(lengths: list[int]) -> None:
    sent = [unit(length, n) for n, length in enumerate([350, 270, *lengths])]
    came = together([piece for data in sent for piece in evenly(data)])
    assert came == sent[:-1]


def test_once_the_way_of_cutting_is_known_a_unit_ends_with_its_rest() -> None:
    units = Units()
    for n in range(60):
        for piece in cut(unit(250, n), FRAGMENT):
            units.take(piece, None)
    first, second, rest = cut(unit(250, 99), FRAGMENT)
    assert units.take(first, None) == []
    assert units.take(second, None) == []
    assert [whole.data for whole in units.take(rest, None)] == [unit(250, 99)]


def test_several_units_in_one_packet_are_whole() -> None:
    parameters = START + b"\x67abc" + START + b"\x68d"
    assert together([parameters]) == [START + b"\x67abc", START + b"\x68d"]


def test_a_unit_that_goes_on_after_its_end_ends_the_guessing() -> None:
    units = Units()
    for n in range(60):
        for piece in cut(unit(250, n), FRAGMENT):
            units.take(piece, None)
    units.take(b"more of it", None)
    for n in range(5):
        first, *_, rest = cut(unit(250, n), FRAGMENT)
        units.take(first, None)
        assert units.take(rest, None) == []


def slice_of(kind: int, *, first: bool) -> Unit:
    head = bytes([0x60 | kind, 0x80 if first else 0x40])
    return Unit(START + head + b"rest", None)


PARAMETERS = Unit(START + b"\x67abc", None)


def picture(slices: int, kind: int = 1, *, told: bool = False) -> list[Unit]:
    units = [slice_of(kind, first=n == 0) for n in range(slices)]
    return [PARAMETERS, *units] if told else units


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=120))
def test_pictures_of_any_number_of_slices_come_out_whole(kinds: list[tuple[int, bool]]) -> None:
    """As long as nothing is guessed: a picture ends where the next one begins."""
    sent = [picture(slices, 5 if key else 1, told=key) for slices, key in kinds][:40]
    pictures = Pictures()
    came = [whole for units in sent for unit in units for whole in pictures.take(unit)]
    assert came == sent[: len(came)]
    assert len(came) >= len(sent) - 1


def known(slices: int) -> Pictures:
    pictures = Pictures()
    for n in range(60):
        for unit in picture(slices, 5 if n % 10 == 0 else 1, told=n % 10 == 0):
            pictures.take(unit)
    return pictures


@given(st.integers(1, 8))
def test_once_the_number_of_slices_is_known_a_picture_ends_with_its_last(slices: int) -> None:
    pictures = known(slices)
    sent = picture(slices)
    assert [pictures.take(unit) for unit in sent][:-1] == [[]] * (slices - 1)
    key = picture(slices, 5, told=True)
    assert [whole for unit in key for whole in pictures.take(unit)] == [key]


def test_a_picture_of_more_slices_than_ever_ends_the_guessing() -> None:
    pictures = known(2)
    for unit in picture(3):
        pictures.take(unit)
    sent = [picture(2), picture(2)]
    came = [whole for units in sent for unit in units for whole in pictures.take(unit)]
    assert came == sent[:1]
