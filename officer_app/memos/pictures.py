"""Pictures in a paper: JPEG bytes go in as they are, never decoded, never grown."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Final

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from officer_app.base.errors import Code, Fault
from officer_app.memos.palette import COLOURS
from officer_app.plots.primitives import Role

_JPEG: Final = b"\xff\xd8\xff"


class _Jpeg(ImageReader):
    """Names itself by the digest of its bytes: ReportLab would decode every picture only to name it."""

    _dataA = None  # noqa: N815  ReportLab's name for the mask

    def __init__(self, jpeg: bytes) -> None:
        super().__init__(BytesIO(jpeg))
        self._name = hashlib.sha256(jpeg).digest()

    def getRGBData(self) -> bytes:  # noqa: N802
        return self._name


class Picture(Flowable):
    """A JPEG inside a frame of fixed size, whole, on a quiet ground; or cropped to fill it."""

    def __init__(self, jpeg: bytes, width: float, height: float, name: str, *, fill: bool = False) -> None:
        super().__init__()
        self.width, self.height = width, height
        self._image = open_jpeg(jpeg, name)
        self._fill = fill

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        path = canvas.beginPath()
        path.roundRect(0, 0, self.width, self.height, 3)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setFillColor(COLOURS[Role.LINE])
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        pixels = self._image.getSize()
        wide, high = float(pixels[0]), float(pixels[1])
        scales = (self.width / wide, self.height / high)
        scale = max(scales) if self._fill else min(scales)
        wide, high = wide * scale, high * scale
        canvas.drawImage(self._image, (self.width - wide) / 2, (self.height - high) / 2, wide, high)
        canvas.restoreState()


def open_jpeg(jpeg: bytes, name: str) -> ImageReader:
    """The picture ready to be drawn. Errors: MEMO_PICTURE when these are not the bytes of a whole JPEG."""
    if not jpeg.startswith(_JPEG) or b"\xff\xd9" not in jpeg[-4096:]:
        raise Fault(Code.MEMO_PICTURE, where=name, photo=name)
    try:
        return _Jpeg(jpeg)
    except (OSError, ValueError, SyntaxError) as error:
        raise Fault(Code.MEMO_PICTURE, where=name, photo=name) from error
