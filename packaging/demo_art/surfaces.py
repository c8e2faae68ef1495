"""Flat textures: walls, signs, shutters, glass, cloth, paving, cartons. Metres times `DENSITY` pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from demo_art.canvas import Colour, font, gradient, lit, mix

DENSITY: Final = 260


def _pixels(metres: float) -> int:
    return max(2, round(metres * DENSITY))


def worn(texture: Image.Image, rng: np.random.Generator, strength: float = 0.05) -> Image.Image:
    """The surface with years of weather: slow stains and fine specks."""
    data = np.asarray(texture.convert("RGBA"), dtype=np.float32).copy()
    height, width = data.shape[:2]
    stains = np.zeros((height, width), dtype=np.float32)
    for cells, weight in ((3, 1.0), (9, 0.3), (120, 0.45)):
        small = rng.normal(0, 1, (cells, max(2, cells * width // height))).astype(np.float32)
        stains += np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)) * weight
    data[..., :3] *= 1 + stains[..., None] * strength
    return Image.fromarray(np.clip(data, 0, 255).astype(np.uint8), "RGBA")


def plaster(width: float, height: float, top: Colour, bottom: Colour, rng: np.random.Generator) -> Image.Image:
    """Painted wall, darker and dirtier towards the pavement."""
    return worn(gradient(_pixels(width) // 2, _pixels(height) // 2, top, bottom), rng, 0.035)


def tiles(
    size: tuple[float, float], tile: tuple[float, float], colour: Colour, rng: np.random.Generator
) -> Image.Image:
    """Wall or floor tiles, none quite like the next, with joints."""
    width, height = _pixels(size[0]) // 2, _pixels(size[1]) // 2
    image = Image.new("RGB", (width, height), lit(colour, 0.8))
    draw = ImageDraw.Draw(image)
    across, down = tile[0] * DENSITY / 2, tile[1] * DENSITY / 2
    for row in range(int(height / down) + 1):
        for column in range(int(width / across) + 1):
            x, y = column * across, row * down
            shade = lit(colour, 1 + float(rng.normal(0, 0.035)))
            draw.rectangle((x + 1, y + 1, x + across - 2, y + down - 2), fill=shade)
            draw.line((x + 1, y + 1, x + across - 2, y + 1), fill=lit(shade, 1.16))
    return worn(image, rng, 0.03)


def checker(size: tuple[float, float], tile: float, one: Colour, other: Colour) -> Image.Image:
    """A floor of two colours."""
    width, height = _pixels(size[0]) // 3, _pixels(size[1]) // 3
    step = tile * DENSITY / 3
    image = Image.new("RGB", (width, height), one)
    draw = ImageDraw.Draw(image)
    for row in range(int(height / step) + 1):
        for column in range(int(width / step) + 1):
            colour = one if (row + column) % 2 else other
            draw.rectangle((column * step, row * step, (column + 1) * step - 2, (row + 1) * step - 2), fill=colour)
    return image


def shutter(width: float, height: float, colour: Colour, rng: np.random.Generator) -> Image.Image:
    """A rolled-down steel shutter with its round slats."""
    image = Image.new("RGB", (_pixels(width), _pixels(height)), colour)
    draw = ImageDraw.Draw(image)
    slat = round(0.085 * DENSITY)
    for y in range(0, image.height, slat):
        for line in range(slat):
            bend = 1.12 - 0.42 * abs(line / slat - 0.35)
            draw.line((0, y + line, image.width, y + line), fill=lit(colour, bend if line < slat - 2 else 0.55))
    return worn(image, rng, 0.05)


def sign(
    size: tuple[float, float],
    text: str,
    ground: tuple[Colour, Colour],
    ink: Colour,
    *,
    small: str = "",
    border: Colour | None = None,
) -> Image.Image:
    """A signboard as a sign maker sets it: large characters with room, a line of small ones, a frame."""
    width, height = _pixels(size[0]), _pixels(size[1])
    image = gradient(width, height, *ground).convert("RGBA")
    draw = ImageDraw.Draw(image)
    share = 0.62 if small else 0.7
    face = font(min(height * share, width / max(2, len(text)) * 0.84))
    middle = height * (0.4 if small else 0.48)
    _spaced(image, text, (width / 2, middle), face, ink)
    if small:
        draw.text((width / 2, height * 0.83), small, font=font(height * 0.15, bold=False), fill=ink, anchor="mm")
    if border is not None:
        edge = max(3, height // 40)
        draw.rectangle((edge, edge, width - edge, height - edge), outline=border, width=edge)
    return image


def _spaced(image: Image.Image, text: str, centre: tuple[float, float], face: object, ink: Colour) -> None:
    """Characters in relief: a shadow below, a lit edge above."""
    draw = ImageDraw.Draw(image)
    size = float(face.size)  # type: ignore[attr-defined]
    step = size * 1.3
    start = centre[0] - step * (len(text) - 1) / 2
    shadow = Image.new("L", image.size)
    soft = ImageDraw.Draw(shadow)
    for number, character in enumerate(text):
        soft.text(
            (start + number * step + size * 0.05, centre[1] + size * 0.07),
            character,
            font=face,
            fill=150,
            anchor="mm",
        )
    image.paste((14, 18, 26), (0, 0), shadow.filter(ImageFilter.GaussianBlur(size * 0.035)))
    for number, character in enumerate(text):
        place = (start + number * step, centre[1])
        draw.text((place[0], place[1] + size * 0.022), character, font=face, fill=lit(ink, 0.72), anchor="mm")
        draw.text(place, character, font=face, fill=ink, anchor="mm")


def awning(width: float, height: float, one: Colour, other: Colour) -> Image.Image:
    """Striped cloth with a scalloped edge."""
    wide, high = _pixels(width), _pixels(height)
    image = Image.new("RGBA", (wide, high))
    draw = ImageDraw.Draw(image)
    stripe = wide / max(6, round(width / 0.28))
    drop = high * 0.2
    for number in range(round(wide / stripe)):
        colour = one if number % 2 else other
        left = number * stripe
        draw.rectangle((left, 0, left + stripe, high - drop), fill=colour)
        draw.pieslice((left, high - drop * 2, left + stripe, high - 1), 0, 180, fill=lit(colour, 0.86))
    for line in range(int(high - drop)):
        fade = round(70 * (line / high) ** 1.5)
        if line % 2 == 0:
            image.paste(
                (20, 24, 44), (0, line, wide, min(high, line + 2)), Image.new("L", (wide, min(2, high - line)), fade)
            )
    return image


def glazing(
    size: tuple[float, float], inner: Image.Image, frame: Colour, bars: Sequence[float], rng: np.random.Generator
) -> Image.Image:
    """A glass front: what lies behind it, the street's reflection, the frame. `bars` are shares of the width."""
    width, height = _pixels(size[0]), _pixels(size[1])
    image = inner.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    sheen = Image.new("L", (width, height))
    draw = ImageDraw.Draw(sheen)
    for _ in range(5):
        x, wide = float(rng.uniform(-0.3, 1)) * width, float(rng.uniform(0.05, 0.22)) * width
        lean = height * 0.45
        draw.polygon(
            [(x + lean, 0), (x + lean + wide, 0), (x + wide, height), (x, height)], fill=int(rng.integers(18, 46))
        )
    image.paste((214, 232, 240), (0, 0), sheen.filter(ImageFilter.GaussianBlur(6)))
    image.paste(Image.new("RGB", (width, height), (226, 238, 244)), (0, 0), _fall(width, height, 84))
    edge = round(0.055 * DENSITY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width - 1, height - 1), outline=frame, width=edge)
    for bar in bars:
        x = bar * width
        draw.rectangle((x - edge / 2, 0, x + edge / 2, height), fill=frame)
        draw.line((x - edge / 2, 0, x - edge / 2, height), fill=lit(frame, 1.4), width=3)
    return image


