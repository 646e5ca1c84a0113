"""Who may see what."""

from kiosk.core.disclosure import SORT_WORDS
from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="disclosure",
    title=Text("공개 범위", "Disclosure"),
    subtitle=Text("시민이 보는 것과 그 이유", "what citizens see, and why"),
    presenter="kiosk.panels.disclosure.presenter:DisclosurePresenter",
    view="kiosk.panels.disclosure.view:DisclosureView",
    category="kiosk",
    sdg=(16,),
    narrowings=tuple(SORT_WORDS.items()),
)
