"""Pictures drawn for tests: premises that never existed, and what people do to pictures.

Each seed gives another scene: shop fronts, shelves, yards and written pages, with the grain and the uneven light
of a photo. Edits follow the table of the reuse detector.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Scene = Image.Image


def scene(seed: int, size: tuple[int, int] = (1024, 768)) -> Scene:
    """A drawn place; the seed decides which kind and everything in it."""
    chance = np.random.default_rng(seed)
    kinds = (_shop_front, _shelves, _yard, _workshop)
    picture = kinds[seed % len(kinds)](chance, size)
    return _as_a_camera_sees(picture, chance)


def page(seed: int, size: tuple[int, int] = (768, 1024)) -> Scene:
    """A page of a hand-written book: many pages look alike and are not the same."""
    chance = np.random.default_rng(10_000 + seed)
    picture = Image.new("RGB", size, _colour(chance, 215, 245))
    draw = ImageDraw.Draw(picture)
    for row in range(60, size[1] - 40, 34):
        draw.line((40, row, size[0] - 40, row), fill=(170, 175, 190))
        at = 50
        while at < size[0] - 90 and chance.random() > 0.06:
            width = int(chance.integers(8, 50))
            _scribble(draw, chance, at, row, width)
            at += width + int(chance.integers(6, 60))
    return _as_a_camera_sees(picture, chance)


def _scribble(draw: ImageDraw.ImageDraw, chance: np.random.Generator, at: int, row: int, width: int) -> None:
    points = [(at + x, row - 4 - int(chance.integers(0, 18))) for x in range(0, width, 4)]
    if len(points) > 1:
        draw.line(points, fill=(35, 40, 90), width=2)


def _colour(chance: np.random.Generator, low: int = 20, high: int = 235) -> tuple[int, int, int]:
    red, green, blue = (int(chance.integers(low, high)) for _ in range(3))
    return red, green, blue


def _shop_front(chance: np.random.Generator, size: tuple[int, int]) -> Scene:
    wide, high = size
    picture = Image.new("RGB", size, _colour(chance, 90, 240))
    draw = ImageDraw.Draw(picture)
    street = int(high * chance.uniform(0.68, 0.88))
    draw.rectangle((0, street, wide, high), fill=_colour(chance, 50, 140))
    at = -int(chance.integers(0, wide // 3))
    while at < wide:
        width = int(wide * chance.uniform(0.22, 0.6))
        _one_front(draw, chance, (at, int(high * chance.uniform(0.02, 0.25)), at + width, street))
        at += width + int(chance.integers(0, 20))
    for _ in range(int(chance.integers(2, 9))):
        _thing(draw, chance, size, street)
    return picture


def _one_front(draw: ImageDraw.ImageDraw, chance: np.random.Generator, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill=_colour(chance))
    sign = top + int((bottom - top) * chance.uniform(0.12, 0.28))
    draw.rectangle((left + 6, top + 8, right - 6, sign), fill=_colour(chance))
    for x in range(left + 20, right - 40, int(chance.integers(34, 70))):
        draw.line((x, top + 16, x + int(chance.integers(4, 28)), sign - 8), fill=_colour(chance), width=6)
    for _ in range(int(chance.integers(1, 4))):
        x = int(chance.integers(left, max(left + 1, right - 60)))
        y = int(chance.integers(sign, max(sign + 1, bottom - 100)))
        draw.rectangle((x, y, x + int(chance.integers(40, 190)), bottom), fill=_colour(chance, 10, 200))


def _thing(draw: ImageDraw.ImageDraw, chance: np.random.Generator, size: tuple[int, int], floor: int) -> None:
    x, y = int(chance.integers(0, size[0])), int(chance.integers(floor - 120, size[1]))
    w, h = int(chance.integers(20, 170)), int(chance.integers(20, 170))
    shape = draw.ellipse if chance.random() < 0.4 else draw.rectangle
    shape((x, y - h, x + w, y), fill=_colour(chance))


def _shelves(chance: np.random.Generator, size: tuple[int, int]) -> Scene:
    wide, high = size
    picture = Image.new("RGB", size, _colour(chance, 60, 200))
    draw = ImageDraw.Draw(picture)
    top = int(chance.integers(0, 90))
    while top < high:
        bottom = top + int(chance.integers(90, 220))
        at = -int(chance.integers(0, 60))
        while at < wide:
            width, height = int(chance.integers(18, 110)), int((bottom - top) * chance.uniform(0.3, 0.95))
            if chance.random() > 0.12:
                draw.rectangle((at, bottom - height, at + width, bottom), fill=_colour(chance))
            at += width + int(chance.integers(1, 14))
        draw.rectangle((0, bottom, wide, bottom + 10), fill=_colour(chance, 40, 120))
        top = bottom + 10
    return picture


def _yard(chance: np.random.Generator, size: tuple[int, int]) -> Scene:
    wide, high = size
    horizon = int(high * chance.uniform(0.25, 0.6))
    picture = Image.new("RGB", size, _colour(chance, 130, 250))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, horizon, wide, high), fill=_colour(chance, 40, 160))
    ridge = [(x, horizon - int(chance.integers(0, 130))) for x in range(0, wide + 80, 80)]
    draw.polygon([(0, horizon), *ridge, (wide, horizon)], fill=_colour(chance, 20, 150))
    for _ in range(int(chance.integers(6, 26))):
        _thing(draw, chance, size, horizon + 60)
    return picture


def _workshop(chance: np.random.Generator, size: tuple[int, int]) -> Scene:
    wide, high = size
    picture = Image.new("RGB", size, _colour(chance, 30, 130))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(chance.integers(14, 40))):
        x, y = int(chance.integers(-80, wide)), int(chance.integers(-80, high))
        corners = [(x + int(chance.integers(-160, 160)), y + int(chance.integers(-160, 160))) for _ in range(4)]
        draw.polygon(corners, fill=_colour(chance))
    return picture


def _as_a_camera_sees(picture: Scene, chance: np.random.Generator) -> Scene:
    """Uneven light, soft edges and grain."""
    wide, high = picture.size
    light = chance.normal(0, 1, (5, 7)).astype(np.float32)
    field = np.asarray(Image.fromarray(light).resize((wide, high), Image.Resampling.BICUBIC))
    pixels = np.asarray(picture.filter(ImageFilter.GaussianBlur(1.1)), dtype=np.float32)
    grain = chance.normal(0, 5, (high, wide, 1)).astype(np.float32)
    shown = pixels * (1 + 0.16 * field[..., None]) + grain
    return Image.fromarray(np.clip(shown, 0, 255).astype(np.uint8))


# --- what people do to pictures --------------------------------------------------------------------


def jpeg(picture: Scene, quality: int = 88, exif: Image.Exif | None = None) -> bytes:
    """The picture as a JPEG file."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif or Image.Exif())
    return out.getvalue()


