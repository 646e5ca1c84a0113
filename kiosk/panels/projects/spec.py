"""Projects on the map."""

from kiosk.core.shown import STANDINGS
from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="projects",
    title=Text("사업", "Projects"),
    subtitle=Text("지도, 단계, 예산, 성과", "map, phase, budget, KPI"),
    presenter="kiosk.panels.projects.presenter:ProjectsPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=1,
    category="programmes",
    sdg=(9, 11),
    narrowings=tuple(STANDINGS.items()),
    items=("portfolio", "project"),
)
