"""What papers, agencies and press offices tell of the city."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="news",
    title=Text("뉴스", "News"),
    subtitle=Text("언론 보도, 시각과 지역", "reports, their time and place"),
    presenter="kiosk.panels.news.presenter:NewsPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=4,
    category="citizens",
    sdg=(11, 16),
    items=("news",),
)
