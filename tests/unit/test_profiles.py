"""Whom the wall works for: their first screen, their rights, their name."""

from pathlib import Path

import pytest

from kiosk.app.configuration import read_profiles
from kiosk.core.invocation import Source, Status
from kiosk.core.profiles import Profiles
from kiosk.core.state import Place
from kiosk.settings import Settings, SettingsError
from kiosk.settings.model import UiSettings
from tests.helpers.heart import Heart


@pytest.fixture
def heart() -> Heart:
    return Heart()


def test_the_first_screen_is_theirs_and_home_leads_back_to_it(heart: Heart) -> None:
    heart.intake.touch("profile.choose", {"profile": "district-head"}, "test")
    assert heart.store.state.place == Place(panel="home", district="11710")
    heart.intake.touch("panel.open", {"panel": "cctv"}, "test")
    heart.intake.touch("nav.home", {}, "test")
    assert heart.store.state.place == Place(panel="home", district="11710")


def test_their_rights_count_at_the_wall_and_are_written_down(heart: Heart) -> None:
    wish = ("system.restart", {"process": "voice"}, "test")
    assert heart.intake.touch(*wish).done
    heart.intake.touch("profile.choose", {"profile": "visitor"}, "test")
    assert heart.intake.touch(*wish).status is Status.DENIED
    assert heart.records[-1].role == "visitor"
    heart.intake.touch("profile.choose", {"profile": "mayor"}, "test")
    assert heart.intake.touch(*wish).done


def test_each_goes_back_through_their_own_places_only(heart: Heart) -> None:
    def panels() -> list[str]:
        """Where back leads, step by step."""
        found = []
        while heart.intake.touch("nav.back", {}, "test").done:
            found.append(heart.store.state.panel)
        return found

    heart.intake.touch("panel.open", {"panel": "cctv"}, "test")
    heart.intake.touch("profile.choose", {"profile": "visitor"}, "test")
    assert panels() == []
    heart.intake.touch("panel.open", {"panel": "indicators"}, "test")
    heart.intake.touch("profile.choose", {"profile": "mayor"}, "test")
    assert heart.store.state.panel == "home"
    assert panels()[0] == "cctv"
    heart.intake.touch("profile.choose", {"profile": "visitor"}, "test")
    assert panels()[0] == "indicators"


@pytest.mark.parametrize("source", [Source.VOICE, Source.GESTURE, Source.TABLET])
def test_only_a_finger_changes_whose_wall_it_is(heart: Heart, source: Source) -> None:
    assert source not in heart.registry.resolve("profile.choose").sources


@pytest.mark.parametrize("wanted", ["nobody", ""])
def test_an_unknown_profile_is_told_with_those_that_there_are(heart: Heart, wanted: str) -> None:
    outcome = heart.intake.touch("profile.choose", {"profile": wanted}, "test")
    assert not outcome.done
    assert "mayor, district-head" in outcome.reason.ko


def test_a_site_that_names_an_unknown_profile_is_told_so() -> None:
    bureau = Settings(ui=UiSettings(profile="bureau-head"))
    assert read_profiles(bureau).home("bureau-head").panel == "indicators"
    with pytest.raises(SettingsError, match="profile"):
        read_profiles(Settings(ui=UiSettings(profile="nobody")))


def test_a_wall_without_profiles_begins_at_home(tmp_path: Path) -> None:
    assert Profiles().home("") == Place()
    assert Profiles().find("") is None
