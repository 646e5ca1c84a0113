"""The tour, step by step. A step acts as a person does and waits for the Outcome it must have."""

from collections.abc import Callable

import msgspec

from kiosk.pack import here
from kiosk.tools.tour.stage import Stage
from kiosk.wire.messages import FirstPaint, PairingAsked, PairingOffered, SyncState
from kiosk.wire.text import Text

FIRST = ("map.flac", "first_screen.flac")
SECOND = ("camera_jamsu.flac", "complaints.flac", "zoom_out.flac")
NEAR_TWINS = "near_twins.flac"


class Step(msgspec.Struct, frozen=True):
    """`clip` is a recording without which there is nothing to do: a city that does not understand
    it leaves the step out."""

    name: str
    title: Text
    act: Callable[[Stage], None]
    clip: str = ""


def arrive(stage: Stage) -> None:
    stage.touch("nav.home")
    stage.expect("nav.home", source="touch", status="done")


def touch_district(stage: Stage) -> None:
    stage.touch("district.select")
    stage.expect("district.select", source="touch", status="done")


def hands_zoom(stage: Stage) -> None:
    stage.show_hand("made/spread.jsonl.gz")
    stage.expect("map.zoom_in", 20, source="gesture", status="done", trigger="spread")


def hand_drags(stage: Stage) -> None:
    stage.show_hand("made/grab_drag.jsonl.gz")
    stage.expect("map.view", 20, source="gesture", status="done", trigger="grab_drag")


def hand_opens_detail(stage: Stage) -> None:
    stage.show_hand("made/swipe_up.jsonl.gz")
    stage.expect("nav.detail", 20, source="gesture", status="done")


def hand_compares(stage: Stage) -> None:
    stage.show_hand("made/victory.jsonl.gz")
    stage.expect("compare.open", 20, source="gesture", status="done", trigger="victory")


def touch_board(stage: Stage) -> None:
    stage.touch("category.open", category="administration")
    stage.expect("category.open", source="touch", status="done")


def touch_indicator(stage: Stage) -> None:
    stage.touch("indicator.open")
    stage.expect("indicator.open", source="touch", status="done")


def touch_pledge(stage: Stage) -> None:
    """Down the tree of pledges, or of projects where the city shows none, as far as two presses."""
    if here().shows("pledges"):
        stage.touch("panel.open", panel="pledges")
        stage.expect("panel.open", source="touch", status="done")
    else:
        stage.touch("category.open", category="programmes")
        stage.expect("category.open", source="touch", status="done")
    for _ in range(2):
        stage.touch("item.open")
        stage.expect("item.open", source="touch", status="done")


def touch_incident(stage: Stage) -> None:
    """Today's incidents, the most urgent in full, and the one after it."""
    stage.touch("category.open", category="city")
    stage.expect("category.open", source="touch", status="done")
    stage.touch("panel.open", panel="incident")
    stage.expect("panel.open", source="touch", status="done")
    stage.touch("incident.open")
    stage.expect("incident.open", source="touch", status="done")
    stage.touch("incident.next")
    stage.expect("incident.next", source="touch", status="done")


def hand_opens_cameras(stage: Stage) -> None:
    stage.show_hand("palm_three.jsonl")
    stage.expect("panel.open", 20, source="gesture", status="done", trigger="three")


def hand_swipes(stage: Stage) -> None:
    stage.show_hand("palm_swipe_right_left.jsonl")
    stage.expect("cctv.previous", 20, source="gesture", status="done")
    stage.expect("cctv.next", 20, source="gesture", status="done")


def hand_closes(stage: Stage) -> None:
    stage.show_hand("palm_swipe_down.jsonl")
    stage.expect("nav.close", 20, source="gesture", status="done")


def press_and_speak(stage: Stage) -> None:
    """The microphone is a recording here: each listening window hears it."""
    stage.touch("voice.listen")
    stage.expect("voice.listen", source="touch", status="done")
    stage.expect(stage.speech.first(FIRST).command, 20, source="voice", status="done")


