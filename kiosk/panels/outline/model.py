"""What a panel of items shows: lines, one item in full, a picture."""

import msgspec

from kiosk.core.photos import Photo
from kiosk.ui.charts.map_model import MapModel, Press
from kiosk.wire.text import Text

NOTHING = Text("", "")


class _Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Amount(_Model, frozen=True):
    """A figure as it is read; Korean and English count money in other units."""

    value: Text
    unit: Text = NOTHING
    label: Text = NOTHING


class Line(_Model, frozen=True):
    """An item in the list; `number` is the same in the picture. `share` is drawn as a bar of 0..1,
    `plan` as a mark on it; `of_largest`: it is a share of the largest in the list, not of a whole
    that could be told in per cent."""

    id: str
    number: int
    title: Text
    facts: Text
    press: Press
    amount: Amount | None = None
    share: float | None = None
    of_largest: bool = False
    plan: float | None = None
    late: bool = False
    simulated: bool = False
    chosen: bool = False


class Part(_Model, frozen=True):
    """A part that the list can be narrowed to, or all of it."""

    label: Text
    press: Press
    chosen: bool = False


class Sheet(_Model, frozen=True):
    """One item in full. `facts` are label and words. `invented`: the entry itself is one of the
    demonstration; `simulated`: what is said of its progress is, `played` says so in words.
    `pictured`: there is a place for photos, whether the site has any or not."""

    id: str
    kicker: Text
    title: Text
    summary: Text = NOTHING
    figures: tuple[Amount, ...] = ()
    share: float | None = None
    plan: float | None = None
    state: Text = NOTHING
    late: bool = False
    facts: tuple[tuple[Text, Text], ...] = ()
    source: Text = NOTHING
    played: Text = NOTHING
    simulated: bool = False
    invented: bool = False
    pictured: bool = False
    photos: tuple[Photo, ...] = ()


class Cell(_Model, frozen=True):
    """A part of a whole; `size` counts, whatever its unit."""

    title: Text
    size: float
    amount: Amount
    press: Press
    chosen: bool = False


class Treemap(_Model, frozen=True):
    """Parts as areas; `rest` is what the source does not list, drawn as not known."""

    cells: tuple[Cell, ...]
    rest: float = 0.0
    rest_label: Text = NOTHING


class Mark(_Model, frozen=True):
    """A moment of a timeline."""

    t_ms: int
    title: Text
    date: Text
    press: Press
    chosen: bool = False


class Timeline(_Model, frozen=True):
    """Moments in the order of time."""

    marks: tuple[Mark, ...]


class Spot(_Model, frozen=True):
    """A place of the world: km and bearing (degrees from north, clockwise) from the city."""

    number: int
    title: Text
    km: float
    bearing: float
    press: Press
    chosen: bool = False


class Rings(_Model, frozen=True):
    """Places of the world by distance and direction; the outermost ring is half way round."""

    spots: tuple[Spot, ...]


Picture = MapModel | Treemap | Timeline | Rings


class OutlineModel(_Model, frozen=True):
    """`up` opens what the opened item is part of, None: the panel's own list; `beside` the entry
    before it and the one after it, round the end; `indicator` the figure that tells more, `sites`
    where what it speaks of stands, `cameras` those near it, `through` looks at the whole wall
    through it. `late` is what is late in the whole tree, told while nothing is opened. `parts`
    narrow the list. `orders`: an order can be about what is opened."""

    panel: str
    title: Text
    remark: Text = NOTHING
    loading: bool = False
    lines: tuple[Line, ...] = ()
    late: tuple[Line, ...] = ()
    sheet: Sheet | None = None
    opened: bool = False
    picture: Picture | None = None
    picture_title: Text = NOTHING
    picture_remark: Text = NOTHING
    picture_simulated: bool = False
    up: Press | None = None
    beside: tuple[Press, Press] | None = None
    indicator: Press | None = None
    sites: Press | None = None
    cameras: Press | None = None
    through: Press | None = None
    parts: tuple[Part, ...] = ()
    orders: bool = True
    simulated: bool = False
    whole: bool = True
    now_ms: int = 0
