"""The top bar: how the parts of the machine are, in words that a mayor understands."""

from kiosk.app.world import ProcessView, WallWorld
from kiosk.core.state import RecordingView
from kiosk.pack import here
from kiosk.settings.model import CitySettings
from kiosk.ui.components.action import Action
from kiosk.ui.components.top_bar import LampView, TopBarView
from kiosk.ui.shapes import LampKind
from kiosk.wire.calls import Call, shares_camera, shares_microphone
from kiosk.wire.messages import State
from kiosk.wire.text import Text

_KINDS: dict[State, LampKind] = {
    "stopped": "stopped",
    "starting": "stopped",
    "running": "running",
    "degraded": "degraded",
    "failed": "failed",
}
_NAMES = {
    "gestures": Text("카메라", "Camera"),
    "voice": Text("마이크", "Microphone"),
    "video": Text("CCTV", "CCTV"),
    "sync": Text("동기화", "Sync"),
    "remote": Text("태블릿", "Tablets"),
}
SYSTEM = Action(Text("시스템", "System"), "panel.open", {"panel": "system"}, "lamps")
DEMO = Text(
    "시연 모드, ‘모의’ 표시는 실제 값이 아닙니다", "Demonstration: hatched marks are simulated"
)


def top_bar(
    panel: str,
    title: Text,
    world: WallWorld,
    city: CitySettings,
    listening: bool,
    engaged: bool,
    recording: RecordingView | None = None,
    person: Text | None = None,
    crumbs: tuple[Action, ...] = (),
    call: Call | None = None,
) -> TopBarView:
    """`person` stands at the wall, when it is somebody whose own gestures count."""
    lamps = tuple(
        _lamp(world.process(name), in_use)
        for name, in_use in (
            ("gestures", engaged),
            ("voice", listening),
            ("video", False),
            ("sync", False),
            ("remote", False),
        )
    )
    if call is not None and call.accepted:
        lamps = tuple(_in_call(lamp, call) for lamp in lamps)
    if recording is not None:
        lamps = tuple(_kept(lamp, recording) for lamp in lamps)
        lamps = (_recording(recording, world.now_ms()), *lamps)
    return TopBarView(
        title=title,
        subtitle=person or Text("", ""),
        crumbs=crumbs,
        note=here().invented or (DEMO if city.demo else Text("", "")),
        offline=world.standing(panel),
        lamps=lamps,
        system=SYSTEM,
    )


def _lamp(process: ProcessView, in_use: bool) -> LampView:
    kind = _KINDS[process.state]
    if in_use and process.state == "running":
        return LampView(_NAMES[process.name], "use", _IN_USE.get(process.name, Text("", "")))
    reason = process.reason if process.state != "running" else Text("", "")
    return LampView(_NAMES[process.name], kind, reason)


def _in_call(lamp: LampView, call: Call) -> LampView:
    """Camera and microphone are in use as long as they go out, whatever else they do; where there
    is none, nothing goes out."""
    goes_out = {
        _NAMES["gestures"]: shares_camera(call) and "camera" not in call.missing,
        _NAMES["voice"]: shares_microphone(call) and "microphone" not in call.missing,
    }
    if lamp.kind not in ("running", "use") or not goes_out.get(lamp.name, False):
        return lamp
    return LampView(lamp.name, "use", Text("통화로 나감", "goes into the call"))


def _kept(lamp: LampView, recording: RecordingView) -> LampView:
    """The microphone is in use for as long as its sound is kept."""
    if not recording.sound or lamp.name != _NAMES["voice"] or lamp.kind not in ("running", "use"):
        return lamp
    return LampView(lamp.name, "use", Text("소리 기록 중", "sound is kept"))


def _recording(recording: RecordingView, now_ms: int) -> LampView:
    """A red lamp with the time that is left, all the while."""
    left_s = max(0, round((recording.until_ms - now_ms) / 1000))
    left = f"{left_s // 60}:{left_s % 60:02}"
    what = _RECORDED[recording.video, recording.sound]
    name = Text(f"REC {what.ko}", f"REC {what.en}")
    return LampView(name, "recording", Text(f"{left} 남음", f"{left} left"))


_RECORDED = {
    (False, False): Text("손 기록", "Hands"),
    (True, False): Text("영상 기록", "Video"),
    (False, True): Text("소리 기록", "Sound"),
    (True, True): Text("영상·소리 기록", "Video, sound"),
}
_IN_USE = {
    "gestures": Text("손 인식 중", "sees a hand"),
    "voice": Text("듣는 중", "listening"),
}
