"""What stands in the city, kind by kind."""

from kiosk.panels.panel import PanelSpec
from kiosk.panels.places.kinds import KINDS
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="places",
    title=Text("시설", "Places"),
    subtitle=Text("지하철역, 주차장", "stations, car parks"),
    presenter="kiosk.panels.places.presenter:PlacesPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=11,
    sdg=(9, 11),
    narrowings=tuple((kind.word, kind.title) for kind in KINDS),
)
