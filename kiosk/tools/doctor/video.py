"""What decodes the cameras' streams: a graphics processor or software."""

import os
import sys

import msgspec

from kiosk.tools.doctor.machine import Machine
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

VIDEO = Check("video", Text("CCTV 디코딩", "Camera decoding"))

# in a process of its own, as every use of FFmpeg is
ASK = "import av, json; print(json.dumps(av.codec.hwaccel.hwdevices_available()))"

LIBRARY = Text(
    "FFmpeg(PyAV)를 열지 못합니다. .venv 폴더를 지우고 ./kiosk.sh run 을 다시 실행하십시오.",
    "FFmpeg (PyAV) does not load. Remove the folder .venv and start ./kiosk.sh run again.",
)


def check_video(machine: Machine) -> Finding:
    """Software is no fault: it is enough for the wall's tiles on a few cores."""
    answer = machine.run([sys.executable, "-c", ASK], {})
    if answer.code != 0:
        return VIDEO.fail(Text("열 수 없음", "does not load"), LIBRARY)
    known = msgspec.json.decode(answer.out, type=list[str])
    nodes = [
        node.name
        for node in sorted(machine.at("/dev/dri").glob("renderD*"))
        if os.access(node, os.R_OK | os.W_OK)
    ]
    if not machine.settings.video.hardware:
        return VIDEO.ok("소프트웨어 (설정에서 끔)", "software (turned off in the settings)")
    if "vaapi" in known and nodes:
        return VIDEO.ok(f"VAAPI ({nodes[0]})", f"VAAPI ({nodes[0]})")
    if "cuda" in known and machine.at("/dev/nvidiactl").exists():
        return VIDEO.ok("NVIDIA (cuda)", "NVIDIA (cuda)")
    if nodes:
        return VIDEO.ok(
            f"소프트웨어: {nodes[0]} 이 있으나 이 FFmpeg(PyAV)에 VAAPI 없음. docs/sources.md 참고",
            f"software: there is {nodes[0]}, but this FFmpeg (PyAV) was built without VAAPI: see "
            "docs/sources.md",
        )
    if "vaapi" in known:
        return VIDEO.ok(
            "소프트웨어: 쓸 수 있는 그래픽 장치 없음", "software: no graphics processor to use"
        )
    return VIDEO.ok(
        "소프트웨어: 쓸 수 있는 그래픽 장치도, 이 FFmpeg(PyAV)의 VAAPI도 없음",
        "software: no graphics processor to use, and no VAAPI in this FFmpeg (PyAV)",
    )


CHECKS = (check_video,)
