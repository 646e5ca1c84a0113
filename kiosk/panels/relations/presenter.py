"""Other cities: partners, visits, events. No Qt."""

from kiosk.panels.outline.pictures import on_map, over_world
from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.scene import Outline
from kiosk.panels.relations.spec import SPEC
from kiosk.wire.text import Text


class RelationsPresenter(OutlinePresenter):
    """See kiosk.panels.panel.Presenter."""

    outline = Outline(
        panel=SPEC.id,
        title=SPEC.title,
        about=Text(
            "다른 도시와 하는 일.",
            "What is done with other cities.",
        ),
        kinds=SPEC.items,
        draw=(
            over_world,
            on_map,
        ),
    )
