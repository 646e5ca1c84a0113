"""Who may do what by which input, and what needs a second word. Read from config/policy.toml."""

from typing import Literal

import msgspec

from kiosk.core.errors import Denied
from kiosk.core.invocation import Invocation, Source
from kiosk.core.registry import Command, Risk
from kiosk.wire.messages import Role
from kiosk.wire.text import Text

Decision = Literal["allow", "confirm"]

_RANK = {Risk.VIEW: 0, Risk.CONTROL: 1, Risk.RECORD: 1, Risk.REACH: 2, Risk.ADMIN: 3}


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits by role, confirmations by risk and input.

    `wall_role`: the role of whoever stands in front of the wall.
    `limit`: the highest risk that a role may take.
    `confirm`: inputs after which a command of this risk is asked back.
    `answer`: inputs that may answer the question about a command of this risk.
    `verify`: risks to which a role can say yes from a tablet only when its user was verified.
    `grant`: commands that a role may give from its own tablet although their risk is above its
    limit; whom they may reach, the commands themselves say.
    `confirm_s`: how long the question stays.
    """

    wall_role: Role
    limit: dict[Role, Risk]
    confirm: dict[Risk, frozenset[Source]]
    answer: dict[Risk, frozenset[Source]]
    verify: dict[Role, frozenset[Risk]] = {}
    grant: dict[Role, frozenset[str]] = {}
    confirm_s: float = 8.0

    def decide(self, command: Command, invocation: Invocation) -> Decision:
        """Raises Denied."""
        source, role = invocation.source, invocation.actor.role
        if source is Source.SYSTEM:
            return "allow"
        if source not in command.sources:
            raise Denied(_other_way(command, source))
        may = self.may_take(command.risk, role) or self.grants(command, invocation)
        if role not in command.roles or not may:
            raise Denied(
                Text(
                    f"‘{command.title.ko}’ 권한이 없습니다",
                    f"No right to “{command.title.en}”",
                )
            )
        return "confirm" if source in self.confirm.get(command.risk, frozenset()) else "allow"

    def may_take(self, risk: Risk, role: Role) -> bool:
        limit = self.limit.get(role)
        return limit is not None and _RANK[risk] <= _RANK[limit]

    def grants(self, command: Command, invocation: Invocation) -> bool:
        """Whether this one command is granted to whoever gives it from a tablet."""
        granted = self.grant.get(invocation.actor.role, frozenset())
        return invocation.source is Source.TABLET and command.id in granted

    def must_verify(self, risk: Risk, invocation: Invocation) -> bool:
        """Whether this answer, from a tablet, lacks its user's verification."""
        demanded = risk in self.verify.get(invocation.actor.role, frozenset())
        return demanded and invocation.source is Source.TABLET and not invocation.verified

    def may_answer(self, risk: Risk, source: Source) -> bool:
        return source in self.answer.get(risk, frozenset())


_BY = {
    Source.TOUCH: Text("터치로", "by touch"),
    Source.GESTURE: Text("손짓으로", "by gesture"),
    Source.VOICE: Text("말로", "by voice"),
    Source.TABLET: Text("태블릿으로", "from a tablet"),
    Source.KEYBOARD: Text("키보드로", "by keyboard"),
    Source.REPLAY: Text("재생으로", "by replay"),
    Source.SYSTEM: Text("시스템이", "by the system"),
}
_PEOPLE = (Source.TOUCH, Source.GESTURE, Source.VOICE, Source.TABLET, Source.KEYBOARD)


def _other_way(command: Command, source: Source) -> Text:
    """Why not like this, and how instead."""
    ways = [_BY[s] for s in _PEOPLE if s in command.sources]
    instead = Text(
        f". {', '.join(way.ko for way in ways)} 할 수 있습니다" if ways else "",
        f". Possible: {', '.join(way.en for way in ways)}" if ways else "",
    )
    return Text(
        f"‘{command.title.ko}’, {_BY[source].ko}는 할 수 없습니다{instead.ko}",
        f"“{command.title.en}” can't be done {_BY[source].en}{instead.en}",
    )
