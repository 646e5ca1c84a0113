"""Air: 25 stations with grade and advice."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="air",
    title=Text("대기질", "Air"),
    subtitle=Text("구역별 측정소", "stations by area"),
    presenter="kiosk.panels.air.presenter:AirPresenter",
    view="kiosk.panels.field_view:FieldView",
    order=5,
    sdg=(3, 11, 13),
)
