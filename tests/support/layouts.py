"""Drawn places that share a layout: the same shop shell, shelf or yard, furnished anew for each place.

Everything is placed in shares of the picture, so that one seed gives the same place at any size: a library of
twenty thousand is drawn small, and a picture that met something is drawn again at full size for the closer look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

LAYOUTS: Final = 400
_Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A drawn place: which shell it has, in which colours, and what stands in it.

    Two places with shell and colours in common are look-alikes: branches of one chain, two stalls of one market.
    """

    layout: int
    colours: int
    content: int

    def drawn(self, size: tuple[int, int] = (1024, 768)) -> Image.Image:
        """The picture at that size."""
        pen = _Pen(size, self)
        _KINDS[self.layout % len(_KINDS)](pen)
        return pen.as_a_camera_sees()


def place(number: int) -> Place:
    """The n-th of any number of places over LAYOUTS shells, each with colours and contents of its own."""
    return Place(number % LAYOUTS, number, number)


def look_alikes(number: int) -> tuple[Place, Place]:
    """Two different places of one shell in one set of colours."""
    return Place(number, number, 1_000_000 + number), Place(number, number, 2_000_000 + number)


class _Pen:
    """Draws in shares of the picture; what belongs to the shell, the colours and the contents has its own chance."""

    def __init__(self, size: tuple[int, int], told: Place) -> None:
        self.shell = np.random.default_rng([1, told.layout])
        self.paint = np.random.default_rng([2, told.colours])
        self.goods = np.random.default_rng([3, told.content])
        self._wide, self._high = size
        self._picture = Image.new("RGB", size, self.colour(90, 240))
        self._draw = ImageDraw.Draw(self._picture)

    def colour(self, low: int = 20, high: int = 235, chance: np.random.Generator | None = None) -> _Colour:
        red, green, blue = (int(part) for part in (chance or self.paint).integers(low, high, 3))
        return red, green, blue

    def box(self, box: tuple[float, float, float, float], colour: _Colour, *, round_: bool = False) -> None:
        left, right = sorted((box[0], box[2]))
        top, bottom = sorted((box[1], box[3]))
        corners = (left * self._wide, top * self._high, right * self._wide, bottom * self._high)
        (self._draw.ellipse if round_ else self._draw.rectangle)(corners, fill=colour)

    def line(self, ends: tuple[float, float, float, float], colour: _Colour, thick: float) -> None:
        scaled = (ends[0] * self._wide, ends[1] * self._high, ends[2] * self._wide, ends[3] * self._high)
        self._draw.line(scaled, fill=colour, width=max(1, round(thick * self._wide)))

    def writing(self, left: float, top: float, right: float, bottom: float) -> None:
        """Signs in a row, as a shop's name."""
        colour, step = self.colour(), 0.6 * (bottom - top)
        at = left
        while at + step < right:
            for _ in range(5):
                x1, x2 = (at + step * float(self.goods.random()) * 0.8 for _ in range(2))
                y1, y2 = (top + (bottom - top) * float(self.goods.random()) for _ in range(2))
                self.line((x1, y1, x2, y2), colour, 0.006)
            at += step

    def things(self, least: int, most: int, top: float, bottom: float) -> None:
        """What stands about: people, bicycles, crates, baskets."""
        for _ in range(int(self.goods.integers(least, most))):
            x, y = float(self.goods.uniform(-0.05, 1)), float(self.goods.uniform(top, bottom))
            w, h = (float(side) for side in self.goods.uniform(0.03, 0.17, 2))
            shown = self.colour(chance=self.goods)
            self.box((x, y - h, x + w, y), shown, round_=bool(self.goods.random() < 0.4))
            self.box((x + w / 4, y - h * 0.7, x + w / 2, y - h / 3), self.colour(chance=self.goods))

    def as_a_camera_sees(self) -> Image.Image:
        """Uneven light, soft edges and grain; the light falls as it does on that day."""
        light = self.goods.normal(0, 1, (5, 7)).astype(np.float32)
        field = np.asarray(Image.fromarray(light).resize((self._wide, self._high), Image.Resampling.BICUBIC))
        soft = self._picture.filter(ImageFilter.GaussianBlur(0.0011 * self._wide))
        grain = self.goods.normal(0, 5, (self._high, self._wide, 1)).astype(np.float32)
        shown = np.asarray(soft, dtype=np.float32) * (1 + 0.12 * field[..., None]) + grain
        return Image.fromarray(np.clip(shown, 0, 255).astype(np.uint8))


