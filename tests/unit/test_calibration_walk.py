"""The installers' walk: kept after every step, gone on with, written into the site's file."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from kiosk.settings import Settings, SettingsError
from kiosk.tools.calibrate.guide import Guide
from kiosk.tools.calibrate.site import current, write_site
from kiosk.tools.calibrate.step import FAMILIES, Step, Values, all_steps, find_step
from kiosk.tools.calibrate.walk import Walk, WalkError, keep, now_settings, read, state_of
from kiosk.wire.text import Text

NOW = 1_790_000_000_000


def step(name: str) -> Step:
    found = find_step(name)
    assert found is not None
    return found


def lens(walk: Walk, degrees: float = 71.26) -> Walk:
    values = {"views": 9, "lens_deg": degrees, "error_part": 0.0002}
    return walk.with_done(step("lens"), {}, [values], NOW)


@pytest.mark.parametrize("one", all_steps(), ids=lambda one: one.id)
def test_every_step_is_whole(one: Step) -> None:
    assert one.family in FAMILIES
    assert bool(one.measure) or bool(one.field)
    assert len(one.do) == 3
    for words in (one.title, *one.do):
        assert words.ko
        assert words.en
    told = one.told({})
    assert all(f.least <= told[f.name] <= f.most for f in one.facts)


def test_the_walk_takes_no_longer_than_it_says() -> None:
    assert sum(one.minutes for one in all_steps()) <= 25
    assert sum(one.seconds * len(one.takes) for one in all_steps() if one.measure) / 60 <= 11


def test_it_goes_on_where_it_was_left(tmp_path: Path) -> None:
    file = tmp_path / "calibration" / "hall.json"
    walk = read(file, "hall")
    assert walk == Walk("hall")
    keep(lens(walk), file)
    again = read(file, "hall")
    assert again == lens(walk)
    first = again.next_step()
    assert first is not None
    assert first.id == "camera-device"
    assert file.stat().st_mode & 0o077 in (0o044, 0)


@pytest.mark.parametrize("text", ["", "{", '{"site": 3}', '{"site": "x", "format": 9}'])
def test_a_damaged_walk_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text)
    with pytest.raises(WalkError, match=r"x\.json.*--again"):
        read(file, "x")
    assert file.read_text() == text


def test_a_step_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    walk = lens(Walk("x"))
    old = msgspec.structs.replace(walk, done={**walk.done, "no-such": walk.done["lens"]})
    keep(old, file)
    assert set(read(file, "x").done) == {"lens"}


def test_later_steps_see_what_earlier_ones_chose() -> None:
    walk = lens(Walk("x"))
    assert walk.settings == {"presence.lens_deg": 71.3}
    assert now_settings(Settings(), walk).presence.lens_deg == 71.3


def test_what_was_found_before_stands_beside() -> None:
    walk = lens(Walk("x")).again()
    assert walk.done == {}
    assert walk.before["lens"].settings == {"presence.lens_deg": 71.3}


# ---- the guide


def guide(tmp_path: Path) -> Guide:
    return Guide(Walk("x"), lambda: NOW, lambda walk: keep(walk, tmp_path / "x.json"))


def test_takes_one_after_the_other(tmp_path: Path) -> None:
    led = guide(tmp_path)
    led.choose(step("reach"))
    good = {"seen": 98, "of": 100, "left": 0.1, "right": 0.9, "right_hands": 1.0}
    for take in range(3):
        assert led.view.take == take
        led.begin()
        assert led.view.phase == "measuring"
        led.measured(dict(good))
    led.skip_take()  # the room is not 4 m deep
    assert led.view.phase == "done"
    assert [f.state for f in led.view.findings] == ["ok"] * 4
    assert read(tmp_path / "x.json", "x").done["reach"].takes[3] == {}


def test_a_step_without_any_place_is_left_out(tmp_path: Path) -> None:
    led = guide(tmp_path)
    led.choose(step("spoken"))
    led.skip_take()
    led.skip_take()
    assert "spoken" in led.walk.left_out
    assert led.view.step.id != "spoken"


def test_cancelled_and_failed_takes_can_be_tried_again(tmp_path: Path) -> None:
    led = guide(tmp_path)
    led.begin()
    led.cancelled()
    assert (led.view.phase, led.walk.done) == ("ready", {})
    led.begin()
    led.failed(Text("없음", "no camera"))
    assert led.view.note == Text("없음", "no camera")
    assert state_of(led.walk.done["camera-device"]) == "fail"
    led.begin()
    assert led.view.note is None


def test_another_fact_judges_anew(tmp_path: Path) -> None:
    led = guide(tmp_path)
    led.choose(step("mounting"))
    led.begin()
    led.measured({"distance_squares": 48.0, "above_squares": 12.0, "tilt_deg": 5.0, "roll_deg": 0})
    assert [f.state for f in led.view.findings] == ["poor", "ok"]
    led.change("mark_m", 10)
    assert led.facts["mark_m"] == pytest.approx(2.5)
    assert [f.state for f in led.view.findings] == ["ok", "ok"]
    led.change("mark_m", 10_000)
    assert led.facts["mark_m"] == 6.0


def test_nothing_changes_while_it_measures(tmp_path: Path) -> None:
    led = guide(tmp_path)
    led.begin()
    led.choose(step("echo"))
    led.skip_step()
    led.skip_take()
    assert led.view.step.id == "camera-device"


def test_all_left_out_is_complete(tmp_path: Path) -> None:
    led = guide(tmp_path)
    for _ in all_steps():
        assert not led.view.complete
        led.skip_step()
    assert led.view.complete


# ---- the site's file

OWN = """\
# The hall of the second floor.

[camera]
source = "0"  # the one above the screen
width_px = 1280

# who is near
[presence]
lens_deg = 60.0 # a guess

"""


def test_comments_and_everything_else_stay(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(OWN)
    values: Values = {
        "camera.width_px": 1920,
        "presence.lens_deg": 71.3,
        "microphone.source": "USB",
    }
    assert write_site(file, values, "2026-11-22")
    text = file.read_text()
    for kept in (
        "# The hall of the second floor.",
        "# the one above",
        "# who is near",
        "# a guess",
    ):
        assert kept in text
    assert "width_px = 1920 # calibrated 2026-11-22" in text
    read_back = tomllib.loads(text)
    assert read_back["camera"] == {"source": "0", "width_px": 1920}
    assert read_back["presence"] == {"lens_deg": 71.3}
    assert read_back["microphone"] == {"source": "USB"}
    assert not write_site(file, values, "2026-11-23")
    assert file.read_text() == text
    assert write_site(file, {"camera.width_px": 1280}, "2026-12-01")
    assert "width_px = 1280 # calibrated 2026-12-01" in file.read_text()


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "sites" / "new.toml"
    write_site(file, {"ui.text_scale": 1.15}, "2026-11-22")
    assert file.read_text().startswith("# Settings of this site.")
    assert tomllib.loads(file.read_text()) == {"ui": {"text_scale": 1.15}}


@pytest.mark.parametrize(
    ("text", "values"),
    [("[camera\n", {"camera.width_px": 1280}), ("", {"camera.width_px": -3})],
)
def test_what_can_not_be_written_leaves_the_file(
    tmp_path: Path, text: str, values: dict[str, int]
) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"hall\.toml"):
        write_site(file, values, "2026-11-22")
    assert file.read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["hall.toml"]


def test_before_and_after() -> None:
    assert current(Settings(), {"presence.lens_deg": 71.3}) == {"presence.lens_deg": 60.0}