def speak_camera(stage: Stage) -> None:
    clip = stage.speech.first(SECOND)
    stage.speak(clip.file)
    stage.expect(clip.command, 20, source="voice", status="done")


def speak_near_twins(stage: Stage) -> None:
    stage.speak(NEAR_TWINS)
    stage.expect("choice.offer", 20, source="system", status="done")
    stage.touch("choice.take", number=1)
    stage.expect("choice.take", source="touch", status="done")


def speak_nonsense(stage: Stage) -> None:
    stage.speak("not_a_command.flac")
    stage.expect("", 20, source="voice", status="unknown")


def tablet_locks(stage: Stage) -> None:
    """What a tablet wants of the wall itself is asked back at the wall."""
    stage.tablet_sends("system.lock", {}, "needs-confirm")
    stage.expect("system.lock", source="tablet", status="needs-confirm")


def thumb_confirms(stage: Stage) -> None:
    """The question of the step before may have run out by now, so it is asked again."""
    stage.tablet_sends("system.lock", {}, "needs-confirm")
    stage.show_hand("palm_thumb_up.jsonl")
    stage.expect("confirm.accept", 20, source="gesture", status="done")
    stage.expect("system.lock", source="tablet", status="done")


def touch_unlocks(stage: Stage) -> None:
    stage.touch("system.unlock")
    stage.expect("system.unlock", source="touch", status="done")


def pair_tablet(stage: Stage) -> None:
    stage.touch("panel.open", panel="system")
    stage.expect("panel.open", source="touch", status="done")
    stage.touch("remote.pair")
    stage.expect("remote.pair", source="touch", status="done")
    offer = stage.hear("the QR code", lambda m: isinstance(m, PairingOffered))
    assert isinstance(offer, PairingOffered)
    stage.tablet_asks(offer.url, "비서실 태블릿")
    stage.hear("the tablet's question", lambda m: isinstance(m, PairingAsked))
    stage.expect("remote.asked", source="system", status="done")


def accept_tablet(stage: Stage) -> None:
    stage.touch("remote.accept")
    stage.expect("remote.accept", source="touch", status="done")
    stage.tablet_connects()


def touch_sources(stage: Stage) -> None:
    for panel in ("system", "sources"):
        stage.touch("panel.open", panel=panel)
        stage.expect("panel.open", source="touch", status="done")


def hand_calls(stage: Stage) -> None:
    """The question says whom; a thumb says yes, the tablet rings, and there it is declined."""
    stage.touch("nav.home")
    stage.expect("nav.home", source="touch", status="done")
    stage.show_hand("made/call.jsonl.gz")
    stage.expect("call.start", 20, source="gesture", status="needs-confirm")
    stage.show_hand("palm_thumb_up.jsonl")
    stage.expect("call.start", 20, source="gesture", status="done")
    stage.tablet_declines()


def hands_stop_everything(stage: Stage) -> None:
    stage.show_hand("made/timeout.jsonl.gz")
    stage.expect("system.halt", 20, source="gesture", status="done")
    stage.touch("system.unlock")
    stage.expect("system.unlock", source="touch", status="done")


def tablet_drives(stage: Stage) -> None:
    stage.tablet_sends("cctv.layout", {"tiles": 9}, "done")
    stage.expect("cctv.layout", source="tablet", status="done")
    stage.tablet_sees("cctv")


def tablet_may_not(stage: Stage) -> None:
    stage.tablet_sends("system.stop", {}, "denied")
    stage.expect("system.stop", source="tablet", status="denied")


def voice_dies(stage: Stage) -> None:
    stage.kill("voice")
    stage.healthy("voice", 30)


def cameras_die(stage: Stage) -> None:
    stage.kill("cameras")
    stage.camera_turns("delayed", "stale", "lost", "connecting")
    stage.camera_turns("live")


def screen_dies(stage: Stage) -> None:
    """The view is as it was: the tablet, told by the new screen, sees the same panel."""
    stage.kill("ui")
    stage.hear("the new screen's first frame", lambda m: isinstance(m, FirstPaint))
    stage.tablet_connects()
    stage.tablet_sees("cctv")


