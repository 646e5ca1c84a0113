"""The wall's end of a call of two: what the tablet offered is answered, and media flow until it is
closed."""

from collections.abc import Callable
from pathlib import Path

from kiosk.calls.connection import Connection
from kiosk.calls.pictures import TabletPicture, WallPicture
from kiosk.calls.sound import Echo, SharedMicrophone, TabletSound, WallSound
from kiosk.wire.shared import TABLET_CAMERA


class Missing:
    """What of the wall has not come to the call."""

    def __init__(self) -> None:
        self.camera = True
        self.microphone = True
        self.loudspeaker = False

    def sees(self) -> None:
        self.camera = False

    def hears(self) -> None:
        self.microphone = False

    def cannot_play(self) -> None:
        self.loudspeaker = True


class Peer:
    """One connection; `close` ends it, and with it whatever it had opened."""

    def __init__(
        self, runtime_dir: Path, now_ms: Callable[[], int], echo_free: bool, missing: Missing
    ) -> None:
        echo = Echo(cancels=not echo_free)
        self._shown = TabletPicture(runtime_dir, TABLET_CAMERA, now_ms)
        self._played = TabletSound(echo, missing.cannot_play)
        self._connection = Connection({"video": self._shown.take, "audio": self._played.take})
        self._picture = WallPicture(runtime_dir, missing.sees)
        self._sound = WallSound(echo)
        self._microphone = SharedMicrophone(runtime_dir, echo, missing.hears)
        for track in (self._sound, self._picture):
            self._connection.send(track, "sendrecv")

    async def answer(self, offer: str) -> str:
        """The answer to an offer. Raises ValueError for one that can't be answered."""
        return await self._connection.answer(offer)

    def show(self, shown_px: tuple[int, int]) -> None:
        """The size (width, height) in which the wall shows the tablet's picture."""
        if min(shown_px) > 0:
            self._shown.shown_px = shown_px

    async def alive(self) -> bool | None:
        """Whether packets come; None while the connection is being made. To be asked some times a
        second."""
        return await self._connection.alive()

    async def close(self) -> None:
        await self._connection.close()
        self._picture.stop()
        self._sound.stop()
        self._microphone.close()
        self._shown.close()
        self._played.close()