def _shop_front(pen: _Pen) -> None:
    street, sill = pen.shell.uniform(0.72, 0.88), pen.shell.uniform(0.24, 0.34)
    pen.box((0, street, 1, 1), pen.colour(50, 140))
    for edge in np.cumsum(pen.shell.uniform(0.28, 0.6, 4)):
        left, right = float(edge) - 0.5, float(edge)
        top = float(pen.shell.uniform(0.03, 0.12))
        pen.box((left, top, right, street), pen.colour())
        pen.box((left + 0.01, top + 0.02, right - 0.01, sill), pen.colour())
        pen.writing(left + 0.03, top + 0.04, right - 0.03, sill - 0.02)
        door = float(pen.shell.uniform(left, right - 0.12))
        pen.box((door, sill + 0.06, door + 0.12, street), pen.colour(10, 120))
        pen.box((door - 0.16, sill + 0.1, door - 0.02, street - 0.12), pen.colour(80, 220))
    pen.things(7, 18, street - 0.15, 1.0)


def _shelves(pen: _Pen) -> None:
    rows = int(pen.shell.integers(3, 6))
    for row in range(rows):
        bottom, high = (row + 1) / rows, 0.85 / rows
        at = -0.05
        while at < 1:
            width, share = float(pen.shell.uniform(0.02, 0.1)), float(pen.goods.uniform(0.3, 0.95))
            if pen.goods.random() > 0.1:
                pen.box((at, bottom - high * share, at + width, bottom), pen.colour(chance=pen.goods))
                pen.box((at, bottom - high * share / 2, at + width, bottom - high / 6), pen.colour(chance=pen.goods))
            at += width + 0.006
        pen.box((0, bottom - 0.012, 1, bottom), pen.colour(40, 120))
    pen.things(1, 4, 0.7, 1.0)


def _yard(pen: _Pen) -> None:
    horizon = float(pen.shell.uniform(0.3, 0.5))
    pen.box((0, 0, 1, horizon), pen.colour(150, 250))
    pen.box((0, horizon, 1, 1), pen.colour(60, 160))
    for edge in pen.shell.uniform(-0.1, 0.9, 3):
        roof = horizon - float(pen.shell.uniform(0.1, 0.25))
        pen.box((float(edge), roof, float(edge) + 0.25, horizon + 0.12), pen.colour())
        pen.box((float(edge) + 0.05, roof + 0.1, float(edge) + 0.12, horizon + 0.12), pen.colour(10, 90))
    pen.things(10, 26, horizon + 0.1, 1.0)


def _workshop(pen: _Pen) -> None:
    pen.box((0, 0.7, 1, 1), pen.colour(60, 150))
    for _ in range(4):
        x, y = (float(part) for part in pen.shell.uniform(0, 0.8, 2))
        pen.box((x, y, x + 0.22, y + 0.3), pen.colour())
        pen.box((x + 0.04, y + 0.05, x + 0.1, y + 0.18), pen.colour(10, 200))
    for _ in range(int(pen.goods.integers(8, 20))):
        x, y, x2, y2 = (float(part) for part in pen.goods.uniform(0, 1, 4))
        pen.line((x, y, x + (x2 - x) / 3, y + (y2 - y) / 3), pen.colour(chance=pen.goods), 0.02)
    pen.things(6, 16, 0.4, 1.0)


_KINDS: Final = (_shop_front, _shelves, _yard, _workshop)
