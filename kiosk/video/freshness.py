"""How fresh a camera's picture is, as the tile says it; and how long to wait before a new try."""

import random

import msgspec

from kiosk.settings.model import VideoSettings
from kiosk.wire.messages import CameraWord, DecoderWord
from kiosk.wire.text import Text

# A camera that is back shows within 5 s: the longest wait and its jitter leave room to open it.
_FIRST_WAIT_S = 0.2
_LONGEST_WAIT_S = 2.5
_JITTER = 0.25
# A camera that refused a login is left alone for longer: many lock an account that knocks again.
AFTER_LOGIN_S = 60.0
# Pictures of a camera that gives one a period may be missing or late once.
_STALE_PERIODS, _LOST_PERIODS = 2.5, 5.0


class Progress(msgspec.Struct, frozen=True):
    """What a stream's thread has reached.

    `since_ms`, `heard_ms` (last picture) and `picture_ms` (last one that was new) are monotonic;
    `frame_t_ms` is the same picture's epoch time; `delay_ms` how much earlier it was taken;
    `period_ms` the time from one picture to the next where that is known to be long (stills);
    `attempt` counts tries to connect that failed since; `reason` is why nothing new comes;
    `refused`: its address leads where no camera may.
    """

    since_ms: float
    heard_ms: float | None = None
    picture_ms: float | None = None
    frame_t_ms: int | None = None
    attempt: int = 0
    delay_ms: int = 0
    period_ms: int = 0
    camera_t_ms: int | None = None
    codec: str = ""
    decoder: DecoderWord = "software"
    width_px: int = 0
    height_px: int = 0
    reason: Text = Text("", "")
    refused: bool = False


def state_of(progress: Progress, now_ms: float, settings: VideoSettings) -> CameraWord:
    """The state of a camera at monotonic `now_ms`.

    A picture that stands still makes a camera stale, however many come of it: cameras have a
    running clock, or something moves. A camera that refused a try is never live, however young its
    last picture.
    """
    lost_ms = max(settings.lost_s * 1000, _LOST_PERIODS * progress.period_ms)
    stale_ms = max(settings.stale_s * 1000, _STALE_PERIODS * progress.period_ms)
    if progress.picture_ms is None:
        return "connecting" if now_ms - progress.since_ms <= lost_ms else "lost"
    age_ms = now_ms - progress.picture_ms
    if age_ms > lost_ms and now_ms - (progress.heard_ms or 0) > stale_ms:
        return "lost"
    if age_ms > stale_ms or progress.attempt:
        return "stale"
    taken_ms = max(age_ms + progress.delay_ms, progress.period_ms)
    return "delayed" if taken_ms > settings.delayed_s * 1000 else "live"


class Backoff:
    """Waits between tries: doubling, bounded, jittered so that a street does not come at once."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - spreads load, keeps no secret

    def wait_s(self, attempt: int, least_s: float = 0.0, spent_s: float = 0.0) -> float:
        """Seconds to wait after `attempt` failed tries (0: the stream ended but had worked).

        The `spent_s` of the last try count as waited: a camera that lets it run into its time-out
        has not been bothered meanwhile.
        """
        wait_s = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(attempt, 16)) - spent_s
        wait_s = max(least_s, _FIRST_WAIT_S, wait_s)
        return wait_s * (1 + self._random.uniform(-_JITTER, _JITTER))
