"""A small studio: a camera that looks at flat things in space, soft shadow, light, grain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

Colour: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float, float]
Pixel: TypeAlias = tuple[float, float]

WIDTH: Final = 1600
HEIGHT: Final = 1200
# Everything is drawn twice as large and reduced once: that is all the smoothing there is.
FINE: Final = 2
NEAR: Final = 0.15
_FONTS: Final = Path(__file__).resolve().parents[2] / "resources" / "fonts"


def font(size: float, *, bold: bool = True) -> ImageFont.FreeTypeFont:
    """The shipped typeface at a size in pixels."""
    return ImageFont.truetype(str(_FONTS / f"NotoSansSC-{'Bold' if bold else 'Regular'}.ttf"), max(1, round(size)))


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour in the one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lit(colour: Colour, light: float) -> Colour:
    """The colour under less (below 1) or more light."""
    target: Colour = (255, 250, 238) if light > 1 else (22, 26, 44)
    return mix(colour, target, min(1.0, abs(light - 1)))


@dataclass(frozen=True, slots=True)
class Camera:
    """Where one stands (metres), which way one looks (degrees), and how long the lens is (picture widths)."""

    eye: Point
    yaw: float = 0
    pitch: float = 0
    lens: float = 0.85

    def turned(self, point: Point) -> Point:
        """The point as seen from the eye: right, up, ahead."""
        x, y, z = (a - b for a, b in zip(point, self.eye, strict=True))
        sine, cosine = math.sin(math.radians(self.yaw)), math.cos(math.radians(self.yaw))
        x, z = x * cosine - z * sine, x * sine + z * cosine
        sine, cosine = math.sin(math.radians(self.pitch)), math.cos(math.radians(self.pitch))
        return x, y * cosine - z * sine, y * sine + z * cosine

    def flat(self, seen: Point) -> Pixel:
        """Where a point in front of the eye falls on the picture."""
        scale = self.lens * WIDTH * FINE / seen[2]
        return WIDTH * FINE / 2 + seen[0] * scale, HEIGHT * FINE / 2 - seen[1] * scale

    def size_at(self, point: Point) -> float:
        """Pixels of one metre there."""
        return self.lens * WIDTH * FINE / max(NEAR, self.turned(point)[2])


class Canvas:
    """One picture being painted, from far to near."""

    def __init__(self, camera: Camera, ground: Colour, seed: int) -> None:
        self.camera = camera
        self.rng = np.random.default_rng(seed)
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), ground)

    def outline(self, points: Sequence[Point]) -> list[Pixel]:
        """A polygon in space as a polygon on the picture, cut where it passes behind the eye."""
        seen = [self.camera.turned(point) for point in points]
        kept: list[Point] = []
        for here, there in zip(seen, [*seen[1:], seen[0]], strict=True):
            if here[2] >= NEAR:
                kept.append(here)
            if (here[2] >= NEAR) != (there[2] >= NEAR):
                share = (NEAR - here[2]) / (there[2] - here[2])
                x, y, _ = (a + (b - a) * share for a, b in zip(here, there, strict=True))
                kept.append((x, y, NEAR))
        return [self.camera.flat(point) for point in kept]

    def fill(self, points: Sequence[Point], colour: Colour, opacity: float = 1) -> None:
        """A flat polygon in one colour."""
        outline = self.outline(points)
        if len(outline) < 3:
            return
        if opacity >= 1:
            ImageDraw.Draw(self.image).polygon(outline, fill=colour)
        else:
            self._veil(outline, 0, opacity, colour)

    def shade(self, points: Sequence[Point], blur: float, opacity: float, colour: Colour = (52, 58, 104)) -> None:
        """A soft shadow: the surface seen through cool glass; `blur` in pixels of the final picture."""
        self._through([self.outline(points)], blur, opacity, colour)

    def shades(self, outlines: Sequence[Sequence[Point]], blur: float, opacity: float) -> None:
        """Many shadows of one light: where they overlap they are no darker."""
        self._through([self.outline(points) for points in outlines], blur, opacity, (52, 58, 104))

    def _through(self, outlines: list[list[Pixel]], blur: float, opacity: float, colour: Colour) -> None:
        outlines = [outline for outline in outlines if len(outline) >= 3]
        box = self._box([pixel for outline in outlines for pixel in outline], blur * FINE * 3) if outlines else None
        if box is None:
            return
        mask = self._mask(outlines, box, blur * FINE, opacity)
        part = self.image.crop(box)
        tinted = ImageChops.multiply(part, Image.new("RGB", part.size, colour))
        self.image.paste(tinted, box[:2], mask)

    def sunlight(
        self, points: Sequence[Point], blur: float, strength: float, colour: Colour = (255, 214, 140)
    ) -> None:
        """A patch where the sun falls."""
        outline = self.outline(points)
        box = self._box(outline, blur * FINE * 3) if len(outline) >= 3 else None
        if box is None:
            return
        part = self.image.crop(box)
        lighter = ImageChops.screen(part, Image.new("RGB", part.size, mix((0, 0, 0), colour, strength)))
        self.image.paste(lighter, box[:2], self._mask([outline], box, blur * FINE, 1))

    def _veil(self, outline: list[Pixel], blur: float, opacity: float, colour: Colour) -> None:
        box = self._box(outline, blur * 3)
        if box is not None:
            self.image.paste(colour, box[:2], self._mask([outline], box, blur, opacity))

    @staticmethod
    def _mask(
        outlines: list[list[Pixel]], box: tuple[int, int, int, int], blur: float, opacity: float
    ) -> Image.Image:
        left, top, right, bottom = box
        mask = Image.new("L", (right - left, bottom - top))
        draw = ImageDraw.Draw(mask)
        for outline in outlines:
            draw.polygon([(x - left, y - top) for x, y in outline], fill=round(255 * opacity))
        return mask.filter(ImageFilter.GaussianBlur(blur)) if blur else mask

    def _box(self, outline: list[Pixel], margin: float) -> tuple[int, int, int, int] | None:
        left = max(0, math.floor(min(x for x, _ in outline) - margin))
        top = max(0, math.floor(min(y for _, y in outline) - margin))
        right = min(self.image.width, math.ceil(max(x for x, _ in outline) + margin))
        bottom = min(self.image.height, math.ceil(max(y for _, y in outline) + margin))
        return None if right <= left or bottom <= top else (left, top, right, bottom)

    def hang(self, corners: Sequence[Point], texture: Image.Image, light: float = 1) -> None:
        """A flat picture in space: corners top left, top right, bottom right, bottom left."""
        seen = [self.camera.turned(point) for point in corners]
        if min(point[2] for point in seen) < NEAR:
            return
        flat = [self.camera.flat(point) for point in seen]
        box = self._box(flat, 0)
        if box is None:
            return
        texture = _reduced(texture.convert("RGBA"), flat)
        if light != 1:
            texture = relit(texture, light)
        left, top, right, bottom = box
        shifted = [(x - left, y - top) for x, y in flat]
        warped = texture.transform(
            (right - left, bottom - top),
            Image.Transform.PERSPECTIVE,
            _homography(shifted, texture.size),
            Image.Resampling.BICUBIC,
        )
        self.image.paste(warped.convert("RGB"), (left, top), warped.getchannel("A"))

    def box(self, low: Point, high: Point, colour: Colour, front: Image.Image | None = None) -> None:
        """A block with its front towards smaller z; the sides that can be seen, each in its own light."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        eye = self.camera.eye
        if eye[1] > y1:
            self.fill([(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)], lit(colour, 1.22))
        if eye[0] < x0:
            self.fill([(x0, y0, z0), (x0, y1, z0), (x0, y1, z1), (x0, y0, z1)], lit(colour, 0.72))
        if eye[0] > x1:
            self.fill([(x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)], lit(colour, 0.82))
        face = front or gradient(8, 64, lit(colour, 1.06), lit(colour, 0.86))
        self.hang([(x0, y1, z0), (x1, y1, z0), (x1, y0, z0), (x0, y0, z0)], face)

    def stand(self, at: Point, sprite: Image.Image, height: float) -> None:
        """A flat figure that faces the viewer, its foot at a point."""
        size = self.camera.size_at(at) * height
        seen = self.camera.turned(at)
        if seen[2] < NEAR or size < 2:
            return
        x, y = self.camera.flat(seen)
        width = size * sprite.width / sprite.height
        scaled = sprite.resize((max(1, round(width)), max(1, round(size))), Image.Resampling.LANCZOS)
        self.image.paste(scaled.convert("RGB"), (round(x - width / 2), round(y - size)), scaled.getchannel("A"))

    def glow(self, at: Point, radius: float, colour: Colour, strength: float) -> None:
        """Light that spills around a lamp; `radius` in metres."""
        seen = self.camera.turned(at)
        x, y = self.camera.flat(seen)
        self.glow_at((x / FINE, y / FINE), radius * self.camera.size_at(at) / FINE, colour, strength)

    def glow_at(self, at: Pixel, radius: float, colour: Colour, strength: float) -> None:
        """The same at a place on the picture, in its final pixels."""
        x, y, reach = at[0] * FINE, at[1] * FINE, radius * FINE
        box = self._box([(x - reach, y - reach), (x + reach, y + reach)], 0)
        if box is None:
            return
        left, top, right, bottom = box
        part = np.asarray(self.image.crop(box), dtype=np.float32)
        rows, columns = np.mgrid[top:bottom, left:right]
        fall = np.clip(1 - np.hypot(columns - x, rows - y) / reach, 0, 1) ** 2 * strength
        light = np.array(colour, dtype=np.float32)
        screen = 255 - (255 - part) * (255 - light * fall[..., None]) / 255
        self.image.paste(Image.fromarray(screen.astype(np.uint8)), (left, top))

    def finish(self, *, warmth: float = 1, sun: Pixel = (0.2, 0.1), vignette: float = 0.28) -> Image.Image:
        """Light from one side, darker corners, brush and grain; reduced to its final size and marked as a sample."""
        picture = np.asarray(self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS), dtype=np.float32)
        rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
        across, down = columns / WIDTH, rows / HEIGHT
        fall = np.clip(1 - np.hypot(across - sun[0], (down - sun[1]) * 0.8), 0, 1)[..., None]
        warm = np.array([0.2, 0.12, -0.02], dtype=np.float32)
        cool = np.array([0.8, 0.88, 1.04], dtype=np.float32)
        picture *= 1 + warm * fall * warmth
        picture *= 1 - (1 - cool) * (1 - fall) * 0.75
        corner = np.hypot((across - 0.5) * 1.1, (down - 0.5) * 1.1)[..., None]
        picture *= 1 - vignette * np.clip(corner - 0.28, 0, 1)
        grey = picture.mean(axis=2, keepdims=True)
        picture = grey + (picture - grey) * 1.2
        picture += 13 * np.sin((picture / 255 - 0.5) * 2 * np.pi)
        picture *= 1 + (_clouds(self.rng, 90) * 0.035 + _clouds(self.rng, 14) * 0.022)[..., None]
        picture += self.rng.normal(0, 1.4, (HEIGHT, WIDTH, 1))
        done = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
        return _marked(done)


