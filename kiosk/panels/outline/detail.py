"""One item in full, on the wall and for a tablet. No Qt."""

from collections.abc import Sequence

from kiosk.core.photos import NO_PHOTOS, Photos
from kiosk.panels.orders.lines import STEP_WORDS, moment
from kiosk.panels.outline.lines import invented, standing
from kiosk.panels.outline.model import Line, Sheet
from kiosk.panels.outline.scene import Scene
from kiosk.panels.outline.status import is_late, planned, state_word
from kiosk.panels.outline.words import KINDS, amount, facts, joined, percent, read_out
from kiosk.wire.city import Item
from kiosk.wire.orders import GivenOrder
from kiosk.wire.projection import Row
from kiosk.wire.text import Text

INVENTED = Text("시연용 항목, 시의 자료 아님", "Demonstration entry, not the city's")
PLAYED = Text("진행, 담당, 기간은 시연용", "Progress, owner and dates are the demonstration's")
ORDERED = Text("지시", "Ordered")
KEY_FIGURES = 3
MOST_ORDERS = 2


def sheet(
    scene: Scene,
    item: Item,
    given: Sequence[GivenOrder] = (),
    photos: Photos = NO_PHOTOS,
) -> Sheet:
    """The item, the newest orders of this kiosk about it, and the site's photos of it."""
    tree, now_ms = scene.tree, scene.now_ms
    path = [KINDS[item.kind]]
    above = tree.parent(item)
    if above is not None:
        path.insert(0, above.title)
    inner = bool(tree.children(item))
    return Sheet(
        id=item.id,
        kicker=joined(path, " / "),
        title=item.title,
        summary=item.summary,
        figures=tuple(amount(item, name) for name in list(item.readings)[:KEY_FIGURES]),
        share=tree.progress(item),
        plan=None if inner else planned(item, now_ms),
        state=standing(tree, item, now_ms) if inner else state_word(item, now_ms),
        late=not inner and is_late(item, now_ms),
        facts=(*facts(item), *_ordered(item, given, now_ms)),
        source=INVENTED if invented(item) else item.source,
        played=PLAYED if item.simulated and not invented(item) else Text("", ""),
        simulated=tree.simulated(item),
        invented=invented(item),
        pictured=item.id in photos or _pictured(item, above),
        photos=photos.get(item.id, ()),
    )


def _pictured(item: Item, above: Item | None) -> bool:
    """Whether a photo is asked for: of the item, or of all that its whole is made of."""
    return any(one is not None and "photos" in one.attributes for one in (item, above))


def _ordered(item: Item, given: Sequence[GivenOrder], now_ms: int) -> tuple[tuple[Text, Text], ...]:
    about = [g for g in given if g.order.about == f"items/{item.id}"]
    found = []
    for one in about[:MOST_ORDERS]:
        at, step = moment(one.order.t_ms, now_ms), STEP_WORDS[one.state]
        words = Text(f"{at} {one.order.text}, {step.ko}", f"{at} {one.order.text}, {step.en}")
        found.append((ORDERED, words))
    return tuple(found)


def known(one: Sheet) -> tuple[Row, ...]:
    """What is known of an item, as rows for a tablet."""
    found = [(figure.label, read_out(figure)) for figure in one.figures]
    if one.share is not None:
        progress = [read_out(percent(one.share)), one.state]
        found.append((Text("추진율", "Progress"), joined(progress)))
    found += [*one.facts, (Text("출처", "Source"), joined([one.source, one.played]))]
    return tuple(Row(headline=label, facts=words) for label, words in found if words.ko)


def row_of(entry: Line) -> Row:
    """A line of the list as a row for a tablet."""
    words = [entry.facts]
    if entry.amount is not None:
        words.insert(0, read_out(entry.amount))
    return Row(
        headline=entry.title,
        facts=joined(words),
        severity="caution" if entry.late else "",
        command=entry.press.command,
        args=dict(entry.press.args),
    )
