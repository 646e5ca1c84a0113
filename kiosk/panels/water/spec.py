"""Water: purification plants against the limits, the river."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="water",
    title=Text("물", "Water"),
    subtitle=Text("정수장, 강", "plants, the river"),
    presenter="kiosk.panels.water.presenter:WaterPresenter",
    view="kiosk.panels.field_view:FieldView",
    order=6,
    sdg=(6, 11),
)
