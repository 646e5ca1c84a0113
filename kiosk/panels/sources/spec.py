"""Sources: all that the city's data comes from, searchable."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="sources",
    title=Text("자료 출처", "Sources"),
    subtitle=Text("연계 시스템과 자료 종류", "linked systems, kinds of data"),
    presenter="kiosk.panels.sources.presenter:SourcesPresenter",
    view="kiosk.panels.sources.view:SourcesView",
    category="kiosk",
    sdg=(9, 16),
)
