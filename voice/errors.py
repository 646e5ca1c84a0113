"""What can go wrong that is nobody's bug: each with a plain reason and what to do."""


class VoiceError(Exception):
    """Base of everything that a person can mend."""


class GrammarError(VoiceError):
    """A phrasing file says something impossible; names file, field, value, expectation."""


class ModelError(VoiceError):
    """The speech model is not there, or is none."""


class VocabularyError(VoiceError):
    """A phrasing holds a syllable that the speech model cannot hear."""


class SoundFileError(VoiceError):
    """A file that is no readable sound."""


class RecordingsError(VoiceError):
    """An index of recordings that can't be read."""


class MicrophoneError(VoiceError):
    """The microphone does not deliver sound."""


class MicrophoneMissing(MicrophoneError):  # noqa: N818 - a state of the world, not a fault
    """No such microphone is plugged in."""


class MicrophoneBusy(MicrophoneError):  # noqa: N818
    """Another program holds the microphone."""


class MicrophoneLost(MicrophoneError):  # noqa: N818
    """The microphone stopped delivering sound while it was open."""


class NoSuchValueError(VoiceError):
    """A value was said that there is none of: a thirteenth month, a fifth quarter."""
