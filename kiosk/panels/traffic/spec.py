"""Traffic by district."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="traffic",
    title=Text("교통", "Traffic"),
    subtitle=Text("도로, 자전거, 주차", "roads, bicycles, parking"),
    presenter="kiosk.panels.traffic.presenter:TrafficPresenter",
    view="kiosk.panels.field_view:FieldView",
    order=4,
    sdg=(9, 11),
)
