"""The files of a new city's folder: the template's, and those that follow from the answers."""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from kiosk.tools.city.answers import TEMPLATE, Answers
from kiosk.tools.city.areas import Area, Areas
from kiosk.wire.text import Text

PLACEHOLDER = Text(
    "‘모의’ 표시는 자리만 채운 값 (실제 아님)", "Values marked simulated are placeholders, not real"
)
MARK = "# Placeholder: made up so that the wall has something to show; put yours in its place.\n"
DATE = "2026-01-01"
YEARS = ("2023-12-31", "2024-12-31", "2025-12-31")
SCENES = ("crossroads", "street", "bridge", "river", "station", "expressway", "tunnel")
MOST_CAMERAS = 9
AREA = "all"  # the code of the whole city in its figures


def write_pack(folder: Path, answers: Answers, areas: Areas) -> None:
    """Writes a whole pack into a folder, which is made; nothing in it is real but the answers.

    Raises OSError.
    """
    shutil.copytree(TEMPLATE, folder)
    for file in folder.rglob("*"):  # a template that only root may change makes no such city
        file.chmod(0o755 if file.is_dir() else 0o644)
    _complaints(folder, answers)
    _sources(folder, answers)
    places = areas.areas
    texts = {
        "city.toml": _city(answers, areas),
        "districts.toml": _tables("district", map(msgspec.structs.asdict, places)),
        "cameras.toml": MARK + "\n" + _tables("camera", _cameras(places)),
        "orders.toml": _orders(answers) + (folder / "orders.toml").read_text("utf-8"),
        "incidents.toml": (folder / "incidents.toml").read_text("utf-8")
        + "\n"
        + _tables("place", _spots(places)),
        "figures/population.toml": _population(answers, places),
        "places/stations.toml": _stations(places),
        "voice/ko/city.toml": _voice(answers, "ko"),
        "voice/en/city.toml": _voice(answers, "en"),
    }
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    if areas.geojson is not None:
        (folder / "districts.geojson").write_bytes(areas.geojson)


def site_text(answers: Answers, pack: str, cameras: int) -> str:
    """The file of the wall, that `run --site` reads."""
    name = answers.name.text
    return (
        f"# The wall of {name.ko} ({name.en}). Every setting: docs/settings.md.\n\n"
        f"[city]\n{_pair('pack', pack)}\n\n"
        f"[ui]\n{_pair('language', answers.language)}\n\n"
        f"[demo]\n{_pair('cameras', cameras)}\n"
    )


def cameras_of(areas: Areas) -> int:
    """How many simulated cameras the city gets."""
    return min(len(areas.areas), MOST_CAMERAS)


# ---- TOML


def _value(value: Any) -> str:
    """A value on one line."""
    match value:
        case Text():
            return _value({"ko": value.ko, "en": value.en})
        case bool() | str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() | float():
            return str(value)
        case Mapping():
            return f"{{ {', '.join(_pair(key, each) for key, each in value.items())} }}"
        case Iterable():
            return f"[{', '.join(_value(each) for each in value)}]"
    raise TypeError(type(value))


def _pair(key: str, value: Any) -> str:
    plain = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return f"{key if plain else _value(key)} = {_value(value)}"


def _pairs(row: Mapping[str, Any]) -> str:
    return "".join(f"{_pair(key, value)}\n" for key, value in row.items())


