"""Pledges: visions, areas, tasks, late ones first."""

from kiosk.core.shown import STANDINGS
from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="pledges",
    title=Text("공약", "Pledges"),
    subtitle=Text("비전, 분야, 과제", "visions, areas, tasks"),
    presenter="kiosk.panels.pledges.presenter:PledgesPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=2,
    category="administration",
    sdg=(5, 10, 11, 16),
    narrowings=tuple(STANDINGS.items()),
    items=("vision", "area", "pledge"),
)
