"""What a step of the tour can do, and what it can wait for."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from kiosk.remote.client import Tablet, TabletError
from kiosk.tools.driving import DrivenKiosk
from kiosk.tools.tour.speech import Speech
from kiosk.wire.messages import CameraState, Health, Message, ProcessState, ReplayClip, Touch

T = TypeVar("T")
TABLET_S = 15.0


class StepFailed(Exception):  # noqa: N818 - an ending, told to the reader
    """A step that did not lead where it should; says what was waited for."""


class Stage:
    """The kiosk under the tour's hands, and a tablet in its bag."""

    def __init__(self, kiosk: DrivenKiosk, demo: Path, speech: Speech, glance_s: float) -> None:
        self.kiosk = kiosk
        self.speech = speech
        self.records: list[dict[str, Any]] = []
        self.tablet: Tablet | None = None
        self._pairing: Future[None] | None = None
        self._demo = demo
        self._glance_s = glance_s
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="tablet", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.tablet is not None:
            self.later(self.tablet.close()).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def begin(self) -> None:
        self.records = []
        self.kiosk.forget()

    def glance(self) -> None:
        time.sleep(self._glance_s)

    # ---- what a person does

    def touch(self, command: str, **args: Any) -> None:
        self.kiosk.say(Touch(command, args))

    def show_hand(self, clip: str) -> None:
        self.kiosk.say(ReplayClip(str(self._demo / "hands" / clip)))

    def speak(self, clip: str) -> None:
        self.kiosk.say(ReplayClip(str(self._demo / "speech" / clip)))

    def later(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Something that the tablet does meanwhile."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def tablet_asks(self, url: str, name: str) -> None:
        """The tablet takes the QR code's address and waits for a person to let it in."""
        self.tablet = self._await(self._make_tablet())
        self._pairing = self.later(self.tablet.pair(url, name))

    def tablet_connects(self) -> None:
        """The tablet, let in (or cut off by a restart), connects with its key."""
        tablet = self._tablet()
        if self._pairing is not None:
            self._finish(self._pairing)
            self._pairing = None
        self._await(tablet.connect())

    def tablet_sends(self, command: str, args: dict[str, Any], status: str) -> None:
        answer = self._await(self._tablet().send(command, args))
        if answer.status != status:
            raise StepFailed(
                f"the tablet was answered {answer.status} ({answer.reason.en}), not {status}"
            )

    def tablet_sees(self, panel: str) -> None:
        """The tablet is shown the wall's panel."""
        tablet = self._tablet()

        def shown() -> bool:
            return tablet.projection is not None and tablet.projection.panel == panel

        self._await(tablet.wait_until(shown, TABLET_S))

    def tablet_declines(self) -> None:
        """The tablet rings, and its owner can't talk now: nobody else hears the tour."""
        tablet = self._tablet()

        def rings() -> bool:
            return tablet.call is not None and tablet.call["phase"] == "ringing"

        self._await(tablet.wait_until(rings, TABLET_S))
        answer = self._await(tablet.send("call.end"))
        if answer.status != "done":
            raise StepFailed(f"the tablet could not decline: {answer.reason.en}")

    def _tablet(self) -> Tablet:
        if self.tablet is None:
            raise StepFailed("there is no tablet yet")
        return self.tablet

    async def _make_tablet(self) -> Tablet:
        return Tablet(self.kiosk.data_dir / "certificates" / "ca.pem")

    def _await(self, work: Coroutine[Any, Any, T]) -> T:
        return self._finish(self.later(work))

    def _finish(self, promise: "Future[T]") -> T:
        try:
            return promise.result(TABLET_S + 1)
        except (TabletError, TimeoutError, OSError) as error:
            raise StepFailed(f"the tablet: {error}") from error

    # ---- what is waited for

    def expect(self, command: str, timeout_s: float = 10.0, **fields: Any) -> dict[str, Any]:
        """The audit record of this command with these fields."""
        record = self.kiosk.outcome(command, timeout_s, **fields)
        if record is None:
            raise StepFailed(f"no outcome of {command} with {fields} within {timeout_s:.0f} s")
        self.records.append(record)
        return record

    def hear(
        self, what: str, wanted: Callable[[Message], bool], timeout_s: float = 10.0
    ) -> Message:
        message = self.kiosk.wait(wanted, timeout_s)
        if message is None:
            raise StepFailed(f"waited {timeout_s:.0f} s for {what}")
        return message

    def healthy(self, worker: str, timeout_s: float = 10.0) -> None:
        self.hear(
            f"{worker} to run",
            lambda m: isinstance(m, Health) and (m.worker, m.state) == (worker, "running"),
            timeout_s,
        )

    def camera_turns(self, *states: str, timeout_s: float = 20.0) -> None:
        self.hear(
            f"a camera to be {' or '.join(states)}",
            lambda m: isinstance(m, CameraState) and m.state in states,
            timeout_s,
        )

    # ---- what befalls the kiosk

    def pid(self, process: str) -> int:
        pid = self.kiosk.pids.get(process)
        if pid is None:
            raise StepFailed(f"the supervisor has not told the pid of {process}")
        return pid

    def kill(self, process: str) -> ProcessState:
        """Ends a process the hard way; the news of its successor."""
        old = self.pid(process)
        os.kill(old, signal.SIGKILL)

        def back(message: Message) -> bool:
            return (
                isinstance(message, ProcessState)
                and message.process == process
                and message.state == "running"
                and message.pid not in (None, old)
            )

        news = self.hear(f"{process} to come back", back)
        assert isinstance(news, ProcessState)
        return news

    def freeze(self, process: str) -> None:
        os.kill(self.pid(process), signal.SIGSTOP)

    def thaw(self, process: str) -> None:
        os.kill(self.pid(process), signal.SIGCONT)
