"""Money by owner, type and field."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="investment",
    title=Text("예산과 투자", "Budget"),
    subtitle=Text("분야별 예산, 정보화 투자", "budget by field, IT investment"),
    presenter="kiosk.panels.investment.presenter:InvestmentPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=3,
    category="administration",
    sdg=(8, 9, 16),
    items=("investment", "budget"),
)
