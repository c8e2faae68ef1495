"""老罗果行, a fruit wholesaler in a market hall: stall, aisles, stock, cold store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from demo_art import things
from demo_art.canvas import Camera, Canvas, Colour, font, gradient, lit, mix
from demo_art.surfaces import carton, crate, plaster, shutter, sign, tiles, worn

APPLE: Final[Colour] = (192, 44, 40)
ORANGE: Final[Colour] = (236, 138, 36)
MELON: Final[Colour] = (86, 140, 62)
MANGO: Final[Colour] = (238, 184, 62)
GREEN: Final[Colour] = (150, 176, 66)
CARD: Final[Colour] = (204, 164, 112)
BLUE: Final[Colour] = (44, 102, 158)
_HALL: Final[Colour] = (210, 214, 204)
_KINDS: Final[tuple[tuple[str, Colour, str, float], ...]] = (
    ("红富士", APPLE, "apple", 0.095),
    ("脐橙", ORANGE, "orange", 0.085),
    ("青苹果", GREEN, "apple", 0.09),
    ("芒果", MANGO, "mango", 0.09),
)


def front(number: str = "18", name: str = "老罗果行") -> Image.Image:
    """The stall from the aisle: sign, counter of open crates, walls of cartons."""
    canvas = Canvas(Camera((-0.7, 1.7, -6.6), yaw=5, pitch=1.5, lens=0.86), _HALL, seed=83)
    _hall_front(canvas)
    _stall(canvas, number, name)
    _display(canvas)
    _scale(canvas, (-3.0, 0, -1.2))
    canvas.sunlight([(-5, 5, -0.9), (-1.2, 5, -0.9), (1.6, 0, -2.2), (-2.6, 0, -2.2)], 24, 0.2)
    canvas.sunlight([(-3.4, 0.02, -1.4), (1.4, 0.02, -1.4), (2.6, 0.02, -4.6), (-3.4, 0.02, -4.6)], 18, 0.22)
    return canvas.finish(sun=(0.25, 0.0))


def _hall_front(canvas: Canvas) -> None:
    canvas.fill([(-12, 0, 4), (12, 0, 4), (12, 0, -6), (-12, 0, -6)], (150, 148, 142))
    for part in range(-5, 5):
        floor = worn(gradient(300, 300, (172, 168, 158), (150, 146, 138)), canvas.rng, 0.06)
        canvas.hang(
            [
                (part * 2.0, 0.005, 1.5),
                (part * 2.0 + 2, 0.005, 1.5),
                (part * 2.0 + 2, 0.005, -5.8),
                (part * 2.0, 0.005, -5.8),
            ],
            floor,
        )
    canvas.hang(
        [(-12, 6, 0), (12, 6, 0), (12, 3.9, 0), (-12, 3.9, 0)],
        plaster(12, 1.2, (222, 222, 208), (196, 198, 188), canvas.rng),
    )
    for x in (-7.6, -2.55, 2.55, 7.6):
        canvas.box((x - 0.18, 0, -0.12), (x + 0.18, 6, 0.2), (186, 190, 184))
        canvas.fill(
            [(x - 0.18, 0.9, -0.13), (x + 0.18, 0.9, -0.13), (x + 0.18, 0, -0.13), (x - 0.18, 0, -0.13)],
            (196, 168, 60),
        )
    for left, name, colours, ink in (
        (-7.4, "金牛水果", ((186, 60, 44), (146, 38, 34)), (252, 228, 150)),
        (2.75, "海南鲜果", ((232, 182, 70), (206, 146, 46)), (128, 40, 30)),
    ):
        board = sign((4.6, 0.8), name, colours, ink, small="产地直供   量大从优")
        canvas.hang(
            [(left, 3.75, -0.14), (left + 4.6, 3.75, -0.14), (left + 4.6, 2.95, -0.14), (left, 2.95, -0.14)], board
        )
        canvas.hang(
            [(left, 2.9, 0.0), (left + 4.6, 2.9, 0.0), (left + 4.6, 0, 0.0), (left, 0, 0.0)],
            shutter(4.6, 2.9, (150, 158, 158), canvas.rng),
            0.86,
        )
    for left in (-6.9, 3.2, 4.5):
        _stack(canvas, (left, 0, -0.75), 1, 4, int(left * 3))


def _stall(canvas: Canvas, number: str, name: str) -> None:
    canvas.fill([(-2.37, 2.9, 0), (2.37, 2.9, 0), (2.37, 0, 0), (-2.37, 0, 0)], (74, 68, 62))
    canvas.hang(
        [(-2.37, 2.9, 2.6), (2.37, 2.9, 2.6), (2.37, 0, 2.6), (-2.37, 0, 2.6)],
        gradient(60, 60, (150, 142, 126), (96, 88, 78)),
    )
    canvas.fill([(-2.37, 0, 0), (2.37, 0, 0), (2.37, 0, 2.6), (-2.37, 0, 2.6)], (112, 106, 98))
    canvas.fill([(-2.37, 2.9, 0), (-2.37, 2.9, 2.6), (-2.37, 0, 2.6), (-2.37, 0, 0)], (120, 112, 100))
    canvas.fill([(2.37, 2.9, 0), (2.37, 2.9, 2.6), (2.37, 0, 2.6), (2.37, 0, 0)], (92, 86, 78))
    for left, high in ((-2.3, 6), (-1.62, 7), (-0.94, 6), (1.0, 5), (1.68, 7)):
        _stack(canvas, (left, 0, 1.9), 1, high, round(left * 7))
    for x in (-1.2, 1.2):
        canvas.glow((x, 2.5, 1.0), 1.9, (255, 232, 178), 0.6)
        canvas.fill(
            [(x - 0.5, 2.62, 0.9), (x + 0.5, 2.62, 0.9), (x + 0.5, 2.57, 0.9), (x - 0.5, 2.57, 0.9)], (255, 250, 232)
        )
    board = sign(
        (4.9, 1.0),
        name,
        ((24, 108, 92), (12, 74, 66)),
        (252, 240, 196),
        small="苹果  柑橘  瓜类  进口果   批发",
        border=(222, 186, 96),
    )
    canvas.box((-2.55, 2.9, -0.26), (2.55, 3.92, 0), (20, 84, 74))
    canvas.hang([(-2.5, 3.9, -0.27), (2.5, 3.9, -0.27), (2.5, 2.92, -0.27), (-2.5, 2.92, -0.27)], board)
    canvas.hang(
        [(-2.72, 2.55, -0.14), (-2.38, 2.55, -0.14), (-2.38, 2.28, -0.14), (-2.72, 2.28, -0.14)],
        stall_plate(number, (300, 240)),
    )


def stall_plate(number: str, size: tuple[int, int]) -> Image.Image:
    """The aluminium number of a stall."""
    width, height = size
    image = gradient(width, height, (232, 234, 232), (186, 190, 190)).convert("RGBA")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width - 1, height - 1), outline=(110, 116, 118), width=max(2, height // 40))
    draw.rectangle((0, 0, width, height * 0.36), fill=(168, 42, 38))
    draw.text((width / 2, height * 0.18), "东门市场", font=font(height * 0.2), fill=(250, 246, 236), anchor="mm")
    draw.text((width / 2, height * 0.67), f"{number} 号", font=font(height * 0.42), fill=(34, 40, 44), anchor="mm")
    return image


def _stack(canvas: Canvas, at: tuple[float, float, float], wide: int, high: int, turn: int) -> None:
    """Cartons one on another."""
    x, y, z = at
    words = (
        ("红富士", APPLE),
        ("脐橙 10kg", (206, 108, 30)),
        ("进口车厘子", (112, 26, 46)),
        ("哈密瓜", (156, 130, 40)),
    )
    for level in range(high):
        for number in range(wide):
            text, ink = words[(turn + level * 3 + number) % len(words)]
            left = x + number * 0.62 + float(canvas.rng.normal(0, 0.012))
            low = y + level * 0.31
            face = carton((0.6, 0.3), text, mix(CARD, (236, 226, 200), 0.5 * ((level + turn) % 2)), ink, canvas.rng)
            canvas.box((left, low, z), (left + 0.6, low + 0.3, z + 0.42), CARD, face)
    canvas.shade(
        [
            (x, y + 0.1, z - 0.01),
            (x + wide * 0.62, y + 0.1, z - 0.01),
            (x + wide * 0.62, y, z - 0.01),
            (x, y, z - 0.01),
        ],
        5,
        0.4,
    )


def _display(canvas: Canvas) -> None:
    """Open crates on a stepped stand before the stall, the back row higher."""
    canvas.shade([(-2.4, 0.01, -1.9), (2.4, 0.01, -1.9), (2.6, 0.01, -0.4), (-2.2, 0.01, -0.4)], 18, 0.7)
    for z, low in ((-0.75, 0.62), (-1.35, 0.34), (-1.95, 0.06)):
        for number in range(7):
            x = -2.28 + number * 0.655
            colour, kind, size = _KINDS[(number + round(low * 10)) % 4][1:]
            paint = BLUE if (number + round(low * 10)) % 3 else (58, 132, 84)
            canvas.box((x, low - 0.04, z), (x + 0.62, low + 0.2, z + 0.5), paint, crate((0.62, 0.24), paint))
            canvas.fill(
                [
                    (x + 0.02, low + 0.19, z + 0.02),
                    (x + 0.6, low + 0.19, z + 0.02),
                    (x + 0.6, low + 0.19, z + 0.48),
                    (x + 0.02, low + 0.19, z + 0.48),
                ],
                (60, 44, 34),
            )
            things.heap(canvas, (x + 0.03, low + 0.2, z + 0.03), (x + 0.59, low + 0.2, z + 0.47), size, colour, kind)
            if number % 2 == 0:
                _price(canvas, (x + 0.31, low + 0.2, z), ("5.0", "4.0", "2.5", "20")[(number + round(low * 10)) % 4])


def _price(canvas: Canvas, at: tuple[float, float, float], text: str) -> None:
    x, y, z = at
    card = gradient(180, 130, (252, 246, 222), (238, 226, 190)).convert("RGBA")
    ImageDraw.Draw(card).text((90, 62), text, font=font(76), fill=(176, 36, 34), anchor="mm")
    canvas.hang(
        [
            (x - 0.1, y + 0.16, z - 0.01),
            (x + 0.1, y + 0.16, z - 0.01),
            (x + 0.1, y + 0.01, z - 0.01),
            (x - 0.1, y + 0.01, z - 0.01),
        ],
        card,
    )


def _scale(canvas: Canvas, at: tuple[float, float, float]) -> None:
    """A platform scale with its display on a post."""
    x, y, z = at
    canvas.shade(
        [(x - 0.4, 0.01, z - 0.35), (x + 0.5, 0.01, z - 0.35), (x + 0.6, 0.01, z + 0.4), (x - 0.3, 0.01, z + 0.4)],
        10,
        0.7,
    )
    canvas.box((x - 0.35, y, z - 0.3), (x + 0.35, y + 0.12, z + 0.35), (120, 126, 128))
    canvas.fill(
        [
            (x - 0.35, 0.125, z - 0.3),
            (x + 0.35, 0.125, z - 0.3),
            (x + 0.35, 0.125, z + 0.35),
            (x - 0.35, 0.125, z + 0.35),
        ],
        (196, 200, 200),
    )
    canvas.box((x - 0.04, y + 0.12, z + 0.28), (x + 0.04, y + 1.05, z + 0.34), (150, 156, 158))
    face = gradient(260, 160, (236, 238, 234), (196, 200, 198)).convert("RGBA")
    draw = ImageDraw.Draw(face)
    draw.rectangle((20, 20, 240, 92), fill=(28, 34, 30))
    draw.text((226, 56), "84.60", font=font(56), fill=(232, 72, 52), anchor="rm")
    for number in range(4):
        draw.ellipse((36 + number * 52, 110, 66 + number * 52, 140), fill=(72, 116, 150))
    canvas.box((x - 0.22, 1.02, z + 0.2), (x + 0.22, 1.3, z + 0.3), (210, 212, 208), face)
    _stack(canvas, (x - 0.3, 0.13, z - 0.2), 1, 1, 2)


def aisle(left: Sequence[str], right: Sequence[str], seed: int, *, turn: float) -> Image.Image:
    """The hall along its aisle, light falling through the roof."""
    canvas = Canvas(Camera((-0.4 if turn > 0 else 0.4, 1.65, 0), yaw=turn, pitch=4, lens=0.8), (232, 226, 204), seed)
    _roof(canvas)
    canvas.fill([(-5, 0, 0.3), (5, 0, 0.3), (5, 0, 60), (-5, 0, 60)], (162, 158, 148))
    for number in range(10):
        floor = worn(gradient(400, 240, (178, 172, 160), (166, 160, 148)), canvas.rng, 0.07)
        near = 0.5 + number * 4
        canvas.hang(
            [(-3.2, 0.005, near + 4), (3.2, 0.005, near + 4), (3.2, 0.005, near), (-3.2, 0.005, near)],
            _air(floor, near),
        )
        canvas.fill(
            [(-2.5, 0.008, near), (-2.4, 0.008, near), (-2.4, 0.008, near + 4), (-2.5, 0.008, near + 4)],
            mix((206, 176, 60), (232, 222, 196), min(0.7, number / 11)),
        )
        canvas.fill(
            [(2.4, 0.008, near), (2.5, 0.008, near), (2.5, 0.008, near + 4), (2.4, 0.008, near + 4)],
            mix((206, 176, 60), (232, 222, 196), min(0.7, number / 11)),
        )
    for number in reversed(range(8)):
        _booth(canvas, -3.2, 1.6 + number * 5, left[number % len(left)], number)
        _booth(canvas, 3.2, 1.6 + number * 5, right[number % len(right)], number + 2)
        if number in (1, 3):
            canvas.stand(
                (1.2 if number == 1 else -1.0, 0, 4.4 + number * 5),
                _air(things.walker((64, 92, 120) if number == 1 else (140, 82, 70)), number * 6),
                1.68,
            )
    for near in (4.0, 10.0, 17.0, 26.0):
        canvas.sunlight(
            [(-1.6, 0.01, near), (1.9, 0.01, near), (2.5, 0.01, near + 1.9), (-1.1, 0.01, near + 1.9)], 9, 0.34
        )
    return canvas.finish(sun=(0.5, 0.0), vignette=0.34)


def _air(texture: Image.Image, distance: float) -> Image.Image:
    share = min(0.66, max(0.0, (distance - 5) / 52))
    mixed = Image.blend(texture.convert("RGB"), Image.new("RGB", texture.size, (234, 226, 202)), share)
    mixed.putalpha(texture.convert("RGBA").getchannel("A"))
    return mixed


def _roof(canvas: Canvas) -> None:
    """Corrugated sheets with strips that let light in, on steel trusses."""
    canvas.fill([(-5, 6.2, 0.4), (0, 7.6, 0.4), (0, 7.6, 60), (-5, 6.2, 60)], (150, 164, 168))
    canvas.fill([(5, 6.2, 0.4), (0, 7.6, 0.4), (0, 7.6, 60), (5, 6.2, 60)], (168, 178, 178))
    for number in reversed(range(9)):
        near = 2.0 + number * 5
        for side in (-1, 1):
            canvas.fill(
                [
                    (side * 3.6, 6.6, near + 1.2),
                    (side * 1.2, 7.26, near + 1.2),
                    (side * 1.2, 7.26, near + 2.6),
                    (side * 3.6, 6.6, near + 2.6),
                ],
                (248, 246, 226),
            )
        tone = mix((96, 112, 118), (220, 216, 198), min(0.72, number / 9))
        canvas.fill([(-5, 6.2, near), (5, 6.2, near), (5, 6.05, near), (-5, 6.05, near)], tone)
        for x in (-4, -2, 0, 2, 4):
            top = 7.6 - abs(x) * 0.28
            canvas.fill(
                [(x - 0.05, top, near), (x + 0.05, top, near), (x + 0.05, 6.1, near), (x - 0.05, 6.1, near)], tone
            )
            canvas.fill(
                [
                    (x - 0.04, 6.1, near),
                    (x + 0.04, 6.1, near),
                    (x + 1.04, top - 0.2, near),
                    (x + 0.96, top - 0.2, near),
                ],
                tone,
            )
        canvas.glow((0, 5.8, near), 0.9, (255, 250, 226), 0.45)


def _booth(canvas: Canvas, x: float, near: float, name: str, number: int) -> None:
    """One stall of the aisle, seen from the side."""
    far = near + 4.9
    side = -1 if x < 0 else 1
    boards = (
        ((24, 108, 92), (12, 74, 66)),
        ((178, 52, 44), (140, 34, 34)),
        ((232, 182, 70), (206, 146, 46)),
        ((42, 86, 146), (26, 60, 112)),
    )
    inks: tuple[Colour, ...] = ((252, 240, 196), (252, 226, 150), (128, 40, 30), (248, 246, 236))
    back = gradient(120, 90, (146, 134, 114), (84, 76, 66))
    corners = [
        (x + side * 1.6, 3.0, near),
        (x + side * 1.6, 3.0, far),
        (x + side * 1.6, 0, far),
        (x + side * 1.6, 0, near),
    ]
    ordered = corners if side < 0 else [corners[1], corners[0], corners[3], corners[2]]
    canvas.hang(ordered, _air(back, near))
    canvas.fill(
        [(x, 3.0, far), (x + side * 1.6, 3.0, far), (x + side * 1.6, 0, far), (x, 0, far)],
        mix((128, 122, 112), (234, 226, 202), min(0.66, near / 52)),
    )
    for step in (3, 2, 1, 0):
        place = near + 0.2 + step * 1.15
        for level in range(2 + (number + step) % 4):
            low = level * 0.31
            left = x + (0.1 if side > 0 else -0.72)
            text, ink = (
                ("红富士", APPLE),
                ("脐橙", (206, 108, 30)),
                ("蜜柚", (120, 140, 50)),
                ("葡萄", (96, 50, 110)),
            )[(number + step + level) % 4]
            face = _air(carton((0.6, 0.3), text, CARD, ink, canvas.rng), near)
            tone = mix(CARD, (234, 226, 202), min(0.66, max(0.0, (near - 5) / 52)))
            canvas.box((left, low, place), (left + 0.62, low + 0.3, place + 0.95), tone, face)
    board = sign((4.6, 0.8), name, boards[number % 4], inks[number % 4])
    low, high = 3.0, 3.85
    corners = [(x, high, near + 0.1), (x, high, far - 0.1), (x, low, far - 0.1), (x, low, near + 0.1)]
    ordered = corners if side < 0 else [corners[1], corners[0], corners[3], corners[2]]
    canvas.hang(ordered, _air(board, near), 1.0 if side < 0 else 0.86)
    canvas.hang(
        [(c[0], c[1] + 2.2 if c[1] > 3.4 else 3.85, c[2]) for c in ordered],
        _air(gradient(60, 60, (218, 218, 204), (196, 198, 188)), near),
        1.0 if side < 0 else 0.9,
    )
    tone = mix((184, 188, 182), (234, 226, 202), min(0.66, near / 52))
    canvas.fill([(x - 0.12, 6.1, near), (x + 0.12, 6.1, near), (x + 0.12, 0, near), (x - 0.12, 0, near)], tone)


def inside() -> Image.Image:
    """Between the stacks of the stall towards the cold store's door."""
    canvas = Canvas(Camera((0.1, 1.6, 0), yaw=-2, pitch=-3, lens=0.76), (150, 142, 126), seed=97)
    canvas.fill([(-2.6, 0, 0.4), (2.6, 0, 0.4), (2.6, 0, 8), (-2.6, 0, 8)], (140, 134, 124))
    canvas.hang(
        [(-2.6, 0.005, 8), (2.6, 0.005, 8), (2.6, 0.005, 0.6), (-2.6, 0.005, 0.6)],
        worn(gradient(500, 700, (156, 150, 138), (138, 132, 122)), canvas.rng, 0.08),
    )
    canvas.hang(
        [(-2.6, 3.2, 0.5), (2.6, 3.2, 0.5), (2.6, 3.2, 8), (-2.6, 3.2, 8)],
        gradient(60, 90, (120, 118, 108), (176, 170, 152)),
    )
    canvas.hang(
        [(-2.6, 3.2, 8), (2.6, 3.2, 8), (2.6, 0, 8), (-2.6, 0, 8)],
        plaster(5.2, 3.2, (210, 204, 186), (166, 158, 142), canvas.rng),
    )
    for side, light in ((-2.6, 0.95), (2.6, 0.82)):
        near, far = (0.5, 8.0) if side < 0 else (8.0, 0.5)
        canvas.hang(
            [(side, 3.2, near), (side, 3.2, far), (side, 0, far), (side, 0, near)],
            plaster(7.5, 3.2, (206, 198, 178), (150, 142, 128), canvas.rng),
            light,
        )
    _cold_door(canvas)
    for z, high in ((6.7, 6), (5.6, 7), (4.5, 5), (3.4, 6), (2.4, 4)):
        _stack(canvas, (-2.5, 0, z), 2 if z > 3 else 1, high, int(z * 5))
        _stack(canvas, (1.35 if z > 3 else 1.75, 0, z), 2 if z > 3 else 1, max(2, high - 1), int(z * 3))
    for near in (1.8, 4.2, 6.6):
        canvas.fill(
            [(-0.6, 3.1, near), (0.6, 3.1, near), (0.6, 3.1, near + 0.12), (-0.6, 3.1, near + 0.12)], (255, 252, 236)
        )
        canvas.glow((0, 3.0, near), 1.6, (255, 244, 208), 0.5)
    _trolley(canvas)
    canvas.shade([(-2.6, 0.01, 0.5), (2.6, 0.01, 0.5), (2.6, 0.01, 1.5), (-2.6, 0.01, 1.5)], 30, 0.5)
    return canvas.finish(sun=(0.5, 0.2), warmth=0.7, vignette=0.4)


