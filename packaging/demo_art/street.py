"""An old street seen along its length: two rows of shops, trees, wires, and the haze of the afternoon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from demo_art import things
from demo_art.canvas import Camera, Canvas, Colour, gradient, lit, mix
from demo_art.surfaces import glazing, shutter, sign, tiles, windows

HAZE: Final[Colour] = (236, 214, 178)
WALLS: Final[tuple[Colour, ...]] = (
    (206, 182, 148),
    (188, 164, 140),
    (198, 196, 180),
    (178, 184, 182),
    (212, 192, 164),
)
BOARDS: Final[tuple[tuple[tuple[Colour, Colour], Colour], ...]] = (
    (((178, 50, 44), (142, 34, 34)), (252, 226, 150)),
    (((26, 108, 110), (14, 76, 80)), (250, 246, 232)),
    (((236, 190, 82), (212, 154, 54)), (134, 40, 30)),
    (((42, 86, 146), (26, 60, 112)), (248, 246, 236)),
    (((242, 236, 222), (222, 212, 194)), (158, 44, 44)),
    (((66, 116, 70), (44, 86, 52)), (250, 240, 200)),
)
_DEPTH: Final = 9
_SHOP: Final = 5.4


def along(left: Sequence[str], right: Sequence[str], seed: int, *, turn: float) -> Image.Image:
    """The street towards its end; `turn` is how far one looks to the side (degrees)."""
    canvas = Canvas(Camera((0.5 if turn > 0 else -0.5, 1.62, 0), yaw=turn, pitch=5, lens=0.82), HAZE, seed)
    _sky(canvas)
    _ground(canvas)
    _light(canvas)
    for number in reversed(range(_DEPTH)):
        _shop(canvas, -5.2, 2.2 + number * _SHOP, left[number % len(left)], number)
        _shop(canvas, 5.2, 2.2 + number * _SHOP, right[number % len(right)], number + 3)
        _along_the_kerb(canvas, number)
    _wires(canvas)
    return canvas.finish(sun=(0.5, 0.12) if turn == 0 else (0.3 if turn > 0 else 0.72, 0.1), vignette=0.34)


def _sky(canvas: Canvas) -> None:
    canvas.image.paste(gradient(canvas.image.width, canvas.image.height, (128, 172, 196), (246, 224, 184)), (0, 0))
    canvas.glow_at((800, 560), 620, (255, 236, 190), 0.75)


def _ground(canvas: Canvas) -> None:
    canvas.fill([(-5.2, 0, 0.3), (5.2, 0, 0.3), (5.2, 0, 70), (-5.2, 0, 70)], (128, 122, 120))
    for side in (-1, 1):
        for number in range(9):
            floor = tiles((1.9, 5.4), (0.3, 0.3), (186, 168, 148), canvas.rng)
            near, far = 0.6 + number * 5.4, 0.6 + (number + 1) * 5.4
            inner, outer = side * 3.3, side * 5.2
            low, high = min(inner, outer), max(inner, outer)
            canvas.hang(
                [(low, 0.12, far), (high, 0.12, far), (high, 0.12, near), (low, 0.12, near)], _hazed(floor, near)
            )
        canvas.fill(
            [(side * 3.3, 0.12, 0.4), (side * 3.3, 0.12, 60), (side * 3.3, 0, 60), (side * 3.3, 0, 0.4)],
            (150, 144, 138),
        )
    for number in range(14):
        near = 2.0 + number * 3.6
        canvas.fill(
            [(-0.07, 0.005, near), (0.07, 0.005, near), (0.07, 0.005, near + 1.8), (-0.07, 0.005, near + 1.8)],
            (214, 206, 190),
            0.7,
        )


def _hazed(texture: Image.Image, distance: float) -> Image.Image:
    share = min(0.72, max(0.0, (distance - 6) / 52))
    veil = Image.new("RGB", texture.size, HAZE)
    mixed = Image.blend(texture.convert("RGB"), veil, share)
    mixed.putalpha(texture.convert("RGBA").getchannel("A"))
    return mixed


def _shop(canvas: Canvas, x: float, near: float, name: str, number: int) -> None:
    """One house of the row, its shop below and its flats above."""
    far = near + _SHOP - 0.05
    face = _front(name, number, canvas.rng)
    light = 1.0 if x < 0 else 0.8
    corners = [(x, 7.6, near), (x, 7.6, far), (x, 0.1, far), (x, 0.1, near)]
    if x < 0:
        canvas.hang(corners, _hazed(face, near), light)
    else:
        canvas.hang([corners[1], corners[0], corners[3], corners[2]], _hazed(face, near), light)
    ground, ink = BOARDS[(number * 5 + 2) % len(BOARDS)]
    blade = sign((0.62, 1.9), "", ground, ink)
    _upright(blade, name[:2] if len(name) > 3 else name, ink)
    step = 0.55 if x < 0 else -0.55
    left, right = (x, x + step) if x < 0 else (x + step, x)
    canvas.hang(
        [(left, 4.9, near + 1.2), (right, 4.9, near + 1.2), (right, 3.7, near + 1.2), (left, 3.7, near + 1.2)],
        _hazed(blade, near),
        0.96,
    )


def _upright(board: Image.Image, text: str, ink: Colour) -> None:
    from demo_art.canvas import font

    draw = ImageDraw.Draw(board)
    size = min(board.width * 0.7, board.height / max(2, len(text)) * 0.8)
    for number, character in enumerate(text):
        y = board.height / len(text) * (number + 0.5)
        draw.text((board.width / 2, y), character, font=font(size), fill=ink, anchor="mm")


def _front(name: str, number: int, rng: np.random.Generator) -> Image.Image:
    """A house front as a flat picture, 5.4 by 7.5 metres."""
    wall = WALLS[number % len(WALLS)]
    house = Image.new("RGB", (1080, 1500), wall)
    house.paste(windows(5.4, 3.7, wall, rng, 1, 3).resize((1080, 740)).convert("RGB"), (0, 0))
    ground, ink = BOARDS[number % len(BOARDS)]
    house.paste(gradient(1080, 760, lit(wall, 0.98), lit(wall, 0.78)), (0, 740))
    house.paste(sign((5.0, 0.86), name, ground, ink).resize((1000, 180)).convert("RGB"), (40, 770))
    if number % 3 == 1:
        low = shutter(4.6, 2.6, (150, 156, 154), rng).convert("RGB")
    else:
        inner = gradient(400, 300, (176, 136, 92), (84, 64, 52))
        low = glazing((4.6, 2.6), inner, (76, 66, 58), (0.34, 0.67), rng)
    house.paste(low.resize((920, 516)).convert("RGB"), (80, 976))
    shadow = Image.new("L", (1080, 120))
    for line in range(120):
        ImageDraw.Draw(shadow).line((0, line, 1080, line), fill=round(120 * (1 - line / 120)))
    house.paste((40, 36, 48), (0, 950), shadow)
    return house


def _along_the_kerb(canvas: Canvas, number: int) -> None:
    near = 5.2 + number * _SHOP
    if number % 2 == 0:
        for x in (-3.7, 3.7):
            leaf = _hazed(things.tree(canvas.rng), near)
            canvas.shade(
                [
                    (x - 1.5, 0.02, near - 0.4),
                    (x + 2.6, 0.02, near - 0.4),
                    (x + 2.6, 0.02, near + 0.8),
                    (x - 1.5, 0.02, near + 0.8),
                ],
                9,
                0.4,
            )
            canvas.stand((x, 0.1, near), leaf, 5.6)
    if number in (1, 2):
        x = -3.9 if number == 1 else 4.0
        paint: Colour = (176, 60, 56) if number == 1 else (60, 110, 120)
        canvas.shade(
            [
                (x - 0.8, 0.13, near - 2.2),
                (x + 0.8, 0.13, near - 2.2),
                (x + 0.9, 0.13, near - 1.9),
                (x - 0.7, 0.13, near - 1.9),
            ],
            6,
            0.6,
        )
        canvas.stand((x, 0.12, near - 2.1), things.scooter(paint), 1.05)
    if number in (2, 4):
        x = 2.6 if number == 2 else -2.4
        canvas.stand(
            (x, 0, near + 1.3), _hazed(things.walker(mix((70, 90, 120), (150, 80, 70), number / 5)), near), 1.66
        )


def _wires(canvas: Canvas) -> None:
    draw = ImageDraw.Draw(canvas.image)
    for offset, lift in ((-2.9, 6.3), (-2.6, 6.0), (2.9, 6.5)):
        spots = []
        for step in np.linspace(0.12, 5, 160):
            share = step % 1
            spots.append(
                canvas.camera.flat(canvas.camera.turned((offset, lift - 1.6 * share * (1 - share), 1.5 + step * 8)))
            )
        draw.line(spots, fill=(84, 86, 92), width=4)


def _light(canvas: Canvas) -> None:
    """Low sun across the road between two houses."""
    canvas.sunlight([(-5.2, 0.13, 4.4), (5.2, 0.13, 2.6), (5.2, 0.13, 40), (-5.2, 0.13, 40)], 10, 0.16)
    shapes = []
    for centre in (5.2, 16.0, 26.8):
        for side in (-2.2, 2.0):
            for _ in range(170):
                x, z = side + float(canvas.rng.normal(0, 1.1)), centre + float(canvas.rng.normal(0, 1.3))
                size = min(1.0, 0.35 + z / 30)
                wide, deep = float(canvas.rng.uniform(0.06, 0.2)) * size, float(canvas.rng.uniform(0.07, 0.26)) * size
                if z > 1:
                    shapes.append(
                        [(x - wide, 0.02, z), (x, 0.02, z + deep), (x + wide, 0.02, z), (x, 0.02, z - deep)]
                    )
    canvas.shades(shapes, 3, 0.5)
