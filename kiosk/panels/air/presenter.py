"""Air: dust and ozone of each district's station with their grade, and what to do about it."""

from collections.abc import Mapping

from kiosk.pack import here
from kiosk.panels.air.grades import graded, worst
from kiosk.panels.classes import Classes
from kiosk.panels.fields import NOTHING, Column, Field, FieldPresenter
from kiosk.wire.text import Text

DUST = ("pm10", "pm25")
"""Without these a station's air is not called good, whatever its ozone is."""


class AirPresenter(FieldPresenter):
    field = Field(
        panel="air",
        title=Text("대기질", "Air"),
        order=Text("초미세먼지 높은 순", "most fine dust first"),
        figures=("pm25", "pm10", "ozone", "temperature", "wind"),
        columns=(
            Column("pm25", Text("PM2.5", "PM2.5")),
            Column("pm10", Text("PM10", "PM10")),
            Column("ozone", Text("오존", "Ozone")),
        ),
        incidents=("alert.met", "alert.env", "weather."),
    )

    def classes(
        self, indicator: str, values: Mapping[str, float], codes: tuple[str, ...]
    ) -> Classes | None:
        return graded(indicator, values, codes)

    def judge(self, values: Mapping[str, float]) -> tuple[Text, bool]:
        grade = worst(values)
        if grade is None or not all(p in values for p in DUST if here().scale_of(p)):
            return Text("자료 없음", "no data"), False
        return grade.name, grade.grave

    def say(self, values: Mapping[str, float]) -> Text:
        grade = worst(values)
        if grade is None:
            return NOTHING
        word, advice = grade.name, grade.advice
        return Text(f"지금 {word.ko}. {advice.ko}", f"Now {word.en}. {advice.en}")
