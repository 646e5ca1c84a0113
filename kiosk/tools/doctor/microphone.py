"""The microphone: asked of the sound library in a process of its own. Nothing is recorded."""

import sys
from pathlib import Path

import msgspec

from kiosk.tools.doctor.machine import Answer, Machine
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text
from voice.errors import SoundFileError
from voice.sound_files import check_sound

MICROPHONE = Check("microphone", Text("마이크", "Microphone"))
ECHO = Check("echo", Text("벽의 소리", "Wall's own sound"))
SOUND_SERVER = "pulse"  # its name among the devices

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
    if source.lower().endswith((".wav", ".flac", ".ogg")):
        return _file(Path(source))
    return _device(machine, MICROPHONE, source)


def check_echo(machine: Machine) -> Finding:
    """What the wall plays, recorded to be taken out of what the microphone hears."""
    source = machine.settings.voice.echo_device
    if not source:
        return ECHO.ok("안 씀 (voice.echo_device)", "not used (voice.echo_device)")
    return _device(machine, ECHO, source)


def _device(machine: Machine, check: Check, source: str) -> Finding:
    answer = machine.run([sys.executable, "-c", LIST_INPUTS], {})
    if answer.code != 0:
        return _silent(check, answer)
    inputs = msgspec.json.decode(answer.out, type=Inputs)
    if not inputs.names:
        return check.fail(Text("없음", "none is there"), PLUG_IN)
    name = SOUND_SERVER if source.startswith(f"{SOUND_SERVER}:") else source
    wanted = [n for n in inputs.names if name == "default" or name.casefold() in n.casefold()]
    present = ", ".join(inputs.names)
    if not wanted:
        return check.fail(
            Text(f"{source!r} 없음. 있는 것: {present}", f"no {source!r}; there is: {present}"),
            Text("--microphone 에 있는 이름을 주십시오.", "Give --microphone a name from there.")
            if check is MICROPHONE
            else Text("voice.echo_device 를 고치십시오.", "Mend voice.echo_device."),
        )
    if name != source:
        return check.ok(source, source)  # its sources are the sound server's own affair
    found = inputs.default if source == "default" and inputs.default else wanted[0]
    return check.ok(found, found)


def _silent(check: Check, answer: Answer) -> Finding:
    reason = answer.err.strip().splitlines()[-1] if answer.err.strip() else f"{answer.code}"
    mend = LIBRARY if "PortAudio library" in reason or "No module" in reason else PLUG_IN
    return check.fail(
        Text(f"소리 장치를 물어볼 수 없음: {reason}", f"sound can't be asked: {reason}"), mend
    )


def _file(path: Path) -> Finding:
    mend = Text("--microphone 의 파일을 확인하십시오.", "Check the file given with --microphone.")
    if not path.is_file():
        return MICROPHONE.fail(Text(f"파일 없음: {path}", f"no such file: {path}"), mend)
    try:
        check_sound(path)
    except SoundFileError as error:
        return MICROPHONE.fail(Text(f"소리가 아님: {error}", f"no sound: {error}"), mend)
    return MICROPHONE.ok(f"녹음 {path.name}", f"recording {path.name}")


CHECKS = (check_microphone, check_echo)
