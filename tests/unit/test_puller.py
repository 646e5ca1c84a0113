"""A pull ends early, and with whole pages, when the disk turns scarce."""

from pathlib import Path

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.repositories import Repositories
from kiosk.sync.puller import Puller
from kiosk.wire import city
from kiosk.wire.city import CITY_AREA, Change, ChangesPage


class ThreePages:
    """A backend with three pages of one figure each; the disk turns scarce during the second."""

    def __init__(self) -> None:
        self.asked = 0
        self.scarce = False

    def page(self, revision: int, limit: int) -> ChangesPage:
        self.asked += 1
        self.scarce = self.asked == 2
        row = city.Observation("pm25", CITY_AREA, revision, 2.0, simulated=True)
        change = Change(revision + 1, row)
        return ChangesPage("e", revision + 1, (change,), more=revision < 2, head=3)


def test_a_pull_stops_where_the_disk_turns_scarce_and_goes_on_later(tmp_path: Path) -> None:
    backend, told = ThreePages(), []
    file = tmp_path / "cache.db"
    puller = Puller(
        file,
        backend,  # type: ignore[arg-type]
        lambda tables, revision: told.append(revision),
        scarce=lambda: backend.scarce,
    )
    assert puller.pull(1) == 1
    assert told == [1]
    assert puller.cursor.revision == 1
    engine = open_cache_for_reading(file)
    assert Repositories(engine).meta().revision == 1
    engine.dispose()
    assert puller.pull(2) == 3
    assert told == [1, 2, 3]
    puller.close()
