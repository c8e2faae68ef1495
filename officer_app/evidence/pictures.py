"""From a stranger's picture to one that is safe to show: upright, at most 2048 px, without tags.

Runs in the worker only: this module loads the decoders. Colours are taken as sRGB; a wide-gamut photo looks a
little paler in the view, the original keeps its profile.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pi_heif
from PIL import AvifImagePlugin, Image, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from officer_app.base.errors import Code, Fault
from officer_app.evidence.borders import without_border
from officer_app.evidence.derived import Shown
from officer_app.evidence.fingerprints import CROPS, Fingerprint
from officer_app.evidence.kinds import MAX_PIXELS, PhotoKind
from officer_app.evidence.layers import Layer
from officer_app.evidence.overlays import layered
from officer_app.evidence.views import SIDE, Greys, row_of, whole_apart

VIEW_SIDE: Final = 2048
_LEAST_VIEW_SIDE: Final = 1600  # a half or quarter decoded at no cost is taken down to here
THUMBNAIL_SIDE: Final = 320
_VIEW_QUALITY: Final = 80
_THUMBNAIL_QUALITY: Final = 75
_GREY_SIDE: Final = 200  # pixels of the shorter side that fingerprints are taken from
_ANOTHER_PICTURE: Final = 18  # of 64 bits: the same picture was not seen above 14, another not below 22
_SAME_SHAPE: Final = 0.05
_FLAT: Final = 4.0  # spread of greys below which a picture shows nothing

Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is decoded
pi_heif.options.DECODE_THREADS = AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What is derived from a photo: two JPEGs without tags, and the fingerprint. `whole` is False where rows miss."""

    view: bytes
    view_size: tuple[int, int]
    thumbnail: bytes
    fingerprint: Fingerprint
    whole: bool
    thumbnail_differs: bool = False


def derive(data: bytes, kind: PhotoKind, orientation: int | None, name: str, beside: bytes = b"") -> Picture:
    """Decode a photo and derive what is shown and compared; `beside` is the camera's own small picture, if any.

    Errors: PHOTO_PIXELS, PHOTO_BROKEN for a picture of which nothing can be shown.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # decoders warn about a stranger's bytes; findings say it better
        upright, whole = _decoded(data, kind, orientation, name)
        view = _fitted(upright, VIEW_SIDE)
        factor = max(1, min(view.size) // (2 * _GREY_SIDE))
        small = view.reduce(factor)
        thumbnail = _fitted(small, THUMBNAIL_SIDE)
        fingerprint = fingerprint_of(small)
        return Picture(
            _jpeg(view, _VIEW_QUALITY),
            view.size,
            _jpeg(thumbnail, _THUMBNAIL_QUALITY),
            fingerprint,
            whole,
            _shows_something_else(beside, view.size, fingerprint),
        )


def derive_layered(
    data: bytes, kind: PhotoKind, orientation: int | None, layers: tuple[Layer, ...], name: str
) -> Shown:
    """View and thumbnail of a photo with layers over it. Errors: as `derive`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        upright, _ = _decoded(data, kind, orientation, name)
        view = _fitted(layered(upright, layers), VIEW_SIDE)
        return Shown(_jpeg(view, _VIEW_QUALITY), view.size, _jpeg(_fitted(view, THUMBNAIL_SIDE), _THUMBNAIL_QUALITY))


def _shows_something_else(beside: bytes, size: tuple[int, int], fingerprint: Fingerprint) -> bool:
    """Whether the camera's small picture is another one. Broken, blank or cut to another shape, it tells nothing."""
    if not beside.startswith(b"\xff\xd8\xff"):
        return False
    try:
        with JpegImagePlugin.JpegImageFile(io.BytesIO(beside)) as picture:
            if max(picture.size) > THUMBNAIL_SIDE * 2:
                return False
            told, shape = fingerprint_of(picture.convert("RGB")), picture.size
    except Exception:  # noqa: BLE001  decoders meet hostile bytes with every kind of error, and this one is a hint
        return False
    framed = len(told.rows) > 1  # black bars make up for another shape
    apart = whole_apart(told, fingerprint)
    return apart is not None and apart > _ANOTHER_PICTURE and (framed or _is_of_one_shape(shape, size))


def _is_of_one_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    wide, narrow = (max(size) / min(size) for size in (one, other))
    return abs(wide / narrow - 1) < _SAME_SHAPE


