"""What citizens say: suggestions, rising words, calls."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="voices",
    title=Text("시민 제안·여론", "Citizens' voices"),
    subtitle=Text("제안, 떠오르는 말, 전화 상담", "suggestions, rising words, calls"),
    presenter="kiosk.panels.voices.presenter:VoicesPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=2,
    category="citizens",
    sdg=(11, 16),
    items=("suggestions", "suggestion", "words", "word", "article", "calls", "call"),
)
