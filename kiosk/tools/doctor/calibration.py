"""Whether the installers' walk was done here, and what it left to be mended."""

from kiosk.tools.calibrate.step import all_steps
from kiosk.tools.calibrate.walk import FOLDER, WalkError, read, state_of
from kiosk.tools.doctor.machine import Machine
from kiosk.tools.doctor.resources import data_folder
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

CALIBRATION = Check("calibration", Text("보정", "Calibration"))
GO_ON = Text(
    "./kiosk.sh calibrate 로 카메라, 마이크, 화면을 맞추십시오. 남은 곳에서 이어집니다.",
    "Fit camera, microphone and screen with ./kiosk.sh calibrate; it goes on where it was left.",
)


def check_calibration(machine: Machine) -> Finding:
    folder = data_folder(machine) / FOLDER
    files = [file for file in folder.glob("*.json") if not file.stem.endswith(".unreadable")]
    if not files:
        return CALIBRATION.poor(Text("아직 안 함", "not done yet"), GO_ON)
    newest = max(files, key=lambda file: file.stat().st_mtime)
    try:
        walk = read(newest, newest.stem)
    except WalkError as error:
        return CALIBRATION.fail(Text(str(error), str(error)), GO_ON)
    states = [state_of(done) for done in walk.done.values()]
    bad, count = [s for s in states if s != "ok"], len(all_steps())
    ko, en = f"{walk.site}: {len(states)}/{count}", f"{walk.site}: {len(states)} of {count}"
    if bad:
        words = Text(f"{ko}, 고칠 것 {len(bad)}", f"{en}, {len(bad)} to mend")
        return CALIBRATION.poor(words, GO_ON)
    if walk.finished_ms is None:
        return CALIBRATION.poor(Text(f"{ko}, 안 끝남", f"{en}, not finished"), GO_ON)
    return CALIBRATION.ok(ko, en)


CHECKS = (check_calibration,)
