"""What hand and voice are doing: HUDs, the pointer, and their way to the intake."""

from collections.abc import Callable

import msgspec

from gestures.events import EngageState, GestureEvent, GestureKind, GestureStatus, Phase
from kiosk.app.part import Part
from kiosk.app.steady import Steady
from kiosk.app.world import WallWorld
from kiosk.core.bindings import DRAGGED, Binding
from kiosk.core.state import Store
from kiosk.inputs import Intake
from kiosk.panels.panel import HandHelp
from kiosk.ui.components.action import Action
from kiosk.ui.components.gesture_hud import GestureHudView, gesture_hud_view
from kiosk.ui.components.voice_hud import (
    VoiceHudView,
    quoted,
    refused_voice_view,
    voice_hud_view,
)
from kiosk.ui.shell import Shell
from kiosk.wire.messages import (
    GestureSeen,
    GestureView,
    Message,
    VoiceChoice,
    VoiceMatched,
    VoiceRefused,
    VoiceView,
)
from kiosk.wire.text import Text
from voice.events import ListeningState, VoiceStatus

LISTEN = Action(Text("말하기", "Speak"), "voice.listen", {}, "voice")
USE_HANDS = Action(Text("손짓 켜기", "Use gestures"), "gestures.use", {}, "hands")
ANSWER_MS = 4_000
_LISTENING = (ListeningState.LISTENING, ListeningState.HEARING, ListeningState.DECIDING)