def _decoded(data: bytes, kind: PhotoKind, orientation: int | None, name: str) -> tuple[Image.Image, bool]:
    try:
        try:
            return _open(data, kind, orientation, name), True
        except (OSError, SyntaxError, ValueError):
            ImageFile.LOAD_TRUNCATED_IMAGES = True
            return _open(data, kind, orientation, name), False
    except (Fault, MemoryError):
        raise
    except Exception as error:  # decoders meet hostile bytes with every kind of error
        raise Fault(Code.PHOTO_BROKEN, where=name, file=name) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _open(data: bytes, kind: PhotoKind, orientation: int | None, name: str) -> Image.Image:
    """The picture in RGB, upright. The plug-ins are named, so that no other format is ever tried."""
    if kind is PhotoKind.HEIC:
        return _open_heic(data, name)
    with _PLUGINS[kind](io.BytesIO(data)) as picture:
        _check_pixels(picture.size, name)
        if kind is PhotoKind.JPEG:
            picture.draft(None, _cheap_size(picture.size))
        picture.load()
        if kind is PhotoKind.AVIF:  # its own turning stands in its boxes, and the plug-in tells it as a tag
            orientation = picture.getexif().get(_ORIENTATION)
        return _turned(_rgb(picture), orientation)


_PLUGINS: Final[Mapping[PhotoKind, Callable[[io.BytesIO], ImageFile.ImageFile]]] = {
    PhotoKind.JPEG: JpegImagePlugin.JpegImageFile,
    PhotoKind.PNG: PngImagePlugin.PngImageFile,
    PhotoKind.AVIF: AvifImagePlugin.AvifImageFile,
    PhotoKind.WEBP: WebPImagePlugin.WebPImageFile,
}
_ORIENTATION: Final = 0x0112


def _open_heic(data: bytes, name: str) -> Image.Image:
    """HEIC turns itself: its own turning applies, the EXIF tag only repeats it."""
    file = pi_heif.open_heif(data, convert_hdr_to_8bit=True)
    _check_pixels(file.size, name)
    return _rgb(file.to_pillow())


def _check_pixels(size: tuple[int, int], name: str) -> None:
    pixels = size[0] * size[1]
    if pixels > MAX_PIXELS:
        raise Fault(
            Code.PHOTO_PIXELS,
            where=name,
            file=name,
            megapixels=pixels // 1_000_000,
            limit=MAX_PIXELS // 1_000_000,
        )


def _cheap_size(size: tuple[int, int]) -> tuple[int, int]:
    """The size to ask a JPEG decoder for: the largest halving within VIEW_SIDE, unless it falls too low.

    Asking for exactly 2048 would miss half of 4032 and cost five times as much.
    """
    longest = max(size)
    if longest <= VIEW_SIDE:
        return size
    for halving in (2, 4, 8):
        if longest / halving <= VIEW_SIDE:
            wanted = halving if longest / halving >= _LEAST_VIEW_SIDE else halving // 2
            return max(1, size[0] // wanted), max(1, size[1] // wanted)
    return max(1, size[0] // 8), max(1, size[1] // 8)


def _rgb(picture: Image.Image) -> Image.Image:
    """The picture in RGB on white. A huge one is made smaller first, since transparency costs three copies."""
    if picture.mode == "RGB":
        return picture
    if picture.mode.startswith("I"):  # 16-bit greys: the upper byte is what shows
        return Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8)).convert("RGB")
    factor = max(picture.size) // VIEW_SIDE
    if picture.has_transparency_data:
        seen = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        small = seen.reduce(factor) if factor > 1 else seen
        return Image.alpha_composite(Image.new("RGBA", small.size, "white"), small).convert("RGB")
    return picture.convert("RGB")


_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _turned(picture: Image.Image, orientation: int | None) -> Image.Image:
    turn = _TURNS.get(orientation or 1)
    return picture if turn is None else picture.transpose(turn)


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    longest = max(picture.size)
    if longest <= side:
        return picture
    wide, high = (max(1, round(length * side / longest)) for length in picture.size)
    return picture.resize((wide, high), Image.Resampling.BICUBIC, reducing_gap=2.0)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    """JPEG bytes from pixels alone."""
    out = io.BytesIO()
    picture.info = {}  # comments and tags of the original would travel along
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


# --- the fingerprint's crops -----------------------------------------------------------------------


def fingerprint_of(picture: Image.Image) -> Fingerprint:
    """The fingerprint of an upright RGB picture."""
    greys = picture.reduce(max(1, min(picture.size) // _GREY_SIDE)).convert("L")
    if float(np.asarray(greys).std()) < _FLAT:
        return Fingerprint(())
    whole = (0, 0, *greys.size)
    inner = without_border(np.asarray(greys, dtype=np.float32))
    boxes = [whole] if inner == whole else [whole, inner]
    return Fingerprint(tuple(row_of([_crop(greys, box, share) for share in CROPS]) for box in boxes))


def _crop(greys: Image.Image, box: tuple[int, int, int, int], share: float) -> Greys:
    left, top, right, bottom = box
    x, y = (right - left) * (1 - share) / 2, (bottom - top) * (1 - share) / 2
    cut = greys.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box=(left + x, top + y, right - x, bottom - y))
    return np.asarray(cut, dtype=np.float32)
