"""The wall's own inputs, which an installer wants kept: points of hands always, pictures and sound
only of a take for which they were ticked. What is written is what `--headless` reads."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

from gestures.camera import Picture
from gestures.events import HandFrame
from gestures.session import Header, SessionWriter
from kiosk.tools.calibrate.measuring.inputs import Asked, LiveInputs, Shown
from kiosk.workers.video_file import VideoFile
from voice.sound_files import RATE_HZ

FPS = 30.0  # of a kept clip, as its header says; a camera's own rate is a figure of its own


class KeptInputs:
    """See `Inputs`. `folder` is that of the step."""

    def __init__(self, live: LiveInputs, folder: Path, *, raw: bool) -> None:
        self.asked: Asked = live.asked
        self._live = live
        self._folder = folder
        self._name = str(live.asked.take + 1)
        self._keeps = live.asked.step.keeps if raw else ""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in folder.glob(f"{self._name}.*"):
            old.unlink()

    def progress(self, done: float) -> None:
        self._live.progress(done)

    def cameras(self) -> tuple[tuple[str, str], ...]:
        return self._live.cameras()

    def pictures(self, source: str, size: tuple[int, int]) -> Iterator[Picture]:
        pictures = self._live.pictures(source, size)
        if self._keeps != "pictures":
            yield from pictures
            return
        video = VideoFile(self._folder / f"{self._name}.avi", FPS)
        try:
            for picture in pictures:
                video.show(picture.t_ms, picture.rgb)
                yield picture
        finally:
            video.close()

    def hands(self) -> Iterator[HandFrame]:
        writer: SessionWriter | None = None
        begin_ms = 0
        try:
            for frame in self._live.hands():
                if writer is None:
                    begin_ms = frame.t_ms
                    writer = self._writer(frame)
                writer.frame(HandFrame(frame.t_ms - begin_ms, frame.hands, frame.aspect))
                yield frame
        finally:
            if writer is not None:
                writer.close()

    def is_near(self) -> bool:
        return self._live.is_near()

    def microphone(self) -> tuple[str, str]:
        return self._live.microphone()

    def sound(self) -> Iterator[bytes]:
        if self._keeps != "sound":
            yield from self._live.sound()
            return
        path = self._folder / f"{self._name}.wav"
        path.touch(mode=0o600)
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            for chunk in self._live.sound():
                file.writeframes(chunk)
                yield chunk

    def play_sweep(self) -> None:
        self._live.play_sweep()

    def shown(self) -> Shown:
        return self._live.shown()

    def _writer(self, first: HandFrame) -> SessionWriter:
        path = self._folder / f"{self._name}.jsonl"
        path.touch(mode=0o600)
        return SessionWriter(path, Header(aspect=first.aspect, source="calibration"))
