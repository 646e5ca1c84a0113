"""How well hands are seen at 1.5, 2, 3 and 4 m, and in which box."""

from collections.abc import Sequence

from kiosk.tools.calibrate.measuring.reach import lens_by_hand
from kiosk.tools.calibrate.step import Fact, Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text
from voice.intervals import wilson_interval

PLACES_M = (1.5, 2.0, 3.0, 4.0)
GOOD, POOR = 0.9, 0.7  # part of the pictures in which the hand is seen
NARROW = 0.35  # of the picture: a box in which a pointer is led at ease
HANDS = Check("hands", Text("손의 좌우", "Side of the hand"))
BY_HAND = Check("lens-by-hand", Text("손으로 잰 렌즈", "Lens by the hand"))
LEAST_PLACES = 2
NARROWEST_DEG, WIDEST_DEG = 30.0, 150.0  # bounds of presence.lens_deg
MOST_LEFT = 0.3  # of the right hands taken for left ones; unmirrored pictures: one in twenty


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    placed = [(m, values) for m, values in zip(PLACES_M, takes, strict=False) if values]
    findings = [_place(m, values) for m, values in placed]
    seen = [values for _, values in placed if number(values, "seen")]
    settings: dict[str, float] = {}
    otherwise: dict[str, float] = {}
    if seen:
        findings.append(_side(seen))
        lens = _lens(placed, facts)
        if lens is not None:
            findings.append(BY_HAND.ok(f"{lens:.0f}°", f"{lens:.0f}°"))
            otherwise["presence.lens_deg"] = round(lens, 1)
    good = [m for m, values in placed if _rate(values) >= POOR]
    if good:
        settings["presence.near_m"] = max(good)
    return Verdict(tuple(findings), settings, otherwise)


def _lens(placed: Sequence[tuple[float, Values]], facts: Facts) -> float | None:
    """The angle by a hand of known length: rougher than by the board, for a site without one. A
    hand at one place alone may have been turned away."""
    palms = [(m, number(values, "palm_px")) for m, values in placed]
    if sum(palm > 0 for _, palm in palms) < LEAST_PLACES:
        return None
    width_px = int(number(placed[0][1], "width_px"))
    lens = lens_by_hand(palms, facts["palm_mm"] / 1000, width_px)
    return lens if lens is not None and NARROWEST_DEG <= lens <= WIDEST_DEG else None


def _rate(values: Values) -> float:
    return number(values, "seen") / max(1.0, number(values, "of"))


def _place(metres: float, values: Values) -> Finding:
    check = Check(f"reach-{metres:g}", Text(f"{metres:g} m 의 손", f"Hands at {metres:g} m"))
    seen, of = int(number(values, "seen")), int(number(values, "of"))
    low, high = wilson_interval(seen, of)
    found = f"{100 * _rate(values):.0f} % ({100 * low:.0f}–{100 * high:.0f} %, n = {of})"
    wide = number(values, "right") - number(values, "left")
    if _rate(values) < GOOD:
        mend = Text(
            "빛을 더하고, 1080p 로 바꾸고, 카메라를 눈높이로 옮기십시오. 안 되면 이 "
            "거리는 쓰지 않습니다.",
            "Add light, use 1080p, bring the camera to eye height; else this distance is not used.",
        )
        bad = check.poor if _rate(values) >= POOR else check.fail
        return bad(Text(f"보이는 비율 {found}", f"seen in {found}"), mend)
    if wide < NARROW and metres <= 2.0:
        words = Text(
            f"{found}, 상자 폭 {100 * wide:.0f} %", f"{found}, box {100 * wide:.0f} % wide"
        )
        mend = Text(
            "손을 좌우 끝까지 움직여 다시 재십시오.", "Lead the hand wide to both sides, again."
        )
        return check.poor(words, mend)
    return check.ok(f"보이는 비율 {found}", f"seen in {found}")


def _side(seen: Sequence[Values]) -> Finding:
    right = sum(number(values, "right_hands") for values in seen) / len(seen)
    found = f"{100 * right:.0f} %"
    words = Text(f"오른손으로 본 비율 {found}", f"taken for a right hand: {found}")
    if right < MOST_LEFT:
        mend = Text(
            "그림의 좌우가 바뀌어 있습니다(또는 왼손을 드셨습니다). 카메라의 거울 모드를 끄십시오.",
            "The picture is mirrored (or it was the left hand): switch the camera's mirroring off.",
        )
        return HANDS.fail(words, mend)
    return HANDS.ok(words.ko, words.en)


STEP = Step(
    id="reach",
    family="camera",
    order=50,
    title=Text("손이 닿는 상자", "The reach box"),
    do=(
        Text("카메라에서 잰 자리에 섭니다.", "Stand at the measured place."),
        Text(
            "‘시작’을 누르고 오른손을 펴 보입니다.", "Press “Start” and show your open right hand."
        ),
        Text(
            "편히 닿는 데까지 네모를 그리듯 움직입니다.",
            "Lead it around the box that you reach with ease.",
        ),
    ),
    judge=judge,
    measure="camera:reach",
    takes=tuple(Text(f"{m:g} m 에서", f"at {m:g} m") for m in PLACES_M),
    facts=(
        Fact(
            "palm_mm",
            Text("손바닥 길이(손목에서 손가락 뿌리까지)", "Palm: wrist to the fingers' roots"),
            "mm",
            95.0,
            60.0,
            130.0,
            1.0,
        ),
    ),
    seconds=8.0,
    minutes=2.0,
)
