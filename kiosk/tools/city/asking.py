"""Asks for the least that a city needs, at the terminal; everything else is as in the example."""

import sys
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kiosk.settings import SettingsError
from kiosk.settings.loading import check, read_model
from kiosk.tools.city.answers import SAMPLE, Answers, check_answers
from kiosk.tools.city.areas import areas_of

WHERE = "answers"
T = TypeVar("T")


def ask() -> Answers:
    """Answers of a person. What can't be used is asked again; EOFError when nobody answers."""
    print("도시 팩을 만듭니다. 빈칸이면 [ ] 안의 값을 씁니다.")
    print("A city of your own. An empty answer takes what stands in [ ].")
    name = _name()
    language = _one("화면 언어 / language of the wall (ko, en)", "ko", _language)
    zone = _one("시간대 / time zone", "Asia/Seoul", _zone)
    told: dict[str, Any] = {"name": name, "language": language, "time_zone": zone}
    while True:
        areas = _one(
            "지역 이름(쉼표로) 또는 GeoJSON 파일 / areas: names, or a GeoJSON file", "", _areas
        )
        if "areas" in areas:
            areas["middle"] = _one("시청 위치 / city hall: latitude, longitude", "", _point)
        try:
            data = told | areas
            check(data, Answers, WHERE)
            answers = check_answers(msgspec.convert(data, Answers), WHERE)
            areas_of(answers, Path.cwd())
        except SettingsError as error:
            _again(f"{error.field}: {error.value!r}: {error.expected}")
            continue
        sample = read_model(SAMPLE, Answers)
        return msgspec.structs.replace(
            answers, area_word=sample.area_word, emergency=sample.emergency
        )


def _one(question: str, default: str, read: Callable[[str], T]) -> T:
    while True:
        print(f"{question} [{default}]: ", end="", flush=True)
        said = input().strip() or default
        try:
            return read(said)
        except ValueError as error:
            _again(str(error))


def _again(why: str) -> None:
    print(f"  {why}", file=sys.stderr)


def _name() -> dict[str, str]:
    while True:
        ko = _one("도시 이름(한국어) / name in Korean", "", str)
        en = _one("도시 이름(영어) / name in English", ko, str)
        if ko or en:
            return {"ko": ko, "en": en}
        _again("이름이 하나는 있어야 합니다 / one name is needed")


def _language(said: str) -> str:
    if said not in ("ko", "en"):
        raise ValueError("ko, en")
    return said


def _zone(said: str) -> str:
    try:
        zoneinfo.ZoneInfo(said)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("Asia/Seoul, Europe/Madrid ...") from error
    return said


def _areas(said: str) -> dict[str, Any]:
    if said.lower().endswith((".geojson", ".json")):
        if not Path(said).is_file():
            raise ValueError(f"{said}: 파일이 없습니다 / no such file")
        return {"borders": said}
    names = [part.strip() for part in said.split(",") if part.strip()]
    if not names:
        raise ValueError("가람구, 나루구 / Garam-gu, Naru-gu")
    return {"areas": [{"own": name} for name in names]}


def _point(said: str) -> list[float]:
    parts = said.split(",")
    if len(parts) != 2:
        raise ValueError("37.5665, 126.978")
    return [float(part) for part in parts]
