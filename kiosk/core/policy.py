"""Who may do what by which input, and what needs a second word. Read from config/policy.toml."""

from typing import Literal

import msgspec

from kiosk.core.errors import Denied
from kiosk.core.invocation import Invocation, Source
from kiosk.core.registry import Command, Risk
from kiosk.wire.messages import Role
from kiosk.wire.text import Text

Decision = Literal["allow", "confirm"]

_RANK = {Risk.VIEW: 0, Risk.CONTROL: 1, Risk.REACH: 2, Risk.ADMIN: 3}


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits by role, confirmations by risk and input.

    `wall_role`: the role of whoever stands in front of the wall.
    `limit`: the highest risk that a role may take.
    `confirm`: inputs after which a command of this risk is asked back.
    `answer`: inputs that may answer the question about a command of this risk.
    `confirm_s`: how long the question stays.
    """

    wall_role: Role
    limit: dict[Role, Risk]
    confirm: dict[Risk, frozenset[Source]]
    answer: dict[Risk, frozenset[Source]]
    confirm_s: float = 8.0

    def decide(self, command: Command, invocation: Invocation) -> Decision:
        """Raises Denied."""
        source, role = invocation.source, invocation.actor.role
        if source is Source.SYSTEM:
            return "allow"
        if source not in command.sources:
            ways = ", ".join(_SOURCE_NAMES[s].ko for s in Source if s in command.sources)
            ways_en = ", ".join(_SOURCE_NAMES[s].en for s in Source if s in command.sources)
            raise Denied(
                Text(
                    f"‘{command.title.ko}’은 {_SOURCE_NAMES[source].ko}(으)로 할 수 없습니다. "
                    f"가능: {ways}",
                    f"“{command.title.en}” can't be done by {_SOURCE_NAMES[source].en}. "
                    f"Possible: {ways_en}",
                )
            )
        limit = self.limit.get(role)
        if role not in command.roles or limit is None or _RANK[command.risk] > _RANK[limit]:
            raise Denied(
                Text(
                    f"‘{command.title.ko}’ 권한이 없습니다",
                    f"No right to “{command.title.en}”",
                )
            )
        return "confirm" if source in self.confirm.get(command.risk, frozenset()) else "allow"

    def may_answer(self, risk: Risk, source: Source) -> bool:
        return source in self.answer.get(risk, frozenset())


_SOURCE_NAMES = {
    Source.TOUCH: Text("터치", "touch"),
    Source.GESTURE: Text("손짓", "gesture"),
    Source.VOICE: Text("음성", "voice"),
    Source.TABLET: Text("태블릿", "tablet"),
    Source.KEYBOARD: Text("키보드", "keyboard"),
    Source.REPLAY: Text("재생", "replay"),
    Source.SYSTEM: Text("시스템", "the system"),
}
