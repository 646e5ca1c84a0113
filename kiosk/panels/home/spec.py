"""Home: the first thing on the wall."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="home",
    title=Text("시정 상황판", "City overview"),
    subtitle=Text("지금 · 현안 · 지도", "now · issues · map"),
    presenter="kiosk.panels.home.presenter:HomePresenter",
    view="kiosk.panels.home.view:HomeView",
    order=1,
    category="kiosk",
    icon="home",
    sdg=(9, 11),
)
