"""The one door: resolve, validate, when, policy, confirm, run, audit."""

import logging
from collections.abc import Callable
from typing import Any

import msgspec

from kiosk.core.audit import AuditLog, AuditRecord
from kiosk.core.clock import Clock
from kiosk.core.confirm import Confirmations
from kiosk.core.errors import BadArguments, Denied, Unavailable, UnknownCommand, UserError
from kiosk.core.invocation import Invocation, Outcome, Status
from kiosk.core.policy import Policy
from kiosk.core.registry import Args, Command, Registry, Result, Risk, Send, validate
from kiosk.core.state import ConfirmationView, Store, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

log = logging.getLogger(__name__)

Carry = Callable[[Send], bool]
Watcher = Callable[[AuditRecord], None]

_STATUS: dict[type[UserError], Status] = {
    UnknownCommand: Status.UNKNOWN,
    BadArguments: Status.BAD_ARGUMENTS,
    Unavailable: Status.UNAVAILABLE,
    Denied: Status.DENIED,
}


class Dispatcher:
    """Takes every Invocation, answers every one, and writes every one down.

    `carry` brings a message to a process and says whether it was taken.
    """

    def __init__(
        self,
        *,
        registry: Registry,
        store: Store,
        policy: Policy,
        world: World,
        audit: AuditLog,
        clock: Clock,
        carry: Carry,
        confirmations: Confirmations | None = None,
    ) -> None:
        self._registry = registry
        self._store = store
        self._policy = policy
        self._world = world
        self._audit = audit
        self._clock = clock
        self._carry = carry
        self._confirmations = confirmations or Confirmations()
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> None:
        """`watcher(record)` is called after each Invocation; the screen's answer hangs here."""
        self._watchers.append(watcher)

    def submit(self, invocation: Invocation) -> Outcome:
        """Never raises."""
        return self._submit(invocation, confirmed=False)

    def _submit(self, invocation: Invocation, *, confirmed: bool) -> Outcome:
        begin_ms = self._clock.monotonic_ms()
        before = self._store.state.panel
        follow: _Follow | None = None
        try:
            outcome, follow = self._attempt(invocation, confirmed)
        except UserError as refusal:
            outcome = Outcome(invocation.id, _STATUS[type(refusal)], refusal.reason)
        except Exception:
            log.exception("command %s failed", invocation.command)
            outcome = Outcome(
                invocation.id,
                Status.FAILED,
                Text(
                    "프로그램 오류로 하지 못했습니다. 화면은 그대로입니다",
                    "A fault in the program prevented this. Nothing has changed",
                ),
            )
        opened = self._store.state.panel != before
        self._record(invocation, outcome, self._clock.monotonic_ms() - begin_ms, opened)
        if follow is None:
            return outcome
        return self._submit(follow.invocation, confirmed=follow.confirmed)

    def refuse(self, invocation: Invocation, status: Status, reason: Text) -> Outcome:
        """Writes down an input that could not become a command at all."""
        outcome = Outcome(invocation.id, status, reason)
        self._record(invocation, outcome, 0.0, opened=False)
        return outcome

    def withdraw(self, actor: str) -> None:
        """The actor's rights have changed: what they were asked about is no longer to be done."""
        pending = self._confirmations.pending
        if pending is None or pending.invocation.actor.id != actor:
            return
        self._confirmations.drop()
        self._store.put(replace(self._store.state, confirmation=None))
        self.refuse(
            _derived(pending.invocation, "withdrawn", t_ms=self._clock.now_ms()),
            Status.DENIED,
            Text(
                "물음을 연 태블릿의 권한이 바뀌어 하지 않았습니다",
                "Not done: the rights of the tablet that asked have changed",
            ),
        )

    def tick(self) -> None:
        """Takes away questions that nobody answered in time."""
        now_ms = self._clock.now_ms()
        state = self._store.state
        expired = self._confirmations.drop_expired(now_ms)
        if expired is not None:
            seconds = round(self._policy.confirm_s)
            self.refuse(
                _derived(expired.invocation, "expired", t_ms=now_ms),
                Status.UNAVAILABLE,
                Text(
                    f"{seconds}초 동안 확인이 없어 하지 않았습니다",
                    f"Not done: nobody confirmed within {seconds} seconds",
                ),
            )
        if state.confirmation is not None and now_ms >= state.confirmation.expires_ms:
            state = replace(state, confirmation=None)
        if state.choice is not None and now_ms >= state.choice.expires_ms:
            state = replace(state, choice=None)
        if state.pairing is not None and now_ms >= state.pairing.expires_ms > 0:
            state = replace(state, pairing=None)
        if state.pin is not None and now_ms >= state.pin.expires_ms:
            state = replace(state, pin=None)
        self._store.put(state)

    def _attempt(self, invocation: Invocation, confirmed: bool) -> tuple[Outcome, "_Follow | None"]:
        command = self._registry.resolve(invocation.command)
        args = validate(command, invocation.args)
        if command.signed:
            args = msgspec.structs.replace(args, **{command.signed: invocation.actor.id})
        self._check_now(command)
        decision = self._policy.decide(command, invocation)
        if (decision == "confirm" or command.always_asked) and not confirmed:
            return self._ask(command, invocation, args), None
        result = command.run(self._store.state, args, self._world)
        self._check_shown(result.state.panel)
        if result.answer is not None:
            nonce = str(invocation.args.get("nonce", ""))
            return self._answered(invocation, result, nonce)
        before = self._store.state.panel
        self._apply(result)
        follow = None
        if result.then is not None:
            name, then_args = result.then
            follow = _Follow(_derived(invocation, "then", command=name, args=then_args))
        return Outcome(invocation.id, Status.DONE, self._with_age(result.say, before)), follow

    def _check_shown(self, panel: str) -> None:
        """A city may show fewer panels than there are commands that lead to one."""
        if self._world.panels and panel not in self._world.panels:
            raise Unavailable(
                Text("이 도시에서는 보이지 않는 화면입니다", "This city does not show that panel")
            )

    def _with_age(self, say: Text, before: str) -> Text:
        """Whoever opens a panel is told when what stands there is old."""
        panel = self._store.state.panel
        age = self._world.standing(panel) if panel != before else Text("", "")
        return Text(f"{say.ko}. {age.ko}", f"{say.en}. {age.en}") if age.ko else say

    def _check_now(self, command: Command) -> None:
        state = self._store.state
        if state.locked and not command.while_locked:
            raise Unavailable(
                Text(
                    "화면이 잠겨 있습니다. 화면을 눌러 푸세요",
                    "The wall is locked. Touch to unlock",
                )
            )
        if command.when is not None and not command.when.holds(state, self._world):
            raise Unavailable(command.when.reason)

    def _ask(self, command: Command, invocation: Invocation, args: Args) -> Outcome:
        expires_ms = self._clock.now_ms() + round(self._policy.confirm_s * 1000)
        question = command.question or Text(
            f"{command.title.ko}, 할까요?", f"{command.title.en}: shall I?"
        )
        why = _WHY[command.risk]
        if command.ask is not None:
            made = command.ask(self._store.state, args, self._world)
            question, why = made.words, made.why or why
            invocation = msgspec.structs.replace(invocation, args=made.args)
        pending = self._confirmations.ask(command, invocation, expires_ms)
        view = ConfirmationView(
            nonce=pending.nonce,
            question=question,
            why=why,
            verb=command.title,
            expires_ms=expires_ms,
        )
        self._store.put(replace(self._store.state, confirmation=view))
        return Outcome(invocation.id, Status.NEEDS_CONFIRM, question)

    def _answered(
        self, invocation: Invocation, result: Result, nonce: str
    ) -> tuple[Outcome, "_Follow | None"]:
        """The person said yes or no to the question on the screen; anybody may say no."""
        if result.answer:
            self._check_answer(invocation)
        pending = self._confirmations.redeem(nonce, self._clock.now_ms())
        self._store.put(replace(result.state, confirmation=None))
        outcome = Outcome(invocation.id, Status.DONE, result.say)
        if not result.answer:
            return outcome, None
        return outcome, _Follow(_derived(pending.invocation, "confirmed"), confirmed=True)

    def _check_answer(self, invocation: Invocation) -> None:
        pending = self._confirmations.pending
        if pending is None:
            return
        asked = pending.invocation
        if not self._policy.may_answer(pending.command.risk, invocation.source):
            raise Denied(
                Text(
                    "이 확인은 다른 입력으로 해야 합니다. 화면을 눌러 주세요",
                    "This must be confirmed in another way. Please touch the screen",
                )
            )
        own = asked.actor.id == invocation.actor.id
        granted = own and self._policy.grants(pending.command, invocation)
        if not granted and not self._policy.may_take(pending.command.risk, invocation.actor.role):
            raise Denied(Text("이 확인을 할 권한이 없습니다", "No right to say yes to this"))
        if self._policy.must_verify(pending.command.risk, invocation):
            raise Denied(
                Text(
                    "본인 확인이 필요합니다. 태블릿에서 본인 확인을 하거나 벽을 눌러 주세요",
                    "Verify yourself on the tablet for this, or touch the wall",
                )
            )
        same = (asked.source, asked.trigger) == (invocation.source, invocation.trigger)
        if same and not invocation.verified:
            raise Denied(
                Text(
                    "같은 동작으로는 확인할 수 없습니다",
                    "The same act can't confirm itself",
                )
            )

    def _apply(self, result: Result) -> None:
        for send in result.sends:
            if not self._carry(send) and send.needed:
                raise Unavailable(
                    Text(
                        f"지금 응답하지 않습니다: {send.to}",
                        f"Does not answer now: {send.to}",
                    )
                )
        if result.state.confirmation is None:
            self._confirmations.drop()
        self._store.put(result.state)

    def _record(
        self, invocation: Invocation, outcome: Outcome, took_ms: float, opened: bool
    ) -> None:
        state = self._store.state
        shown = self._registry.redact(invocation.command, invocation.args)
        record = AuditRecord.of(
            msgspec.structs.replace(invocation, args=shown),
            outcome,
            took_ms,
            panel=state.panel,
            opened=opened,
            profile=state.profile,
        )
        try:
            self._audit.append(record)
        except OSError:
            log.critical("audit record %s could not be written", record.id, exc_info=True)
        for watcher in self._watchers:
            watcher(record)


_MISREAD = Text(
    "손짓, 말, 태블릿은 잘못 읽힐 수 있어 한 번 더 묻습니다",
    "Asked again: gestures, speech and tablets can be misread",
)
_WHY = {
    Risk.VIEW: _MISREAD,
    Risk.CONTROL: _MISREAD,
    Risk.RECORD: Text(
        "사람의 손을 기록하는 일이라 손가락으로 확인합니다",
        "Asked again: this records people's hands. A finger confirms it",
    ),
    Risk.REACH: Text(
        "다른 사람에게 닿는 일이라 한 번 더 묻습니다", "Asked again: this reaches other people"
    ),
    Risk.ADMIN: Text(
        "누가 무엇을 할 수 있는지 바꾸는 일이라 한 번 더 묻습니다",
        "Asked again: this changes who may do what, or stops the kiosk",
    ),
}


class _Follow(msgspec.Struct, frozen=True):
    """An Invocation that comes out of another: a choice taken, a question answered with yes."""

    invocation: Invocation
    confirmed: bool = False


def _derived(invocation: Invocation, suffix: str, **changes: Any) -> Invocation:
    return msgspec.structs.replace(invocation, id=f"{invocation.id}.{suffix}", **changes)