def _cold_door(canvas: Canvas) -> None:
    canvas.box((-1.0, 0, 7.8), (1.0, 2.5, 8), (214, 222, 224), gradient(200, 250, (232, 238, 238), (190, 200, 204)))
    canvas.fill([(0.55, 1.4, 7.79), (0.72, 1.4, 7.79), (0.72, 1.05, 7.79), (0.55, 1.05, 7.79)], (70, 76, 80))
    board = sign((1.4, 0.4), "冷库", ((36, 96, 150), (24, 66, 112)), (248, 250, 250))
    canvas.hang([(-0.7, 2.25, 7.79), (0.3, 2.25, 7.79), (0.3, 1.85, 7.79), (-0.7, 1.85, 7.79)], board)
    dial = gradient(140, 90, (30, 36, 34), (44, 50, 48)).convert("RGBA")
    ImageDraw.Draw(dial).text((70, 45), "3.2℃", font=font(48), fill=(120, 226, 170), anchor="mm")
    canvas.hang([(1.15, 1.8, 7.98), (1.5, 1.8, 7.98), (1.5, 1.58, 7.98), (1.15, 1.58, 7.98)], dial)


def _trolley(canvas: Canvas) -> None:
    canvas.shade([(-0.5, 0.01, 2.6), (0.5, 0.01, 2.6), (0.6, 0.01, 3.5), (-0.4, 0.01, 3.5)], 10, 0.6)
    canvas.box((-0.42, 0.16, 2.7), (0.42, 0.22, 3.5), (150, 104, 60))
    for x in (-0.36, 0.28):
        canvas.fill([(x, 0.16, 2.72), (x + 0.1, 0.16, 2.72), (x + 0.1, 0, 2.72), (x, 0, 2.72)], (44, 46, 48))
    _stack(canvas, (-0.31, 0.22, 2.85), 1, 2, 3)


