"""`tour`: the main job as a scripted session on real input, for visitors and as the widest test."""

import argparse
import sys
import tempfile
from pathlib import Path

from kiosk.pack import load_here, use
from kiosk.pack.loading import CONFIG
from kiosk.pack.speech import grammar_of
from kiosk.settings import Settings, load, site_file
from kiosk.tools.driving import driven_kiosk, wait_until_on
from kiosk.tools.tour.report import Report
from kiosk.tools.tour.script import FIRST, SCRIPT, Step
from kiosk.tools.tour.speech import Speech
from kiosk.tools.tour.stage import Stage, StepFailed

DEMO = Path(__file__).resolve().parents[3] / "assets" / "demo"
START_S = 60.0
GLANCE_S = 0.8
"""How long each step is looked at: long enough for its picture to be whole."""


def main(argv: list[str]) -> int:
    """Exit code 0 when every step led to its Outcome, else 1."""
    options = _parser().parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as folder:
        shots = options.screenshot or Path(folder)
        shots.mkdir(parents=True, exist_ok=True)
        report = Report(options.json, shots if options.screenshot else None)
        settings = _city(options.site)
        speech = Speech(DEMO / "speech", grammar_of(settings, "ko"))
        with driven_kiosk(_run_options(options, speech), _settings(options.size)) as kiosk:
            seconds = wait_until_on(kiosk, START_S)
            if seconds is None:
                print("The kiosk did not come up; the tour can't begin.", file=sys.stderr)
                return 1
            report.began(seconds)
            script = [step for step in SCRIPT if not step.clip or speech.understands(step.clip)]
            glance_s = 0.0 if options.quick else GLANCE_S
            with Stage(kiosk, DEMO, speech, glance_s) as stage:
                for number, step in enumerate(script, start=1):
                    _play(stage, report, number, step, shots)
        return report.finish()


def _play(stage: Stage, report: Report, number: int, step: Step, shots: Path) -> None:
    report.step(number, step.title)
    stage.begin()
    try:
        step.act(stage)
        failure = ""
    except StepFailed as error:
        failure = str(error)
    stage.glance()
    file = shots / f"{number:02d}-{step.name}.png"
    taken = stage.kiosk.screenshot(file.absolute())
    report.stepped(step.name, stage.records, failure, file if taken else None)


def _city(site: str | None) -> Settings:
    """The settings of the site whose wall is toured; this process is that city's from now on."""
    file = site_file(CONFIG, site)
    settings = load((CONFIG / "kiosk.toml", *((file,) if file else ())))
    use(load_here(settings))
    return settings


def _run_options(options: argparse.Namespace, speech: Speech) -> tuple[str, ...]:
    heard = DEMO / "speech" / speech.first(FIRST).file
    own = ("--site", options.site) if options.site else ()
    return ("--windowed", "--camera", "none", "--microphone", str(heard), *own)


def _settings(size: str) -> dict[str, dict[str, str | int | float | bool]]:
    width, _, height = size.partition("x")
    return {"ui": {"driver": True, "width_px": int(width), "height_px": int(height)}}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk.sh tour", description="Show the main job step by step, and check each step."
    )
    parser.add_argument(
        "--screenshot", type=Path, metavar="DIR", help="keep a picture of each step"
    )
    parser.add_argument("--quick", action="store_true", help="no time to look between the steps")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write a JSON line for each step")
    parser.add_argument("--site", metavar="NAME|FILE.toml", help="the wall of this site")
    parser.add_argument("--size", default="1920x1080", metavar="WxH", help="size of the wall")
    return parser