def png(picture: Scene) -> bytes:
    """The picture as a PNG file."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def saved(picture: Scene, kind: str, exif: Image.Exif | None = None, **more: object) -> bytes:
    """The picture as a file of a kind that Pillow knows by name (AVIF, WEBP, PNG …)."""
    out = io.BytesIO()
    picture.save(out, kind, exif=(exif or Image.Exif()).tobytes(), **more)
    return out.getvalue()


def _through_jpeg(picture: Scene, quality: int) -> Scene:
    return Image.open(io.BytesIO(jpeg(picture, quality)))


def cropped(picture: Scene, share: float) -> Scene:
    """`share` of width and of height cut away, as much on either side."""
    wide, high = picture.size
    x, y = round(wide * share / 2), round(high * share / 2)
    return picture.crop((x, y, wide - x, high - y))


def _cropped_to_one_side(picture: Scene) -> Scene:
    wide, high = picture.size
    return picture.crop((round(wide * 0.06), round(high * 0.02), round(wide * 0.98), round(high * 0.96)))


def _bordered(picture: Scene) -> Scene:
    """A screen's dark frame, not evenly wide, with the grain of a second photo."""
    wide, high = picture.size
    framed = ImageOps.expand(picture, (wide // 12, high // 10, wide // 16, high // 12), fill=(14, 14, 17))
    return _grained(framed, 3, seed=7)


def _grained(picture: Scene, strength: float, seed: int) -> Scene:
    pixels = np.asarray(picture, dtype=np.float32)
    grain = np.random.default_rng(seed).normal(0, strength, pixels.shape[:2])[..., None]
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))


