"""`calibrate`: the installers' walk from an unpacked wall to one that sees, hears and feels right.

Ends in the site's settings file and a report of one page. Pictures and sound stay in memory.
"""

import argparse
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.clock import SystemClock
from kiosk.pack import load_here, use
from kiosk.settings import Settings, SettingsError, load
from kiosk.tools.calibrate import headless, walk
from kiosk.tools.calibrate.ending import finish
from kiosk.tools.calibrate.kept import folder_of
from kiosk.tools.calibrate.step import FAMILIES, all_steps, find_step
from kiosk.tools.calibrate.walk import Walk, WalkError, state_of
from kiosk.tools.doctor.machine import ROOT

if TYPE_CHECKING:
    from kiosk.tools.calibrate.screen import Beside

USUAL_SITE = "wall"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="kiosk.sh calibrate",
        description="Walks through camera, microphone, screen and touch, and writes what it finds "
        "into the site's file, with a report of one page. Goes on where it was left.",
    )
    made.add_argument(
        "--site",
        default=USUAL_SITE,
        metavar="NAME|FILE.toml",
        help=f"the file to write: config/sites/NAME.toml or FILE ({USUAL_SITE})",
    )
    made.add_argument(
        "--headless", type=Path, metavar="FOLDER", help="from recorded input, without a screen"
    )
    made.add_argument("--again", action="store_true", help="a new walk; the last one is 'before'")
    made.add_argument("--step", metavar="ID", help="repeat this step alone")
    made.add_argument("--list", action="store_true", help="the steps, and how far the walk is")
    made.add_argument(
        "--board", type=Path, metavar="FILE.pdf", help="write the board to print, and end"
    )
    made.add_argument("--square", type=float, default=52.0, metavar="MM", help="of the board: 52")
    made.add_argument("--camera", metavar="INDEX|URL", help="try this camera first")
    made.add_argument("--microphone", metavar="NAME", help="listen to this microphone")
    made.add_argument("--windowed", action="store_true", help="a window instead of full screen")
    made.add_argument("--size", metavar="WxH", help="size of the window, such as 1920x1080")
    made.add_argument("--language", choices=("ko", "en"), help="of the screens and the report")
    made.add_argument("--data", type=Path, metavar="DIR", help="where the walk and report are kept")
    return made


def main(argv: list[str], beside: "Beside | None" = None) -> int:
    """Exit code 0 all is well or poor at worst, 1 something fails, 2 wrong use, 3 not finished.

    `beside`: what is open beside the screen, see `kiosk.tools.calibrate.screen.show`.
    """
    options = parser().parse_args(argv)
    if options.board:
        return _print_board(options.board, options.square)
    if options.step and find_step(options.step) is None:
        known = ", ".join(step.id for step in all_steps())
        print(f"kiosk calibrate: no step {options.step!r}; there are: {known}", file=sys.stderr)
        return 2
    try:
        return _walk(options, beside)
    except WalkError as error:
        print(f"kiosk calibrate: {error}", file=sys.stderr)
        return 2


def _walk(options: argparse.Namespace, beside: "Beside | None") -> int:
    site, file = _site(options.site)
    settings = _settings(file, options)
    use(load_here(settings))
    kept = walk.file_of(data_folder(options.data), site)
    if options.again:
        try:
            begun = walk.read(kept, site).again()
        except WalkError:
            walk.put_aside(kept)
            begun = Walk(site)
    else:
        begun = walk.read(kept, site)
    if options.list:
        _list(begun)
        return 0
    if options.step:
        step = find_step(options.step)
        assert step is not None
        begun = begun.to_do(step)
    clock = SystemClock()
    if options.headless:
        done = headless.run(
            begun, options.headless, settings, clock.now_ms, lambda one: walk.keep(one, kept)
        )
    else:
        from kiosk.tools.calibrate.screen import show  # Qt only for those who see it

        settings = _with_data(settings, data_folder(options.data))
        keep = partial(walk.keep, file=kept)
        folder = folder_of(kept)
        done = show(begun, settings, clock, keep, _look(options), beside, folder)
        if folder.is_dir():
            print(f"Input:    {folder} (walk it again: --headless {folder} --again)")
        if done.finished_ms is None:
            left = done.next_step()
            where = f" at {left.id}" if left else ""
            print(f"Left{where}. The same command goes on there.")
            return 3
    done = done.finished(clock.now_ms())
    walk.keep(done, kept)
    ended = finish(done, file, settings, kept, clock.now_ms(), options.language or "ko")
    print(f"Settings: {file}{'' if ended.changed else ' (unchanged)'}\nReport:   {ended.report}")
    print(f"Start the wall with: ./kiosk.sh run --site {options.site}")
    worst = [state_of(one) for one in done.done.values()]
    return 1 if "fail" in worst else 0


def _with_data(settings: Settings, folder: Path) -> Settings:
    """The tablets that were let in stand in the wall's data."""
    paths = msgspec.structs.replace(settings.paths, data_dir=str(folder))
    return msgspec.structs.replace(settings, paths=paths)


def _site(named: str) -> tuple[str, Path]:
    """Name and file of the site; the file need not be there yet."""
    if "/" in named or named.endswith(".toml"):
        return Path(named).stem, Path(named)
    return named, ROOT / "config" / "sites" / f"{named}.toml"


def _settings(file: Path, options: argparse.Namespace) -> Settings:
    files = (ROOT / "config" / "kiosk.toml", *((file,) if file.exists() else ()))
    given: dict[str, dict[str, object]] = {}
    if options.camera:
        given["camera"] = {"source": options.camera}
    if options.microphone:
        given["microphone"] = {"source": options.microphone}
    if options.windowed or options.size:
        given["ui"] = {"windowed": True, **_size(options.size)}
    if options.language:
        given.setdefault("ui", {})["language"] = options.language
    return load(files, given)


def _size(text: str | None) -> dict[str, object]:
    if not text:
        return {}
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise SettingsError("command line", "--size", text, "such as 1920x1080")
    return {"width_px": int(width), "height_px": int(height)}


def _look(options: argparse.Namespace) -> bool:
    """Whether it is shown in a window."""
    return bool(options.windowed or options.size)


def data_folder(given: Path | None) -> Path:
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return given or home / "city-kiosk"


def _list(begun: Walk) -> None:
    for step in all_steps():
        done = begun.done.get(step.id)
        state = state_of(done) if done else "left out" if step.id in begun.left_out else "-"
        family = FAMILIES[step.family]
        print(f"{step.id:18} {state:9} {step.title.ko} ({step.title.en}) · {family.en}")


def _print_board(file: Path, square_mm: float) -> int:
    from kiosk.tools.calibrate.measuring.printing import print_board

    if not 10.0 <= square_mm <= 100.0:
        print(f"kiosk calibrate: --square {square_mm:g}: 10 to 100 mm", file=sys.stderr)
        return 2
    try:
        paper = print_board(file, square_mm)
    except OSError as error:
        print(f"kiosk calibrate: {file}: can't be written ({error.strerror})", file=sys.stderr)
        return 2
    print(
        f"{file}: print it on {paper} at 100 %, and check with a ruler: 7 squares are "
        f"{7 * square_mm:g} mm."
    )
    return 0
