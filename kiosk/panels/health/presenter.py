"""Health: free emergency beds, hospitals, ambulances, and who needs looking after."""

from kiosk.panels.fields import Column, Field, FieldPresenter
from kiosk.wire.text import Text


class HealthPresenter(FieldPresenter):
    field = Field(
        panel="health",
        title=Text("보건", "Health"),
        order=Text("빈 병상 적은 순", "the fewest free beds first"),
        figures=("er-beds", "ambulance", "elderly-alone", "home-visits", "births"),
        columns=(
            Column("er-beds", Text("빈 병상", "Beds")),
            Column("er-hospitals", Text("응급실", "Emergency")),
            Column("ambulance", Text("구급", "Ambulance")),
            Column("elderly-alone", Text("홀몸", "Alone")),
        ),
        incidents=("alert.health",),
        lowest_first=True,
    )
