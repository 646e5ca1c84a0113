"""What the voice library says: plain frozen records, cheap to import and to send between processes.

Times are milliseconds of whichever clock the caller passed in (`t_ms`), or milliseconds from the
start of the sound that was heard (`t_start_ms`, `t_end_ms`).
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Context(StrEnum):
    """What the screen allows now, as far as it changes what is heard."""

    ANY = "any"  # not known: everything may be said, answers too
    UNASKED = "unasked"  # the wall asks nothing: answers are not heard
    ASKED = "asked"  # it asks something: answers come first


TOO_NOISY_DB = 3.0  # speech that stands out by less is not acted on; not fitted: docs/voice.md


class Gate(StrEnum):
    """Why it is listened at all."""

    OPEN = "open"  # all the time: most of what is heard is talk
    PTT = "ptt"  # somebody pressed to talk: what comes is meant for the wall


class ListeningState(StrEnum):
    """What the microphone side is doing, as the screen shows it."""

    RESTING = "resting"  # no window is open: nothing is being heard
    LISTENING = "listening"  # a window is open, no speech yet
    HEARING = "hearing"  # speech is under way
    DECIDING = "deciding"  # speech has ended, the answer is being weighed
    UNAVAILABLE = "unavailable"  # no microphone or no model; Health carries the reason


class NoMatchReason(StrEnum):
    """Why nothing was done. The screen has one sentence for each."""

    SILENCE = "silence"  # the window passed without speech
    UNKNOWN = "unknown"  # speech, but not near any command
    UNSURE = "unsure"  # near a command, not near enough to act on
    NO_SUCH_VALUE = "no-such-value"  # a command, with a value that there is none of (13월)
    NOT_OURS = "not-ours"  # forced into a command, but a free hearing says otherwise
    NOISY = "noisy"  # speech does not stand out of the noise enough to be trusted


class Utterance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """One stretch of speech as text; `final` is False while it may still change."""

    text: str
    t_start_ms: int
    t_end_ms: int
    final: bool


class IntentMatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """A command that was understood.

    `command` is a registry id, `args` its arguments, `text` the phrasing of ours that matched,
    `heard` what was recognised or typed, `score` the similarity of the two (0..1).
    """

    command: str
    args: dict[str, str | int | float]
    text: str
    heard: str
    score: float
    t_ms: int


class NoMatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """Nothing was understood well enough; `near` are the nearest commands (at most 3), which nobody
    acts on but the person who picks one."""

    heard: str
    reason: NoMatchReason
    near: tuple[IntentMatch, ...]
    t_ms: int

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Their phrasings."""
        return tuple(one.text for one in self.near)


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """Near twins: the hearing fits these commands almost equally well, best first (2 today)."""

    options: tuple[IntentMatch, ...]
    heard: str
    t_ms: int


class VoiceStatus(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """The live meter of a listening window, about ten a second while it is open.

    `level_db` is the loudness in dB below full scale (-90..0, -90 = silence), `partial` what is
    being heard so far, `seconds_left` what remains of the window (0.0 when none is open), `snr_db`
    how far speech stands out of the noise of the room (at most 60; None before the first sound),
    `overflows` how often sound was lost since the window was opened.
    """

    t_ms: int
    state: ListeningState
    level_db: float
    partial: str
    seconds_left: float
    snr_db: float | None = None
    overflows: int = 0


Answer = IntentMatch | NoMatch | Choice
