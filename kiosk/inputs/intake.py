"""Every input of the wall and of the tablets on its way to the one Dispatcher."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from gestures.events import GestureEvent, Phase
from kiosk.core.bindings import Binding, Bindings, Input
from kiosk.core.clock import Clock
from kiosk.core.dispatcher import Dispatcher
from kiosk.core.invocation import Actor, Invocation, Outcome, Source, Status
from kiosk.core.policy import Policy
from kiosk.core.profiles import Profiles
from kiosk.core.state import Store
from kiosk.inputs.recorded import (
    Answered,
    Flicked,
    Gestured,
    Keyed,
    Pointed,
    Requested,
    Told,
    Touched,
    WallInput,
)
from kiosk.wire.messages import Device, RefusedRequest, Role, TabletRequest
from kiosk.wire.text import Text
from voice.events import Answer, Choice, IntentMatch, NoMatch, NoMatchReason

Watcher = Callable[[WallInput], None]
_SYSTEM = Actor("system", "mayor")


class Intake:
    """Makes Invocations and submits them. One for the whole wall."""

    def __init__(
        self,
        *,
        dispatcher: Dispatcher,
        store: Store,
        bindings: Bindings,
        policy: Policy,
        clock: Clock,
        profiles: Profiles = Profiles(),  # noqa: B008 - frozen
    ) -> None:
        self._dispatcher = dispatcher
        self._store = store
        self._bindings = bindings
        self._wall_role = policy.wall_role
        self._profiles = profiles
        self._clock = clock
        self._count = 0
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> None:
        """`watcher(input)` is called before each input is acted on: recordings hang here."""
        self._watchers.append(watcher)

    def touch(self, command: str, args: dict[str, Any], trigger: str) -> Outcome:
        self._tell(Touched(self._clock.now_ms(), command, args, trigger))
        return self._press(command, args, trigger)

    def _press(self, command: str, args: dict[str, Any], trigger: str) -> Outcome:
        return self._dispatcher.submit(self._make(command, args, Source.TOUCH, trigger))

    def key(self, name: str) -> Outcome | None:
        """None when no binding knows this key. On a dimmed wall any key wakes, and does no more:
        nobody sees what it would do."""
        self._tell(Keyed(self._clock.now_ms(), name))
        if self._store.state.dimmed:
            return self._dispatcher.submit(self._make("system.wake", {}, Source.KEYBOARD, name))
        binding = self._bound("key", name)
        if binding is None:
            return None
        invocation = self._make(binding.command, binding.args, Source.KEYBOARD, name)
        return self._dispatcher.submit(invocation)

    def gesture(self, event: GestureEvent) -> Outcome | None:
        """None when the gesture is bound to nothing here (the HUD still names it)."""
        self._tell(Gestured(self._clock.now_ms(), event))
        if event.phase not in (Phase.FIRED, Phase.BEGAN):
            return None
        binding = self._bound("gesture", event.kind.value)
        if binding is None:
            return None
        trigger = event.kind.value
        invocation = self._make(binding.command, binding.args, Source.GESTURE, trigger)
        return self._dispatcher.submit(invocation)

    def flick(self, towards: str) -> Outcome | None:
        """A finger flicked across the panel: what the hand's swipe that way gives there."""
        self._tell(Flicked(self._clock.now_ms(), towards))
        binding = self._bound("gesture", f"swipe_{towards}")
        if binding is None:
            return None
        return self._press(binding.command, binding.args, f"flick_{towards}")

    def pointed(self, command: str, args: dict[str, Any], act: str) -> Outcome:
        """The hand's pointer pressed a target on the screen; `act` is what the hand did."""
        self._tell(Pointed(self._clock.now_ms(), command, args, act))
        return self._dispatcher.submit(self._make(command, args, Source.GESTURE, act))

    def answered(self, answer: Answer) -> Outcome:
        """Whatever speech came to."""
        if isinstance(answer, IntentMatch):
            return self.voice(answer)
        return self.misheard(answer) if isinstance(answer, NoMatch) else self.ambiguous(answer)

    def voice(self, match: IntentMatch) -> Outcome:
        self._tell(Answered(self._clock.now_ms(), match))
        invocation = self._make(match.command, dict(match.args), Source.VOICE, match.text)
        return self._dispatcher.submit(invocation)

    def misheard(self, no_match: NoMatch) -> Outcome:
        """Speech that became no command is answered and written down too."""
        self._tell(Answered(self._clock.now_ms(), no_match))
        invocation = self._make("", {}, Source.VOICE, no_match.heard)
        outcome = self._dispatcher.refuse(invocation, Status.UNKNOWN, _refusal(no_match))
        if no_match.reason is NoMatchReason.UNSURE and no_match.near:
            self._offer(no_match.heard, no_match.near, sure=False)
        return outcome

    def ambiguous(self, choice: Choice) -> Outcome:
        """Puts the question on the screen; `choice.take` answers it."""
        self._tell(Answered(self._clock.now_ms(), choice))
        return self._offer(choice.heard, choice.options, sure=True)

    def _offer(self, heard: str, matches: Sequence[IntentMatch], *, sure: bool) -> Outcome:
        options = [
            {"label": match.text, "command": match.command, "args": match.args} for match in matches
        ]
        return self._told("choice.offer", {"heard": heard, "options": options, "sure": sure})

    def system(self, command: str, args: dict[str, Any]) -> Outcome:
        """What a process told the wall, not a person."""
        self._tell(Told(self._clock.now_ms(), command, args))
        return self._told(command, args)

    def _told(self, command: str, args: dict[str, Any]) -> Outcome:
        return self._dispatcher.submit(self._make(command, args, Source.SYSTEM, "", _SYSTEM))

    def tablet(self, request: TabletRequest, device: Device | None) -> Outcome:
        """A request of a device that is unknown or revoked is denied."""
        known = device is not None and not device.revoked
        self._tell(
            Requested(
                self._clock.now_ms(),
                request.device,
                request.command,
                device.role if device is not None and known else None,
                request.args,
                request.verified,
            )
        )
        actor = Actor(request.device, device.role if device else "visitor")
        name = device.name if device else request.device
        invocation = msgspec.structs.replace(
            self._make(request.command, request.args, Source.TABLET, name, actor),
            verified=request.verified,
        )
        if device is None or device.revoked:
            reason = Text("연결되지 않은 태블릿입니다", "This tablet is not paired")
            return self._dispatcher.refuse(invocation, Status.DENIED, reason)
        return self._dispatcher.submit(invocation)

    def rights_changed(self, device: Device) -> None:
        """What this tablet has asked and nobody has confirmed yet is void."""
        self._dispatcher.withdraw(device.id)

    def turned_away(self, refused: RefusedRequest) -> Outcome:
        """Somebody whom the tablets' server did not let in."""
        actor = Actor(refused.address, "visitor")
        invocation = self._make("", {}, Source.TABLET, refused.reason, actor)
        reason = Text("연결을 거절했습니다", "A connection was refused")
        return self._dispatcher.refuse(invocation, Status.DENIED, reason)

    def camera_refused(self, camera: str, reason: Text) -> Outcome:
        """A camera's address leads where none may lead."""
        invocation = self._make("", {"camera": camera}, Source.SYSTEM, "camera", _SYSTEM)
        return self._dispatcher.refuse(invocation, Status.DENIED, reason)

    def _tell(self, told: WallInput) -> None:
        for watcher in self._watchers:
            watcher(told)

    def _bound(self, kind: Input, on: str) -> Binding | None:
        state = self._store.state
        return self._bindings.find(kind, on, state.panel, state.person)

    def _role(self) -> Role:
        """Of whom the wall works for; without a profile, of whoever stands before it."""
        chosen = self._store.state.profile
        profile = self._profiles.find(chosen) if chosen else None
        return profile.role if profile is not None else self._wall_role

    def _make(
        self,
        command: str,
        args: dict[str, Any],
        source: Source,
        trigger: str,
        actor: Actor | None = None,
    ) -> Invocation:
        self._count += 1
        t_ms = self._clock.now_ms()
        return Invocation(
            id=f"{t_ms}-{self._count}",
            command=command,
            args=args,
            source=source,
            actor=actor or Actor("wall", self._role()),
            trigger=trigger,
            t_ms=t_ms,
        )


_REASONS = {
    NoMatchReason.SILENCE: Text("말씀이 들리지 않았습니다", "Nothing was heard"),
    NoMatchReason.UNKNOWN: Text("아는 명령이 아닙니다", "This is no command I know"),
    NoMatchReason.UNSURE: Text("잘 듣지 못했습니다", "I did not hear that well enough"),
    NoMatchReason.NO_SUCH_VALUE: Text(
        "그런 날짜나 값은 없습니다", "There is no such date or value"
    ),
    NoMatchReason.NOT_OURS: Text("명령으로 듣지 않았습니다", "That did not sound like a command"),
    NoMatchReason.NOISY: Text("너무 시끄럽습니다", "Too noisy"),
}


def _refusal(no_match: NoMatch) -> Text:
    base = _REASONS[no_match.reason]
    if not no_match.suggestions:
        return base
    nearest = ", ".join(f"‘{phrase}’" for phrase in no_match.suggestions[:3])
    return Text(f"{base.ko}. 이렇게 말해 보세요: {nearest}", f"{base.en}. Try: {nearest}")
