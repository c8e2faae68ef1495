"""Layers applied to pixels. Runs in the worker only: this module loads the decoders."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageFilter

from officer_app.evidence.layers import Blur, Cut, Layer, Turn

_TURNS: Final = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
_CELLS: Final = 4  # along the longer side of a blurred part: at 8 a digit that fills its box can still be read


def layered(picture: Image.Image, layers: tuple[Layer, ...]) -> Image.Image:
    """The picture with every layer over it, in order."""
    for layer in layers:
        match layer:
            case Turn(quarters):
                picture = picture.transpose(_TURNS[quarters])
            case Cut(box):
                picture = picture.crop(box.of(picture.size))
            case Blur(box):
                picture = _blurred(picture, box.of(picture.size))
    return picture


def _blurred(picture: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """The part brought down to a few cells: what is averaged away cannot be sharpened back."""
    part = picture.crop(box)
    longest = max(part.size)
    cells = (max(1, round(part.width * _CELLS / longest)), max(1, round(part.height * _CELLS / longest)))
    coarse = part.resize(cells, Image.Resampling.BOX)
    smooth = coarse.resize(part.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(2))
    shown = picture.copy()
    shown.paste(smooth, box[:2])
    return shown
