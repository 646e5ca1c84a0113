"""The settings of what sees and hears, and of what is recorded of it."""

from typing import Annotated, Literal

from msgspec import Meta

from kiosk.settings.section import Section


class CameraSettings(Section, frozen=True):
    """The camera that sees the mayor's hands."""

    source: Annotated[
        str,
        Meta(
            title="Camera",
            description="Index, file, URL, recorded landmark session, or none",
            min_length=1,
        ),
    ] = "0"
    width_px: Annotated[
        int, Meta(title="Width", description="Width asked of the camera, pixels", ge=160, le=7680)
    ] = 1280
    height_px: Annotated[
        int, Meta(title="Height", description="Height asked of the camera, pixels", ge=120, le=4320)
    ] = 720


class GestureSettings(Section, frozen=True):
    """Hand tracking."""

    fps: Annotated[
        float, Meta(title="Rate", description="Hand tracking, frames per second", ge=5, le=60)
    ] = 15.0


class RecordingSettings(Section, frozen=True):
    """Recordings of hands and inputs that testers ask for."""

    days: Annotated[
        int,
        Meta(
            title="Kept days",
            description="Days that a recording stays; older ones go when the next one begins",
            ge=1,
            le=365,
        ),
    ] = 30
    megabytes: Annotated[
        int,
        Meta(
            title="Kept room",
            description="Megabytes of the disk for all recordings; at that, none begins or goes on",
            ge=10,
            le=1_000_000,
        ),
    ] = 5_000


class MicrophoneSettings(Section, frozen=True):
    """The microphone that hears the mayor."""

    source: Annotated[
        str,
        Meta(
            title="Microphone",
            description="Device name or part of it, pulse:SOURCE (of the sound server), default, "
            "a wav or flac file, or none",
            min_length=1,
        ),
    ] = "default"


class VoiceSettings(Section, frozen=True):
    """Speech recognition."""

    window_s: Annotated[
        float,
        Meta(title="Listening window", description="Seconds that one press listens", ge=2, le=30),
    ] = 8.0
    wake: Annotated[
        str,
        Meta(
            title="Call",
            description="Words that begin a command said in one breath without a press, such as "
            "상황판 (experimental: talk may sound like it); empty: the microphone is heard after a "
            "press only",
            max_length=20,
        ),
    ] = ""
    models: Annotated[
        dict[Literal["ko", "en"], str],
        Meta(
            title="Models",
            description="Folders of Vosk models by language (ko, en), instead of or beside the "
            "Korean one that comes with the kiosk; with one for en the wall hears English while "
            "its language is English",
        ),
    ] = {}  # noqa: RUF012 - a struct copies it
    noise_suppression: Annotated[
        Literal["auto", "always", "never"],
        Meta(
            title="Noise suppression",
            description="When sound is cleaned of noise; auto: while the room is noisy",
        ),
    ] = "auto"
    echo_device: Annotated[
        str,
        Meta(
            title="Echo",
            description="Device that records what the wall itself plays, to take it out of what "
            "the microphone hears (pulse:SOURCE: a monitor of the sound server); empty: none",
        ),
    ] = ""
