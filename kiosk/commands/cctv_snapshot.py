"""One picture of a camera, kept in a folder of the kiosk."""

from kiosk.commands.cctv import CAMERA, chosen
from kiosk.commands.reports import told
from kiosk.core.camera_wall import page
from kiosk.core.errors import BadArguments
from kiosk.core.invocation import Source
from kiosk.core.lookup import entry
from kiosk.core.registry import Args, Command, Question, Result, Risk, Send
from kiosk.core.state import ViewState
from kiosk.core.world import Entry, World
from kiosk.wire.messages import SaveSnapshot
from kiosk.wire.text import Text

SCREEN = "ui"


class Picture(Args, frozen=True):
    """A camera by id, number or name; empty for the one that is shown large."""

    camera: str = ""


def ask(state: ViewState, args: Picture, world: World) -> Question:
    found = _meant(state, args.camera, world)
    words = Text(
        f"{found.name.ko} 카메라의 지금 영상을 사진으로 저장할까요?",
        f"Keep the picture of {found.name.en} as it is now?",
    )
    why = Text(
        "사람이 찍혔을 수 있는 영상을 이 기기에 남기는 일이라 한 번 더 묻습니다",
        "Asked again: people may be in the picture, and it stays on this machine",
    )
    return Question(words, {"camera": found.id}, why)


def save(state: ViewState, args: Picture, world: World) -> Result:
    found = _meant(state, args.camera, world)
    say = Text(f"{found.name.ko} 사진을 저장합니다", f"Keeping a picture of {found.name.en}")
    return Result(state, say, (Send(SCREEN, SaveSnapshot(found.id)),))


def _meant(state: ViewState, wanted: str, world: World) -> Entry:
    if wanted or state.place.camera:
        return entry(world.catalogue.cameras(), wanted or str(state.place.camera), CAMERA)
    if state.panel == "cctv" and state.cctv.step() == 1:
        return page(state.cctv, chosen(state, world))[0]
    raise BadArguments(
        Text("먼저 카메라 한 대를 크게 열어 주세요", "Please open one camera in full first")
    )


COMMANDS = (
    Command(
        "cctv.snapshot",
        Text("CCTV 사진 저장", "Keep a picture"),
        save,
        risk=Risk.CONTROL,
        ask=ask,
        always_asked=True,
    ),
    Command(
        "cctv.snapshot_told",
        Text("CCTV 사진 소식", "News of a picture"),
        told,
        sources=frozenset({Source.SYSTEM}),
    ),
)
