"""The newest data now, and not at the next round."""

from kiosk.commands.orders import WRITES
from kiosk.core.registry import Command, Condition, NoArgs, Result, Send
from kiosk.core.state import ViewState
from kiosk.core.world import World
from kiosk.wire.messages import PullNow
from kiosk.wire.text import Text


def refresh(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("새 자료를 가져옵니다", "Fetching the newest data")
    return Result(state, say, (Send("sync", PullNow()),))


_SYNC = Condition(WRITES.holds, Text("동기화가 멈춰 있습니다", "Sync is not running"))

COMMANDS = (Command("data.refresh", Text("새로 고침", "Refresh"), refresh, when=_SYNC),)
