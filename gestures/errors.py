"""What can go wrong outside this library's own code: a camera, a file, a model."""

import os
from pathlib import Path


def printable(file: str | Path) -> str:
    """A file's name as text that can be written anywhere, whatever bytes are in it."""
    return os.fsencode(file).decode("utf-8", "backslashreplace")


class GesturesError(Exception):
    """Base of everything here that a person can mend; the text says what, where, what to do."""


class CameraError(GesturesError):
    """The camera gives no pictures. `source` is the camera as it was asked for."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        super().__init__(f"camera {source}: {reason}")


class CameraMissingError(CameraError):
    """No such camera, file or address."""


class CameraBusyError(CameraError):
    """It is there, but another program holds it or this user may not open it."""


class CameraLostError(CameraError):
    """It worked and then stopped: unplugged, or the stream broke off."""


class UnreadableFileError(CameraError):
    """A file that is neither a video nor a picture this library can read."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.args = (f"{printable(source)}: {reason}",)


class ModelError(GesturesError):
    """The hand model is missing or is not the one this library was measured with."""


class SessionError(GesturesError):
    """A recorded session that can't be read; line counts from 1, 0 is the file as a whole."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        self.file = file
        self.line = line
        super().__init__(f"{printable(file)}:{line}: {reason}")
