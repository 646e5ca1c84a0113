"""Health and welfare by district."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="health",
    title=Text("보건", "Health"),
    subtitle=Text("응급실, 구급, 돌봄", "beds, ambulances, care"),
    presenter="kiosk.panels.health.presenter:HealthPresenter",
    view="kiosk.panels.field_view:FieldView",
    order=7,
    sdg=(3,),
)
