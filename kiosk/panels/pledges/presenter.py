"""Pledges: visions, areas, tasks, late ones first. No Qt."""

from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.scene import Outline
from kiosk.panels.pledges.spec import SPEC
from kiosk.wire.text import Text


class PledgesPresenter(OutlinePresenter):
    """See kiosk.panels.panel.Presenter."""

    outline = Outline(
        panel=SPEC.id,
        title=SPEC.title,
        about=Text(
            "시정 4개년 계획의 비전.",
            "The visions of the Four-Year Plan.",
        ),
        kinds=SPEC.items,
        narrowings=SPEC.narrowings,
    )
