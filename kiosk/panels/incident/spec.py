"""Incidents: today's list, and one of them with everything that is near it."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="incident",
    title=Text("현안", "Incidents"),
    subtitle=Text("사고, 출동, 현장", "what happens, who is on the way"),
    presenter="kiosk.panels.incident.presenter:IncidentPresenter",
    view="kiosk.panels.incident.view:IncidentView",
    order=2,
    sdg=(3, 11, 16),
)