class Senses(Part):
    """Keeps both HUDs true. `changed` is called when a sensor begins or ends to be in use. `wake`:
    the call that begins a command without a press; the microphone is then heard all the time."""

    hears = (GestureSeen, GestureView, VoiceView, VoiceMatched, VoiceRefused, VoiceChoice)

    def __init__(
        self,
        *,
        shell: Shell,
        intake: Intake,
        store: Store,
        hands: HandHelp,
        world: WallWorld,
        changed: Callable[[], None],
        wake: str = "",
    ) -> None:
        self._invitation = _invitation(wake)
        self._always = bool(wake)
        self._shell = shell
        self._intake = intake
        self._store = store
        self._hands = hands
        self._world = world
        self._changed = changed
        self.engaged = False
        self.listening = False
        self._steady = Steady()
        self._answer: VoiceHudView | None = None
        self._answer_until_ms = 0
        self.processes_changed()

    def receive(self, message: Message) -> None:
        match message:
            case GestureView() | GestureSeen() if not self._store.state.screen.hands:
                return
            case GestureView(status=status):
                self._hand(status)
            case GestureSeen(event=event):
                self._gesture(event)
            case VoiceView(status=status):
                self._set_listening(status.state in _LISTENING)
                if status.state is not ListeningState.RESTING or not self._answer_stands():
                    self._show_voice(status)
            case VoiceMatched(match=match):
                self._say(VoiceHudView("accepted", Text("인식", "Heard"), quoted(match.text)))
                self._intake.voice(match)
            case VoiceRefused(no_match=no_match):
                self._say(refused_voice_view(no_match, LISTEN))
                self._intake.misheard(no_match)
            case VoiceChoice(choice=choice):
                heard = quoted(choice.heard)
                self._say(VoiceHudView("choice", Text("어느 쪽입니까?", "Which one?"), heard))
                self._intake.ambiguous(choice)
            case _:
                raise TypeError(f"no sense for {type(message).__name__}")

    def processes_changed(self) -> None:
        """A sensor that is off says so in place of the HUD's invitation."""
        if self._world.health("gestures") != "running":
            self.engaged = False
            self._shell.set_pointer(None)
            self._shell.drag.end(GestureKind.GRAB_DRAG.value)
            reason = self._world.process("gestures").reason
            self._shell.set_gesture(_resting(reason, Text("손짓 쉼", "Gestures resting")))
        elif not self._store.state.screen.hands:
            self._rest_hands()
        if self._world.health("voice") != "running":
            self.listening = False
            process = self._world.process("voice")
            small = Text("음성 쉼", "Voice resting")
            words = process.reason if process.reason.ko else _TOUCH
            self._shell.set_voice(VoiceHudView("off", small, words))
        elif not self.listening and not self._answer_stands():
            self._shell.set_voice(self._invitation)

    @property
    def hearing(self) -> bool:
        """Whether the microphone is in use: a window is open, or a call is waited for."""
        return self.listening or (self._always and self._world.health("voice") == "running")

    def _show_voice(self, status: VoiceStatus) -> None:
        resting = status.state is ListeningState.RESTING
        self._shell.set_voice(self._invitation if resting else voice_hud_view(status, LISTEN))

    def _rest_hands(self) -> None:
        """A person let them rest: what the camera sees means nothing until they count again."""
        self.engaged = False
        self._shell.set_pointer(None)
        self._shell.drag.end(GestureKind.GRAB_DRAG.value)
        small = Text("손짓을 껐습니다", "Gestures are off")
        words = Text("누르면 켜집니다", "Press to have them back")
        self._shell.set_gesture(GestureHudView("off", small, words, action=USE_HANDS))

    def tick(self) -> None:
        """An answer has been read after four seconds; the HUD invites again."""
        if self._answer is not None and not self._answer_stands():
            self._answer = None
            self.processes_changed()

    def _hand(self, status: GestureStatus) -> None:
        formed = self._steady.see(status.candidate, status.t_ms)
        steady = msgspec.structs.replace(status, candidate=formed)
        self._shell.set_gesture(gesture_hud_view(steady, self._meaning(steady)))
        engaged = status.state is EngageState.ENGAGED
        if engaged != self.engaged:
            self.engaged = engaged
            self._changed()
        if engaged and status.pointer is not None and self._store.state.screen.pointer:
            self._shell.point(*status.pointer, status.t_ms)
        else:
            self._shell.set_pointer(None)

    def _meaning(self, status: GestureStatus) -> Text | None:
        """What the gesture that is forming would do here."""
        if status.candidate is None:
            return None
        state = self._store.state
        return self._hands.does(status.candidate, state.panel, state.person)

    def _gesture(self, event: GestureEvent) -> None:
        if event.kind is GestureKind.PINCH_TAP and event.phase is Phase.FIRED:
            self._shell.press_pointer(event.kind.value)
        elif not self._drags(event):
            self._intake.gesture(event)

    def _drags(self, event: GestureEvent) -> bool:
        """A closed hand moves the map, or a picture that is zoomed, itself; its new place becomes a
        command when it opens.

        False where nothing can be moved, so that the refusal is told as any other.
        """
        bound = self._bound(event.kind)
        if bound is None or bound.command not in DRAGGED:
            return False
        if event.phase is Phase.BEGAN:
            if event.pointer is None or self._store.state.locked:
                return False
            return self._shell.drag.begin(*event.pointer)
        if event.pointer is not None:
            self._shell.drag.move(*event.pointer)
        if event.phase is Phase.ENDED:
            self._shell.drag.end(event.kind.value)
        return True

    def _bound(self, kind: GestureKind) -> Binding | None:
        state = self._store.state
        return self._hands.bindings.find("gesture", kind.value, state.panel, state.person)

    def _set_listening(self, listening: bool) -> None:
        if listening != self.listening:
            self.listening = listening
            self._changed()

    def _say(self, view: VoiceHudView) -> None:
        self._answer = view
        self._answer_until_ms = self._world.now_ms() + ANSWER_MS
        self._shell.set_voice(view)

    def _answer_stands(self) -> bool:
        return self._answer is not None and self._world.now_ms() < self._answer_until_ms


_TOUCH = Text("화면을 눌러 주세요", "Please touch the screen")


def _invitation(wake: str) -> VoiceHudView:
    if not wake:
        return VoiceHudView(action=LISTEN)
    small = Text("부르는 말을 듣는 중", "Waits for the call")
    words = Text(f"‘{wake}’ 하고 말하세요", f"Say “{wake} …”")
    return VoiceHudView(small=small, words=words, action=LISTEN)


def _resting(reason: Text, small: Text) -> GestureHudView:
    return GestureHudView("off", small, reason if reason.ko else _TOUCH)
