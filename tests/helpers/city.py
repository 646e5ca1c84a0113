"""A small city for tests: settings in a folder, rows, and workers that run in threads."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from kiosk.core.clock import Clock, SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import DemoSettings, PathSettings, SyncSettings
from kiosk.wire import Link, PairedLink
from kiosk.wire.city import CITY_AREA, Incident, Indicator, Observation
from kiosk.wire.messages import Message
from kiosk.wire.text import Text

Main = Callable[[Settings, Link, Clock], None]
DEADLINE_S = 10.0


def settings_in(folder: Path, *, step_s: float = 1.0) -> Settings:
    """Settings whose data and runtime files lie in `folder`."""
    return Settings(
        paths=PathSettings(data_dir=str(folder), runtime_dir=str(folder)),
        demo=DemoSettings(seed=7, cameras_port=9999, step_s=step_s, departments=False),
        sync=SyncSettings(poll_s=1.0),
    )


class Worker:
    """A worker's main in a thread, and the ui's end of its link."""

    def __init__(self, main: Main, settings: Settings, clock: Clock) -> None:
        self.link, self.ui = PairedLink.pair()
        self.failure: BaseException | None = None
        self.seen: list[Message] = []
        self._thread = threading.Thread(target=self._run, args=(main, settings, clock))
        self._thread.start()

    def wait_for(self, wanted: Callable[[Message], bool]) -> Message:
        """The next message that is wanted; fails after DEADLINE_S."""
        until = time.monotonic() + DEADLINE_S
        while time.monotonic() < until:
            message = self.ui.receive(0.05)
            if message is not None:
                self.seen.append(message)
                if wanted(message):
                    return message
            if self.failure is not None:
                raise AssertionError("the worker ended") from self.failure
        raise AssertionError(f"not seen within {DEADLINE_S} s; seen: {self.seen[-5:]}")

    def stop(self) -> float:
        """Stops the worker; the seconds that it took."""
        started = time.monotonic()
        self.link.stopped.set()
        self._thread.join(DEADLINE_S)
        assert not self._thread.is_alive(), "the worker did not stop"
        return time.monotonic() - started

    def _run(self, main: Main, settings: Settings, clock: Clock) -> None:
        try:
            main(settings, self.link, clock)
        except BaseException as error:
            self.failure = error


@contextlib.contextmanager
def running(main: Main, settings: Settings, clock: Clock | None = None) -> Iterator[Worker]:
    worker = Worker(main, settings, clock or SystemClock())
    try:
        yield worker
    finally:
        worker.stop()


def eventually(holds: Callable[[], bool], what: str, within_s: float = DEADLINE_S) -> None:
    """Waits until something holds; fails when it does not within that time."""
    until = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < until, f"not within {within_s} s: {what}"
        threading.Event().wait(0.02)


def text(word: str) -> Text:
    return Text(word, word)


def indicator(id: str, order: int = 1, history_s: int | None = None) -> Indicator:  # noqa: A002
    return Indicator(
        id=id,
        title=text(id),
        unit=text("건"),
        theme="safety",
        theme_title=text("안전"),
        source_id="s",
        owner=text("소방"),
        period_s=60,
        order=order,
        history_s=history_s,
    )


def observation(
    of: str, t_ms: int, value: float | None = 1.0, area: str = CITY_AREA, simulated: bool = True
) -> Observation:
    return Observation(indicator=of, area=area, t_ms=t_ms, value=value, simulated=simulated)


def incident(id: str, t_ms: int, ended_ms: int | None = None) -> Incident:  # noqa: A002
    return Incident(
        id=id,
        number=1,
        kind="fire",
        severity="warning",
        headline=text("화재"),
        facts=text("출동"),
        district="11110",
        lat=37.5,
        lon=127.0,
        t_ms=t_ms,
        updated_ms=t_ms,
        simulated=True,
        ended_ms=ended_ms,
    )


def encoded(value: object) -> bytes:
    return msgspec.json.encode(value)


def prepared_store(folder: Path) -> Path:
    """A backend's store with its catalogue and a day of history."""
    from kiosk.backend.feed import Feed, open_store

    settings = settings_in(folder)
    store = open_store(settings)
    feed = Feed(settings, store)
    feed.catalogue()
    now_ms = SystemClock().now_ms()
    for part in (feed.moment, feed.figures, feed.history):
        part(now_ms)
    store.close()
    return folder / "backend.db"
