"""Environment: waste and what is used again, charging and the sun."""

from kiosk.panels.fields import Column, Field, FieldPresenter
from kiosk.wire.text import Text


class EnvironmentPresenter(FieldPresenter):
    field = Field(
        panel="environment",
        title=Text("환경", "Environment"),
        order=Text("폐기물 많은 순", "the most waste first"),
        figures=("household-waste", "recycling", "ev-chargers", "ecomileage", "mini-solar"),
        columns=(
            Column("household-waste", Text("폐기물", "Waste")),
            Column("recycling", Text("재활용", "Recycled")),
            Column("ev-chargers", Text("충전기", "Chargers")),
            Column("mini-solar", Text("태양광", "Solar")),
        ),
        incidents=("alert.env",),
    )
