"""Why a camera gives no picture, in words that hold no address."""

import av

from kiosk.video.address import SourceError
from kiosk.wire.text import Text

STANDS = Text(
    "움직임이 없습니다. 카메라는 계속 보냅니다",
    "Nothing moves; the camera still sends",
)
NO_KEY_FRAME = Text(
    "카메라의 다음 키프레임을 기다립니다", "Waiting for the camera's next key frame"
)
SILENT = Text("영상이 오지 않습니다", "No picture comes")
ENDED = Text("카메라가 영상을 끝냈습니다", "The camera ended its stream")
SLOW = Text(
    "이 기기에는 너무 무거운 영상이라 일부만 보입니다",
    "The stream is too heavy for this machine: only some pictures are shown",
)

LOGIN = Text("카메라가 로그인을 거부했습니다", "The camera refused the login")
SHUT = Text("카메라가 접근을 거부했습니다", "The camera refused access")
NOTHING = Text("주소에 영상이 없습니다", "There is no stream at its address")
CLOSED = Text("카메라가 연결을 받지 않습니다", "The camera takes no connection")
MUTE = Text("카메라가 응답하지 않습니다", "The camera does not answer")
FAULT = Text("카메라 서버에 장애가 있습니다", "The camera's server has a fault")
UNREADABLE = Text("영상을 읽을 수 없습니다", "The stream can't be read")
UNREACHABLE = Text("카메라에 닿지 않습니다", "The camera can't be reached")
DRIPS = Text("카메라의 응답이 너무 느립니다", "The camera answers too slowly")
TOO_LARGE = Text("카메라의 응답이 너무 큽니다", "The camera's answer is too large")
CERTIFICATE = Text(
    "카메라의 인증서를 확인할 수 없습니다", "The camera's certificate can't be verified"
)
ROUND = Text("카메라의 주소가 계속 옮겨 갑니다", "The camera's address moves on and on")
UNNAMED = Text("카메라의 호스트 이름을 찾을 수 없습니다", "The camera's host name is not known")
NO_FORM = Text("영상이 아닌 것을 보냅니다", "What it sends is no picture and no stream")
NO_PICTURE = Text("영상이 없는 스트림입니다", "There is no picture in its stream")
PLAYLIST = Text("재생 목록을 읽을 수 없습니다", "The playlist can't be read")
PLAYLIST_ENDED = Text("재생 목록이 끝났습니다", "The playlist has ended")
PLAYLIST_STANDS = Text("재생 목록에 새 영상이 없습니다", "The playlist brings nothing new")
LOCKED = Text(
    "읽지 않는 방식으로 암호화되었습니다. 암호화하지 않거나 AES-128로 보내는 주소가 필요합니다",
    "It is encrypted in a way that is not read: an address in the clear or under AES-128 is needed",
)
SAMPLES_LOCKED = Text(
    "SAMPLE-AES로 암호화되어 읽지 않습니다. 암호화하지 않거나 AES-128로 보내는 주소가 필요합니다",
    "It is encrypted with SAMPLE-AES, which is not read: an address in the clear or under AES-128 "
    "is needed",
)
KEY = Text("재생 목록의 열쇠가 맞지 않습니다", "The key of the playlist does not open it")


def no_secret(name: str) -> Text:
    return Text(
        f"{name} 로그인이 비밀 파일에 없습니다", f"No login named {name} in the secrets file"
    )


_WORDS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Text], ...] = (
    (av.error.HTTPUnauthorizedError, LOGIN),
    (av.error.HTTPForbiddenError, SHUT),
    (av.error.HTTPClientError, NOTHING),
    (av.error.HTTPServerError, FAULT),
    (ConnectionRefusedError, CLOSED),
    ((av.error.ExitError, TimeoutError), MUTE),
    (EOFError, ENDED),
    ((av.error.InvalidDataError, ValueError), UNREADABLE),
)


def reason_of(error: BaseException) -> Text:
    """What to tell of an error on opening or reading; its own words may hold a password."""
    if isinstance(error, SourceError):
        return error.reason
    return next((words for kinds, words in _WORDS if isinstance(error, kinds)), UNREACHABLE)
