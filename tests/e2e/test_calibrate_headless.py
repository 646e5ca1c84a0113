"""The installers' walk without anybody, from rendered pictures and sound of known truth."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from kiosk.settings import Settings
from kiosk.tools import calibrate
from kiosk.tools.calibrate.measuring import camera, microphone
from kiosk.tools.calibrate.measuring.inputs import (
    Asked,
    LiveInputs,
    RecordedInputs,
    UnmeasurableError,
)
from kiosk.tools.calibrate.step import find_step
from kiosk.tools.calibrate.walk import Walk, read
from tests.helpers.rendered_site import (
    flashes,
    flickering,
    in_a_room,
    noise_sound,
    room_picture,
    seen_flashes,
    still_rooms,
    turning_board,
    upright_board,
    voice_sound,
    write_pictures,
    write_sound,
)

LENS_DEG, DISTANCE_M, NOISE_DB, LATE_MS, FPS = 72.0, 2.2, -56.0, 90.0, 30.0


def flashing_pictures(folder: Path) -> None:
    shown = flashes(6.0)
    folder.mkdir(parents=True)
    (folder / "shown.json").write_bytes(msgspec.json.encode(shown))
    from PIL import Image

    (folder / "1").mkdir()
    for t_ms, level in seen_flashes(shown, LATE_MS, FPS):
        picture = np.full((24, 32, 3), round(level), np.uint8)
        Image.fromarray(picture).save(folder / "1" / f"{round(t_ms):06d}.png")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was recorded at a good site whose microphone is a little far away."""
    root = tmp_path_factory.mktemp("recorded")
    write_pictures(root / "lens" / "1", turning_board(LENS_DEG), 2.0)
    write_pictures(root / "mounting" / "1", [upright_board(LENS_DEG, DISTANCE_M, 0.7, 15.0)], 1.0)
    (root / "mounting" / "facts.toml").write_text("mark_m = 2.2\nboard_m = 1.3\n")
    flashing_pictures(root / "latency")
    write_sound(root / "microphone-device" / "1.wav", noise_sound(NOISE_DB, 4.0))
    (root / "ghosts").mkdir()
    (root / "ghosts" / "1.json").write_text('{"ghosts": 0, "seconds": 15}')
    return root


