"""Plans, what they are made of, and who watches over them."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="plans",
    title=Text("계획과 위원회", "Plans"),
    subtitle=Text("전략, 과제, 세부 과제", "strategies, tasks, sub-tasks"),
    presenter="kiosk.panels.plans.presenter:PlansPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=2,
    category="programmes",
    sdg=(9, 11, 16),
    items=(
        "plan",
        "strategy",
        "task",
        "subtask",
        "action",
        "lab",
        "values",
        "value",
        "principle",
        "committee",
        "moment",
        "meeting",
        "opinion",
    ),
)
