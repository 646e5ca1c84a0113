"""Everything that others made is named with a known licence, and the page says what is so now."""

import shutil
from pathlib import Path

import pytest

from kiosk.tools.third_party import HAND_KEPT, PAGE, known, page, problems


def test_nothing_is_missing_and_every_licence_is_known() -> None:
    assert problems() == []


def test_the_page_is_up_to_date(root: Path) -> None:
    written = (root / PAGE).read_text(encoding="utf-8")
    assert written == page(), "run: python -m kiosk.tools.third_party"


def test_the_product_and_its_font_carry_their_licences(root: Path) -> None:
    assert "Apache License" in (root / "LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (root / "assets/fonts/Pretendard-LICENSE.txt").read_text()


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("(MIT AND Zlib)", True),
        ("Proprietary", False),
        ("MIT AND Proprietary", False),
    ],
)
def test_known(licence: str, expected: bool) -> None:
    assert known(licence) is expected


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Path:
    """A copy of what the page is made from."""
    shutil.copytree(root / "requirements", tmp_path / "requirements")
    (tmp_path / "docs").mkdir()
    shutil.copy(root / HAND_KEPT, tmp_path / HAND_KEPT)
    (tmp_path / "assets/fonts").mkdir(parents=True)
    city = tmp_path / "config/city/seoul"
    city.mkdir(parents=True)
    shutil.copy(root / "config/city/seoul/sources.toml", city)
    assert problems(tmp_path) == []
    return tmp_path


def test_a_new_pin_without_licence_is_found(project: Path) -> None:
    with (project / "requirements/runtime.txt").open("a") as pins:
        pins.write("no-such-package==1.0 \\\n    --hash=sha256:00\n")
    assert "no-such-package: licence 'unknown'" in problems(project)[0]
    assert "| no-such-package | 1.0 | unknown |" in page(project)


def test_a_strange_font_is_found(project: Path) -> None:
    (project / "assets/fonts/Strange.otf").write_bytes(b"")
    assert "fonts/Strange.otf: nobody says whose it is" in problems(project)[0]


def test_a_strange_debian_package_is_found(project: Path) -> None:
    with (project / "requirements/apt-runtime.txt").open("a") as packages:
        packages.write("libstrange0\n")
    assert "libstrange0" in problems(project)[0]


def test_an_unknown_licence_of_a_source_is_found(project: Path) -> None:
    sources = project / "config/city/seoul/sources.toml"
    text = sources.read_text(encoding="utf-8").replace("KOGL Type 1 (attribution)", "All mine", 1)
    sources.write_text(text, encoding="utf-8")
    assert "licence 'All mine' is not known" in problems(project)[0]


def test_an_entry_for_a_package_that_is_gone_is_found(project: Path) -> None:
    with (project / HAND_KEPT).open("a") as hand_kept:
        hand_kept.write('[package.gone]\nlicence = "MIT"\n')
    assert "gone: in docs/third-party.toml but no longer pinned" in problems(project)[0]
