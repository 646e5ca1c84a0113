"""The Sustainable Development Goals and what serves them."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="goals",
    title=Text("지속가능발전목표", "SDGs"),
    subtitle=Text("목표와 화면", "goals and panels"),
    presenter="kiosk.panels.goals.presenter:GoalsPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=5,
    category="programmes",
    sdg=(17,),
    items=("sdg", "target"),
)
