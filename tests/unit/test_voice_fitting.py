"""Weights from observations: what tells commands from talk is found, and talk sets the limit."""

from pathlib import Path

import numpy as np
import pytest

from voice.confusions import confusions_file, count_confusions, read_confusions
from voice.features import NAMES, Hearing, Look, features
from voice.fitting import (
    TALK_AN_HOUR,
    Observation,
    _limit,
    as_toml,
    confusions_as_toml,
    fit,
)
from voice.judge import read_rules


def observations(seed: int) -> list[Observation]:
    """Commands whose second feature is high, talk whose is low; the others are noise."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(400):
        talk = number % 2 == 0
        values = rng.normal(size=len(NAMES))
        values[1] += -1.5 if talk else 1.5
        found.append(
            Observation(
                speaker=f"s{number % 8}{'t' if talk else 'c'}",
                utterance=str(number),
                seconds=9.0,
                talk=talk,
                said=not talk,
                phrase="처음으로",
                features=tuple(values.tolist()),
            )
        )
    return found


def test_the_feature_that_tells_them_apart_gets_the_weight() -> None:
    fitted = fit(observations(3), 0.5, 210)
    weights = np.abs(fitted.rules.weights)
    assert weights[1] > 3 * np.delete(weights, 1).max()
    assert fitted.pressed["wrong"] <= 2
    assert fitted.pressed["right"] >= fitted.open["right"]
    assert fitted.rules.pressed <= fitted.rules.accept
    assert sum(fitted.pressed.values()) == 210  # ten gave no candidate and are refused
    assert len(fitted.rules.fitted_on) == 8
    assert list(fitted.talk_highest) == sorted(fitted.talk_highest, reverse=True)


def test_talk_passes_the_limit_as_seldom_as_it_is_to() -> None:
    rng = np.random.default_rng(5)
    hours = 100.0
    odds = np.sort(rng.exponential(2.0, size=20_000))[::-1]
    limits = [_limit(np.sort(part)[::-1], 1.0) for part in rng.permutation(odds).reshape(100, 200)]
    passed = (odds > np.median(limits)).sum() / hours
    assert passed == pytest.approx(TALK_AN_HOUR, abs=0.2)


def test_more_talk_in_an_hour_sets_a_higher_limit() -> None:
    odds = np.sort(np.random.default_rng(1).normal(size=500))[::-1]
    assert _limit(odds, 0.5) > _limit(odds, 2.0) > odds[25]


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    fitted = fit(observations(4), 0.5, 200)
    file = tmp_path / "ko.toml"
    file.write_text(as_toml(fitted, "a test"), "utf-8")
    assert read_rules(file) == fitted.rules
    counted = count_confusions([("kaN", "kan")])
    confusions_file(file).write_text(confusions_as_toml(counted, "a test"), "utf-8")
    assert read_confusions(confusions_file(file)) == counted


def test_features_say_what_their_names_say() -> None:
    district = Look("강남구", "district", 108.0, freely=16.0, by_bound=8.0)
    twin = Look("강남역", "camera", 106.0, freely=12.0, by_bound=0.0)
    unheard = Look("강남", "place", None, freely=15.0, by_bound=0.0)
    looks = [district, twin, unheard]
    heard = Hearing("kaNnamku", seconds=0.8, free_score=100.0)
    values = dict(zip(NAMES, features(district, 108.0, looks, heard), strict=True))
    assert values["worst_word"] == 1.0
    assert values["evidence"] == pytest.approx(1.0)  # eight nats for eight sounds
    assert values["lead"] == 2.0
    assert values["pace"] == pytest.approx(0.0)
    assert values["heard_freely"] == pytest.approx(2.0)
    assert values["heard_bound"] == pytest.approx(1.0)
    assert values["heard_lead"] == 1.0  # also over what can't be heard as a whole
    behind = dict(zip(NAMES, features(twin, 106.0, looks, heard), strict=True))
    assert (behind["lead"], behind["heard_lead"]) == (-2.0, -4.0)


def test_features_are_cut() -> None:
    heard = Hearing("kaNnamku", seconds=0.8, free_score=110.0)
    looks = [Look("종로구 민원", "a", 0.0, -90.0, 0.0), Look("강남구", "b", 110.0, 20.0, 9.0)]
    values = dict(zip(NAMES, features(looks[0], 0.0, looks, heard), strict=True))
    assert (values["evidence"], values["lead"], values["heard_lead"]) == (-3.0, -15.0, -8.0)
    alone = dict(zip(NAMES, features(looks[1], 110.0, looks[1:], heard), strict=True))
    assert alone["lead"] == 8.0
