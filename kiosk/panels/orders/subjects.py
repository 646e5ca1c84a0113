"""What an order is about: its name, and the press that opens it. No Qt."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.desk import Desk
from kiosk.pack import here
from kiosk.ui.charts.map_model import Press
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

GONE = Text("지금은 자료에 없는 대상", "no longer in the data")


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`duty` is the kind of it that a department is in charge of, `owner` who is anyway."""

    name: Text
    press: Press | None
    duty: str = ""
    owner: Text = Text("", "")

    def charged(self, desk: Desk) -> tuple[str, Text] | None:
        """Id and name of who is in charge."""
        found = desk.in_charge(self.duty) or desk.find(self.owner.ko)
        if found is not None:
            return found.id, found.name
        return (self.owner.ko, self.owner) if self.owner.ko else None


def read_subjects(rows: "Repositories") -> Mapping[str, Subject]:
    """Everything that an order can be about, by table/key."""
    offices = {d.code: here().parts.office_of(d.name) for d in rows.districts()}
    nobody = Text("", "")
    found: dict[str, Subject] = {}
    for incident in rows.incidents(ended=True):
        where = Press("district.select", {"district": incident.district})
        press = Press(incident.command, dict(incident.args)) if incident.command else where
        duty, office = f"incidents.{incident.kind}", offices.get(incident.district, nobody)
        found[f"incidents/{incident.id}"] = Subject(incident.headline, press, duty, office)
    for indicator in rows.indicators():
        press = Press("indicator.open", {"indicator": indicator.id})
        found[f"indicators/{indicator.id}"] = Subject(indicator.title, press, owner=indicator.owner)
    for camera in rows.cameras():
        press = Press("cctv.open", {"camera": camera.id})
        office = offices.get(camera.district, nobody)
        found[f"cameras/{camera.id}"] = Subject(camera.name, press, owner=office)
    for row in rows.complaints():
        press = Press("complaint.show", {"complaint": row.id})
        duty = f"complaints.{row.kind.removeprefix('complaint.')}"
        office = offices.get(row.district, nobody)
        found[f"complaints/{row.id}"] = Subject(Text(row.title, row.title), press, duty, office)
    for item in rows.items():
        press = Press("item.open", {"item": item.id})
        subject = Subject(item.title, press, f"items.{item.kind}", item.owner)
        found[f"items/{item.id}"] = subject
    return found
