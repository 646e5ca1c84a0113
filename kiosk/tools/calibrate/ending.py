"""The end of the walk: the site's file and the report."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.pack import here
from kiosk.pack.clock import local_time
from kiosk.settings import Settings
from kiosk.tools.calibrate.report import Changed, Report, write_report
from kiosk.tools.calibrate.site import current, write_site
from kiosk.tools.calibrate.versions import versions
from kiosk.tools.calibrate.walk import Walk
from kiosk.ui.theme import Language


@dataclass(frozen=True)
class Ended:
    """report: the PDF. changed: whether the site's file is another one now."""

    report: Path
    changed: bool


def finish(
    walk: Walk, file: Path, settings: Settings, kept: Path, now_ms: int, language: Language
) -> Ended:
    """Writes both. Raises SettingsError or OSError."""
    after = walk.settings
    before = current(settings, after)
    day = f"{local_time(now_ms):%Y-%m-%d}"
    changed = write_site(file, after, day)
    pdf = kept.with_name(f"{walk.site} {day}.pdf")
    report = Report(
        place=here().name,
        walk=walk,
        now_ms=now_ms,
        settings=tuple(
            Changed(name, before[name], after[name])
            for name in sorted(after)
            if before[name] != after[name]
        ),
        versions=tuple(versions((file, kept))),
    )
    write_report(pdf, report, language)
    return Ended(pdf, changed)
