"""Photos of an item, or an honest place for them."""

from collections import OrderedDict

from PySide6.QtCore import QObject, QRectF, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from kiosk.core.photos import Photo
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

MOST_PIXELS = 80_000_000
KEPT = 8
NOTHING = Text("", "")
NONE = Text("사진 없음", "No photo")
HOW = Text(
    "현장이 사진 폴더에 넣은 사진이 여기 보입니다.", "Photos that the site puts in stand here."
)
BROKEN = Text("사진 파일을 읽지 못했습니다", "The photo's file cannot be read")
LOADING = Text("사진을 불러오는 중", "Loading the photo")

Key = tuple[str, int, int]


class _Told(QObject):
    """Carries a read photo to the screen's thread."""

    read = Signal(object, QImage)


class _Reading(QRunnable):
    """Reads one photo at about the size that it is shown in, off the screen's thread."""

    def __init__(self, key: Key) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._key = key
        self.told = _Told()

    def run(self) -> None:
        path, width, height = self._key
        reader = QImageReader(path)
        reader.setAutoTransform(True)
        size, room = reader.size(), QSize(width, height)
        if reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90:
            room.transpose()
        image = QImage()
        if size.isValid() and size.width() * size.height() <= MOST_PIXELS:
            fitted = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
            if fitted.width() < size.width():
                reader.setScaledSize(fitted)
            image = reader.read()
        self.told.read.emit(self._key, image)


class PhotoFrame(Component):
    """One photo with what it shows, whose it is and when; a press turns to the next. Without one
    the frame says so: nothing is drawn in its place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._photos: tuple[Photo, ...] = ()
        self._at = 0
        self._read: OrderedDict[Key, QPixmap] = OrderedDict()
        self._waiting: dict[Key, _Reading] = {}

    def set_photos(self, photos: tuple[Photo, ...]) -> None:
        if photos != self._photos:
            self._photos, self._at = photos, 0
            self.update()

    @property
    def picture(self) -> QPixmap | None:
        """The photo that is shown, as far as it has been read; a null one cannot be."""
        key = self._key()
        return self._read.get(key) if key is not None else None

    def _key(self) -> Key | None:
        if not self._photos:
            return None
        box = self._box()
        if box.width() < 1 or box.height() < 1:
            return None
        return self._photos[self._at].path, int(box.width()), int(box.height())

    def _box(self) -> QRectF:
        """The picture's room: above its words."""
        return self.area().adjusted(0, 0, 0, -self._words_px())

    def _words_px(self) -> float:
        return self.measure().line_px("meta") * 2.3 if self._photos else 0.0

    def targets(self) -> tuple[Target, ...]:
        if len(self._photos) < 2:
            return ()
        return (Target(self.area(), "", {}, "outline.photo.next"),)

    def activate(self, target: Target) -> None:
        self._at = (self._at + 1) % len(self._photos)
        self.update()

    # ---- reading

    def _ask(self, key: Key) -> None:
        if key in self._waiting:
            return
        reading = self._waiting[key] = _Reading(key)
        reading.told.read.connect(self._take, Qt.ConnectionType.QueuedConnection)
        QThreadPool.globalInstance().start(reading)

    def _take(self, key: Key, image: QImage) -> None:
        self._waiting.pop(key, None)
        self._read[key] = QPixmap.fromImage(image)
        while len(self._read) > KEPT:
            self._read.popitem(last=False)
        self.update()

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        key, box = self._key(), self._box()
        if key is None:
            self._paint_empty(canvas, box, NONE, HOW)
            return
        picture = self._read.get(key)
        if picture is None:
            self._ask(key)
            self._paint_empty(canvas, box, LOADING)
        elif picture.isNull():
            self._paint_empty(canvas, box, BROKEN)
        else:
            self._paint_picture(canvas, picture, box)
        self._paint_words(canvas, box.bottom())

    def _paint_empty(self, canvas: Canvas, box: QRectF, words: Text, more: Text = NOTHING) -> None:
        pad = self.theme.px(20)
        canvas.outline(box.adjusted(1, 1, -1, -1), "line.hair")
        width = box.width() - 2 * pad
        high = canvas.paragraph_px(words, width, "lead") + canvas.paragraph_px(more, width, "meta")
        y = box.center().y() - high / 2
        y = canvas.paragraph(words, pad, y, width, "lead", "text.2", align="center")
        if more.ko:
            canvas.paragraph(more, pad, y, width, "meta", "text.2", align="center")

    def _paint_picture(self, canvas: Canvas, picture: QPixmap, box: QRectF) -> None:
        """The whole photo, never cropped: what stands at its edge may matter."""
        fitted = picture.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        left = box.center().x() - fitted.width() / 2
        place = QRectF(left, box.top(), fitted.width(), fitted.height())
        canvas.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        canvas.painter.drawPixmap(place, picture, QRectF(picture.rect()))

    def _paint_words(self, canvas: Canvas, top: float) -> None:
        photo, line, width = self._photos[self._at], canvas.line_px("meta"), self.area().width()
        many = f"{self._at + 1}/{len(self._photos)}" if len(self._photos) > 1 else ""
        taken = canvas.text(many, width, top + line, "meta", "text.2", align="right") if many else 0
        room = width - taken - self.theme.px(12)
        canvas.text(photo.caption, 0, top + line, "meta", weight=600, width=room)
        told = [photo.by.ko, photo.taken], [photo.by.en, photo.taken]
        words = Text(*(", ".join(filter(None, one)) for one in told))
        canvas.text(words, 0, top + 2 * line, "meta", "text.2", width=width)
