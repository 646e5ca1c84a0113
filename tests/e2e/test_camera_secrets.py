"""A camera's password in a running kiosk: where it may be, and that it is nowhere else."""

import base64
import contextlib
import re
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.tools.driving import DrivenKiosk, Overrides, driven_kiosk
from kiosk.wire.messages import CameraState, Observed
from tests.e2e.test_camera_web import wants_login
from tests.helpers.web_server import Asked, WebServer

pytestmark = pytest.mark.slow

PASSWORD = "correct horse battery"  # what tests.e2e.test_camera_web's camera wants
WRONG = "Tr0ub4dor-3 of last year"
QUIET = ("--camera", "none", "--microphone", "none", "--windowed")
# The backend compares what systems say with its keys; the video process logs in. Nobody else.
MAY_KNOW = frozenset({"video", "backend"})
CAMERA = """
[[camera]]
id = "{id}"
number = {number}
name = {{ ko = "{id}", en = "{id}" }}
lat = 37.5663
lon = 126.9779
url = "{url}"
login = "{login}"
"""


def spellings(password: str) -> tuple[bytes, ...]:
    """As it is, as an address spells it, and as a header of Basic authentication does."""
    quoted = urllib.parse.quote(password, safe="")
    basic = base64.b64encode(f"mayor:{password}".encode())
    return password.encode(), quoted.encode(), basic


NEVER = (*spellings(PASSWORD), *spellings(WRONG))


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[tuple[DrivenKiosk, WebServer]]:
    folder = tmp_path
    (folder / "secrets.toml").write_text(f'gate = "mayor:{PASSWORD}"\nold = "mayor:{WRONG}"\n')
    (folder / "secrets.toml").chmod(0o600)
    with WebServer(
        basic=wants_login("Basic"),
        digest=wants_login("Digest"),
        away=lambda asked: _moved(asked),
    ) as server:
        listed = [
            ("basic", "gate", f"{server.base}/basic"),
            ("digest", "gate", f"{server.base}/digest"),
            ("wrong", "old", f"{server.base}/digest?old"),
            ("away", "gate", f"{server.base}/away"),
        ]
        (folder / "cameras.toml").write_text(
            "".join(
                CAMERA.format(id=name, number=number, login=login, url=url)
                for number, (name, login, url) in enumerate(listed, start=1)
            )
        )
        settings: Overrides = {
            "demo": {"cameras": 0},
            "backend": {
                "secrets": str(folder / "secrets.toml"),
                "cameras": str(folder / "cameras.toml"),
            },
        }
        with driven_kiosk(QUIET, settings) as made:
            yield made, server


def _moved(asked: Asked) -> None:
    asked.give(302, Location="http://169.254.169.254/latest/meta-data")


def test_a_password_opens_its_camera_and_is_seen_nowhere(
    kiosk: tuple[DrivenKiosk, WebServer], capfd: pytest.CaptureFixture[str]
) -> None:
    made, server = kiosk
    states = {"basic", "digest"}
    until = time.monotonic() + 90
    while states and time.monotonic() < until and made.process.poll() is None:
        told = made.wait(lambda m: isinstance(m, CameraState), 5)
        if isinstance(told, CameraState) and told.width_px:
            states.discard(told.camera)
    assert not states, "a camera with a login gave no picture"
    assert refusal(made) is not None, "the refused address left no record"
    assert any("Digest" in head.get("Authorization", "") for _, head in server.asked)
    assert made.screenshot(made.data_dir / "wall.png")

    home = made.data_dir.parent
    for file in [path for path in home.rglob("*") if path.is_file()]:
        with contextlib.suppress(FileNotFoundError):
            assert not found_in(file.read_bytes()), file
    for name, pid in {**made.pids, "supervisor": made.process.pid}.items():
        for what in ("cmdline", "environ"):
            assert not found_in(Path(f"/proc/{pid}/{what}").read_bytes()), (name, what)
    said = capfd.readouterr()
    assert not found_in((said.out + said.err).encode())
    # what the screen, the tablets' server and sync do not know they can't show, tell or keep
    strangers = {name: pid for name, pid in made.pids.items() if name not in MAY_KNOW}
    assert {"ui", "remote", "sync"} <= strangers.keys()
    try:
        assert found_in_memory(made.pids["video"]), "the search finds nothing at all"
    except PermissionError:
        pytest.skip("another process's memory can't be read here")
    for name, pid in strangers.items():
        assert not found_in_memory(pid), name


def refusal(made: DrivenKiosk) -> Observed | None:
    def fits(message: object) -> bool:
        if not isinstance(message, Observed):
            return False
        return message.record["args"] == {"camera": "away"} and not message.record["command"]

    found = made.wait(fits, 20)
    return found if isinstance(found, Observed) else None


def found_in(content: bytes) -> list[bytes]:
    return [secret for secret in NEVER if secret in content]


def found_in_memory(pid: int) -> list[bytes]:
    """Secrets in what a process has written itself. Raises PermissionError."""
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:  # noqa: PTH123 - no file of a folder
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            place = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if place is None or "/dev/" in line or "[v" in line:
                continue
            begin, end = int(place[1], 16), int(place[2], 16)
            with contextlib.suppress(OSError, ValueError, OverflowError):
                memory.seek(begin)
                if found := found_in(memory.read(min(end - begin, 400_000_000))):
                    return found
    return []
