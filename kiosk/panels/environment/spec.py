"""Waste, recycling and clean energy by district."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="environment",
    title=Text("환경", "Environment"),
    subtitle=Text("폐기물, 재활용, 충전", "waste, recycling, charging"),
    presenter="kiosk.panels.environment.presenter:EnvironmentPresenter",
    view="kiosk.panels.field_view:FieldView",
    order=9,
    sdg=(7, 11, 12, 13),
)
