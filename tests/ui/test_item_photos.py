"""Photos of a site: checked before the start, read off the screen's thread, an honest place."""

from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from kiosk.app.photos import read_photos
from kiosk.core.photos import Photo
from kiosk.panels.outline.model import OutlineModel
from kiosk.panels.outline.photo import PhotoFrame
from kiosk.settings import Settings, SettingsError
from kiosk.settings.model import PathSettings
from kiosk.ui.theme import make_theme
from kiosk.wire.text import Text
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of, put_on_wall

SITE = "regeneration-01"
LIST = """[[photo]]
item = "regeneration-01"
file = "{file}"
by = {{ ko = "종로구청", en = "Jongno-gu Office" }}
caption = {{ ko = "고친 골목", en = "The alley" }}
taken = "2026-05"
"""


def picture(file: Path, width: int = 640, height: int = 360) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 80, 40))
    assert image.save(str(file))
    return file


def settings(folder: Path, file: str) -> Settings:
    (folder / "photos.toml").write_text(LIST.format(file=file), "utf-8")
    return Settings(paths=PathSettings(photos_dir=str(folder)))


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def opened(city: MemoryRepositories, **live: object) -> OutlineModel:
    model = model_of("projects", city, at("projects", item=SITE), **live)
    assert isinstance(model, OutlineModel)
    return model


def test_a_sites_photos_are_read_with_whose_they_are(qapp: QApplication, tmp_path: Path) -> None:
    picture(tmp_path / "alley.jpg")
    (photo,) = read_photos(settings(tmp_path, "alley.jpg"))[SITE]
    assert (photo.by.ko, photo.taken) == ("종로구청", "2026-05")
    assert Path(photo.path).name == "alley.jpg"


def test_a_site_without_a_folder_has_none() -> None:
    assert read_photos(Settings()) == {}


@pytest.mark.parametrize("name", ["missing.jpg", "../outside.jpg", "list.gif", "text.jpg"])
def test_what_is_no_photo_of_the_folder_is_refused(
    qapp: QApplication, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    picture(tmp_path / "outside.jpg")
    (folder / "list.gif").write_bytes(b"GIF89a")
    (folder / "text.jpg").write_text("no picture")
    with pytest.raises(SettingsError, match=r"photo 1\.file"):
        read_photos(settings(folder, name))


def test_a_link_out_of_the_folder_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "link.jpg").symlink_to(picture(tmp_path / "outside.jpg"))
    with pytest.raises(SettingsError, match="inside the folder"):
        read_photos(settings(folder, "link.jpg"))


def test_a_site_of_regeneration_has_a_place_for_photos(city: MemoryRepositories) -> None:
    sheet = opened(city).sheet
    assert sheet is not None
    assert sheet.pictured
    assert sheet.photos == ()
    photo = Photo("/nowhere.jpg", Text("골목", "Alley"), Text("구청", "Office"))
    with_one = opened(city, photos={SITE: (photo,)}).sheet
    assert with_one is not None
    assert with_one.photos == (photo,)
    other = model_of("plans", city, at("plans", item="bigcare")).sheet
    assert not other.pictured


def shown(frame: PhotoFrame) -> None:
    """Waits until what was asked for has been read."""
    frame.grab()
    assert QThreadPool.globalInstance().waitForDone(5000)
    QApplication.processEvents()
    assert frame.picture is not None


def test_the_photo_stands_beside_the_map(
    qapp: QApplication, city: MemoryRepositories, tmp_path: Path
) -> None:
    file = picture(tmp_path / "alley.png", 3000, 2000)
    photo = Photo(str(file), Text("고친 골목", "The alley"), Text("구청", "Office"), "2026")
    model = opened(city, photos={SITE: (photo,)})
    shell, view = put_on_wall("projects", model, make_theme(1280, 720, "dark"), 1280, 720, [])
    frame = view.findChild(PhotoFrame)
    assert frame is not None
    assert frame.isVisibleTo(view)
    shown(frame)
    found = frame.picture
    assert found is not None
    assert 0 < found.width() <= frame.width()
    assert found.width() / found.height() == pytest.approx(1.5, rel=0.02)
    middle = frame.grab().toImage().pixelColor(frame.width() // 2, found.height() // 2)
    assert (middle.red(), middle.green(), middle.blue()) == (200, 80, 40)
    shell.close()
    shell.deleteLater()


def test_a_broken_file_is_told_and_draws_nothing(qapp: QApplication, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    frame = PhotoFrame(make_theme(1280, 720, "dark"))
    frame.resize(400, 300)
    frame.set_photos((Photo(str(broken), Text("", ""), Text("", "")),))
    shown(frame)
    assert frame.picture is not None
    assert frame.picture.isNull()
    frame.grab()
    frame.deleteLater()


def test_a_press_turns_to_the_next_photo(qapp: QApplication, tmp_path: Path) -> None:
    files = [picture(tmp_path / f"{n}.png", 40 + n, 30) for n in range(2)]
    photos = tuple(Photo(str(file), Text("", ""), Text("", "")) for file in files)
    frame = PhotoFrame(make_theme(1280, 720, "dark"))
    frame.resize(400, 300)
    frame.set_photos(photos)
    shown(frame)
    (target,) = frame.targets()
    frame.activate(target)
    shown(frame)
    assert frame.picture is not None
    assert frame.picture.width() == 41
    frame.deleteLater()
