"""Cameras as tiles: catalogue, last state and count. No Qt."""

from collections.abc import Mapping, Sequence

import msgspec

from kiosk.ui.charts.camera_model import CameraTileModel, clock_words
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Camera
from kiosk.wire.messages import CameraState
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
    model = CameraTileModel(
        camera=camera.id,
        number=camera.number,
        name=camera.name,
        simulated=camera.simulated,
        selected=selected,
        press=Press("cctv.open", {"camera": camera.id}),
    )
    state = states.get(camera.id)
    if state is None:
        return model
    return msgspec.structs.replace(
        model,
        state=state.state,
        frame_t_ms=state.frame_t_ms,
        delay_ms=state.delay_ms,
        clock_ms=_clock_ms(state),
        period_ms=state.period_ms,
        kept=state.kept,
        attempt=state.attempt,
        note=state.reason,
        stream_px=(state.width_px, state.height_px),
    )


def _clock_ms(state: CameraState) -> int | None:
    """How far the camera's clock is ahead of ours: of one picture, its time by both."""
    if state.camera_t_ms is None or state.frame_t_ms is None:
        return None
    return state.camera_t_ms - (state.frame_t_ms - state.delay_ms)


def count(tiles: Sequence[CameraTileModel], now_ms: int) -> CameraCounts:
    """Counts of the states of these tiles; a picture that stands still is lost to whoever looks."""
    states = [tile.state_at(now_ms) for tile in tiles]
    live, delayed = states.count("live"), states.count("delayed")
    lost = states.count("stale") + states.count("lost")
    return CameraCounts(live, delayed, lost, len(states) - live - delayed - lost)


def rows(tiles: Sequence[CameraTileModel], now_ms: int) -> tuple[Row, ...]:
    """The same for a tablet: state, age, and what is wrong with the camera's clock."""
    return tuple(
        Row(
            headline=Text(f"{t.number}번 {t.name.ko}", f"{t.number} {t.name.en}"),
            facts=facts(t, now_ms),
            command=t.press.command if t.press else "",
            args=dict(t.press.args) if t.press else {},
        )
        for t in tiles
    )


def facts(tile: CameraTileModel, now_ms: int) -> Text:
    """State and age in words, the mark of the demonstration, the clock that is wrong."""
    words = [tile.said(now_ms)]
    if tile.simulated:
        words.append(Text("모의", "simulated"))
    if (clock := clock_words(tile.clock_ms)).ko:
        words.append(clock)
    return Text(", ".join(w.ko for w in words), ", ".join(w.en for w in words))
