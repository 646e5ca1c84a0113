"""CCTV: the camera wall."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="cctv",
    title=Text("CCTV", "Cameras"),
    subtitle=Text("도시 영상", "pictures of the city"),
    presenter="kiosk.panels.cctv.presenter:CctvPresenter",
    view="kiosk.panels.cctv.view:CctvView",
    order=3,
    sdg=(11, 16),
)