def backend_goes(stage: Stage) -> None:
    stage.freeze("backend")
    stage.hear("sync to notice", lambda m: isinstance(m, SyncState) and not m.reachable, 30)
    stage.touch("nav.home")
    stage.expect("nav.home", source="touch", status="done")


def backend_returns(stage: Stage) -> None:
    stage.thaw("backend")
    stage.hear("sync to recover", lambda m: isinstance(m, SyncState) and m.reachable, 30)


SCRIPT = (
    Step("home", Text("처음 화면", "The city at a glance"), arrive),
    Step(
        "district", Text("지도에서 자치구를 누른다", "Touch a district on the map"), touch_district
    ),
    Step("hands-zoom", Text("두 손을 벌려 지도를 키운다", "Two hands enlarge the map"), hands_zoom),
    Step("hand-drags", Text("손을 쥐고 지도를 끈다", "A closed hand drags the map"), hand_drags),
    Step("hand-detail", Text("위로 쓸어 자세히", "Swipe up for the detail"), hand_opens_detail),
    Step("hand-compares", Text("두 손가락으로 비교", "Two fingers: side by side"), hand_compares),
    Step("board", Text("지표판을 누른다", "Touch the indicator board"), touch_board),
    Step("indicator", Text("지표 하나를 연다", "Open one indicator"), touch_indicator),
    Step("pledges", Text("공약을 따라 내려간다", "Down the tree of pledges"), touch_pledge),
    Step(
        "incident", Text("가장 급한 현안을 연다", "Open the most urgent incident"), touch_incident
    ),
    Step(
        "hand-cameras",
        Text("세 손가락으로 CCTV", "Three fingers open the cameras"),
        hand_opens_cameras,
    ),
    Step("hand-swipes", Text("손으로 쓸어 넘긴다", "Swipe from camera to camera"), hand_swipes),
    Step("hand-closes", Text("아래로 쓸어 닫는다", "Swipe down to close"), hand_closes),
    Step("speech", Text("누르고 말한다", "Press and speak"), press_and_speak),
    Step("speech-camera", Text("말로 카메라를 연다", "Name a camera"), speak_camera),
    Step(
        "speech-twins",
        Text("비슷한 말은 되묻는다", "Near twins are offered"),
        speak_near_twins,
        NEAR_TWINS,
    ),
    Step(
        "speech-refused", Text("모르는 말은 거절", "What is no command is refused"), speak_nonsense
    ),
    Step("pairing", Text("태블릿이 묻는다", "A tablet asks to be let in"), pair_tablet),
    Step("paired", Text("사람이 받아들인다", "A person lets it in"), accept_tablet),
    Step(
        "tablet-locks", Text("태블릿의 잠금은 벽이 되묻는다", "A lock is asked back"), tablet_locks
    ),
    Step("thumb-confirms", Text("엄지로 확인한다", "A thumb confirms"), thumb_confirms),
    Step("unlock", Text("눌러서 푼다", "A touch unlocks"), touch_unlocks),
    Step("sources", Text("자료 출처를 본다", "Where the figures come from"), touch_sources),
    Step("hand-calls", Text("담당 부서를 부른다", "Call who is in charge"), hand_calls),
    Step(
        "hands-stop",
        Text("두 손으로 모두 멈춘다", "Two hands stop everything"),
        hands_stop_everything,
    ),
    Step("tablet", Text("태블릿이 벽을 움직인다", "The tablet drives the wall"), tablet_drives),
    Step(
        "tablet-refused", Text("권한 밖은 거절", "Beyond its rights it is refused"), tablet_may_not
    ),
    Step("cameras-die", Text("CCTV가 끊겼다 돌아온다", "The cameras fail and return"), cameras_die),
    Step(
        "voice-dies",
        Text("음성이 죽었다 살아난다", "The voice process dies and returns"),
        voice_dies,
    ),
    Step("screen-dies", Text("화면이 죽었다 살아난다", "The screen dies and returns"), screen_dies),
    Step("backend-gone", Text("백엔드가 멎는다", "The backend falls silent"), backend_goes),
    Step("backend-back", Text("백엔드가 돌아온다", "The backend returns"), backend_returns),
)
