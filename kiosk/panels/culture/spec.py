"""Living in the city: prices, and what is on."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="culture",
    title=Text("물가와 문화", "Living"),
    subtitle=Text("물가, 일주일 행사", "prices, coming events"),
    presenter="kiosk.panels.culture.presenter:CulturePresenter",
    view="kiosk.panels.field_view:FieldView",
    order=10,
    sdg=(8, 11),
)
