"""System: processes, sources, the last commands."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="system",
    title=Text("시스템", "System"),
    subtitle=Text("장비와 자료 상태", "machine and data"),
    presenter="kiosk.panels.system.presenter:SystemPresenter",
    view="kiosk.panels.system.view:SystemView",
    order=4,
    category="kiosk",
    icon="system",
    sdg=(9,),
)