@pytest.mark.slow
def test_the_whole_walk(
    recorded: Path, tmp_path: Path, qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "hall.toml"
    site.write_text('# our hall\n[camera]\nsource = "0" # above the screen\n')
    given = ["--site", str(site), "--headless", str(recorded), "--data", str(tmp_path)]
    code = calibrate.main(given)
    out = capsys.readouterr().out
    assert code == 0, out
    walk = read(tmp_path / "calibration" / "hall.json", "hall")
    found = {name: done.takes[0] for name, done in walk.done.items()}
    assert float(found["lens"]["lens_deg"]) == pytest.approx(LENS_DEG, abs=2.0)
    distance_m = float(found["mounting"]["distance_squares"]) * 0.052
    assert distance_m == pytest.approx(DISTANCE_M, rel=0.10)
    assert float(found["microphone-device"]["noise_db"]) == pytest.approx(NOISE_DB, abs=2.0)
    assert float(found["latency"]["latency_ms"]) == pytest.approx(LATE_MS, abs=1000 / FPS)
    assert set(found) == {path.name for path in recorded.iterdir()}
    text = site.read_text()
    assert "# our hall" in text
    assert "# above the screen" in text
    presence = tomllib.loads(text)["presence"]
    assert presence["lens_deg"] == pytest.approx(LENS_DEG, abs=2.0)

    (report,) = (tmp_path / "calibration").glob("hall *.pdf")
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", str(report), "-"], capture_output=True, text=True)
        assert "설치 보정 보고서" in told.stdout
        assert "presence.lens_deg" in told.stdout
        assert "opencv-python" in told.stdout
        assert told.stdout.count("\f") == 1  # one page

    # a second time there is nothing left to do, and the file stays as it is
    assert calibrate.main(given) == 0
    assert site.read_text() == text


def measured(root: Path, step: str, settings: Settings | None = None) -> dict[str, str]:
    """States by check of what lies in a folder, measured in this process."""
    found = find_step(step)
    assert found is not None
    asked = Asked(found, 0, found.told({}), settings or Settings())
    module, _, name = found.measure.partition(":")
    function = getattr({"camera": camera, "microphone": microphone}[module], name)
    values = function(RecordedInputs(asked, root, lambda _done: None))
    walk = Walk("x").with_done(found, {}, [values], 0)
    return {finding.check: finding.state for finding in walk.done[step].findings}


@pytest.mark.parametrize(
    ("look", "check"),
    [
        ({"person": 10.0, "around": 12.0}, "light"),
        ({"person": 30.0, "around": 240.0}, "backlight"),
    ],
    ids=["dark", "backlit"],
)
def test_wrong_light_is_named(tmp_path: Path, look: dict[str, float], check: str) -> None:
    write_pictures(tmp_path / "light" / "1", list(still_rooms(3, **look)), FPS)
    assert measured(tmp_path, "light")[check] == "fail"


def test_flicker_is_named(tmp_path: Path) -> None:
    pictures = flickering(list(still_rooms(40)), FPS, 100.0, 0.15)
    write_pictures(tmp_path / "light" / "1", pictures, FPS)
    assert measured(tmp_path, "light")["flicker"] == "fail"


def test_good_set_ups_are_told_as_good(tmp_path: Path) -> None:
    write_pictures(tmp_path / "camera-device" / "1", list(still_rooms(12)), FPS)
    write_pictures(tmp_path / "light" / "1", list(still_rooms(30)), FPS)
    write_sound(tmp_path / "level" / "1.wav", voice_sound(-24.0, 4.0) + noise_sound(-60.0, 4.0))
    write_sound(tmp_path / "echo" / "1.wav", in_a_room(0.5, gain=0.003))
    for step in ("camera-device", "light", "level", "echo"):
        assert set(measured(tmp_path, step).values()) == {"ok"}


def test_a_mirrored_camera_is_named(tmp_path: Path) -> None:
    mirrored = [np.ascontiguousarray(picture[:, ::-1]) for picture in turning_board(LENS_DEG)[:3]]
    write_pictures(tmp_path / "lens" / "1", mirrored, 2.0)
    assert measured(tmp_path, "lens") == {"mirror": "fail"}


def test_five_pictures_a_second_are_named(tmp_path: Path) -> None:
    write_pictures(tmp_path / "camera-device" / "1", list(still_rooms(12)), 5.0)
    assert measured(tmp_path, "camera-device") == {"camera-device": "ok", "camera-mode": "fail"}


def test_an_infrared_camera_is_named(tmp_path: Path) -> None:
    grey = list(still_rooms(12, colour=False))
    write_pictures(tmp_path / "camera-device" / "1", grey, FPS)
    assert measured(tmp_path, "camera-device") == {"camera-device": "fail"}


def test_a_picture_that_stands_is_named(tmp_path: Path) -> None:
    write_pictures(tmp_path / "camera-device" / "1", [room_picture()] * 12, FPS)
    assert measured(tmp_path, "camera-device") == {"camera-device": "fail"}


def test_clipped_and_silent_microphones_are_named(tmp_path: Path) -> None:
    loud = voice_sound(-2.0, 4.0) + noise_sound(-60.0, 4.0)
    write_sound(tmp_path / "level" / "1.wav", loud, top=0.6)
    assert measured(tmp_path, "level")["clipping"] == "fail"
    write_sound(tmp_path / "microphone-device" / "1.wav", np.zeros(32_000))
    assert measured(tmp_path, "microphone-device") == {"microphone-device": "fail"}


def test_the_walls_own_camera_is_looked_through_for_as_long_as_the_take(tmp_path: Path) -> None:
    import cv2

    clip = tmp_path / "room.avi"
    out = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"MJPG"), FPS, (192, 108))
    for picture in still_rooms(20):
        out.write(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    out.release()
    found = find_step("camera-device")
    assert found is not None
    settings = msgspec.convert({"camera": {"source": str(clip)}}, Settings)
    told: list[float] = []
    inputs = LiveInputs(
        Asked(found, 0, {}, settings),
        *(told.append, list, lambda source: ((source, "clip"),), lambda: None, str),
    )
    values = camera.device(inputs)
    assert values["name"] == "clip"
    assert values["fps_108"] == pytest.approx(FPS, rel=0.05)
    assert all(0 <= done < 1 for done in told)
    assert told


def test_what_is_missing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "data"), "--site", str(tmp_path / "x.toml")]
    assert calibrate.main(["--headless", str(tmp_path / "none"), *data]) == 2
    assert "no such folder" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert calibrate.main(["--headless", str(tmp_path / "empty"), *data]) == 2
    assert "camera-device" in capsys.readouterr().err
    (tmp_path / "bad" / "ghosts").mkdir(parents=True)
    (tmp_path / "bad" / "ghosts" / "1.json").write_text("{")
    assert calibrate.main(["--headless", str(tmp_path / "bad"), *data]) == 2
    assert "1.json" in capsys.readouterr().err
    assert calibrate.main(["--step", "lense"]) == 2
    assert "lens" in capsys.readouterr().err
    with pytest.raises(UnmeasurableError, match=r"1\.wav"):
        measured(tmp_path, "echo")


def test_a_picture_without_a_time_is_refused(tmp_path: Path) -> None:
    write_pictures(tmp_path / "light" / "1", list(still_rooms(2)), FPS)
    file = tmp_path / "light" / "1" / "000000.png"
    file.rename(file.with_name("first.png"))
    with pytest.raises(Exception, match="milliseconds"):
        measured(tmp_path, "light")


def test_the_board_is_printed_in_its_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "board.pdf"
    assert calibrate.main(["--board", str(file), "--square", "36"]) == 0
    assert "A4" in capsys.readouterr().out
    assert file.read_bytes().startswith(b"%PDF")
    assert calibrate.main(["--board", str(file), "--square", "400"]) == 2
