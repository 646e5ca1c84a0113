"""Why a camera gives no picture, in words that hold no address."""

import av

from kiosk.video.address import SourceError
from kiosk.wire.text import Text

STANDS = Text("같은 화면에 멈춰 있습니다", "The same picture comes again and again")
SILENT = Text("영상이 오지 않습니다", "No picture comes")
ENDED = Text("카메라가 영상을 끝냈습니다", "The camera ended its stream")
SLOW = Text(
    "이 기기에는 너무 무거운 영상이라 일부만 보입니다",
    "The stream is too heavy for this machine: only some pictures are shown",
)

_LOGIN = Text("카메라가 로그인을 거부했습니다", "The camera refused the login")
_NOTHING = Text("주소에 영상이 없습니다", "There is no stream at its address")
_CLOSED = Text("카메라가 연결을 받지 않습니다", "The camera takes no connection")
_MUTE = Text("카메라가 응답하지 않습니다", "The camera does not answer")
_FAULT = Text("카메라 서버에 장애가 있습니다", "The camera's server has a fault")
_UNREADABLE = Text("영상을 읽을 수 없습니다", "The stream can't be read")
_UNREACHABLE = Text("카메라에 닿지 않습니다", "The camera can't be reached")

_WORDS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Text], ...] = (
    ((av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError), _LOGIN),
    (av.error.HTTPClientError, _NOTHING),
    (av.error.HTTPServerError, _FAULT),
    (ConnectionRefusedError, _CLOSED),
    ((av.error.ExitError, TimeoutError), _MUTE),
    (EOFError, ENDED),
    ((av.error.InvalidDataError, ValueError), _UNREADABLE),
)


def reason_of(error: BaseException) -> Text:
    """What to tell of an error on opening or reading; its own words may hold a password."""
    if isinstance(error, SourceError):
        return error.reason
    return next((words for kinds, words in _WORDS if isinstance(error, kinds)), _UNREACHABLE)
