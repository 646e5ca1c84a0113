"""The measurements of the camera's steps: from inputs to figures. Each raises CameraError."""

from __future__ import annotations

from gestures.camera import Rgb
from gestures.errors import CameraError
from kiosk.tools.calibrate.measuring.board import (
    View,
    find_board,
    lens_of,
    measure_lens,
    measure_mounting,
    unlike,
)
from kiosk.tools.calibrate.measuring.inputs import Inputs, UnmeasurableError
from kiosk.tools.calibrate.measuring.latency import measure_latency
from kiosk.tools.calibrate.measuring.light import (
    Light,
    are_alike,
    measure_flicker,
    measure_light,
)
from kiosk.tools.calibrate.measuring.rate import measure_rate
from kiosk.tools.calibrate.measuring.reach import measure_reach
from kiosk.tools.calibrate.step import Value
from kiosk.tools.calibrate.steps.camera_device import MODES
from kiosk.wire.text import Text

Measured = dict[str, Value]

KEPT = 120  # pictures at most that are held in memory at once
BOARD_EVERY_MS = 250  # a person turns the board no faster
ALIKE_OF = 5  # pictures that are compared with one another


def device(inputs: Inputs) -> Measured:
    """The best of all cameras: colour first, then the modes that it keeps up with."""
    found: list[Measured] = []
    trouble: CameraError | None = None
    for source, name in inputs.cameras():
        try:
            found.append(_camera(inputs, source, name))
        except CameraError as error:
            trouble = trouble or error
    if not found:
        raise trouble or UnmeasurableError(Text("카메라가 없음", "there is no camera"))
    best = max(found, key=_worth)
    return {**best, "asked": inputs.asked.settings.camera.source, "cameras": len(found)}


def _camera(inputs: Inputs, source: str, name: str) -> Measured:
    values: Measured = {"source": source, "name": name}
    for size in MODES:
        times: list[float] = []
        first: list[Rgb] = []
        for picture in inputs.pictures(source, size):
            times.append(picture.t_ms)
            if len(first) < ALIKE_OF:
                first.append(picture.rgb)
        if not first:
            raise CameraError(source, "no picture came")
        height, width = first[0].shape[:2]
        if f"fps_{height}" in values:
            continue  # a mode that it does not have: it gave one that is known
        rate = measure_rate(times)
        values |= {f"fps_{height}": rate.fps, f"width_{height}": width}
        values["colour"] = measure_light(first).colour
        values["alike"] = are_alike(first)
    return values


def _worth(values: Measured) -> tuple[bool, bool, float]:
    rates = [float(v) for name, v in values.items() if name.startswith("fps_")]
    return not values["alike"], float(values["colour"]) >= 1.0, max(rates)


def lens(inputs: Inputs) -> Measured:
    views, size = _views(inputs)
    if not views:
        return {"views": 0}
    if sum(view.mirrored for view in views) > len(views) / 2:
        return {"views": len(views), "mirrored": True}
    width, height = size
    kept = unlike([view for view in views if not view.mirrored], width)
    found = measure_lens(kept, width, height)
    if found is None:
        return {"views": len(kept)}
    return {
        "views": found.views,
        "lens_deg": found.horizontal_deg,
        "sure_deg": found.sure_deg,
        "focal_part": found.focal_px / width,
        "error_part": found.error_px / width,
        **{f"bend_{i}": float(bend) for i, bend in enumerate(found.distortion.ravel()[:2])},
    }


def mounting(inputs: Inputs) -> Measured:
    views, (width, height) = _views(inputs)
    straight = [view for view in views if not view.mirrored]
    if not straight:
        return {}
    view = max(straight, key=lambda one: len(one.ids))
    seen_through = lens_of(inputs.asked.settings.presence.lens_deg, width, height)
    found = measure_mounting(view, seen_through, 1.0)
    if found is None:
        return {}
    return {
        "distance_squares": found.distance_m,
        "above_squares": found.above_m,
        "tilt_deg": found.tilt_deg,
        "roll_deg": found.roll_deg,
    }


def _views(inputs: Inputs) -> tuple[list[View], tuple[int, int]]:
    """All views of the board, and the size of the pictures."""
    views: list[View] = []
    size, next_ms = (0, 0), -(10**9)
    for picture in inputs.pictures(*_chosen(inputs)):
        size = picture.rgb.shape[1], picture.rgb.shape[0]
        if picture.t_ms < next_ms:
            continue
        next_ms = picture.t_ms + BOARD_EVERY_MS
        found = find_board(picture.rgb)
        if found is not None:
            views.append(found)
    return views, size


def light(inputs: Inputs) -> Measured:
    times: list[float] = []
    pictures: list[Rgb] = []
    for picture in inputs.pictures(*_chosen(inputs)):
        times.append(picture.t_ms)
        if len(pictures) < KEPT:
            pictures.append(picture.rgb)
    if not pictures:
        raise CameraError(inputs.asked.settings.camera.source, "no picture came")
    found: Light = measure_light(pictures)
    rate = measure_rate(times)
    flicker = measure_flicker(pictures, rate.fps)
    return {
        "level": found.level,
        "person": found.person,
        "around": found.around,
        "blown": found.blown,
        "black": found.black,
        "noise": found.noise,
        "mains_hz": flicker.mains_hz,
        "flicker_depth": flicker.depth,
        "flicker_stands": flicker.stands,
    }


def reach(inputs: Inputs) -> Measured:
    height = inputs.asked.settings.camera.height_px
    found = measure_reach(inputs.hands(), height)
    return {
        "seen": found.seen,
        "of": found.of,
        "palm_px": found.palm_px,
        "left": found.left,
        "right": found.right,
        "top": found.top,
        "bottom": found.bottom,
        "right_hands": found.right_hands,
        "width_px": inputs.asked.settings.camera.width_px,
    }


def passing(inputs: Inputs) -> Measured:
    return {"near": inputs.is_near()}


def latency(inputs: Inputs) -> Measured:
    seen = [
        (float(picture.t_ms), float(picture.rgb[::8, ::8].mean()))
        for picture in inputs.pictures(*_chosen(inputs))
    ]
    found = measure_latency(seen, inputs.shown())
    if found is None:
        return {}
    return {
        "latency_ms": found.latency_ms,
        "frame_ms": found.frame_ms,
        "likeness": found.likeness,
    }


def _chosen(inputs: Inputs) -> tuple[str, tuple[int, int]]:
    camera = inputs.asked.settings.camera
    return camera.source, (camera.width_px, camera.height_px)