def gradient(width: int, height: int, top: Colour, bottom: Colour) -> Image.Image:
    """A plain texture that changes from top to bottom."""
    share = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    rows = np.array(top, dtype=np.float32) * (1 - share) + np.array(bottom, dtype=np.float32) * share
    return Image.fromarray(np.repeat(rows, width, axis=1).astype(np.uint8))


def relit(texture: Image.Image, light: float) -> Image.Image:
    """A texture under less or more light, its transparency untouched."""
    veil = Image.new("RGB", texture.size, (255, 250, 238) if light > 1 else (22, 26, 44))
    blended = Image.blend(texture.convert("RGB"), veil, min(1.0, abs(light - 1)))
    blended.putalpha(texture.convert("RGBA").getchannel("A"))
    return blended


def _reduced(texture: Image.Image, flat: list[Pixel]) -> Image.Image:
    """The texture no finer than it will be seen, or far things would shimmer."""
    wide = max(math.dist(flat[0], flat[1]), math.dist(flat[3], flat[2]))
    high = max(math.dist(flat[0], flat[3]), math.dist(flat[1], flat[2]))
    width = min(texture.width, max(2, math.ceil(wide * 1.2)))
    height = min(texture.height, max(2, math.ceil(high * 1.2)))
    if (width, height) == texture.size:
        return texture
    return texture.resize(
        (width, height), Image.Resampling.BOX if width * 2 < texture.width else Image.Resampling.LANCZOS
    )


def _homography(flat: list[Pixel], size: tuple[int, int]) -> list[float]:
    """Coefficients that find the texture's pixel for a pixel of the picture."""
    width, height = size
    rows, values = [], []
    for (x, y), (u, v) in zip(flat, [(0, 0), (width, 0), (width, height), (0, height)], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(value) for value in np.linalg.lstsq(np.array(rows), np.array(values), rcond=None)[0]]


def _clouds(rng: np.random.Generator, size: int) -> np.ndarray:
    """Slow variation between -1 and 1, as a brush leaves it."""
    small = rng.normal(0, 1, (HEIGHT // size + 3, WIDTH // size + 3)).astype(np.float32)
    grown = Image.fromarray(small).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return np.clip(np.asarray(grown) / 2, -1, 1)


def _marked(picture: Image.Image) -> Image.Image:
    layer = Image.new("RGBA", picture.size)
    draw = ImageDraw.Draw(layer)
    x, y = WIDTH - 92, HEIGHT - 50
    draw.rounded_rectangle((x, y, x + 72, y + 32), 6, fill=(20, 30, 34, 110))
    draw.text((x + 36, y + 16), "样例", font=font(20, bold=False), fill=(255, 255, 255, 225), anchor="mm")
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")