def _tables(name: str, rows: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(f"[[{name}]]\n{_pairs(row)}" for row in rows)


# ---- files


def _city(answers: Answers, areas: Areas) -> str:
    name, box, word = answers.name.text, areas.bounds, answers.area_word
    middle = answers.middle or (
        round((box.south + box.north) / 2, 5),
        round((box.west + box.east) / 2, 5),
    )
    head: dict[str, Any] = {
        "name": name,
        "short": answers.short.text if answers.short else name,
        "language": answers.language,
        "time_zone": answers.time_zone,
        "area": AREA,
        "middle": middle,
        "bounds": msgspec.structs.asdict(box),
        "panels": answers.panels,
    }
    level: dict[str, Any] = {
        "name": word.name.text,
        "many": word.many.text,
        "code": areas.pattern,
        "office": word.office.text,
    }
    if areas.geojson is not None:
        level["boundaries"] = "districts.geojson"
    maps = {
        "pm25": Text("공기", "Air"),
        "traffic-speed": Text("교통", "Traffic"),
        "complaints": Text("민원", "Complaints"),
        "population": Text("인구", "People"),
    }
    numbers = msgspec.structs.asdict(answers.emergency)
    rooms = {"sample": {"name": Text("응급실", "emergency room"), "beds": (6, 18)}}
    called = {panel: own.name.text for panel, own in answers.called.items()}
    parts = [
        "# What the other files of this folder are about. Every field: docs/packs.md.\n",
        _pairs(head),
        "# Says on every screen that the city is not filled in; published figures count as\n"
        "# simulated, too. Goes with the last placeholder; ./kiosk.sh city check names them.\n"
        + _pairs({"invented": PLACEHOLDER}),
        "[[level]]\n" + _pairs(level),
        "[maps]\n" + _pairs(maps),
        "[emergency]\n" + _pairs({**numbers, "goal_s": 420, "rooms": rooms}),
    ]
    if called:
        parts.append("[names]\n" + _pairs(called))
    parts.append(_scales())
    return "\n".join(parts)


def _scales() -> str:
    by = Text("자리표시 등급", "placeholder grades")
    air = (
        {"least": 0, "name": Text("좋음", "good")},
        {"least": 16, "name": Text("보통", "moderate")},
        {"least": 36, "name": Text("나쁨", "bad"), "grave": True},
    )
    roads = (
        {"least": 0, "name": Text("정체", "congested"), "grave": True},
        {"least": 15, "name": Text("서행", "slow")},
        {"least": 25, "name": Text("원활", "flowing")},
    )
    return MARK + "\n".join(
        "[[scale]]\n" + _pairs({"indicator": indicator, "by": by, "grade": grades})
        for indicator, grades in (("pm25", air), ("traffic-speed", roads))
    )


def _orders(answers: Answers) -> str:
    rows = []
    for office in answers.office:
        row = {"id": office.id, "name": office.name.text, "duties": office.duties}
        row |= {k: v for k in ("part_of", "contact") if (v := getattr(office, k))}
        rows.append(row)
    return (
        "# Who is in charge of what, what each office is part of and where it is reached.\n"
        "# The fields: the same file of config/city/seoul.\n\n" + _tables("department", rows)
    )


def _complaints(folder: Path, answers: Answers) -> None:
    """In the city's language; each kind falls to the office that has the duty."""
    text = (folder / f"complaints.{answers.language}.toml").read_text("utf-8")
    for language in ("ko", "en"):
        (folder / f"complaints.{language}.toml").unlink()
    desk = answers.desk()
    while (begin := text.find('"{complaints.')) >= 0:
        end = text.index('}"', begin)
        office = desk.in_charge(text[begin + 2 : end]) or desk.department[0]
        text = text[:begin] + _value(office.name.of(answers.language)) + text[end + 2 :]
    (folder / "complaints.toml").write_text(text, "utf-8")


def _sources(folder: Path, answers: Answers) -> None:
    """Each with its owner, as a line below its name."""
    file, lines, source = folder / "sources.toml", [], ""
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("id = "):
            source = json.loads(line.removeprefix("id = "))
        lines.append(line)
        if line.startswith("name = "):
            lines.append(_pair("owner", answers.owner_of(source).name.text))
    file.write_text("\n".join(lines) + "\n", "utf-8")


def _cameras(areas: tuple[Area, ...]) -> Iterable[dict[str, Any]]:
    for n, area in enumerate(areas[:MOST_CAMERAS]):
        yield {
            "id": f"sample-{n + 1}",
            "number": n + 1,
            "name": Text(f"{area.name.ko} 예시 카메라", f"{area.name.en}, sample camera"),
            "lat": area.lat,
            "lon": area.lon,
            "district": area.code,
            "kind": SCENES[n % len(SCENES)],
        }


def _spots(areas: tuple[Area, ...]) -> Iterable[dict[str, Any]]:
    for area in areas:
        yield {
            "name": Text(f"{area.name.ko} 예시 지점", f"a sample spot in {area.name.en}"),
            "district": area.code,
            "lat": area.lat,
            "lon": area.lon,
        }


def _population(answers: Answers, areas: tuple[Area, ...]) -> str:
    """Round numbers, so that nobody takes them for counted ones."""
    values = {area.code: [10_000, 10_000, 10_000] for area in areas}
    collection = "자리표시 / placeholder"
    head = {"indicator": "population", "source": "residents", "collection": collection}
    more = {"licence": "simulated", "dates": YEARS}
    whole = {AREA: [10_000 * len(areas)] * len(YEARS)}
    return f"{MARK}\n[[figures]]\n{_pairs(head | more)}\n[figures.values]\n{_pairs(whole | values)}"


def _stations(areas: tuple[Area, ...]) -> str:
    names = {
        "fire.station": ("소방서", "fire station"),
        "safety.police_station": ("경찰서", "police station"),
        "health.emergency_hospital": ("응급실", "emergency room"),
    }
    rows = []
    for kind, (ko, en) in names.items():
        word = kind.partition(".")[2].replace("_", "-")
        places = []
        for n, area in enumerate(areas, 1):
            name = f"{area.name.ko} 예시 {ko}" if area.name.ko != area.name.en else area.name.en
            name = name if area.name.ko != area.name.en else f"{name}, sample {en}"
            place = {"id": f"sample-{word}-{n}", "name": name, "district": area.code}
            place["at"] = [area.lat, area.lon]  # type: ignore[assignment]
            if kind == "health.emergency_hospital":
                place["attributes"] = {"class": "sample"}  # type: ignore[assignment]
            places.append(place)
        row = {"kind": kind, "source": "stations", "collection": "자리표시 / placeholder"}
        rows.append(row | {"licence": "simulated", "date": DATE, "places": places})
    return MARK + "\n" + _tables("list", rows)


def _voice(answers: Answers, language: str) -> str:
    """Ways to say the panels that have names of their own."""
    rows = []
    for panel, own in answers.called.items():
        name = own.name.text.ko if language == "ko" else own.name.text.en
        said = own.say.ko if language == "ko" else own.say.en
        rows.append({"value": panel, "spoken": list(dict.fromkeys((name, *said)))})
    text = '# Further ways to say what this city has; the fields: docs/voice.md.\narea = "city"\n'
    if rows:
        spoken = ",\n".join(f"  {_value(row)}" for row in rows)
        text += f"\n[slots]\npanel = [\n{spoken},\n]\n"
    return text
