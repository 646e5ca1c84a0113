"""Orders to those in charge."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="orders",
    title=Text("지시", "Orders"),
    subtitle=Text("지시와 처리 상황", "orders and how far they are"),
    presenter="kiosk.panels.orders.presenter:OrdersPresenter",
    view="kiosk.panels.orders.view:OrdersView",
    order=2,
    category="kiosk",
    sdg=(16,),
)
