"""Traffic by district: speed of the roads, accidents, bicycles, parking; what happens on them."""

from collections.abc import Mapping

from kiosk.pack import here
from kiosk.panels.fields import NOTHING, Column, Field, FieldPresenter
from kiosk.wire.text import Text

SPEED = "traffic-speed"


class TrafficPresenter(FieldPresenter):
    field = Field(
        panel="traffic",
        title=Text("교통", "Traffic"),
        order=Text("느린 순", "the slowest first"),
        figures=("traffic-speed", "accidents", "subway-crowding", "bikes", "parking-free"),
        columns=(
            Column("traffic-speed", Text("속도", "Speed")),
            Column("accidents", Text("사고", "Accidents")),
            Column("bikes", here().called("bikes", Text("자전거", "Bicycles"))),
            Column("parking-free", Text("빈 면", "Parking")),
        ),
        incidents=("crash", "road.", "traffic.", "alert.transport"),
        lowest_first=True,
    )

    def judge(self, values: Mapping[str, float]) -> tuple[Text, bool]:
        scale = here().scale_of(SPEED)
        if scale is None or SPEED not in values:
            return Text("자료 없음", "no data"), False
        grade = scale.grade[scale.place(values[SPEED])]
        return grade.name, grade.grave

    def say(self, values: Mapping[str, float]) -> Text:
        scale, name = here().scale_of(SPEED), here().short
        if scale is None or SPEED not in values:
            return NOTHING
        word, speed = self.judge(values)[0], f"{values[SPEED]:.1f} {scale.unit.en}"
        return Text(
            f"{name.ko} 도로는 지금 {word.ko}, 평균 {speed}입니다.",
            f"Roads of {name.en} are {word.en} now, {speed} on average.",
        )
