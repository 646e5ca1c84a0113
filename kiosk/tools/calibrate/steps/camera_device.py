"""Which camera, in which mode: by the pictures that really come, not by what it claims."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Facts, Step, Value, Values, Verdict, number
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

DEVICE = Check("camera-device", Text("카메라 장치", "Camera device"))
MODE = Check("camera-mode", Text("화소와 속도", "Size and rate"))
GOOD_FPS = 14.0  # the recogniser takes 15 a second (gestures.fps)
POOR_FPS = 10.0
MODES = ((3840, 2160), (1920, 1080), (1280, 720))
HIGHEST_USED = 1080
"""1080p sees hands at 4 m; 4K costs four times as much to look through and sees them no better, as
the recogniser looks at parts of 1,000 pixels at most."""
COLOURLESS = 1.0  # levels between the colours of a pixel, in the mean

OTHER_CAMERA = Text(
    "맞는 카메라를 꽂거나 --camera 로 번호를 주십시오. 노트북의 얼굴 인식용 적외선 "
    "카메라는 쓸 수 없습니다.",
    "Plug in the right camera or name it with --camera; an infrared camera for logging "
    "in is no use.",
)
MORE_LIGHT = Text(
    "더 밝게 하고(어두우면 카메라가 느려집니다) USB 3 포트에 허브 없이 꽂으십시오.",
    "Give it more light (cameras slow down in the dark) and a USB 3 port without a hub.",
)


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    device = _device(values)
    if device.state == "fail":
        return Verdict((device,))
    heights = [int(name.removeprefix("fps_")) for name in values if name.startswith("fps_")]
    best = max(heights, key=lambda height: _worth(values, height))
    fps = number(values, f"fps_{best}")
    found = _rates(values)
    settings: dict[str, Value] = {
        "camera.source": str(values["source"]),
        "camera.width_px": int(number(values, f"width_{best}")),
        "camera.height_px": best,
    }
    if fps >= GOOD_FPS:
        mode = MODE.ok(found, found)
    else:
        words = Text(f"너무 느림: {found}", f"too slow: {found}")
        mode = (MODE.poor if fps >= POOR_FPS else MODE.fail)(words, MORE_LIGHT)
    return Verdict((device, mode), settings)


def _device(values: Values) -> Finding:
    name = str(values.get("name", "?"))
    if values.get("alike"):
        return DEVICE.fail(
            Text(
                f"{name}: 늘 같은 그림. 카메라가 아님",
                f"{name}: always the same picture; no camera",
            ),
            OTHER_CAMERA,
        )
    if number(values, "colour") < COLOURLESS:
        return DEVICE.fail(
            Text(
                f"{name}: 색이 없음. 적외선 카메라로 보임",
                f"{name}: no colours; an infrared camera",
            ),
            OTHER_CAMERA,
        )
    if values.get("asked") and values.get("asked") != values.get("source"):
        return DEVICE.poor(
            Text(
                f"설정된 {values['asked']} 은 안 되고 {name} 이 됨",
                f"{values['asked']}, as set, gives no pictures; {name} does",
            ),
            Text("이 카메라를 설정에 적습니다.", "This one is written into the settings."),
        )
    return DEVICE.ok(name, name)


def _worth(values: Values, height: int) -> tuple[bool, bool, float]:
    """Fast enough, not larger than is of use, and then as large, or else as fast, as can be."""
    fps = number(values, f"fps_{height}")
    return fps >= GOOD_FPS, height <= HIGHEST_USED, height if fps >= GOOD_FPS else fps


def _rates(values: Values) -> str:
    heights = sorted(int(n.removeprefix("fps_")) for n in values if n.startswith("fps_"))
    rates = ((height, number(values, f"fps_{height}")) for height in reversed(heights))
    return ", ".join(f"{height}p {fps:.1f}/s" for height, fps in rates)


STEP = Step(
    id="camera-device",
    family="camera",
    order=10,
    title=Text("카메라 고르기", "Choose the camera"),
    do=(
        Text(
            "카메라를 화면 위 또는 아래 가운데에 달고 꽂습니다.",
            "Fix the camera above or below the middle of the screen and plug it in.",
        ),
        Text("조명을 평소처럼 켭니다.", "Switch the lights on as they usually are."),
        Text(
            "‘시작’을 누릅니다. 카메라마다 4K, 1080p, 720p 의 속도를 잽니다.",
            "Press “Start”: each camera is tried at 4K, 1080p and 720p.",
        ),
    ),
    judge=judge,
    measure="camera:device",
    seconds=3.0,
)
