"""A store that can't go on is set aside, never deleted: it holds orders and replies."""

import logging
from pathlib import Path

from kiosk.cache.files import aside_files, remove, set_aside, side_files

KEPT = 2

_log = logging.getLogger(__name__)


def put_aside(file: Path) -> None:
    """Renames it by the time of its last change; of earlier ones only the newest are kept."""
    changed_s = file.stat().st_mtime if file.exists() else 0.0
    aside = set_aside(file, int(changed_s * 1000))
    _log.warning("%s can't go on and now lies in %s", file.name, aside.name)
    for old in aside_files(file)[:-KEPT]:
        remove(old)


def only_log_is_left(file: Path) -> bool:
    """SQLite would take the log of a lost file for that of a new one."""
    return not file.exists() and any(side.exists() for side in side_files(file))
