"""Where the pictures and the sound of a call pass from process to process, all in the memory of
this machine: rings of pictures, and a socket for the microphone's sound."""

from pathlib import Path

WALL_CAMERA = "call.wall"
"""Name of the ring (kiosk.wire.rings) with the wall's own pictures, there during a call only."""
TABLET_CAMERA = "call.tablet"
"""The same with the tablet's, in a call of two."""
SOUND_HZ = 16_000
"""The microphone's sound: mono, 16-bit."""
_SOUND = "call-sound.sock"


def party_camera(device: str) -> str:
    """The same with one tablet's, by its id, in a call of several."""
    return f"{TABLET_CAMERA}.{device}"


def sound_socket(runtime_dir: Path) -> Path:
    """A Unix datagram socket. Who has the microphone sends its sound there while a call is on; who
    has the call listens."""
    return runtime_dir / _SOUND
