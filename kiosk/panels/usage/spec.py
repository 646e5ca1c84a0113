"""Use of the wall: which panels, by which input, at what time of day."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="usage",
    title=Text("이용 현황", "Use of the wall"),
    subtitle=Text("화면별, 입력별, 시간대별", "by panel, input and hour"),
    presenter="kiosk.panels.usage.presenter:UsagePresenter",
    view="kiosk.panels.usage.view:UsageView",
    category="kiosk",
    sdg=(16,),
)
