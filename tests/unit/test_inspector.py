"""What the inspector finds, tells once, and leaves alone."""

from pathlib import Path

import pysqlite3.dbapi2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.watch import Watch, suspect, suspected
from kiosk.sync.inspector import Inspected, Inspector

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "cache.db"
    connection = pysqlite3.dbapi2.connect(str(made))
    connection.execute("CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT)")
    rows = ((str(i), "x" * 200) for i in range(2000))
    connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
    connection.commit()
    connection.close()
    return made


@pytest.fixture
def inspector() -> Inspector:
    return Inspector((), 600.0)


def flip_a_page(file: Path, number: int = 20) -> None:
    with file.open("r+b") as content:
        content.seek(number * PAGE)
        content.write(b"\xa5" * PAGE)


def test_a_whole_file_is_found_whole(file: Path, inspector: Inspector) -> None:
    assert inspector.check(file, 1.0) == ""


def test_a_flipped_page_is_found(file: Path, inspector: Inspector) -> None:
    flip_a_page(file)
    assert inspector.check(file, 0.5) != ""


def test_what_is_not_there_or_locked_is_not_called_damaged(
    file: Path, inspector: Inspector
) -> None:
    assert inspector.check(file.with_name("none.db"), 1.0) == ""
    assert not file.with_name("none.db").exists()


def test_a_check_that_is_stopped_says_nothing(file: Path, inspector: Inspector) -> None:
    flip_a_page(file, 400)
    inspector._stopping.set()
    assert inspector.check(file, 0.1) == ""


def test_a_reader_that_meets_damage_leaves_word(file: Path) -> None:
    flip_a_page(file)
    engine = open_cache_for_reading(file)
    with engine.connect() as connection, pytest.raises(DatabaseError):
        connection.execute(text("SELECT sum(length(b)) FROM t")).all()
    engine.dispose()
    assert suspected(file)
    assert not suspected(file)


def test_damage_is_told_once_as_long_as_it_stays(file: Path) -> None:
    told: list[str] = []
    wrong = ["", "cut", "cut", "", "cut"]
    inspected = Inspected(file, lambda: wrong.pop(0), told.append)
    inspector = Inspector((inspected,), 600.0)
    for _ in range(5):
        inspector._look(inspected, due=False)
    assert told == ["cut", "cut"]
    flip_a_page(file)
    suspect(file)
    wrong.append("")
    inspector._look(inspected, due=False)
    assert len(told) == 3


def test_the_watch_sees_what_happens_to_the_file(file: Path) -> None:
    watch = Watch(file)
    assert watch.wrong() == ""
    with file.open("ab") as content:
        content.write(bytes(PAGE))
    assert watch.wrong() == ""
    with file.open("r+b") as content:
        content.truncate(PAGE)
    assert "shorter" in watch.wrong()
    file.unlink()
    assert "removed" in watch.wrong()
