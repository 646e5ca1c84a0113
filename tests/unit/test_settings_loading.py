"""A configuration that can't be used says file, field, value and what was expected."""

from pathlib import Path

import pytest

from kiosk.settings import SettingsError, dump, load, load_resolved


def write(folder: Path, text: str, name: str = "kiosk.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("[ui]\nwidht_px = 3", "ui.widht_px", "did you mean 'width_px'"),
        ("[ui]\nwidth_px = 3", "ui.width_px", ">= 640"),
        ('[ui]\nwidth_px = "wide"', "ui.width_px", "expected `int`"),
        ("[scrren]\nx = 1", "scrren", "no such setting"),
        ('[ui]\nlanguage = "fr"', "ui.language", "invalid enum value"),
        ("[ui", "file", "valid TOML"),
        ("ui = 3", "ui", "expected `object`"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, field: str, expected: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load((file,))
    assert caught.value.file == str(file)
    assert caught.value.field == field
    assert expected in caught.value.expected


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load((tmp_path / "nowhere.toml",))


def test_a_site_lies_over_the_defaults_and_the_command_line_over_both(tmp_path: Path) -> None:
    base = write(tmp_path, "[ui]\nwidth_px = 1000\nheight_px = 800\n[video]\nfps = 5")
    site = write(tmp_path, "[ui]\nwidth_px = 2000", "site.toml")
    settings = load((base, site), {"ui": {"height_px": 900}})
    assert (settings.ui.width_px, settings.ui.height_px, settings.video.fps) == (2000, 900, 5.0)


def test_an_error_names_the_layer_it_stands_in(tmp_path: Path) -> None:
    base = write(tmp_path, "[ui]\nwidth_px = 1000")
    with pytest.raises(SettingsError, match=r"command line: ui\.width_px"):
        load((base,), {"ui": {"width_px": "x"}})


def test_resolved_settings_are_for_this_user_only(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    settings = load((write(tmp_path, "[ui]\nwidth_px = 1000"),))
    dump(settings, file)
    assert load_resolved(file) == settings
    assert file.stat().st_mode & 0o077 == 0


def test_the_shipped_configuration_is_good() -> None:
    config = Path(__file__).resolve().parents[2] / "config" / "kiosk.toml"
    assert load((config,)).city.demo