def _fall(width: int, height: int, most: int) -> Image.Image:
    column = (np.linspace(1, 0, height) ** 2.2 * most).astype(np.uint8)
    return Image.fromarray(np.repeat(column[:, None], width, axis=1))


def windows(
    width: float, height: float, wall: Colour, rng: np.random.Generator, rows: int, columns: int
) -> Image.Image:
    """An upper storey: window, grille, air conditioner, washing on the line."""
    image = worn(gradient(_pixels(width) // 2, _pixels(height) // 2, lit(wall, 1.05), lit(wall, 0.94)), rng, 0.04)
    draw = ImageDraw.Draw(image)
    wide, high = image.width / columns, image.height / rows
    for row in range(rows):
        for column in range(columns):
            x, y = column * wide, row * high
            _window(draw, (x + wide * 0.2, y + high * 0.2, x + wide * 0.68, y + high * 0.74), rng)
            if rng.random() < 0.6:
                _cooler(draw, x + wide * 0.74, y + high * 0.5, wide * 0.2)
            if rng.random() < 0.55:
                _washing(draw, x + wide * 0.14, y + high * 0.78, wide * 0.56, high * 0.17, rng)
        draw.rectangle((0, (row + 1) * high - 5, image.width, (row + 1) * high), fill=lit(wall, 0.78))
    return image


def _window(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], rng: np.random.Generator) -> None:
    left, top, right, bottom = box
    glass = mix((72, 94, 108), (124, 150, 160), float(rng.random()))
    draw.rectangle((left - 5, top - 5, right + 5, bottom + 9), fill=(196, 192, 182))
    draw.rectangle(box, fill=glass)
    draw.polygon(
        [(left, bottom), (left, top + (bottom - top) * 0.4), (left + (right - left) * 0.7, top), (right, top)],
        fill=lit(glass, 1.16),
    )
    middle = (left + right) / 2
    draw.rectangle((middle - 3, top, middle + 3, bottom), fill=(206, 203, 195))
    if rng.random() < 0.5:
        curtain = [(214, 176, 150), (206, 208, 190), (170, 186, 196)][int(rng.integers(3))]
        draw.rectangle((left + 2, top + 2, left + (right - left) * 0.3, bottom - 2), fill=curtain)
    if rng.random() < 0.6:
        for bar in np.arange(left, right, 13):
            draw.line((bar, top, bar, bottom), fill=(148, 150, 148), width=2)


def _cooler(draw: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    draw.rectangle((x, y, x + size, y + size * 0.72), fill=(224, 222, 214))
    draw.rectangle((x, y + size * 0.66, x + size, y + size * 0.78), fill=(150, 148, 142))
    draw.ellipse(
        (x + size * 0.1, y + size * 0.06, x + size * 0.62, y + size * 0.6),
        fill=(168, 168, 164),
        outline=(132, 132, 128),
        width=2,
    )


def _washing(
    draw: ImageDraw.ImageDraw, x: float, y: float, width: float, height: float, rng: np.random.Generator
) -> None:
    draw.line((x, y, x + width, y), fill=(120, 118, 112), width=2)
    place = x + 4
    while place < x + width - 14:
        wide = float(rng.uniform(12, 26))
        colour = [(196, 92, 84), (232, 228, 218), (96, 132, 168), (226, 186, 96), (140, 168, 148)][
            int(rng.integers(5))
        ]
        draw.rectangle((place, y, place + wide, y + height * float(rng.uniform(0.55, 1))), fill=colour)
        place += wide + float(rng.uniform(3, 9))


def carton(
    size: tuple[float, float], text: str, colour: Colour, ink: Colour, rng: np.random.Generator
) -> Image.Image:
    """The face of a fruit box: card, print, tape, a hand hole."""
    width, height = _pixels(size[0]), _pixels(size[1])
    image = worn(gradient(width, height, lit(colour, 1.06), lit(colour, 0.9)), rng, 0.04)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.2, width, height * 0.72), fill=ink)
    draw.text((width / 2, height * 0.45), text, font=font(height * 0.34), fill=(252, 246, 232), anchor="mm")
    draw.rectangle((width * 0.44, height * 0.81, width * 0.56, height * 0.9), fill=lit(colour, 0.45))
    draw.rectangle((width * 0.02, 0, width * 0.98, 3), fill=lit(colour, 1.3))
    draw.rectangle((0, 0, width - 1, height - 1), outline=lit(colour, 0.68), width=3)
    return image


