"""Other cities: partners, visits, events."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="relations",
    title=Text("국제 협력", "Cooperation"),
    subtitle=Text("협력, 방문, 행사", "partners, visits, events"),
    presenter="kiosk.panels.relations.presenter:RelationsPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=4,
    category="programmes",
    sdg=(17,),
    items=("relations", "partner", "event"),
)
