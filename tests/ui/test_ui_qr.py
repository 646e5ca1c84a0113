"""The QR code on the wall can be read by a camera's reader, in both themes."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.ui.components.pairing import QUIET_MODULES, QrCode, qr_modules
from kiosk.ui.gallery.draw import draw_widget
from kiosk.ui.theme import ThemeName, make_theme

URL = "https://kiosk.local:8443/pair#mQ2b7xT0u9cV4kLr"
READER = "import sys, cv2; print(cv2.QRCodeDetector().detectAndDecode(cv2.imread(sys.argv[1]))[0])"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_code_is_read_back(qtbot: QtBot, tmp_path: Path, name: ThemeName) -> None:
    code = QrCode(make_theme(1920, 1080, name), URL)
    qtbot.addWidget(code)
    code.resize(420, 420)
    picture = tmp_path / "qr.png"
    assert draw_widget(code).save(str(picture))
    # The reader stays out of this process: OpenCV and Qt do not share one well.
    read = subprocess.run(
        [sys.executable, "-c", READER, str(picture)], capture_output=True, text=True, check=True
    )
    assert read.stdout.strip() == URL


def test_the_quiet_zone_is_four_modules(qtbot: QtBot) -> None:
    theme = make_theme(1920, 1080)
    code = QrCode(theme, URL)
    qtbot.addWidget(code)
    code.resize(420, 420)
    image = draw_widget(code)
    rows = qr_modules(URL)
    module = 420 // (len(rows) + 2 * QUIET_MODULES)
    light = theme.color("qr.light").rgb()
    middle = image.height() // 2
    left = next(x for x in range(12, 420) if image.pixel(x, middle) != light)
    assert left >= QUIET_MODULES * module


def test_without_an_address_there_is_no_code(qtbot: QtBot) -> None:
    theme = make_theme(1920, 1080)
    code = QrCode(theme)
    qtbot.addWidget(code)
    code.resize(200, 200)
    image = draw_widget(code)
    dark = theme.color("qr.dark").rgb()
    assert dark not in {image.pixel(x, 100) for x in range(200)}
    code.set_content(URL)
    image = draw_widget(code)
    assert dark in {image.pixel(x, 100) for x in range(200)}
