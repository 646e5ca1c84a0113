"""What citizens say: suggestions, rising words, calls. No Qt."""

from kiosk.panels.outline.pictures import as_parts, on_map
from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.scene import Outline
from kiosk.panels.voices.spec import SPEC
from kiosk.wire.text import Text


class VoicesPresenter(OutlinePresenter):
    """See kiosk.panels.panel.Presenter."""

    outline = Outline(
        panel=SPEC.id,
        title=SPEC.title,
        about=Text(
            "시민이 낸 제안, 떠오르는 말, 전화 상담.",
            "Ideas of citizens, words that rise, calls to the city.",
        ),
        kinds=SPEC.items,
        draw=(
            as_parts,
            on_map,
        ),
    )
