"""Reads what the demonstration declares, with its references checked."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.backend.catalogue import City, known, read
from kiosk.backend.simulator.decade import AgeShare
from kiosk.backend.simulator.incidents import IncidentBook, Kind
from kiosk.backend.simulator.signals import Signal
from kiosk.backend.simulator.statistics import Statistic
from kiosk.settings import SettingsError
from kiosk.wire.text import Text


class SignalFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ages: tuple[AgeShare, ...]
    signal: tuple[Signal, ...]
    events: tuple[str, ...] = ()


def read_signals(city: City, folder: Path) -> tuple[Signal, ...]:
    """Signals of simulation.toml. Raises SettingsError."""
    file = folder / "simulation.toml"
    signals = read(file, SignalFile).signal
    indicators = {i.id for i in city.indicators}
    published = {f.indicator for f in city.figures}
    cumulative = {s.indicator for s in signals if s.kind == "cumulative" and not s.includes}
    for signal in signals:
        where = f"signal {signal.indicator}"
        known(file, f"{where}.indicator", signal.indicator, indicators)
        if signal.weights is not None:
            known(file, f"{where}.weights", signal.weights, published)
        if signal.includes is not None:
            known(file, f"{where}.includes", signal.includes, cumulative)
    return signals


class _Statistics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    statistic: tuple[Statistic, ...]


def read_statistics(city: City, folder: Path) -> tuple[Statistic, ...]:
    """Statistics of statistics.toml. Raises SettingsError."""
    file = folder / "statistics.toml"
    statistics = read(file, _Statistics).statistic
    indicators = {i.id for i in city.indicators}
    groups = {age.group for age in read_ages(folder)}
    for statistic in statistics:
        where = f"statistic {statistic.indicator}"
        known(file, f"{where}.indicator", statistic.indicator, indicators)
        for group in statistic.ages:
            known(file, f"{where}.ages", group, groups)
    return statistics


def read_ages(folder: Path) -> tuple[AgeShare, ...]:
    """Age groups of simulation.toml and how many people are in each. Raises SettingsError."""
    return read(folder / "simulation.toml", SignalFile).ages


def read_events(folder: Path) -> tuple[str, ...]:
    """What goes on in the city, in its own language. Raises SettingsError."""
    return read(folder / "simulation.toml", SignalFile).events


def read_incidents(city: City, folder: Path) -> IncidentBook:
    """Kinds and places of incidents.toml. Raises SettingsError."""
    file = folder / "incidents.toml"
    book = read(file, IncidentBook)
    codes = {d.code for d in city.districts}
    for place in book.place:
        known(file, f"place {place.name.en}.district", place.district, codes)
    commands = {"camera", *(i.id for i in city.indicators)}
    for kind in book.kind:
        known(file, f"kind {kind.id}.command", kind.command, commands)
        for text in (kind.headline, *_sentences(kind)):
            _check_blanks(file, kind, text)
        if kind.stage[0].after_min != 0:
            raise SettingsError(
                str(file),
                f"kind {kind.id}.stage[0].after_min",
                kind.stage[0].after_min,
                "the first stage is expected at 0",
            )
    return book


def _sentences(kind: Kind) -> Iterator[Text]:
    for stage in kind.stage:
        yield stage.facts
        if stage.police is not None:
            yield stage.police


def _check_blanks(file: Path, kind: Kind, text: Text) -> None:
    """Raises SettingsError when a blank of a sentence has no number to fill it."""
    blanks = {"place": "", **dict.fromkeys(kind.numbers, 1)}
    for sentence in (text.ko, text.en):
        try:
            sentence.format(**blanks)
        except (KeyError, ValueError, IndexError) as error:
            raise SettingsError(
                str(file),
                f"kind {kind.id}",
                sentence,
                f"blanks are expected out of: {', '.join(sorted(blanks))}",
            ) from error
