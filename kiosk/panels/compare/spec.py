"""Compare: a district beside the city and the ends of the order."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="compare",
    title=Text("비교 보기", "Compare"),
    subtitle=Text("한 지표를 나란히", "one indicator side by side"),
    presenter="kiosk.panels.compare.presenter:ComparePresenter",
    view="kiosk.panels.compare.view:CompareView",
    category="administration",
)
