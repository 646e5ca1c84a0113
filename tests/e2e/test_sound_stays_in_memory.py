"""While it listens, the voice process writes no file at all: the kernel would end it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

SPEECH = Path(__file__).resolve().parents[2] / "assets" / "demo" / "speech"

LISTEN = """
import resource, signal, sys, threading
from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import MicrophoneSettings, VoiceSettings
from kiosk.wire import PairedLink
from kiosk.wire.messages import Health, Listen, VoiceMatched, VoiceRefused
from kiosk.workers import hearing, voice

def load(settings):
    ears = hearing.load_ears(settings)
    # from here on: the first byte that is added to a file ends the process, native code or not
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    return ears

signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
mine, theirs = PairedLink.pair()
settings = Settings(
    microphone=MicrophoneSettings(source=sys.argv[1]),
    voice=VoiceSettings(noise_suppression="always"),
)
worker = threading.Thread(target=voice.run, args=(settings, mine, SystemClock(), load), daemon=True)
worker.start()
told = []
while not told or not isinstance(told[-1], VoiceMatched | VoiceRefused):
    message = theirs.receive(0.1)
    if message is not None:
        told.append(message)
        if isinstance(message, Health) and message.state == "failed":
            sys.exit(message.reason.en)
        if isinstance(message, Health) and message.state == "running":
            theirs.send(Listen(8.0))
mine.stopped.set()
worker.join()
print(type(told[-1]).__name__, flush=True)
if sys.argv[2:]:
    open(sys.argv[2], "w").write("this is what must not happen")
    print("written", flush=True)
"""


def listened(*arguments: str) -> "subprocess.CompletedProcess[str]":
    root = str(SPEECH.parents[2])
    return subprocess.run(
        [sys.executable, "-c", LISTEN, str(SPEECH / "first_screen.flac"), *arguments],
        cwd=root, env={"PYTHONPATH": root}, capture_output=True, text=True, timeout=90,
    )  # fmt: skip


@pytest.mark.slow
def test_a_sentence_is_heard_and_answered_without_a_file(tmp_path: Path) -> None:
    """And the guard is none in name only: a file that is written afterwards ends the process."""
    process = listened(str(tmp_path / "sound.raw"))
    assert process.stdout in ("VoiceMatched\n", "VoiceRefused\n"), process.stderr
    assert process.returncode == -signal.SIGXFSZ
    assert (tmp_path / "sound.raw").read_bytes() == b""
