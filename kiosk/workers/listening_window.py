"""One press of the microphone button: listens for a while and gives one answer."""

from kiosk.core.clock import Clock
from kiosk.workers.hearing import Ears
from voice.events import Answer, Context, Gate, ListeningState, NoMatch, NoMatchReason, VoiceStatus
from voice.level import SILENCE_DB, level_db
from voice.room import Room
from voice.sound_files import Replay

LATE_SPEECH_MS = 4000.0  # somebody who is still speaking at the end may finish the sentence


class ListeningWindow:
    """Open until an answer, or until its time is over without speech."""

    def __init__(
        self, ears: Ears, clock: Clock, room: Room, context: Context = Context.ANY
    ) -> None:
        self.replay: Replay | None = None
        self.overflows = 0
        self._ears = ears
        self._clock = clock
        self._listener = ears.listen(room, context, Gate.PTT)
        self._ends_ms = clock.monotonic_ms()
        self._level_db = SILENCE_DB

    def lengthen(self, seconds: float) -> None:
        """The window stays open for so long from now."""
        self._ends_ms = max(self._ends_ms, self._clock.monotonic_ms() + seconds * 1000)

    def hear(self, chunks: list[bytes]) -> Answer | None:
        """Takes the next sound; the answer once there is one."""
        for chunk in chunks:
            self._level_db = level_db(chunk)
            heard = self._listener.feed(chunk)
            answer = self._ears.decide(heard, self._clock.now_ms()) if heard else None
            if answer is not None:
                return answer
        late_ms = self._clock.monotonic_ms() - self._ends_ms
        if late_ms < 0 or (self._listener.partial and late_ms < LATE_SPEECH_MS):
            return None
        return self._last_word()

    def status(self) -> VoiceStatus:
        partial = self._listener.partial
        left_ms = max(0.0, self._ends_ms - self._clock.monotonic_ms())
        snr_db = self._listener.snr_db
        return VoiceStatus(
            t_ms=self._clock.now_ms(),
            state=ListeningState.HEARING if partial else ListeningState.LISTENING,
            level_db=round(self._level_db, 1),
            partial=partial,
            seconds_left=round(left_ms / 1000, 1),
            snr_db=None if snr_db is None else round(snr_db),
            overflows=self.overflows,
        )

    def _last_word(self) -> Answer:
        t_ms = self._clock.now_ms()
        heard = self._listener.finish()
        answer = self._ears.decide(heard, t_ms) if heard else None
        return answer or NoMatch("", NoMatchReason.SILENCE, (), t_ms)
