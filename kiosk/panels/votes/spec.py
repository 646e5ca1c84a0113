"""What citizens are asked by the city, and ask one another."""

from kiosk.panels.panel import PanelSpec
from kiosk.wire.text import Text

SPEC = PanelSpec(
    id="votes",
    title=Text("시민 투표", "Votes"),
    subtitle=Text("정책투표, 커뮤니티투표", "policy and community votes"),
    presenter="kiosk.panels.votes.presenter:VotesPresenter",
    view="kiosk.panels.outline.view:OutlineView",
    order=3,
    category="citizens",
    sdg=(10, 16),
    items=("polls", "poll", "option", "milestone", "trust", "turnout", "uses"),
    narrowings=(
        ("names", Text("이름·구호", "Names, slogans")),
        ("content", Text("만족도·선호도", "Satisfaction")),
        ("board", Text("모임 게시판", "Community board")),
    ),
)
