"""Complaints gather where three of a kind are near one another, and nowhere else."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.panels.complaints.clusters import LEAST, clusters
from kiosk.wire.city import Complaint

LAT, LON = 37.55, 127.0
STEP = 0.004  # some 440 m of latitude


def complaint(number: int, lat: float = LAT, kind: str = "parking", **fields: object) -> Complaint:
    return Complaint(
        id=f"c{number}",
        source_id="s",
        kind=kind,
        title="t",
        description="",
        t_ms=number,
        updated_ms=number,
        lat=lat,
        lon=LON,
        **fields,  # type: ignore[arg-type]
    )


def ids(rows: list[Complaint]) -> list[list[str]]:
    return [[row.id for row in cluster.rows] for cluster in clusters(rows)]


def test_three_near_one_another_gather_oldest_first() -> None:
    assert ids([complaint(2), complaint(1), complaint(3)]) == [["c1", "c2", "c3"]]


def test_two_are_chance() -> None:
    assert ids([complaint(1), complaint(2)]) == []


def test_a_chain_of_near_ones_is_one_place() -> None:
    rows = [complaint(n, LAT + n * STEP) for n in (0, 3, 1, 2)]
    assert ids(rows) == [["c0", "c1", "c2", "c3"]]


def test_other_kinds_closed_ones_and_those_without_a_place_stay_out() -> None:
    rows = [complaint(1), complaint(2), complaint(3, kind="noise")]
    rows += [complaint(4, status="closed"), complaint(5, step="done")]
    rows += [Complaint("c6", "s", "parking", "t", "", 6, 6)]
    assert ids(rows) == []


def test_the_largest_comes_first() -> None:
    far = LAT + 0.1
    rows = [complaint(n) for n in range(3)] + [complaint(n, far) for n in range(10, 14)]
    assert [len(found) for found in ids(rows)] == [4, 3]


@given(st.lists(st.floats(37.4, 37.7), max_size=30), st.randoms())
def test_the_order_of_rows_does_not_matter_and_nobody_is_in_two(
    lats: list[float], order: "object"
) -> None:
    rows = [complaint(n, lat) for n, lat in enumerate(lats)]
    shuffled = list(rows)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    found = ids(rows)
    assert found == ids(shuffled)
    members = [one for group in found for one in group]
    assert len(members) == len(set(members))
    assert all(len(group) >= LEAST for group in found)
