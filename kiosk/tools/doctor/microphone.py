"""The microphone: asked of the sound library in a process of its own. Nothing is recorded."""

import sys
import wave
from pathlib import Path

import msgspec

from kiosk.tools.doctor.finding import Check, Finding
from kiosk.tools.doctor.machine import Answer, Machine
from kiosk.wire.text import Text

MICROPHONE = Check("microphone", Text("마이크", "Microphone"))

LIST_INPUTS = """
import json, sounddevice
devices = [d for d in sounddevice.query_devices() if d["max_input_channels"] > 0]
default = sounddevice.default.device[0]
print(json.dumps({"names": [d["name"] for d in devices],
                  "default": next((d["name"] for d in devices if d["index"] == default), "")}))
"""

PLUG_IN = Text(
    "마이크를 꽂으십시오. 꽂는 즉시 인식됩니다. 음성 없이 쓰려면 --microphone none.",
    "Plug in a microphone; it is found by itself. Without voice: --microphone none.",
)
LIBRARY = Text(
    "libportaudio2 와 libpulse0 를 설치하십시오.", "Install libportaudio2 and libpulse0 with apt."
)


class Inputs(msgspec.Struct, frozen=True):
    """Names of the devices that record; `default` is empty when there is none."""

    names: list[str]
    default: str


def check_microphone(machine: Machine) -> Finding:
    source = machine.settings.microphone.source
    if source == "none":
        return MICROPHONE.ok("설정에서 끔 (none)", "turned off in the settings (none)")
    if source.lower().endswith((".wav", ".flac")):
        return _file(Path(source))
    answer = machine.run([sys.executable, "-c", LIST_INPUTS], {})
    if answer.code != 0:
        return _silent(answer)
    inputs = msgspec.json.decode(answer.out, type=Inputs)
    if not inputs.names:
        return MICROPHONE.fail(Text("없음", "none is there"), PLUG_IN)
    wanted = [n for n in inputs.names if source == "default" or source.casefold() in n.casefold()]
    present = ", ".join(inputs.names)
    if not wanted:
        return MICROPHONE.fail(
            Text(f"{source!r} 없음. 있는 것: {present}", f"no {source!r}; there is: {present}"),
            Text("--microphone 에 있는 이름을 주십시오.", "Give --microphone a name from there."),
        )
    name = inputs.default if source == "default" and inputs.default else wanted[0]
    return MICROPHONE.ok(name, name)


def _silent(answer: Answer) -> Finding:
    reason = answer.err.strip().splitlines()[-1] if answer.err.strip() else f"{answer.code}"
    mend = LIBRARY if "PortAudio library" in reason or "No module" in reason else PLUG_IN
    return MICROPHONE.fail(
        Text(f"소리 장치를 물어볼 수 없음: {reason}", f"sound can't be asked: {reason}"), mend
    )


def _file(path: Path) -> Finding:
    mend = Text("--microphone 의 파일을 확인하십시오.", "Check the file given with --microphone.")
    if not path.is_file():
        return MICROPHONE.fail(Text(f"파일 없음: {path}", f"no such file: {path}"), mend)
    if path.suffix.lower() == ".wav":
        try:
            with wave.open(str(path)) as sound:
                sound.getnframes()
        except (wave.Error, EOFError) as error:
            return MICROPHONE.fail(
                Text(f"wav가 아님: {path} ({error})", f"no wav file: {path} ({error})"), mend
            )
    return MICROPHONE.ok(f"녹음 {path.name}", f"recording {path.name}")


CHECKS = (check_microphone,)
