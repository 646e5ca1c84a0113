"""Cameras as tiles: catalogue, last state and count. No Qt."""

from collections.abc import Mapping, Sequence

import msgspec

from kiosk.ui.charts.camera_model import CameraTileModel, shown_state
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Camera
from kiosk.wire.messages import CameraState, CameraWord
from kiosk.wire.projection import Row
from kiosk.wire.text import Text


class CameraCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many cameras of those that are asked for are in which state."""

    live: int = 0
    delayed: int = 0
    lost: int = 0
    other: int = 0


def tile(camera: Camera, states: Mapping[str, CameraState], selected: bool) -> CameraTileModel:
    """A camera with what the video process said of it last; before that it is connecting."""
    state = states.get(camera.id)
    return CameraTileModel(
        camera=camera.id,
        number=camera.number,
        name=camera.name,
        state=state.state if state else "connecting",
        frame_t_ms=state.frame_t_ms if state else None,
        attempt=state.attempt if state else 0,
        simulated=camera.simulated,
        selected=selected,
        press=Press("cctv.open", {"camera": camera.id}),
    )


def state_of(tile: CameraTileModel, now_ms: int) -> CameraWord:
    return shown_state(tile.state, tile.frame_t_ms, now_ms)


def count(tiles: Sequence[CameraTileModel], now_ms: int) -> CameraCounts:
    """Counts of the states of these tiles."""
    states = [state_of(tile, now_ms) for tile in tiles]
    live, delayed = states.count("live"), states.count("delayed") + states.count("stale")
    lost = states.count("lost")
    return CameraCounts(live, delayed, lost, len(states) - live - delayed - lost)


def rows(tiles: Sequence[CameraTileModel], now_ms: int) -> tuple[Row, ...]:
    """The same for a tablet."""
    from kiosk.ui.charts.camera_model import state_words

    return tuple(
        Row(
            headline=Text(f"{t.number}번 {t.name.ko}", f"{t.number} {t.name.en}"),
            facts=state_words(state_of(t, now_ms), t.frame_t_ms, now_ms),
            command=t.press.command if t.press else "",
            args=dict(t.press.args) if t.press else {},
        )
        for t in tiles
    )
