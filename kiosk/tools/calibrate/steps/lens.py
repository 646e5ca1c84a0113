"""The angle of the lens, from a printed board that is turned before the camera."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check
from kiosk.wire.text import Text

LENS = Check("lens", Text("렌즈 각도", "Angle of the lens"))
MIRROR = Check("mirror", Text("좌우", "Left and right"))
GOOD_ERROR = 0.0008  # of the picture's width: a pixel and a half at 1080p
SURE_DEG = 2.0  # half of the interval of 95 %
NARROWEST_DEG, WIDEST_DEG = 45.0, 110.0

UNMIRROR = Text(
    "카메라의 거울 모드(미러)를 끄십시오. 켜져 있으면 왼손과 오른손, 미는 방향이 뒤바뀝니다.",
    "Switch the camera's mirroring off: with it left and right hands and swipes are exchanged.",
)
PRINT = Text(
    "보드를 100 % 크기로 다시 인쇄해 빳빳한 판에 붙이고, 1 m 앞에서 기울이며 화면 "
    "구석까지 보이십시오.",
    "Print the board at 100 %, glue it on something stiff, tilt it a metre away, up to "
    "the corners.",
)


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    views = int(number(values, "views"))
    if values.get("mirrored"):
        mirrored = MIRROR.fail(
            Text("그림의 좌우가 바뀌어 있음", "the picture is mirrored"), UNMIRROR
        )
        return Verdict((mirrored,))
    if "lens_deg" not in values:
        few = Text(
            f"기울인 보드를 본 횟수가 모자람 ({views}번)",
            f"too few views of the board, tilted ones above all ({views})",
        )
        return Verdict((LENS.fail(few, PRINT),))
    lens_deg, error = number(values, "lens_deg"), number(values, "error_part")
    sure = number(values, "sure_deg")
    found = f"{lens_deg:.1f}° (±{sure:.1f}°, n = {views})"
    right = MIRROR.ok("바뀌지 않음", "not mirrored")
    if sure > SURE_DEG:
        words = Text(f"{found}: 확실하지 않음", f"{found}: not certain enough")
        return Verdict((LENS.poor(words, PRINT), right), {"presence.lens_deg": round(lens_deg, 1)})
    if error > GOOD_ERROR:
        words = Text(f"{found}: 맞지 않음", f"{found}: does not fit well")
        return Verdict((LENS.poor(words, PRINT), right), {"presence.lens_deg": round(lens_deg, 1)})
    if not NARROWEST_DEG <= lens_deg <= WIDEST_DEG:
        words = Text(f"{found}: 벽면에 맞지 않음", f"{found}: not for a wall")
        mend = Text("60°에서 90° 사이의 카메라를 쓰십시오.", "Use a camera between 60° and 90°.")
        return Verdict((LENS.poor(words, mend), right), {"presence.lens_deg": round(lens_deg, 1)})
    return Verdict((LENS.ok(found, found), right), {"presence.lens_deg": round(lens_deg, 1)})


STEP = Step(
    id="lens",
    family="camera",
    order=20,
    title=Text("렌즈와 좌우", "Lens, left and right"),
    do=(
        Text(
            "인쇄한 보드를 카메라 앞 약 1 m 에 듭니다.",
            "Hold the printed board about a metre before the camera.",
        ),
        Text(
            "‘시작’을 누르고 천천히 상하좌우로 기울입니다.",
            "Press “Start” and tilt it slowly, up, down, left and right.",
        ),
        Text("그림의 네 구석까지 옮깁니다.", "Take it into all four corners of the picture."),
    ),
    judge=judge,
    measure="camera:lens",
    keeps="pictures",
    seconds=25.0,
)
