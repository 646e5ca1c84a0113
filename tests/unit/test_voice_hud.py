"""What the HUD of the microphone says: how long it listens, how noisy it is, what went wrong."""

import pytest

from kiosk.ui.components.voice_hud import NO_MATCH_WORDS, refused_voice_view, voice_hud_view
from voice.events import TOO_NOISY_DB, ListeningState, NoMatch, NoMatchReason, VoiceStatus


def listening(snr_db: float | None = None, overflows: int = 0) -> VoiceStatus:
    state = ListeningState.LISTENING
    return VoiceStatus(0, state, -30.0, "", 2.3, snr_db=snr_db, overflows=overflows)


def test_a_window_counts_down_and_shows_level_and_noise() -> None:
    view = voice_hud_view(listening(snr_db=18.4))
    assert (view.small.ko, view.small.en) == ("듣는 중, 3초", "Listening, 3 s")
    assert (view.more.ko, view.more.en) == ("소음 대비 18 dB", "18 dB above the noise")
    assert view.level == pytest.approx(0.5)


def test_nothing_is_said_of_noise_before_it_is_known() -> None:
    assert voice_hud_view(listening()).more.ko == ""


def test_a_room_in_which_nothing_can_be_trusted_is_told_before_anybody_speaks() -> None:
    view = voice_hud_view(listening(snr_db=TOO_NOISY_DB - 1))
    assert (view.more.ko, view.more.en) == ("너무 시끄럽습니다", "Too noisy")


def test_lost_sound_matters_more_than_noise() -> None:
    view = voice_hud_view(listening(snr_db=18.0, overflows=1))
    assert (view.more.ko, view.more.en) == ("소리를 놓쳤습니다", "Some sound was lost")


def test_a_noisy_room_is_the_reason_of_a_refusal() -> None:
    view = refused_voice_view(NoMatch("", NoMatchReason.NOISY, (), 0))
    assert (view.words.ko, view.words.en) == ("너무 시끄럽습니다", "Too noisy")


def test_there_are_words_for_every_reason() -> None:
    assert set(NO_MATCH_WORDS) == set(NoMatchReason)
