"""Things photographed from near: a door plate, a meter, a page of the book, weighing slips."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from demo_art.canvas import FINE, HEIGHT, WIDTH, Camera, Canvas, Colour, font, gradient, lit
from demo_art.fruit import stall_plate
from demo_art.salon import number_plate
from demo_art.surfaces import plaster, tiles, worn

_FACING = Camera((0, 0, -1.3), yaw=-5, pitch=2.5, lens=1.05)


def door_plate(street: str, number: str, wall: Colour, seed: int) -> Image.Image:
    """The plate on its wall, with the shadow of leaves."""
    canvas = Canvas(_FACING, wall, seed)
    face = tiles((2.6, 2.0), (0.3, 0.15), wall, canvas.rng)
    canvas.hang([(-1.3, 1.0, 0), (1.3, 1.0, 0), (1.3, -1.0, 0), (-1.3, -1.0, 0)], face)
    canvas.shade([(-0.36, 0.19, 0), (0.4, 0.19, 0), (0.4, -0.27, 0), (-0.36, -0.27, 0)], 9, 0.8)
    plate = worn(number_plate(street, number, (1100, 640)), canvas.rng, 0.03)
    _edge(plate)
    canvas.hang([(-0.38, 0.22, -0.01), (0.38, 0.22, -0.01), (0.38, -0.22, -0.01), (-0.38, -0.22, -0.01)], plate)
    canvas.sunlight([(-1.3, 1.0, -0.02), (0.15, 1.0, -0.02), (-0.35, -1.0, -0.02), (-1.3, -1.0, -0.02)], 9, 0.25)
    _leaves(canvas, (-0.62, 0.34))
    _leaves(canvas, (0.62, -0.46))
    return canvas.finish(sun=(0.1, 0.1))


def stall_number(number: str, seed: int) -> Image.Image:
    """The number of a market stall on its steel post, cartons out of focus behind."""
    canvas = Canvas(_FACING, (170, 160, 140), seed)
    canvas.hang([(-1.5, 1.1, 0.4), (1.5, 1.1, 0.4), (1.5, -1.1, 0.4), (-1.5, -1.1, 0.4)], _blurred_hall(canvas.rng))
    canvas.hang(
        [(-0.3, 1.1, 0), (0.3, 1.1, 0), (0.3, -1.1, 0), (-0.3, -1.1, 0)],
        worn(gradient(300, 1000, (206, 210, 206), (176, 182, 180)), canvas.rng, 0.05),
    )
    canvas.fill([(0.22, 1.1, -0.001), (0.3, 1.1, -0.001), (0.3, -1.1, -0.001), (0.22, -1.1, -0.001)], (132, 138, 138))
    canvas.shade([(-0.36, 0.27, 0), (0.42, 0.27, 0), (0.42, -0.34, 0), (-0.36, -0.34, 0)], 10, 0.75)
    plate = worn(stall_plate(number, (1000, 760)), canvas.rng, 0.03)
    draw = ImageDraw.Draw(plate)
    for x, y in ((46, 46), (954, 46), (46, 714), (954, 714)):
        draw.ellipse((x - 16, y - 16, x + 16, y + 16), fill=(206, 208, 208), outline=(96, 100, 102), width=4)
        draw.line((x - 9, y + 7, x + 9, y - 7), fill=(100, 104, 106), width=5)
    canvas.hang([(-0.4, 0.3, -0.02), (0.4, 0.3, -0.02), (0.4, -0.3, -0.02), (-0.4, -0.3, -0.02)], plate)
    canvas.sunlight([(-1.5, 1.1, -0.03), (0.0, 1.1, -0.03), (-0.5, -1.1, -0.03), (-1.5, -1.1, -0.03)], 12, 0.2)
    return canvas.finish(sun=(0.1, 0.05), vignette=0.4)


def _blurred_hall(rng: np.random.Generator) -> Image.Image:
    back = gradient(1500, 1100, (196, 190, 170), (120, 112, 98))
    draw = ImageDraw.Draw(back)
    tones: tuple[Colour, ...] = (
        (204, 164, 112),
        (186, 60, 48),
        (226, 150, 56),
        (64, 120, 84),
        (60, 104, 156),
        (232, 214, 176),
    )
    for row in range(7):
        for column in range(10):
            tone = lit(tones[int(rng.integers(len(tones)))], 0.85 + 0.03 * row)
            x, y = column * 156 + (row % 2) * 40, 300 + row * 118
            draw.rectangle((x, y, x + 146, y + 108), fill=tone)
    for x in (260, 760, 1260):
        draw.ellipse((x - 60, 80, x + 60, 150), fill=(255, 246, 220))
    return back.filter(ImageFilter.GaussianBlur(22))


def _edge(plate: Image.Image) -> None:
    draw = ImageDraw.Draw(plate)
    width, height = plate.size
    for x in (40, width - 40):
        draw.ellipse(
            (x - 13, height / 2 - 13, x + 13, height / 2 + 13), fill=(196, 200, 204), outline=(90, 96, 104), width=3
        )
        draw.line((x - 8, height / 2 - 6, x + 8, height / 2 + 6), fill=(96, 100, 108), width=4)
    draw.line((0, 2, width, 2), fill=(120, 160, 214), width=4)
    draw.line((0, height - 3, width, height - 3), fill=(10, 34, 78), width=6)


def _leaves(canvas: Canvas, middle: tuple[float, float]) -> None:
    shapes = []
    for _ in range(130):
        x, y = middle[0] + float(canvas.rng.normal(0, 0.2)), middle[1] + float(canvas.rng.normal(0, 0.13))
        wide, turn = float(canvas.rng.uniform(0.014, 0.036)), float(canvas.rng.uniform(0, 3.1))
        tip, side = (
            (math.cos(turn) * wide, math.sin(turn) * wide),
            (-math.sin(turn) * wide * 0.45, math.cos(turn) * wide * 0.45),
        )
        shapes.append(
            [
                (x - tip[0], y - tip[1], -0.02),
                (x + side[0], y + side[1], -0.02),
                (x + tip[0], y + tip[1], -0.02),
                (x - side[0], y - side[1], -0.02),
            ]
        )
    canvas.shades(shapes, 3.2, 0.55)


def water_meter(reading: str, seed: int) -> Image.Image:
    """A brass water meter on its pipe, the figures sharp."""
    canvas = Canvas(_FACING, (150, 140, 128), seed)
    canvas.hang(
        [(-1.4, 1.0, 0), (1.4, 1.0, 0), (1.4, -1.0, 0), (-1.4, -1.0, 0)],
        plaster(2.8, 2.0, (178, 168, 152), (120, 110, 100), canvas.rng),
    )
    middle = (WIDTH * FINE / 2 - 40, HEIGHT * FINE / 2 + 20)
    _pipe(canvas.image, middle)
    _dial(canvas.image, middle, 860, reading, "m³", (246, 244, 236), canvas.rng)
    return canvas.finish(sun=(0.2, 0.0), vignette=0.4)


def _pipe(image: Image.Image, middle: tuple[float, float]) -> None:
    rows = np.linspace(-1, 1, 520)
    tone = np.clip(0.95 - np.abs(rows + 0.3) * 0.7, 0.15, 1)
    bar = (np.array([196, 148, 74])[None, :] * tone[:, None]).astype(np.uint8)
    pipe = Image.fromarray(np.repeat(bar[:, None, :], image.width, axis=1))
    shadow = Image.new("L", image.size)
    ImageDraw.Draw(shadow).rectangle((0, middle[1] - 120, image.width, middle[1] + 460), fill=150)
    image.paste((36, 34, 40), (0, 0), shadow.filter(ImageFilter.GaussianBlur(60)))
    image.paste(pipe, (0, round(middle[1] - 260)))
    draw = ImageDraw.Draw(image)
    for x in (420, 560, image.width - 660, image.width - 520):
        nut = gradient(110, 640, (222, 180, 104), (104, 74, 36))
        image.paste(nut, (x, round(middle[1] - 320)))
        draw.rectangle((x, middle[1] - 320, x + 110, middle[1] + 320), outline=(94, 68, 34), width=5)


def _dial(
    image: Image.Image,
    middle: tuple[float, float],
    radius: float,
    reading: str,
    unit: str,
    face: Colour,
    rng: np.random.Generator,
) -> None:
    x, y = middle
    _ring(image, middle, radius)
    draw = ImageDraw.Draw(image)
    inner = radius * 0.8
    draw.ellipse((x - inner, y - inner, x + inner, y + inner), fill=face, outline=(120, 116, 108), width=10)
    for tick in range(60):
        angle = tick * math.pi / 30
        near = inner * (0.9 if tick % 5 else 0.86)
        draw.line(
            (
                x + math.cos(angle) * near,
                y + math.sin(angle) * near,
                x + math.cos(angle) * inner * 0.95,
                y + math.sin(angle) * inner * 0.95,
            ),
            fill=(80, 80, 82),
            width=6 if tick % 5 else 11,
        )
    _drums(image, (x, y - radius * 0.2), radius * 0.2, reading)
    draw.text((x + radius * 0.62, y - radius * 0.06), unit, font=font(radius * 0.085), fill=(50, 52, 56), anchor="mm")
    draw.text((x, y - radius * 0.48), "水 表", font=font(radius * 0.1), fill=(50, 52, 56), anchor="mm")
    draw.text(
        (x, y + radius * 0.62),
        "LXS-20  No. 0831752",
        font=font(radius * 0.06, bold=False),
        fill=(80, 82, 86),
        anchor="mm",
    )
    for number, (dx, dy) in enumerate(((-0.42, 0.2), (0.0, 0.34), (0.42, 0.2))):
        _small_hand(draw, (x + dx * radius, y + dy * radius), radius * 0.15, float(rng.uniform(0, 6)), number)
    sheen = Image.new("L", image.size)
    ImageDraw.Draw(sheen).pieslice((x - inner, y - inner, x + inner, y + inner), 198, 262, fill=70)
    ImageDraw.Draw(sheen).ellipse((x - inner * 0.72, y - inner * 0.55, x + inner * 1.02, y + inner * 1.2), fill=0)
    image.paste((255, 255, 255), (0, 0), sheen.filter(ImageFilter.GaussianBlur(10)))


def _ring(image: Image.Image, middle: tuple[float, float], radius: float) -> None:
    """A brass ring with the light of the window on its upper left."""
    x, y = middle
    size = round(radius * 2)
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float32)
    angle = np.arctan2(rows - radius, columns - radius)
    light = 0.62 + 0.38 * np.cos(angle + 2.3) + 0.14 * np.cos(angle * 3 + 0.6)
    brass = np.array([214, 168, 92])[None, None, :] * np.clip(light, 0.22, 1.25)[..., None]
    far = np.hypot(rows - radius, columns - radius)
    brass *= (0.84 + 0.2 * np.sin((far / radius - 0.8) * 22))[..., None]
    mask = Image.fromarray((np.clip(radius - far, 0, 3) / 3 * 255).astype(np.uint8))
    shadow = Image.new("L", image.size)
    ImageDraw.Draw(shadow).ellipse((x - radius + 40, y - radius + 60, x + radius + 70, y + radius + 90), fill=190)
    image.paste((30, 28, 36), (0, 0), shadow.filter(ImageFilter.GaussianBlur(44)))
    image.paste(
        Image.fromarray(np.clip(brass, 0, 255).astype(np.uint8)), (round(x - radius), round(y - radius)), mask
    )


def _drums(image: Image.Image, middle: tuple[float, float], high: float, reading: str) -> None:
    wide = high * 0.74
    left = middle[0] - wide * len(reading) / 2
    for number, digit in enumerate(reading):
        red = number >= len(reading) - 1
        drum = gradient(
            round(wide - 8),
            round(high),
            (20, 20, 22) if not red else (120, 24, 24),
            (64, 64, 66) if not red else (190, 50, 46),
        ).convert("RGB")
        cell = ImageDraw.Draw(drum)
        cell.text((drum.width / 2, drum.height / 2), digit, font=font(high * 0.74), fill=(244, 244, 240), anchor="mm")
        shade = Image.new("L", drum.size)
        for line in range(drum.height):
            edge = abs(line / drum.height - 0.5) * 2
            ImageDraw.Draw(shade).line((0, line, drum.width, line), fill=round(170 * edge**3))
        drum.paste((0, 0, 0), (0, 0), shade)
        image.paste(drum, (round(left + number * wide), round(middle[1])))
    ImageDraw.Draw(image).rectangle(
        (left - 10, middle[1] - 8, left + wide * len(reading) + 2, middle[1] + high + 8),
        outline=(60, 60, 62),
        width=9,
    )


def _small_hand(
    draw: ImageDraw.ImageDraw, middle: tuple[float, float], radius: float, angle: float, number: int
) -> None:
    x, y = middle
    draw.ellipse(
        (x - radius, y - radius, x + radius, y + radius), fill=(252, 250, 244), outline=(150, 40, 38), width=6
    )
    for tick in range(10):
        turn = tick * math.pi / 5
        draw.line(
            (
                x + math.cos(turn) * radius * 0.8,
                y + math.sin(turn) * radius * 0.8,
                x + math.cos(turn) * radius,
                y + math.sin(turn) * radius,
            ),
            fill=(60, 60, 62),
            width=5,
        )
    tip = (x + math.cos(angle) * radius * 0.82, y + math.sin(angle) * radius * 0.82)
    across = (math.cos(angle + 1.57) * radius * 0.14, math.sin(angle + 1.57) * radius * 0.14)
    draw.polygon([tip, (x + across[0], y + across[1]), (x - across[0], y - across[1])], fill=(196, 40, 38))
    draw.text(
        (x, y + radius * 1.24),
        ("×0.1", "×0.01", "×0.001")[number],
        font=font(radius * 0.3, bold=False),
        fill=(70, 70, 74),
        anchor="mm",
    )


def power_meter(reading: str, seed: int) -> Image.Image:
    """The electronic meter of a cold store in its steel box."""
    canvas = Canvas(Camera((0, 0, -1.75), yaw=-4, pitch=1.5, lens=1.05), (140, 146, 148), seed)
    canvas.hang(
        [(-1.8, 1.3, 0), (1.8, 1.3, 0), (1.8, -1.3, 0), (-1.8, -1.3, 0)],
        worn(gradient(700, 500, (172, 178, 178), (122, 128, 130)), canvas.rng, 0.05),
    )
    canvas.shade([(-0.4, 0.56, 0), (0.5, 0.56, 0), (0.5, -0.66, 0), (-0.4, -0.66, 0)], 16, 0.8)
    canvas.hang(
        [(-0.46, 0.6, -0.05), (0.42, 0.6, -0.05), (0.42, -0.6, -0.05), (-0.46, -0.6, -0.05)], _power_face(reading)
    )
    for number, tone in enumerate(((176, 44, 40), (40, 84, 150), (206, 170, 60), (46, 52, 56))):
        x = -0.28 + number * 0.17
        canvas.fill(
            [(x, -0.6, -0.02), (x + 0.045, -0.6, -0.02), (x + 0.07, -1.3, -0.02), (x + 0.02, -1.3, -0.02)], tone
        )
        canvas.fill(
            [(x + 0.028, -0.6, -0.02), (x + 0.045, -0.6, -0.02), (x + 0.07, -1.3, -0.02), (x + 0.05, -1.3, -0.02)],
            lit(tone, 0.7),
        )
    canvas.sunlight([(-1.4, 1.0, -0.06), (-0.2, 1.0, -0.06), (-0.8, -1.0, -0.06), (-1.4, -1.0, -0.06)], 12, 0.2)
    return canvas.finish(sun=(0.15, 0.05), vignette=0.38)


def _power_face(reading: str) -> Image.Image:
    face = gradient(1100, 1500, (238, 240, 236), (204, 208, 206)).convert("RGBA")
    draw = ImageDraw.Draw(face)
    draw.rounded_rectangle((6, 6, 1093, 1493), 40, outline=(120, 126, 128), width=12)
    draw.rounded_rectangle((90, 110, 1010, 900), 30, fill=(226, 230, 228), outline=(146, 150, 150), width=6)
    draw.text((550, 190), "三相四线电子式电能表", font=font(64), fill=(48, 54, 58), anchor="mm")
    screen = gradient(760, 270, (176, 196, 160), (150, 174, 138))
    face.paste(screen, (170, 260))
    draw.rectangle((170, 260, 930, 530), outline=(70, 78, 72), width=10)
    draw.text((918, 514), "kW·h", font=font(40), fill=(38, 48, 40), anchor="rs")
    for number, digit in enumerate(reading):
        _segments(draw, (200 + number * 77, 306), 50, 150, digit)
    for number, (what, value) in enumerate((("型号", "DTS634"), ("编号", "2207 4410 9836"), ("电压", "3×220/380 V"))):
        draw.text((180, 610 + number * 84), what, font=font(46, bold=False), fill=(92, 98, 102), anchor="lm")
        draw.text((340, 610 + number * 84), value, font=font(50), fill=(52, 58, 62), anchor="lm")
    for number, tone in enumerate(((206, 60, 48), (214, 168, 60))):
        draw.ellipse((830, 600 + number * 120, 886, 656 + number * 120), fill=tone, outline=(110, 110, 108), width=5)
    draw.rounded_rectangle((90, 960, 1010, 1120), 20, fill=(60, 106, 96))
    draw.text((550, 1040), "冷库  3 号表", font=font(84), fill=(248, 250, 244), anchor="mm")
    for number in range(8):
        x = 150 + number * 110
        draw.ellipse((x, 1220, x + 70, 1290), fill=(150, 152, 150), outline=(92, 94, 94), width=6)
        draw.line((x + 14, 1268, x + 56, 1242), fill=(84, 86, 86), width=8)
    return face


_LIT = {
    "0": "abcdef",
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abfgcd",
}


def _segments(draw: ImageDraw.ImageDraw, at: tuple[int, int], wide: int, high: int, digit: str) -> None:
    x, y = at
    half = high / 2
    lines = {
        "a": (x, y, x + wide, y),
        "b": (x + wide, y, x + wide, y + half),
        "c": (x + wide, y + half, x + wide, y + high),
        "d": (x, y + high, x + wide, y + high),
        "e": (x, y + half, x, y + high),
        "f": (x, y, x, y + half),
        "g": (x, y + half, x + wide, y + half),
    }
    for name, line in lines.items():
        draw.line(line, fill=(34, 44, 36) if name in _LIT[digit] else (158, 180, 146), width=13)


def page(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], seed: int, *, slips: Sequence[Sequence[str]] = ()
) -> Image.Image:
    """A page of a hand-written book on a wooden table, with a pen and perhaps some slips."""
    canvas = Canvas(Camera((0, 1.5, -0.9), pitch=-58, lens=1.0), (120, 84, 54), seed)
    canvas.hang([(-2, 0, 1.8), (2, 0, 1.8), (2, 0, -0.86), (-2, 0, -0.86)], _wood(canvas.rng))
    canvas.shade([(-0.66, 0.002, 0.55), (0.74, 0.002, 0.55), (0.78, 0.002, -0.46), (-0.62, 0.002, -0.46)], 14, 0.75)
    sheet = _written(title, heads, rows, canvas.rng)
    canvas.hang([(-0.7, 0.02, 0.56), (0.66, 0.02, 0.6), (0.7, 0.02, -0.44), (-0.68, 0.02, -0.44)], sheet)
    for number, slip in enumerate(slips):
        x = 0.36 + number * 0.1
        z = 0.42 - number * 0.4
        canvas.shade(
            [(x + 0.02, 0.03, z), (x + 0.53, 0.03, z + 0.03), (x + 0.55, 0.03, z - 0.6), (x + 0.04, 0.03, z - 0.63)],
            7,
            0.7,
        )
        canvas.hang(
            [(x, 0.04, z + 0.02), (x + 0.5, 0.04, z + 0.06), (x + 0.54, 0.04, z - 0.57), (x + 0.02, 0.04, z - 0.6)],
            _slip(slip, canvas.rng),
        )
    _pen(canvas)
    canvas.sunlight([(-2, 0.05, 1.8), (-0.5, 0.05, 1.8), (0.1, 0.05, -0.8), (-2, 0.05, -0.8)], 22, 0.16)
    return canvas.finish(sun=(0.1, 0.05), vignette=0.42)


def _wood(rng: np.random.Generator) -> Image.Image:
    width, height = 1600, 1100
    rows = np.arange(height)[:, None] / height
    columns = np.arange(width)[None, :] / width
    grain = np.sin(rows * 150 + np.sin(columns * 5) * 3 + np.sin(columns * 17 + rows * 9) * 0.7) * 0.5
    grain += np.repeat(rng.normal(0, 0.5, (height, 1)), width, axis=1)
    board = (np.arange(height)[:, None] // 184) % 2 * 0.3
    tone = 1 + (grain * 0.09 + board * 0.22)
    wood = np.array([164, 112, 68])[None, None, :] * tone[..., None]
    joint = (np.arange(height) % 184 < 4)[:, None, None]
    wood = np.where(joint, wood * 0.45, wood)
    return Image.fromarray(np.clip(wood, 0, 255).astype(np.uint8))


def _written(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], rng: np.random.Generator
) -> Image.Image:
    width, height = 1900, 1420
    sheet = worn(gradient(width, height, (250, 244, 226), (238, 228, 204)), rng, 0.018)
    draw = ImageDraw.Draw(sheet)
    top, step, left, right = 300, 96, 90, width - 90
    for line in range(12):
        draw.line((left, top + line * step, right, top + line * step), fill=(150, 172, 190), width=3)
    span = (right - left) / len(heads)
    for column in range(len(heads) + 1):
        draw.line((left + column * span, top, left + column * span, top + 11 * step), fill=(206, 140, 132), width=3)
    hand(sheet, title, (left + 10, 130), 92, (36, 52, 112), rng)
    for column, head in enumerate(heads):
        hand(sheet, head, (left + column * span + 26, top + 14), 60, (36, 52, 112), rng)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            hand(sheet, value, (left + column * span + 30, top + (number + 1) * step + 14), 60, (28, 40, 92), rng)
    for number in range(7):
        y = 190 + number * 180
        draw.ellipse((26, y, 62, y + 36), fill=(150, 120, 92))
    return sheet


def hand(
    sheet: Image.Image, text: str, at: tuple[float, float], size: float, ink: Colour, rng: np.random.Generator
) -> None:
    """Writing by hand: no two characters sit, lean or press alike."""
    x, y = at
    for character in text:
        own = size * float(rng.uniform(0.92, 1.08))
        face = font(own, bold=False)
        stamp = Image.new("L", (round(own * 1.7), round(own * 1.7)))
        ImageDraw.Draw(stamp).text((own * 0.3, own * 0.1), character, font=face, fill=int(rng.integers(190, 256)))
        lean = float(rng.uniform(-0.2, -0.06))
        stamp = stamp.transform(
            stamp.size,
            Image.Transform.AFFINE,
            (1, -lean, lean * own * 0.5, float(rng.uniform(-0.04, 0.04)), 1, 0),
            Image.Resampling.BICUBIC,
        )
        stamp = stamp.rotate(float(rng.normal(0, 3)), Image.Resampling.BICUBIC)
        sheet.paste(ink, (round(x), round(y + rng.normal(0, size * 0.035))), stamp)
        x += face.getlength(character) * float(rng.uniform(0.98, 1.1))


def _slip(lines: Sequence[str], rng: np.random.Generator) -> Image.Image:
    """A printed slip of thermal paper."""
    slip = worn(gradient(620, 780, (252, 250, 246), (234, 230, 224)), rng, 0.02)
    draw = ImageDraw.Draw(slip)
    for number, line in enumerate(lines):
        size = 58 if number == 0 else 40
        x = 310 if number == 0 else 44
        draw.text(
            (x, 60 + number * 82),
            line,
            font=font(size, bold=number == 0),
            fill=(58, 58, 74),
            anchor="mm" if number == 0 else "lm",
        )
    draw.line((36, 108, 584, 108), fill=(120, 120, 130), width=3)
    for tooth in range(0, 620, 20):
        draw.polygon([(tooth, 780), (tooth + 10, 766), (tooth + 20, 780)], fill=(0, 0, 0, 0))
    return slip


def _pen(canvas: Canvas) -> None:
    start, end = (-1.12, 0.05, -0.3), (-0.72, 0.05, 0.5)
    dx, dz = 0.016, -0.009
    canvas.shade(
        [
            (start[0] + 0.05, 0.03, start[2]),
            (end[0] + 0.05, 0.03, end[2]),
            (end[0] + 0.08, 0.03, end[2]),
            (start[0] + 0.08, 0.03, start[2]),
        ],
        4,
        0.7,
    )
    for share, tone in ((1.0, (28, 40, 70)), (0.55, (60, 84, 140)), (0.2, (160, 180, 214))):
        canvas.fill(
            [
                (start[0] - dx * share, 0.05, start[2] - dz * share),
                (end[0] - dx * share, 0.05, end[2] - dz * share),
                (end[0] + dx * share, 0.05, end[2] + dz * share),
                (start[0] + dx * share, 0.05, start[2] + dz * share),
            ],
            tone,
        )
    canvas.fill(
        [(end[0] - dx, 0.05, end[2] - dz), (end[0] + dx, 0.05, end[2] + dz), (end[0] + 0.05, 0.05, end[2] + 0.08)],
        (196, 198, 202),
    )
