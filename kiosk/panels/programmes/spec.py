"""The platform itself and the city's digital programmes."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="programmes",
    title=Text("프로그램", "Programmes"),
    subtitle=Text("플랫폼과 디지털 프로그램", "the platform, digital programmes"),
    presenter="kiosk.panels.programmes.presenter:ProgrammesPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=3,
    category="programmes",
    sdg=(4, 9, 11),
    items=("programme", "phase", "award", "criterion", "programmes", "story", "route"),
)
