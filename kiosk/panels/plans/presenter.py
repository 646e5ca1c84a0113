"""Plans, what they are made of, and who watches over them. No Qt."""

from kiosk.panels.outline.pictures import in_time, on_map
from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.scene import Outline
from kiosk.panels.plans.spec import SPEC
from kiosk.wire.text import Text


class PlansPresenter(OutlinePresenter):
    """See kiosk.panels.panel.Presenter."""

    outline = Outline(
        panel=SPEC.id,
        title=SPEC.title,
        about=Text(
            "기본계획, 디지털기본계획, 위원회.",
            "The master plan, the digital plan, the committees.",
        ),
        kinds=SPEC.items,
        draw=(
            in_time("moment", "meeting"),
            on_map,
        ),
    )