def crate(size: tuple[float, float], colour: Colour) -> Image.Image:
    """The side of a plastic crate: rim, slots, ribs."""
    width, height = _pixels(size[0]), _pixels(size[1])
    image = gradient(width, height, lit(colour, 1.08), lit(colour, 0.84))
    draw = ImageDraw.Draw(image)
    rim = height * 0.16
    draw.rectangle((0, 0, width, rim), fill=lit(colour, 1.18))
    slot = width / 9
    for row in (0.3, 0.62):
        for number in range(8):
            x = slot * (number + 0.62)
            draw.rounded_rectangle(
                (x, height * row, x + slot * 0.72, height * (row + 0.22)), 6, fill=lit(colour, 0.4)
            )
    draw.rectangle((0, 0, width - 1, height - 1), outline=lit(colour, 0.62), width=3)
    return image


def lines_of_goods(
    size: tuple[float, float], rows: int, rng: np.random.Generator, palette: Sequence[Colour]
) -> Image.Image:
    """Shelves with bottles and tins, lit from above each board."""
    width, height = _pixels(size[0]), _pixels(size[1])
    image = gradient(width, height, (104, 86, 70), (84, 68, 56))
    draw = ImageDraw.Draw(image)
    step = height / rows
    for row in range(rows):
        top = row * step
        image.paste(gradient(width, round(step), (150, 128, 104), (74, 60, 52)), (0, round(top)))
        x = 12.0
        while x < width - 40:
            colour = palette[int(rng.integers(len(palette)))]
            wide, high = float(rng.uniform(0.055, 0.09)) * DENSITY, float(rng.uniform(0.52, 0.84)) * step
            for _ in range(int(rng.integers(2, 6))):
                if x > width - wide - 10:
                    break
                _bottle(draw, (x, top + step * 0.93 - high, x + wide, top + step * 0.93), colour)
                x += wide + 3
            x += float(rng.uniform(2, 16))
        draw.rectangle((0, top + step * 0.93, width, top + step), fill=(206, 182, 148))
        draw.rectangle((0, top + step * 0.985, width, top + step), fill=(120, 100, 78))
    return image


def _bottle(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], colour: Colour) -> None:
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    draw.rectangle((left + wide * 0.32, top, right - wide * 0.32, top + high * 0.2), fill=lit(colour, 0.55))
    draw.rounded_rectangle((left, top + high * 0.16, right, bottom), wide * 0.22, fill=colour)
    draw.rectangle((left + wide * 0.12, top + high * 0.26, left + wide * 0.28, bottom - 4), fill=lit(colour, 1.3))
    draw.rectangle((right - wide * 0.22, top + high * 0.24, right - 2, bottom - 4), fill=lit(colour, 0.74))
    draw.rectangle(
        (left + wide * 0.1, top + high * 0.46, right - wide * 0.1, top + high * 0.74), fill=(244, 240, 230)
    )
    draw.line(
        (left + wide * 0.2, top + high * 0.56, right - wide * 0.25, top + high * 0.56), fill=lit(colour, 0.7), width=3
    )
    draw.line(
        (left + wide * 0.2, top + high * 0.64, right - wide * 0.4, top + high * 0.64), fill=(160, 156, 148), width=2
    )
