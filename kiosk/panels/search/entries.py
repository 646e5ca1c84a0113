"""Everything that can be found, as entries with the command that opens it."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from kiosk.commands import all_commands
from kiosk.core.desk import Desk
from kiosk.core.finder import Findable
from kiosk.core.invocation import Source as Way
from kiosk.core.profiles import Profiles
from kiosk.core.registry import Command, NoArgs
from kiosk.panels import PanelSpec
from kiosk.wire.city import (
    Camera,
    Complaint,
    District,
    Incident,
    Indicator,
    Item,
    Kind,
    Neighbourhood,
    Source,
)
from kiosk.wire.names import PlaceName
from kiosk.wire.text import Text

NOTHING = Text("", "")
WEIGHTS = {
    **{"panel": 1.0, "indicator": 1.0, "district": 1.0, "incident": 1.0, "camera": 0.98},
    **{"neighbourhood": 0.97, "item": 0.95, "place": 0.95, "department": 0.94, "profile": 0.94},
    **{"command": 0.92},
    **{"complaint": 0.88, "source": 0.84, "kind": 0.8},
}
"""Of two things of one name, which is meant more often: a judgement, not a measurement."""


class Rows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the cache has with a name."""

    indicators: tuple[Indicator, ...]
    districts: tuple[District, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    cameras: tuple[Camera, ...]
    incidents: tuple[Incident, ...]
    items: tuple[Item, ...]
    complaints: tuple[Complaint, ...]
    sources: tuple[Source, ...]
    kinds: tuple[Kind, ...]


def of_rows(rows: Rows) -> Iterator[Findable]:
    """The city's own things, the most asked for first."""
    names = {district.code: district.name for district in rows.districts}
    for i in rows.indicators:
        takes = "district" if i.areas == "districts" else ""
        args = {"indicator": i.id}
        note = i.theme_title
        yield _entry("indicator", i.title, "indicator.open", args, note, takes=takes, sdg=i.sdg)
    for d in rows.districts:
        yield _entry("district", d.name, "district.select", {"district": d.code}, place=d.code)
    for incident in rows.incidents:
        args = {"incident": incident.id}
        yield _entry("incident", incident.headline, "incident.open", args, incident.facts)
    for camera in rows.cameras:
        note = names.get(camera.district, NOTHING)
        words = (f"{camera.number}번 카메라", f"camera {camera.number}")
        args = {"camera": camera.id}
        yield _entry("camera", camera.name, "cctv.open", args, note, words=words)
    for n in rows.neighbourhoods:
        note = names.get(n.district, NOTHING)
        args = {"neighbourhood": n.code}
        yield _entry("neighbourhood", n.name, "neighbourhood.select", args, note)
    for item in rows.items:
        args = {"item": item.id}
        yield _entry("item", item.title, "item.open", args, item.owner, sdg=item.sdg)
    for complaint in rows.complaints:
        title = Text(complaint.title, complaint.title)
        note = names.get(complaint.district, NOTHING)
        args = {"complaint": complaint.id}
        yield _entry("complaint", title, "complaint.show", args, note, words=(complaint.id,))
    for source in rows.sources:
        yield _entry("source", source.name, "panel.open", {"panel": "sources"}, source.owner)
    for kind in rows.kinds:
        args = {"panel": "sources"}
        yield _entry("kind", kind.name, "panel.open", args, words=(kind.id,))


def of_places(rows: Sequence[PlaceName], districts: Sequence[District]) -> Iterator[Findable]:
    """What stands in the city and can be opened by its name."""
    names = {district.code: district.name for district in districts}
    for place in rows:
        name, args = Text(place.name, place.name), {"place": place.id}
        yield _entry("place", name, "place.open", args, names.get(place.district, NOTHING))


def of_wall(specs: Sequence[PanelSpec]) -> Iterator[Findable]:
    """Panels, and commands that need no more words."""
    for spec in specs:
        args = {"panel": spec.id}
        words, sdg = (spec.id,), spec.sdg
        yield _entry("panel", spec.title, "panel.open", args, spec.subtitle, words=words, sdg=sdg)
        for word, title in spec.narrowings:
            narrowed = {**args, "to": word}
            yield _entry("panel", title, "panel.narrow", narrowed, spec.title)
    for command in all_commands():
        if _alone(command):
            yield _entry("command", command.title, command.id, {}, words=(command.id,))


def of_desk(desk: Desk) -> Iterator[Findable]:
    """Those in charge: an order to one of them is written on the orders panel."""
    note = Text("지시 쓰기", "write an order")
    for department in desk.department:
        yield _entry("department", department.name, "order.compose", {}, note)


def of_profiles(profiles: Profiles) -> Iterator[Findable]:
    """Those whom the wall can work for."""
    note = Text("첫 화면과 권한", "first screen and rights")
    for profile in profiles.profile:
        yield _entry("profile", profile.name, "profile.choose", {"profile": profile.id}, note)


def _alone(command: Command) -> bool:
    """Whether a finger can give it with nothing more to say, on an open wall."""
    return (
        command.args_model is NoArgs
        and Way.TOUCH in command.sources
        and not command.while_locked
        and command.when is None
    )


def _entry(
    kind: str,
    name: Text,
    command: str,
    args: Mapping[str, str],
    note: Text = NOTHING,
    *,
    words: tuple[str, ...] = (),
    place: str = "",
    takes: str = "",
    sdg: tuple[int, ...] = (),
) -> Findable:
    return Findable(
        kind=kind,
        name=name,
        command=command,
        args=dict(args),
        note=note,
        words=words,
        weight=WEIGHTS[kind],
        place=place,
        takes_place=takes,
        sdg=sdg,
    )
