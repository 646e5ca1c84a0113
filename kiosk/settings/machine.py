"""The settings of this machine: the demonstration on it, its processes, its folders."""

from typing import Annotated

from msgspec import Meta

from kiosk.settings.section import Section


class DemoSettings(Section, frozen=True):
    """The simulated city."""

    seed: Annotated[
        int, Meta(title="Seed", description="Seed of the simulator: same seed, same city", ge=0)
    ] = 20160303
    cameras: Annotated[
        int, Meta(title="Cameras", description="Number of simulated cameras", ge=0, le=64)
    ] = 16
    cameras_port: Annotated[
        int,
        Meta(
            title="Camera port",
            description="Loopback port of the simulated cameras; 0 takes a free one",
            ge=0,
            le=65535,
        ),
    ] = 0
    step_s: Annotated[
        float, Meta(title="Step", description="Seconds between two simulated values", ge=1, le=60)
    ] = 5.0
    departments: Annotated[
        bool,
        Meta(
            title="Departments",
            description="Play those who get orders; off where real departments report to the "
            "backend",
        ),
    ] = True


class SupervisorSettings(Section, frozen=True):
    """How processes are brought back."""

    deaths: Annotated[
        int, Meta(title="Deaths", description="Deaths in the window that leave a process off", ge=1)
    ] = 5
    window_s: Annotated[
        float, Meta(title="Window", description="Window of the restart budget, seconds", gt=0)
    ] = 60.0
    answer_s: Annotated[
        float,
        Meta(
            title="Answer of the screen",
            description="A screen that says nothing for so long hangs, and is started again",
            ge=2,
            le=120,
        ),
    ] = 15.0
    seconds: Annotated[
        float, Meta(title="Run time", description="Stop by itself after this; 0 runs on", ge=0)
    ] = 0.0


class PathSettings(Section, frozen=True):
    """Where the kiosk keeps things; empty takes the system's usual places."""

    data_dir: Annotated[
        str, Meta(title="Data", description="Cache, ledger, certificates and keys")
    ] = ""
    runtime_dir: Annotated[
        str, Meta(title="Runtime", description="Sockets, frame rings and the view's snapshot")
    ] = ""
    config_dir: Annotated[
        str, Meta(title="Configuration", description="Folder of kiosk.toml and its companions")
    ] = ""
    screenshot_dir: Annotated[
        str, Meta(title="Screenshots", description="Folder for screenshots; empty takes none")
    ] = ""
    photos_dir: Annotated[
        str,
        Meta(title="Photos", description="The site's photos with photos.toml; empty: it has none"),
    ] = ""
