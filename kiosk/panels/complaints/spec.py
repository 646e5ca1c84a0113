"""Citizens' complaints."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="complaints",
    title=Text("시민 민원", "Complaints"),
    subtitle=Text("접수, 처리, 답변", "received, handled, answered"),
    presenter="kiosk.panels.complaints.presenter:ComplaintsPresenter",
    view="kiosk.panels.complaints.view:ComplaintsView",
    order=1,
    category="citizens",
    sdg=(11, 16),
)
