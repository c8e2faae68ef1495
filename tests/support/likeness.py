"""Whether two pictures of a window are the same to the eye, and what to look at when they are not.

Both are blurred a little (one pixel), so that an edge smoothed otherwise counts for nothing. A pixel differs when a
channel is more than 40 of 255 apart. Of the whole picture 1 in 1000 may differ, and of no field of 24 by 24 pixels
more than 15 in 100: a word that is gone or a line that has moved fills its field, wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

APART: Final = 40
SHARE: Final = 0.001
FIELD: Final = 24
FIELD_SHARE: Final = 0.15
_COLOURS: Final = 64
_BRIGHT: Final = 8  # so much between the channels of a colour doubles its weight


@dataclass(frozen=True)
class Unlike:
    """How far two pictures are apart: the share of all pixels that differ, and that of the worst field."""

    share: float
    worst: float
    where: tuple[int, int]  # left upper corner of the worst field

    @property
    def same(self) -> bool:
        """Whether nobody would see a difference."""
        return self.share <= SHARE and self.worst <= FIELD_SHARE

    def __str__(self) -> str:
        """For whoever reads the failure."""
        left, top = self.where
        return f"{self.share:.3%} of the picture differs, {self.worst:.0%} of the field at {left}, {top}"


def compare(one: Image.Image, other: Image.Image) -> Unlike:
    """How far two pictures are apart; pictures of another size are nothing alike."""
    if one.size != other.size:
        return Unlike(1.0, 1.0, (0, 0))
    return _measured(_differing(one, other))


def keep(picture: Image.Image, file: Path) -> None:
    """Write a picture small: its weightiest colours as they are, every other one as the nearest of them.

    Bright colours weigh more than greys: a few red words must stay red.
    """
    pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    colours, places, counts = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    chroma = colours.max(axis=1).astype(np.int16) - colours.min(axis=1)
    palette = colours[np.argsort(counts * (1 + chroma / _BRIGHT))[::-1][:_COLOURS]]
    apart = np.abs(colours[:, None, :].astype(np.int16) - palette[None, :, :].astype(np.int16)).sum(axis=2)
    few = Image.fromarray(apart.argmin(axis=1)[places.reshape(-1)].astype(np.uint8).reshape(picture.size[::-1]), "P")
    few.putpalette(palette.astype(np.uint8).tobytes())
    few.save(file, optimize=True)


def lay_beside(folder: Path, name: str, old: Image.Image | None, new: Image.Image) -> Path:
    """Old, new and what differs (red on grey) in one picture, beside each other. Gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [new.convert("RGB")]
    if old is not None:
        parts = [old.convert("RGB"), parts[0]]
        if old.size == new.size:
            grey = np.asarray(new.convert("L").convert("RGB")).copy()
            grey[_differing(old, new)] = (220, 0, 0)
            parts.append(Image.fromarray(grey))
    whole = Image.new("RGB", (sum(part.width + 8 for part in parts) - 8, max(part.height for part in parts)), "white")
    left = 0
    for part in parts:
        whole.paste(part, (left, 0))
        left += part.width + 8
    path = folder / f"{name}.png"
    whole.save(path)
    return path


def _differing(one: Image.Image, other: Image.Image) -> np.ndarray:
    soft = [
        np.asarray(picture.convert("RGB").filter(ImageFilter.GaussianBlur(1))).astype(np.int16)
        for picture in (one, other)
    ]
    apart: np.ndarray = np.abs(soft[0] - soft[1]).max(axis=2) > APART
    return apart


def _measured(apart: np.ndarray) -> Unlike:
    height, width = apart.shape
    padded = np.pad(apart, ((0, -height % FIELD), (0, -width % FIELD)))
    fields = padded.reshape(padded.shape[0] // FIELD, FIELD, -1, FIELD).mean(axis=(1, 3))
    row, column = np.unravel_index(int(fields.argmax()), fields.shape)
    return Unlike(float(apart.mean()), float(fields.max()), (int(column) * FIELD, int(row) * FIELD))