def stock() -> Image.Image:
    """Open crates from above, so near that they can be counted."""
    canvas = Canvas(Camera((0.1, 2.05, -1.7), yaw=-4, pitch=-38, lens=0.92), (120, 112, 100), seed=101)
    canvas.hang(
        [(-3, 0, 3), (3, 0, 3), (3, 0, -1.2), (-3, 0, -1.2)],
        worn(gradient(700, 500, (150, 144, 132), (132, 126, 116)), canvas.rng, 0.08),
    )
    for row in reversed(range(4)):
        z = -0.75 + row * 0.56
        for number in range(6):
            x = -2.05 + number * 0.68
            colour, kind, size = _KINDS[(number // 2 + row) % 4][1:]
            paint = BLUE if (number + row) % 3 else (58, 132, 84)
            low = 0.02 + 0.24 * ((row + number // 2) % 2 + (row > 1))
            canvas.shade([(x, 0.01, z), (x + 0.7, 0.01, z), (x + 0.7, 0.01, z + 0.5), (x, 0.01, z + 0.5)], 8, 0.6)
            canvas.box((x, 0, z), (x + 0.64, low + 0.22, z + 0.5), paint, crate((0.64, low + 0.22), paint))
            canvas.fill(
                [
                    (x + 0.02, low + 0.21, z + 0.02),
                    (x + 0.62, low + 0.21, z + 0.02),
                    (x + 0.62, low + 0.21, z + 0.48),
                    (x + 0.02, low + 0.21, z + 0.48),
                ],
                (54, 40, 32),
            )
            things.heap(
                canvas,
                (x + 0.03, low + 0.21, z + 0.03),
                (x + 0.61, low + 0.21, z + 0.47),
                size,
                colour,
                kind,
                hill=0.7,
            )
    canvas.sunlight([(-3, 1.1, 3), (-0.6, 1.1, 3), (0.9, 0.4, -1.2), (-2.2, 0.4, -1.2)], 26, 0.2)
    return canvas.finish(sun=(0.2, 0.0), vignette=0.36)


def equipment() -> Image.Image:
    """The weighing place: platform scale, trolley, the cold store's door beside it."""
    canvas = Canvas(Camera((-0.2, 1.55, -5.0), yaw=1, pitch=-3, lens=0.86), _HALL, seed=103)
    canvas.hang(
        [(-4, 3.4, 0), (4, 3.4, 0), (4, 0, 0), (-4, 0, 0)], tiles((8, 3.4), (0.3, 0.3), (214, 218, 208), canvas.rng)
    )
    canvas.hang(
        [(-4, 0, 0), (4, 0, 0), (4, 0, -3.6), (-4, 0, -3.6)],
        worn(gradient(600, 400, (150, 146, 136), (164, 158, 148)), canvas.rng, 0.08),
    )
    canvas.box((-2.5, 0, -0.2), (-0.5, 2.5, 0), (214, 222, 224), gradient(200, 250, (234, 240, 240), (196, 206, 210)))
    canvas.fill([(-0.95, 1.5, -0.21), (-0.78, 1.5, -0.21), (-0.78, 1.1, -0.21), (-0.95, 1.1, -0.21)], (70, 76, 80))
    canvas.hang(
        [(-2.2, 2.3, -0.21), (-1.2, 2.3, -0.21), (-1.2, 1.9, -0.21), (-2.2, 1.9, -0.21)],
        sign((1.4, 0.55), "冷库", ((36, 96, 150), (24, 66, 112)), (248, 250, 250)),
    )
    _fan_unit(canvas)
    _scale(canvas, (0.55, 0, -1.2))
    _stack(canvas, (1.5, 0, -0.8), 2, 5, 4)
    _stack(canvas, (-2.95, 0, -1.0), 1, 3, 1)
    canvas.sunlight([(-4, 3.4, -0.25), (-1.6, 3.4, -0.25), (-0.4, 0, -0.25), (-3.2, 0, -0.25)], 16, 0.22)
    canvas.sunlight([(-3.2, 0.02, -0.3), (-0.4, 0.02, -0.3), (0.6, 0.02, -2.6), (-2.6, 0.02, -2.6)], 14, 0.22)
    return canvas.finish(sun=(0.1, 0.05))


def _fan_unit(canvas: Canvas) -> None:
    """The cooling unit above the door."""
    face = gradient(520, 260, (226, 230, 230), (180, 188, 190)).convert("RGBA")
    draw = ImageDraw.Draw(face)
    for x in (130, 390):
        draw.ellipse((x - 104, 26, x + 104, 234), fill=(58, 64, 68))
        for turn in np.linspace(0, 6.28, 7)[:-1]:
            draw.pieslice((x - 92, 38, x + 92, 222), np.degrees(turn), np.degrees(turn) + 34, fill=(110, 118, 122))
        for ring in (100, 76, 52, 28):
            draw.ellipse((x - ring, 130 - ring, x + ring, 130 + ring), outline=(196, 202, 204), width=4)
    canvas.shade([(0.4, 3.1, 0), (2.1, 3.1, 0), (2.1, 2.1, 0), (0.4, 2.1, 0)], 10, 0.5)
    canvas.box((0.2, 2.25, -0.4), (1.9, 3.05, 0), lit((206, 212, 212), 1.0), face)
