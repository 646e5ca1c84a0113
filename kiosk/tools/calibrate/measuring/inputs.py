"""Where pictures and sound come from: the wall's own camera and microphone, or a folder of what was
recorded (`headless`).

In such a folder lies for each step a folder of its name, and in that for each take, counted from 1:
a folder of pictures named by their time in milliseconds (`1/000033.png`), a clip (`1.mp4`), a
session of hands (`1.jsonl`), sound (`1.wav`), or ready figures (`1.json`); for the flashes of the
screen `shown.json`, and `facts.toml` with what an installer would have entered.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from gestures.camera import STILLS, Picture, open_camera, read_still
from gestures.errors import CameraMissingError
from gestures.events import HandFrame
from gestures.source import FrameSource, Reach, open_source
from kiosk.settings import Settings
from kiosk.tools.calibrate.step import Facts, Step
from kiosk.wire.text import Text
from voice.microphone import Microphone
from voice.sound_files import read_chunks

EVERY = 1000.0  # pictures a second at most: all of them
CLIPS = (".mp4", ".gif", ".avi", ".mov")
SOUNDS = (".wav", ".flac", ".ogg")
LISTEN_S = 0.05

Shown = Sequence[tuple[float, bool]]


class UnmeasurableError(Exception):
    """There is nothing to measure from, and why; both languages."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)


class Asked(NamedTuple):
    """What is to be measured: a take of a step, with what was told and chosen so far."""

    step: Step
    take: int
    facts: Facts
    settings: Settings


class Inputs(Protocol):
    """What a measurement works with. Times are ms of one clock; progress is 0..1."""

    asked: Asked

    def progress(self, done: float) -> None: ...

    def cameras(self) -> tuple[tuple[str, str], ...]:
        """Source and name of each camera that may be tried, the set one first."""
        ...

    def pictures(self, source: str, size: tuple[int, int]) -> Iterator[Picture]:
        """Raises CameraError."""
        ...

    def hands(self) -> Iterator[HandFrame]: ...

    def is_near(self) -> bool:
        """Whether somebody counted as near at any time of the take."""
        ...

    def microphone(self) -> tuple[str, str]:
        """Source and name."""
        ...

    def sound(self) -> Iterator[bytes]:
        """16-bit mono samples at 16 kHz. Raises VoiceError."""
        ...

    def play_sweep(self) -> None: ...

    def shown(self) -> Shown:
        """The flashes of the screen during the take."""
        ...


class LiveInputs:
    """The wall's own, for as long as the step's take."""

    def __init__(
        self,
        asked: Asked,
        progress: Callable[[float], None],
        shown: Callable[[], Shown],
        cameras: Callable[[str], tuple[tuple[str, str], ...]],
        play: Callable[[], None],
        names: Callable[[str], str],
    ) -> None:
        self.asked = asked
        self.progress = progress
        self.shown = shown
        self._cameras = cameras
        self._play = play
        self._names = names

    def cameras(self) -> tuple[tuple[str, str], ...]:
        return self._cameras(self.asked.settings.camera.source)

    def pictures(self, source: str, size: tuple[int, int]) -> Iterator[Picture]:
        camera = open_camera(source, size, _now_ms, EVERY)
        try:
            for _ in self._while():
                picture = camera.read()
                if picture is None:
                    return
                yield picture
        finally:
            camera.close()

    def hands(self) -> Iterator[HandFrame]:
        source = self._source()
        try:
            for _ in self._while():
                frame = source.read()
                if frame is None:
                    return
                yield frame
        finally:
            source.close()

    def is_near(self) -> bool:
        source = self._source()
        near = False
        try:
            for _ in self._while():
                if source.read() is None:
                    break
                near = near or source.near
        finally:
            source.close()
        return near

    def microphone(self) -> tuple[str, str]:
        source = self.asked.settings.microphone.source
        return source, self._names(source)

    def sound(self) -> Iterator[bytes]:
        microphone = Microphone(self.asked.settings.microphone.source, _now_ms)
        try:
            for _ in self._while():
                yield from microphone.due()
                time.sleep(LISTEN_S)
        finally:
            microphone.close()

    def play_sweep(self) -> None:
        self._play()

    def _source(self) -> FrameSource:
        settings = self.asked.settings
        size = (settings.camera.width_px, settings.camera.height_px)
        reach = Reach(settings.presence.near_m, settings.presence.lens_deg)
        return open_source(settings.camera.source, size, _now_ms, settings.gestures.fps, reach)

    def _while(self) -> Iterator[None]:
        begin, seconds = time.monotonic(), self.asked.step.seconds
        while (gone := time.monotonic() - begin) < seconds:
            self.progress(gone / seconds)
            yield


class RecordedInputs:
    """A folder of what was recorded; raises UnmeasurableError where the take is not in it."""

    def __init__(self, asked: Asked, folder: Path, progress: Callable[[float], None]) -> None:
        self.asked = asked
        self.progress = progress
        self._folder = folder / asked.step.id
        self._take = str(asked.take + 1)

    def cameras(self) -> tuple[tuple[str, str], ...]:
        return ((self.asked.settings.camera.source, f"{self.asked.step.id}/{self._take}"),)

    def pictures(self, source: str, size: tuple[int, int]) -> Iterator[Picture]:
        folder = self._folder / self._take
        if folder.is_dir():
            yield from _stills(folder)
            return
        camera = open_camera(str(self._file(CLIPS)), size, _now_ms, EVERY)
        try:
            while (picture := camera.read()) is not None:
                yield picture
        finally:
            camera.close()

    def hands(self) -> Iterator[HandFrame]:
        source = self._source()
        try:
            while (frame := source.read()) is not None:
                yield frame
        finally:
            source.close()

    def is_near(self) -> bool:
        source = self._source()
        near = False
        try:
            while source.read() is not None:
                near = near or source.near
        finally:
            source.close()
        return near

    def microphone(self) -> tuple[str, str]:
        file = self._file(SOUNDS)
        return self.asked.settings.microphone.source, file.name

    def sound(self) -> Iterator[bytes]:
        yield from read_chunks(self._file(SOUNDS))

    def play_sweep(self) -> None:
        pass

    def shown(self) -> Shown:
        file = self._folder / "shown.json"
        try:
            return msgspec.json.decode(file.read_bytes(), type=list[tuple[float, bool]])
        except (OSError, msgspec.DecodeError) as error:
            raise UnmeasurableError(Text(f"{file}: {error}", f"{file}: {error}")) from error

    def _source(self) -> FrameSource:
        presence = self.asked.settings.presence
        folder = self._folder / self._take
        path = folder if folder.is_dir() else self._file((".jsonl", *CLIPS))
        reach = Reach(presence.near_m, presence.lens_deg)
        return open_source(str(path), (0, 0), _now_ms, self.asked.settings.gestures.fps, reach)

    def _file(self, endings: tuple[str, ...]) -> Path:
        for ending in endings:
            file = self._folder / f"{self._take}{ending}"
            if file.is_file():
                return file
        wanted = f"{self._folder / self._take}{endings[0]}"
        raise UnmeasurableError(Text(f"{wanted} 이 없음", f"there is no {wanted}"))


def _stills(folder: Path) -> Iterator[Picture]:
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() not in STILLS:
            continue
        if not file.stem.isdigit():
            why = "its name must be its time in milliseconds, such as 000033.png"
            raise CameraMissingError(str(file), why)
        yield Picture(int(file.stem), read_still(file))


def _now_ms() -> int:
    return round(time.monotonic() * 1000)