def _stamped(picture: Scene) -> Scene:
    """Date and place in white with a dark edge, as camera apps write them."""
    copy = picture.copy()
    draw = ImageDraw.Draw(copy)
    at = (copy.width // 40, int(copy.height * 0.84))
    text = "2026-10-08 10:42\n23.18010 N 113.26020 E"
    draw.text(at, text, fill="white", font_size=copy.width // 28, stroke_width=2, stroke_fill="black")
    return copy


def _banded(picture: Scene) -> Scene:
    """The same upon a dark band."""
    copy = picture.copy()
    wide, high = copy.size
    ImageDraw.Draw(copy).rectangle((0, int(high * 0.9), int(wide * 0.62), high), fill=(20, 20, 20))
    return _stamped(copy)


def _turned(picture: Scene) -> Scene:
    return picture.rotate(2, Image.Resampling.BICUBIC)


def _photographed_again(picture: Scene) -> Scene:
    """Seen a little from the side, softer, with grain."""
    wide, high = picture.size
    lean = (0.02 * wide, 0.015 * high, 0.005 * wide, 0.985 * high, 0.99 * wide, high, 0.985 * wide, 0.01 * high)
    seen = picture.transform(picture.size, Image.Transform.QUAD, lean, Image.Resampling.BICUBIC)
    return _grained(seen.filter(ImageFilter.GaussianBlur(1.4)), 6, seed=11)


EDITS: Final[Mapping[str, Callable[[Scene], Scene]]] = {
    "resize": lambda picture: picture.resize((picture.width // 2, picture.height // 2)),
    "q30": lambda picture: _through_jpeg(picture, 30),
    "brightness": lambda picture: ImageEnhance.Brightness(picture).enhance(1.3),
    "contrast": lambda picture: ImageEnhance.Contrast(picture).enhance(0.7),
    "blur": lambda picture: picture.filter(ImageFilter.GaussianBlur(2.5)),
    "grey": lambda picture: picture.convert("L").convert("RGB"),
    "crop 5 %": lambda picture: cropped(picture, 0.05),
    "crop 15 %": lambda picture: cropped(picture, 0.15),
    "crop aside": _cropped_to_one_side,
    "turn 2°": _turned,
    "quarter turn": lambda picture: picture.transpose(Image.Transpose.ROTATE_90),
    "mirror": ImageOps.mirror,
    "border": _bordered,
    "overlay": _stamped,
    "band": _banded,
    "re-photo": _photographed_again,
}


def stepped_aside(place: Scene, beside: Scene, shared: float = 0.8) -> Scene:
    """The same place weeks later, from a step aside: so much of its width is there, every other thing was moved."""
    wide, high = place.size
    shift, block = round(wide * (1 - shared)), wide // 8
    moved, other = place.crop((shift, 0, wide + shift, high)), beside.resize(place.size)
    for row, top in enumerate(range(0, high, block)):
        for column, left in enumerate(range(0, wide, block)):
            if (row + column) % 2 or left + block > wide - shift:
                box = (left, top, min(left + block, wide), min(top + block, high))
                moved.paste(other.crop(box), box)
    lean = (0.03 * wide, 0.02 * high, 0, 0.98 * high, wide, high, 0.97 * wide, 0.01 * high)
    return moved.transform(place.size, Image.Transform.QUAD, lean, Image.Resampling.BICUBIC)


# --- tags -----------------------------------------------------------------------------------------


def tags(  # one argument a tag, all by name
    *,
    taken: datetime | None = None,
    offset: str | None = None,
    place: tuple[str, str] | None = None,
    satellite: datetime | None = None,
    accuracy: str | None = None,
    make: str = "Testphone",
    model: str = "T1",
    serial: str | None = None,
    software: str | None = None,
    orientation: int | None = None,
) -> Image.Exif:
    """EXIF as a phone writes it; place as signed decimal degrees."""
    exif = Image.Exif()
    main = {0x010F: make, 0x0110: model, 0x0131: software, 0x0112: orientation}
    exif.update({tag: value for tag, value in main.items() if value is not None})
    details = {0x9003: taken and f"{taken:%Y:%m:%d %H:%M:%S}", 0x9011: offset, 0xA431: serial}
    exif.get_ifd(0x8769).update({tag: value for tag, value in details.items() if value})
    exif.get_ifd(0x8825).update(_gps(place, satellite, accuracy))
    return exif


def _gps(place: tuple[str, str] | None, satellite: datetime | None, accuracy: str | None) -> dict[int, object]:
    found: dict[int, object] = {}
    if place is not None:
        lat, lon = place
        found |= {1: "S" if lat.startswith("-") else "N", 2: _sexagesimal(lat)}
        found |= {3: "W" if lon.startswith("-") else "E", 4: _sexagesimal(lon)}
    if satellite is not None:
        found |= {7: (satellite.hour, satellite.minute, satellite.second), 29: f"{satellite:%Y:%m:%d}"}
    if accuracy is not None:
        found[31] = Fraction(accuracy)
    return found


def _sexagesimal(text: str) -> tuple[int, int, Fraction]:
    value = abs(Fraction(text))
    degrees, rest = divmod(value, 1)
    minutes, seconds = divmod(rest * 60, 1)
    return int(degrees), int(minutes), (seconds * 60).limit_denominator(1_000_000)
