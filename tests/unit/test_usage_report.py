"""The report of use: what the ledger counted, by period, panel and input; nobody is named."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.cache.files import LEDGER
from kiosk.cache.ledger import Ledger
from kiosk.core.audit import AuditRecord
from kiosk.core.clock import SystemClock
from kiosk.core.invocation import Source, Status
from kiosk.core.usage import HOUR_MS, PEOPLE, Use
from kiosk.pack.clock import local_time, start_of
from kiosk.tools.usage import as_csv, as_page, by_input, by_panel, by_period, main, rows_of
from kiosk.wire.text import Text
from tests.helpers.some_uses import some_uses

NOW_MS = 1_763_900_000_000
COUNT = st.integers(0, 50)
USES = st.lists(
    st.builds(
        Use,
        st.integers(0, 800).map(lambda hour: NOW_MS // HOUR_MS * HOUR_MS - hour * HOUR_MS),
        st.sampled_from(("", "visitor", "head of roads")),
        st.sampled_from(("home", "air", "traffic", "a panel of before")),
        st.sampled_from(sorted(PEOPLE)),
        COUNT,
        COUNT,
        COUNT,
    ),
    max_size=40,
)


def record(name: str, t_ms: int) -> AuditRecord:
    return AuditRecord(
        id=name,
        t_ms=t_ms,
        command="panel.open",
        args={},
        source=Source.TOUCH,
        actor="wall",
        role="mayor",
        trigger="",
        status=Status.DONE,
        reason=Text("", ""),
        took_ms=1.0,
        panel="traffic",
        opened=True,
        profile="",
    )


@given(USES, st.sampled_from(("day", "week", "month")))
def test_nothing_is_lost_or_counted_twice(uses: list[Use], by: str) -> None:
    rows = rows_of(uses, by)  # type: ignore[arg-type]
    opened, asked = sum(u.opened for u in uses), sum(u.done + u.refused for u in uses)
    assert sum(row.opened for row in rows) == opened
    assert sum(row.done + row.refused for row in rows) == asked
    assert sum(each.count for each in by_panel(rows)) == opened
    assert sum(each.count for each in by_input(rows)) == asked
    assert sum(period.asked for period in by_period(rows)) == asked
    assert len({(row.period, row.panel, row.input) for row in rows}) == len(rows)


@settings(max_examples=15, deadline=None)  # each page carries its letters along
@given(USES)
def test_nobody_is_named(uses: list[Use]) -> None:
    rows = rows_of(uses, "week")
    day = date(2025, 11, 1)
    for text in (as_csv(rows), as_page(rows, day, day, NOW_MS)):
        assert "visitor" not in text
        assert "head of roads" not in text


@pytest.mark.parametrize(("by", "first"), [("day", 23), ("week", 17), ("month", 1)])
def test_a_period_is_named_by_its_first_day(by: str, first: int) -> None:
    sunday_ms = start_of(date(2025, 11, 23)) + 9 * HOUR_MS
    (row,) = rows_of([Use(sunday_ms, "", "air", Source.TOUCH, 1)], by)  # type: ignore[arg-type]
    assert row.period == f"2025-11-{first:02}"


def test_the_table_can_be_read_by_any_program() -> None:
    rows = rows_of(some_uses(NOW_MS), "week")
    read = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert sum(int(row["opened"]) for row in read) == sum(row.opened for row in rows)
    assert {row["panel_ko"] for row in read} >= {"대기질"}
    assert {row["input"] for row in read} <= {source.value for source in PEOPLE}


def test_the_page_needs_nothing_else_and_says_what_is_not_counted() -> None:
    rows = rows_of(some_uses(NOW_MS), "week")
    page = as_page(rows, date(2025, 10, 27), date(2025, 11, 23), NOW_MS)
    assert "http" not in page
    assert "세지 않습니다" in page
    assert "2025-10-27 – 2025-11-23" in page


def test_days_are_those_of_the_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now_ms = SystemClock().now_ms()
    ledger = Ledger.open(tmp_path / LEDGER, now_ms)
    try:
        ledger.add_audit([record("a", now_ms), record("b", now_ms - 3 * 86_400_000)])
    finally:
        ledger.close()
    today = local_time(now_ms).date()
    told = ["--data", str(tmp_path), "--by", "day", "--json"]
    assert main([*told, "--from", str(today - timedelta(1))]) == 0
    (row,) = capsys.readouterr().out.splitlines()
    assert json.loads(row) == {
        "period": str(today),
        "panel": "traffic",
        "panel_ko": "교통",
        "panel_en": "Traffic",
        "input": "touch",
        "opened": 1,
        "done": 1,
        "refused": 0,
    }
    assert main([*told, "--to", str(today - timedelta(1))]) == 0
    (row,) = capsys.readouterr().out.splitlines()
    assert json.loads(row)["period"] == str(today - timedelta(3))


def test_a_wall_that_was_not_used_has_an_empty_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path)]) == 0
    assert "아직 없습니다 / none yet" in capsys.readouterr().out
    assert main(["--data", str(tmp_path), "--page", str(tmp_path / "page.html")]) == 0
    assert "none yet" in (tmp_path / "page.html").read_text("utf-8")
    assert main(["--data", str(tmp_path), "--csv", str(tmp_path / "no" / "where.csv")]) == 1
