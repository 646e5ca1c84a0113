"""Traffic by district: speed of the roads, accidents, bicycles, parking; what happens on them."""

from collections.abc import Mapping

from kiosk.pack import here
from kiosk.panels.fields import NOTHING, Column, Field, FieldPresenter
from kiosk.wire.text import Text

SLOW_KMH, JAMMED_KMH = 25.0, 15.0
"""Where city roads count as slow and as jammed, as Korea's traffic centres colour streets."""


class TrafficPresenter(FieldPresenter):
    field = Field(
        panel="traffic",
        title=Text("교통", "Traffic"),
        order=Text("느린 순", "the slowest first"),
        figures=("traffic-speed", "accidents", "subway-crowding", "bikes", "parking-free"),
        columns=(
            Column("traffic-speed", Text("속도", "Speed")),
            Column("accidents", Text("사고", "Accidents")),
            Column("bikes", Text("따릉이", "Bicycles")),
            Column("parking-free", Text("빈 면", "Parking")),
        ),
        incidents=("crash", "road.", "traffic.", "alert.transport"),
        lowest_first=True,
    )

    def judge(self, values: Mapping[str, float]) -> tuple[Text, bool]:
        speed = values.get("traffic-speed")
        if speed is None:
            return Text("자료 없음", "no data"), False
        if speed < JAMMED_KMH:
            return Text("정체", "jammed"), True
        return (Text("서행", "slow") if speed < SLOW_KMH else Text("원활", "free")), False

    def say(self, values: Mapping[str, float]) -> Text:
        word, _ = self.judge(values)
        if "traffic-speed" not in values:
            return NOTHING
        name, speed = here().short, f"{values['traffic-speed']:.1f}"
        return Text(
            f"{name.ko} 도로는 지금 {word.ko}, 평균 시속 {speed} km입니다.",
            f"Roads of {name.en} are {word.en} now, {speed} km/h on average.",
        )
