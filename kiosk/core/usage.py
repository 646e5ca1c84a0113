"""What the wall is used for: how often, by which input, never what was said or written."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source, Status
from kiosk.core.menu import Menu

HOUR_MS = 3_600_000
PEOPLE = frozenset({Source.TOUCH, Source.GESTURE, Source.VOICE, Source.TABLET, Source.KEYBOARD})


class Use(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people of a profile did at a panel in one hour by one kind of input.

    `hour_ms` is the hour's beginning, epoch. `opened`: how often the panel came on the wall so,
    `done` and `refused`: commands carried out and not, while it stood there.
    """

    hour_ms: int
    profile: str
    panel: str
    source: Source
    opened: int = 0
    done: int = 0
    refused: int = 0


def uses(records: Iterable[AuditRecord]) -> tuple[Use, ...]:
    """Counts records, but not what the program does by itself, nor questions without an answer."""
    opened: Counter[tuple[int, str, str, Source]] = Counter()
    done, refused = opened.copy(), opened.copy()
    for record in records:
        if record.source not in PEOPLE or record.status is Status.NEEDS_CONFIRM:
            continue
        hour_ms = record.t_ms // HOUR_MS * HOUR_MS
        key = (hour_ms, record.profile, record.panel, record.source)
        opened[key] += record.opened
        done[key] += record.status is Status.DONE
        refused[key] += record.status is not Status.DONE
    return tuple(Use(*key, opened[key], done[key], refused[key]) for key in opened)


def most_opened(found: Sequence[Use], profile: str) -> tuple[str, ...]:
    """Panels that a profile has opened, the most often opened first; of two alike, by name."""
    counted: Counter[str] = Counter()
    for use in found:
        if use.profile == profile and use.opened:
            counted[use.panel] += use.opened
    return tuple(sorted(counted, key=lambda panel: (-counted[panel], panel)))


def by_use(menu: Menu, panels: Sequence[str]) -> Menu:
    """The same menu with each category's tabs in the order of `panels`; the others follow as they
    stood. The dock stays: it is found without looking."""
    rank = {panel: n for n, panel in enumerate(panels)}
    categories = {
        key: msgspec.structs.replace(
            one, panels=tuple(sorted(one.panels, key=lambda panel: rank.get(panel, len(rank))))
        )
        for key, one in menu.categories.items()
    }
    return msgspec.structs.replace(menu, categories=categories)
