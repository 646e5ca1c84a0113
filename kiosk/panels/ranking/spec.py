"""Ranking: every district in the order of a figure."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="ranking",
    title=Text("순위", "Ranking"),
    subtitle=Text("한 지표의 차례", "the order by one indicator"),
    presenter="kiosk.panels.ranking.presenter:RankingPresenter",
    view="kiosk.panels.ranking.view:RankingView",
    category="administration",
)
