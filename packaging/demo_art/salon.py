"""阿芳理发, a hair salon in an old street: outside, to both sides, inside, its stock and chairs."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from demo_art import things
from demo_art.canvas import Camera, Canvas, Colour, font, gradient
from demo_art.surfaces import (
    awning,
    carton,
    checker,
    glazing,
    lines_of_goods,
    plaster,
    shutter,
    sign,
    tiles,
    windows,
)

TEAL: Final[Colour] = (22, 104, 104)
ROSE: Final[Colour] = (196, 84, 92)
CREAM: Final[Colour] = (226, 208, 178)
BOTTLES: Final[tuple[Colour, ...]] = (
    (178, 64, 84),
    (46, 112, 128),
    (226, 170, 72),
    (120, 90, 150),
    (70, 130, 92),
    (222, 214, 200),
)


def front(
    number: str = "5", neighbours: tuple[str, str] = ("兴旺五金", "李记早点"), paint: Colour = (52, 108, 118)
) -> Image.Image:
    """The shop from across the street, in the light of a late afternoon."""
    canvas = Canvas(Camera((-1.5, 1.65, -8.9), yaw=8, pitch=5, lens=0.8), (206, 208, 196), seed=int(number) + 11)
    _pavement(canvas)
    _upper_floor(canvas)
    _neighbour_left(canvas, neighbours[0])
    _neighbour_right(canvas, neighbours[1])
    _salon_face(canvas, number)
    _street_things(canvas, paint)
    _leaf_shadow(canvas)
    return canvas.finish(sun=(0.12, 0.0))


def _pavement(canvas: Canvas) -> None:
    canvas.fill([(-14, 0, 0), (14, 0, 0), (14, 0, -9), (-14, 0, -9)], (122, 120, 120))
    for part in range(-7, 7):
        floor = tiles((2, 2.3), (0.3, 0.3), (182, 166, 148), canvas.rng)
        canvas.hang(
            [
                (part * 2.0, 0.01, 0),
                (part * 2.0 + 2, 0.01, 0),
                (part * 2.0 + 2, 0.01, -2.3),
                (part * 2.0, 0.01, -2.3),
            ],
            floor,
        )
    canvas.fill([(-14, 0, -2.3), (14, 0, -2.3), (14, 0, -2.5), (-14, 0, -2.5)], (198, 192, 182))
    canvas.fill([(-14, 0, -2.5), (14, 0, -2.5), (14, -0.14, -2.5), (-14, -0.14, -2.5)], (126, 122, 118))
    canvas.shade([(-14, -0.14, -2.5), (14, -0.14, -2.5), (14, -0.14, -3.3), (-14, -0.14, -3.3)], 10, 0.5)
    canvas.shade([(-14, 0.0, 0), (14, 0.0, 0), (14, 0.0, -0.9), (-14, 0.0, -0.9)], 14, 0.42)


def _upper_floor(canvas: Canvas) -> None:
    for left, wall in ((-12.6, (196, 172, 148)), (-2.9, CREAM), (3.1, (186, 188, 176))):
        width = 9.7 if left < -5 else 6.0 if left < 0 else 9.0
        face = windows(width, 3.6, wall, canvas.rng, 1, 4 if width > 7 else 3)
        canvas.hang([(left, 7.4, 0), (left + width, 7.4, 0), (left + width, 3.75, 0), (left, 3.75, 0)], face)
    canvas.fill([(-14, 11, 0.2), (14, 11, 0.2), (14, 7.4, 0.2), (-14, 7.4, 0.2)], (198, 190, 176))
    canvas.fill([(3.02, 7.4, -0.06), (3.14, 7.4, -0.06), (3.14, 0, -0.06), (3.02, 0, -0.06)], (160, 156, 148))


def _neighbour_left(canvas: Canvas, name: str) -> None:
    wall = plaster(6, 3.8, (200, 178, 154), (158, 140, 124), canvas.rng)
    canvas.hang([(-8.9, 3.8, 0), (-2.9, 3.8, 0), (-2.9, 0, 0), (-8.9, 0, 0)], wall)
    board = sign((5.2, 0.9), name, ((176, 52, 44), (142, 36, 34)), (250, 224, 150), small="老街坊  老价钱")
    canvas.hang([(-8.5, 3.62, -0.14), (-3.3, 3.62, -0.14), (-3.3, 2.74, -0.14), (-8.5, 2.74, -0.14)], board)
    for left in (-8.3, -5.8):
        canvas.hang(
            [(left, 2.6, -0.01), (left + 2.3, 2.6, -0.01), (left + 2.3, 0.02, -0.01), (left, 0.02, -0.01)],
            shutter(2.3, 2.58, (142, 152, 152), canvas.rng),
        )
    canvas.shade([(-8.6, 2.74, -0.02), (-3.2, 2.74, -0.02), (-3.0, 2.3, -0.02), (-8.4, 2.3, -0.02)], 8, 0.5)


def _neighbour_right(canvas: Canvas, name: str) -> None:
    wall = tiles((6, 3.8), (0.24, 0.12), (206, 210, 196), canvas.rng)
    canvas.hang([(3.1, 3.8, 0), (9.1, 3.8, 0), (9.1, 0, 0), (3.1, 0, 0)], wall)
    inside = gradient(600, 520, (92, 70, 52), (52, 42, 38))
    canvas.hang(
        [(3.6, 2.5, -0.01), (8.6, 2.5, -0.01), (8.6, 0.02, -0.01), (3.6, 0.02, -0.01)],
        glazing((5, 2.5), inside, (92, 64, 46), (0.33, 0.66), canvas.rng),
    )
    canvas.glow((5.4, 2.0, 0), 1.3, (255, 196, 110), 0.5)
    board = sign((5.4, 0.8), name, ((238, 196, 88), (214, 158, 58)), (140, 42, 30), small="现做现卖")
    canvas.hang([(3.3, 3.66, -0.14), (8.7, 3.66, -0.14), (8.7, 2.9, -0.14), (3.3, 2.9, -0.14)], board)
    cloth = awning(5.6, 1.1, (206, 84, 62), (242, 232, 212))
    canvas.hang([(3.2, 2.92, -0.05), (8.8, 2.92, -0.05), (8.8, 2.42, -1.15), (3.2, 2.42, -1.15)], cloth)
    canvas.shade([(3.2, 2.35, -0.02), (8.8, 2.35, -0.02), (8.9, 1.5, -0.02), (3.4, 1.5, -0.02)], 12, 0.5)


def _salon_face(canvas: Canvas, number: str) -> None:
    wall = tiles((6, 3.8), (0.3, 0.15), CREAM, canvas.rng)
    canvas.hang([(-2.9, 3.8, -0.02), (3.1, 3.8, -0.02), (3.1, 0, -0.02), (-2.9, 0, -0.02)], wall)
    room = _room_behind_glass(canvas.rng)
    canvas.hang(
        [(-2.1, 2.52, -0.04), (1.95, 2.52, -0.04), (1.95, 0.12, -0.04), (-2.1, 0.12, -0.04)],
        glazing((4.05, 2.4), room, (58, 62, 64), (0.36, 0.66), canvas.rng),
    )
    canvas.box((-2.3, 0, -0.24), (2.15, 0.12, -0.02), (150, 142, 134))
    _door(canvas)
    canvas.box((-2.75, 2.72, -0.3), (2.95, 3.72, 0), (30, 96, 96))
    board = sign(
        (5.7, 1.0),
        "阿芳理发",
        ((26, 112, 112), (14, 78, 80)),
        (252, 246, 230),
        small="剪发      烫发      染发      护理",
        border=(214, 178, 96),
    )
    canvas.hang([(-2.75, 3.72, -0.31), (2.95, 3.72, -0.31), (2.95, 2.72, -0.31), (-2.75, 2.72, -0.31)], board)
    canvas.shade([(-2.7, 2.7, -0.03), (3.0, 2.7, -0.03), (3.1, 2.15, -0.03), (-2.5, 2.15, -0.03)], 9, 0.55)
    canvas.stand((-2.52, 0.95, -0.3), things.pole(), 1.35)
    canvas.shade([(-2.35, 2.2, -0.03), (-2.2, 2.2, -0.03), (-2.15, 0.9, -0.03), (-2.3, 0.9, -0.03)], 5, 0.35)
    plate = number_plate("解放街", number, (340, 200))
    canvas.hang([(2.25, 2.28, -0.05), (2.79, 2.28, -0.05), (2.79, 1.96, -0.05), (2.25, 1.96, -0.05)], plate)


def _room_behind_glass(rng: np.random.Generator) -> Image.Image:
    """What one sees of the salon through its window."""
    image = gradient(1050, 620, (206, 178, 136), (116, 92, 76)).convert("RGBA")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 430, 1050, 620), fill=(122, 98, 82))
    for x in (60, 270, 480):
        draw.rounded_rectangle((x, 90, x + 150, 340), 12, fill=(236, 240, 238))
        draw.polygon([(x + 10, 330), (x + 10, 220), (x + 110, 98), (x + 142, 98)], fill=(206, 218, 220))
        seat = things.chair(ROSE).resize((190, 276))
        image.paste(seat, (x - 12, 290), seat)
    goods = lines_of_goods((1.1, 1.2), 4, rng, BOTTLES).resize((260, 330))
    image.paste(goods, (760, 100))
    for x in (130, 340, 560, 830):
        lamp = Image.new("L", image.size)
        ImageDraw.Draw(lamp).ellipse((x - 70, -50, x + 110, 130), fill=190)
        image.paste((255, 236, 190), (0, 0), lamp.filter(ImageFilter.GaussianBlur(46)))
    return image.filter(ImageFilter.GaussianBlur(2.4))


def _door(canvas: Canvas) -> None:
    left, right = 0.62, 1.92
    canvas.fill(
        [(left, 2.5, -0.05), (left + 0.05, 2.5, -0.05), (left + 0.05, 0.12, -0.05), (left, 0.12, -0.05)], (58, 62, 64)
    )
    canvas.fill(
        [
            (left + 0.62, 1.35, -0.07),
            (left + 0.66, 1.35, -0.07),
            (left + 0.66, 0.8, -0.07),
            (left + 0.62, 0.8, -0.07),
        ],
        (226, 226, 220),
    )
    poster = gradient(220, 300, (248, 240, 226), (232, 214, 190)).convert("RGBA")
    draw = ImageDraw.Draw(poster)
    draw.rectangle((14, 14, 206, 96), fill=ROSE)
    draw.text((110, 55), "价目表", font=font(46), fill=(252, 246, 232), anchor="mm")
    for line, (what, price) in enumerate((("洗剪吹", "45"), ("护理", "88"), ("烫发", "188"), ("染发", "168"))):
        draw.text((26, 122 + line * 42), what, font=font(30, bold=False), fill=(70, 56, 52))
        draw.text((196, 122 + line * 42), price, font=font(30, bold=False), fill=(150, 40, 44), anchor="ra")
    canvas.hang(
        [
            (right - 1.02, 1.95, -0.06),
            (right - 0.5, 1.95, -0.06),
            (right - 0.5, 1.24, -0.06),
            (right - 1.02, 1.24, -0.06),
        ],
        poster,
    )
    hours = gradient(200, 120, (232, 238, 236), (206, 216, 214)).convert("RGBA")
    ImageDraw.Draw(hours).text((100, 60), "9:00—21:00", font=font(32), fill=TEAL, anchor="mm")
    canvas.hang(
        [
            (right - 0.42, 1.8, -0.06),
            (right - 0.1, 1.8, -0.06),
            (right - 0.1, 1.6, -0.06),
            (right - 0.42, 1.6, -0.06),
        ],
        hours,
    )


def number_plate(street: str, number: str, size: tuple[int, int]) -> Image.Image:
    """The blue enamel plate of a house number."""
    width, height = size
    image = gradient(width, height, (42, 96, 168), (24, 66, 132)).convert("RGBA")
    draw = ImageDraw.Draw(image)
    edge = max(2, height // 36)
    draw.rectangle((edge * 2, edge * 2, width - edge * 2, height - edge * 2), outline=(238, 242, 244), width=edge)
    draw.text((width / 2, height * 0.27), street, font=font(height * 0.24), fill=(244, 246, 244), anchor="mm")
    draw.text(
        (width * 0.5, height * 0.66), f"{number} 号", font=font(height * 0.42), fill=(250, 250, 246), anchor="mm"
    )
    return image


def _street_things(canvas: Canvas, paint: Colour) -> None:
    canvas.shade([(-4.75, 0.02, -1.75), (-2.75, 0.02, -1.75), (-2.5, 0.02, -1.2), (-4.5, 0.02, -1.2)], 9, 0.6)
    canvas.stand((-3.75, 0, -1.6), things.scooter(paint), 1.12)
    for x, tone, pot in ((-2.55, (74, 122, 74), (176, 98, 68)), (2.62, (92, 138, 82), (150, 84, 66))):
        canvas.shade(
            [(x - 0.3, 0.02, -0.75), (x + 0.35, 0.02, -0.75), (x + 0.5, 0.02, -0.4), (x - 0.15, 0.02, -0.4)], 6, 0.55
        )
        canvas.stand((x, 0, -0.6), things.leaves(tone, pot, canvas.rng), 0.95)


def _leaf_shadow(canvas: Canvas) -> None:
    """Late sun: it falls across the fronts from the left, through a street tree beside the viewer."""
    canvas.sunlight([(-9, 7.6, -0.33), (4.6, 7.6, -0.33), (0.4, 0.0, -0.33), (-9, 0, -0.33)], 5, 0.22)
    canvas.sunlight([(-9, 0, -0.3), (0.4, 0.02, -0.3), (2.6, 0.02, -4), (-9, 0.02, -4)], 6, 0.2)
    leaves = []
    for _ in range(34):
        branch_x, branch_y = float(canvas.rng.normal(-5.4, 1.5)), float(canvas.rng.normal(5.6, 1.1))
        for _ in range(26):
            x, y = branch_x + float(canvas.rng.normal(0, 0.34)), branch_y + float(canvas.rng.normal(0, 0.22))
            wide, turn = float(canvas.rng.uniform(0.05, 0.13)), float(canvas.rng.uniform(0, 3.1))
            ring = [(math.cos(turn) * k, math.sin(turn) * k) for k in (-wide, wide)]
            across = [(-math.sin(turn) * k, math.cos(turn) * k) for k in (-wide * 0.45, wide * 0.45)]
            shape = [ring[0], across[0], ring[1], across[1]]
            leaves.append([(x + dx, y + dy, -0.33) for dx, dy in shape])
    canvas.shades(leaves, 2.4, 0.5)


def inside() -> Image.Image:
    """The room from its far end towards the light of the street."""
    canvas = Canvas(Camera((0.25, 1.55, 0), yaw=-3, pitch=-3, lens=0.74), (210, 190, 160), seed=31)
    _shell(canvas)
    _mirror_wall(canvas)
    _shelf_wall(canvas)
    for near in (6.6, 5.1, 3.6, 2.3):
        canvas.shade(
            [
                (-1.5, 0.01, near - 0.3),
                (-0.35, 0.01, near - 0.3),
                (-0.3, 0.01, near + 0.25),
                (-1.45, 0.01, near + 0.25),
            ],
            9,
            0.6,
        )
        canvas.stand((-0.95, 0, near), things.chair(ROSE), 1.16)
    canvas.stand((1.5, 0, 2.6), things.steamer(), 1.55)
    for near in (1.6, 3.4, 5.2, 7.0):
        canvas.glow((0, 2.86, near), 1.2, (255, 238, 196), 0.5)
    canvas.sunlight([(-1.3, 0.02, 8), (1.2, 0.02, 8), (0.6, 0.02, 3.9), (-1.9, 0.02, 4.6)], 16, 0.34)
    canvas.glow((0.2, 1.5, 8.2), 3.2, (255, 244, 214), 0.55)
    return canvas.finish(sun=(0.5, 0.3), warmth=0.7)


def _shell(canvas: Canvas) -> None:
    floor = checker((4.4, 8), 0.4, (214, 198, 172), (150, 122, 100))
    canvas.hang([(-2.2, 0, 8.4), (2.2, 0, 8.4), (2.2, 0, 0.5), (-2.2, 0, 0.5)], floor)
    canvas.hang(
        [(-2.2, 2.9, 0.5), (2.2, 2.9, 0.5), (2.2, 2.9, 8.4), (-2.2, 2.9, 8.4)],
        gradient(60, 90, (176, 158, 132), (238, 226, 200)),
    )
    for near in (1.2, 3.0, 4.8, 6.6):
        canvas.fill(
            [(-0.35, 2.89, near), (0.35, 2.89, near), (0.35, 2.89, near + 0.7), (-0.35, 2.89, near + 0.7)],
            (255, 250, 232),
        )
    for side, light in ((-2.2, 1.0), (2.2, 0.9)):
        wall = plaster(7.9, 2.9, (228, 208, 176), (196, 170, 140), canvas.rng)
        near, far = (0.5, 8.4) if side < 0 else (8.4, 0.5)
        canvas.hang([(side, 2.9, near), (side, 2.9, far), (side, 0, far), (side, 0, near)], wall, light)
    canvas.fill([(-2.2, 2.9, 8.4), (2.2, 2.9, 8.4), (2.2, 0, 8.4), (-2.2, 0, 8.4)], (216, 196, 166))
    street = gradient(900, 560, (232, 238, 226), (206, 186, 150))
    canvas.hang(
        [(-1.7, 2.4, 8.35), (1.75, 2.4, 8.35), (1.75, 0.1, 8.35), (-1.7, 0.1, 8.35)],
        glazing((3.4, 2.3), street, (70, 72, 72), (0.36, 0.68), canvas.rng),
    )


def _mirror_wall(canvas: Canvas) -> None:
    for near in (6.9, 5.4, 3.9, 2.4):
        far = near + 0.95
        canvas.shade(
            [(-2.19, 2.16, near), (-2.19, 2.16, far + 0.1), (-2.19, 0.86, far + 0.1), (-2.19, 0.86, near)], 6, 0.4
        )
        glass = gradient(200, 280, (236, 240, 236), (188, 198, 196)).convert("RGBA")
        draw = ImageDraw.Draw(glass)
        draw.polygon([(0, 250), (0, 130), (130, 0), (190, 0)], fill=(248, 250, 246))
        draw.rectangle((0, 0, 199, 279), outline=(146, 104, 66), width=9)
        canvas.hang([(-2.18, 2.2, near), (-2.18, 2.2, far), (-2.18, 0.95, far), (-2.18, 0.95, near)], glass)
        canvas.glow((-2.1, 2.28, near + 0.48), 0.42, (255, 230, 176), 0.6)
    canvas.fill([(-2.2, 0.9, 2.2), (-1.86, 0.9, 2.2), (-1.86, 0.9, 8.1), (-2.2, 0.9, 8.1)], (196, 156, 108))
    canvas.fill([(-1.86, 0.9, 2.2), (-1.86, 0.9, 8.1), (-1.86, 0.78, 8.1), (-1.86, 0.78, 2.2)], (146, 104, 66))
    canvas.fill([(-2.2, 0.9, 2.2), (-1.86, 0.9, 2.2), (-1.86, 0.78, 2.2), (-2.2, 0.78, 2.2)], (120, 84, 54))
    canvas.shade([(-2.19, 0.78, 2.2), (-2.19, 0.78, 8.1), (-2.19, 0.4, 8.1), (-2.19, 0.4, 2.2)], 6, 0.5)
    for near in (2.6, 4.1, 5.6, 7.1):
        for number in range(3):
            tone = BOTTLES[(number + int(near)) % len(BOTTLES)]
            canvas.box(
                (-2.08 + number * 0.07, 0.9, near + 0.1 * number),
                (-2.03 + number * 0.07, 1.1, near + 0.1 * number + 0.05),
                tone,
            )


def _shelf_wall(canvas: Canvas) -> None:
    goods = lines_of_goods((2.6, 1.7), 5, canvas.rng, BOTTLES)
    canvas.shade([(2.19, 2.3, 6.9), (2.19, 2.3, 4.0), (2.19, 0.4, 4.0), (2.19, 0.4, 6.9)], 8, 0.5)
    canvas.hang([(2.16, 2.25, 6.8), (2.16, 2.25, 4.2), (2.16, 0.5, 4.2), (2.16, 0.5, 6.8)], goods)
    frame = gradient(300, 220, (250, 246, 236), (232, 224, 206)).convert("RGBA")
    draw = ImageDraw.Draw(frame)
    draw.rectangle((0, 0, 299, 219), outline=(150, 40, 44), width=12)
    draw.text((150, 62), "营业执照", font=font(46), fill=(150, 40, 44), anchor="mm")
    for line in range(4):
        draw.line((50, 106 + line * 24, 250 - line * 18, 106 + line * 24), fill=(120, 112, 104), width=5)
    canvas.hang([(2.17, 2.2, 3.7), (2.17, 2.2, 2.9), (2.17, 1.62, 2.9), (2.17, 1.62, 3.7)], frame)


def stock() -> Image.Image:
    """Shelves of dye, shampoo and care products, cartons on the floor."""
    canvas = Canvas(Camera((0.25, 1.3, -4.0), yaw=-6, pitch=-3, lens=0.95), (200, 176, 142), seed=37)
    canvas.hang(
        [(-3, 3, 0), (3, 3, 0), (3, 0, 0), (-3, 0, 0)], plaster(6, 3, (224, 206, 178), (182, 160, 134), canvas.rng)
    )
    canvas.hang(
        [(-3, 0, 0), (3, 0, 0), (3, 0, -2.7), (-3, 0, -2.7)], checker((6, 2.7), 0.4, (208, 192, 168), (150, 124, 102))
    )
    for left in (-1.75, 0.05):
        canvas.shade(
            [(left + 0.05, 2.5, 0), (left + 1.95, 2.5, 0), (left + 1.95, 0.3, 0), (left + 0.05, 0.3, 0)], 12, 0.55
        )
        canvas.box((left, 0.34, -0.3), (left + 1.7, 2.42, 0), (150, 116, 80))
        goods = lines_of_goods((1.62, 2.0), 5, canvas.rng, BOTTLES)
        canvas.hang(
            [
                (left + 0.04, 2.38, -0.31),
                (left + 1.66, 2.38, -0.31),
                (left + 1.66, 0.38, -0.31),
                (left + 0.04, 0.38, -0.31),
            ],
            goods,
        )
    _cartons(canvas)
    canvas.sunlight([(-3, 3, -0.32), (-0.5, 3, -0.32), (-1.5, 0, -0.32), (-3, 0, -0.32)], 14, 0.22)
    return canvas.finish(sun=(0.1, 0.05))


def _cartons(canvas: Canvas) -> None:
    canvas.shade([(-1.9, 0.01, -1.0), (1.3, 0.01, -1.0), (1.4, 0.01, -0.35), (-1.8, 0.01, -0.35)], 12, 0.6)
    for left, low, text, ink in (
        (-1.8, 0, "染发膏", (150, 52, 62)),
        (-1.15, 0, "洗发水", (30, 100, 104)),
        (-1.5, 0.36, "烫发剂", (96, 74, 130)),
        (0.75, 0, "毛巾 50 条", (60, 96, 140)),
    ):
        face = carton((0.6, 0.36), text, (198, 160, 112), ink, canvas.rng)
        canvas.box((left, low, -0.95), (left + 0.6, low + 0.36, -0.5), (198, 160, 112), face)


def equipment() -> Image.Image:
    """Chairs and steamer as they stand in the room."""
    canvas = Canvas(Camera((-0.3, 1.3, -4.3), yaw=3, pitch=-5, lens=0.92), (200, 180, 150), seed=41)
    canvas.hang(
        [(-4, 3.2, 0), (4, 3.2, 0), (4, 0, 0), (-4, 0, 0)], tiles((8, 3.2), (0.4, 0.2), (222, 208, 182), canvas.rng)
    )
    canvas.hang(
        [(-4, 0, 0), (4, 0, 0), (4, 0, -3.2), (-4, 0, -3.2)], checker((8, 3.2), 0.4, (208, 192, 168), (150, 124, 102))
    )
    for x in (-1.95, -0.4):
        glass = gradient(220, 300, (240, 244, 240), (190, 200, 200)).convert("RGBA")
        draw = ImageDraw.Draw(glass)
        draw.polygon([(0, 270), (0, 150), (150, 0), (214, 0)], fill=(250, 252, 250))
        draw.rectangle((0, 0, 219, 299), outline=(146, 104, 66), width=9)
        canvas.shade([(x + 0.03, 2.4, 0), (x + 1.13, 2.4, 0), (x + 1.13, 1.0, 0), (x + 0.03, 1.0, 0)], 8, 0.45)
        canvas.hang([(x, 2.45, -0.03), (x + 1.05, 2.45, -0.03), (x + 1.05, 1.05, -0.03), (x, 1.05, -0.03)], glass)
        canvas.box((x - 0.1, 0.82, -0.32), (x + 1.15, 0.9, 0), (176, 132, 86))
        canvas.glow((x + 0.5, 2.6, -0.1), 0.8, (255, 232, 180), 0.6)
    for x in (-1.4, 0.15):
        canvas.shade(
            [(x - 0.6, 0.01, -1.5), (x + 0.5, 0.01, -1.5), (x + 0.62, 0.01, -0.95), (x - 0.5, 0.01, -0.95)], 12, 0.65
        )
        canvas.stand((x, 0, -1.2), things.chair(ROSE), 1.2)
    canvas.shade([(0.85, 0.01, -1.4), (1.7, 0.01, -1.4), (1.85, 0.01, -0.95), (1.0, 0.01, -0.95)], 10, 0.6)
    canvas.stand((1.25, 0, -1.15), things.steamer(), 1.62)
    canvas.stand((-2.3, 0, -0.6), things.leaves((82, 130, 82), (176, 98, 68), canvas.rng), 1.0)
    canvas.sunlight([(-4, 3.2, -0.04), (-1.2, 3.2, -0.04), (-2.4, 0, -0.04), (-4, 0, -0.04)], 14, 0.25)
    return canvas.finish(sun=(0.1, 0.05))
