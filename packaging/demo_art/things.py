"""Things that stand about: plants, a scooter, a barber's pole, chairs, fruit; drawn once, placed by the scenes."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from demo_art.canvas import Canvas, Colour, gradient, lit, mix


def pole() -> Image.Image:
    """A barber's pole: stripes that wind round a lit cylinder."""
    width, height = 120, 520
    image = Image.new("RGBA", (width, height))
    draw = ImageDraw.Draw(image)
    colours = [(246, 244, 238), (188, 48, 52), (246, 244, 238), (38, 84, 150)]
    for number in range(-2, 20):
        y = number * 34
        draw.polygon([(14, y + 60), (106, y), (106, y + 34), (14, y + 94)], fill=colours[number % 4])
    cover = Image.new("L", (width, height))
    ImageDraw.Draw(cover).rectangle((14, 70, 106, 450), fill=255)
    shading = np.abs(np.linspace(-1, 1, width) + 0.25) ** 2
    veil = Image.fromarray(np.repeat((shading * 120).clip(0, 200).astype(np.uint8)[None, :], height, axis=0))
    image.paste((20, 24, 44), (0, 0), veil)
    image.putalpha(cover)
    draw = ImageDraw.Draw(image)
    for top, bottom in ((30, 74), (446, 490)):
        image.paste(gradient(100, bottom - top, (232, 234, 236), (128, 134, 140)), (10, top))
        draw.rectangle((10, top, 110, bottom), outline=(110, 116, 122), width=2)
    draw.ellipse((42, 4, 78, 36), fill=(222, 224, 226))
    return image


def leaves(colour: Colour, pot: Colour, rng: np.random.Generator) -> Image.Image:
    """A pot plant."""
    image = Image.new("RGBA", (300, 420))
    draw = ImageDraw.Draw(image)
    for _ in range(120):
        angle = float(rng.uniform(-2.7, -0.45))
        reach = float(rng.uniform(50, 190))
        x, y = 150 + math.cos(angle) * reach * 0.72, 290 + math.sin(angle) * reach * 1.35
        tone = lit(colour, float(rng.uniform(0.62, 1.3)))
        lean = float(rng.uniform(-16, 16))
        draw.polygon([(150 + lean * 0.2, 300), (x - 9, y + 10), (x + lean, y - 18), (x + 9, y + 8)], fill=tone)
    draw.polygon([(92, 292), (208, 292), (192, 412), (108, 412)], fill=pot)
    draw.polygon([(92, 292), (124, 292), (130, 412), (108, 412)], fill=lit(pot, 1.18))
    draw.polygon([(184, 292), (208, 292), (192, 412), (176, 412)], fill=lit(pot, 0.72))
    draw.rectangle((84, 280, 216, 302), fill=lit(pot, 1.06))
    return image


def scooter(paint: Colour) -> Image.Image:
    """An electric scooter, from the side, as it stands before every shop."""
    image = Image.new("RGBA", (1000, 680))
    draw = ImageDraw.Draw(image)
    for x in (210, 790):
        draw.ellipse((x - 112, 446, x + 112, 670), fill=(34, 36, 40))
        draw.ellipse((x - 84, 474, x + 84, 642), fill=(70, 74, 78))
        draw.ellipse((x - 72, 486, x + 72, 630), fill=(40, 42, 46))
        draw.ellipse((x - 26, 532, x + 26, 584), fill=(168, 172, 174))
    draw.polygon(
        [(250, 380), (330, 560), (620, 560), (700, 470), (560, 500), (400, 500), (330, 360)], fill=lit(paint, 0.7)
    )
    draw.polygon([(600, 330), (900, 330), (930, 440), (880, 500), (700, 520), (590, 470)], fill=paint)
    draw.polygon([(600, 330), (900, 330), (912, 372), (612, 366)], fill=lit(paint, 1.25))
    draw.rounded_rectangle((560, 286, 900, 340), 28, fill=(38, 36, 38))
    draw.rounded_rectangle((580, 290, 870, 308), 10, fill=(74, 72, 72))
    draw.polygon([(236, 150), (300, 140), (366, 500), (300, 540), (250, 440)], fill=paint)
    draw.polygon([(236, 150), (262, 146), (300, 460), (264, 456)], fill=lit(paint, 1.3))
    draw.line((262, 146, 214, 556), fill=(60, 62, 66), width=20)
    draw.polygon([(120, 470), (210, 410), (310, 460), (304, 486), (208, 446), (132, 500)], fill=lit(paint, 0.86))
    draw.line((226, 110, 330, 84), fill=(46, 48, 52), width=18)
    draw.ellipse((214, 150, 266, 216), fill=(250, 244, 220))
    draw.line((286, 92, 268, 30), fill=(60, 62, 66), width=8)
    draw.ellipse((232, 6, 296, 54), fill=(62, 66, 72))
    draw.polygon([(660, 250), (860, 250), (880, 292), (650, 292)], fill=(54, 56, 60))
    return image.filter(ImageFilter.GaussianBlur(0.8))


def chair(leather: Colour) -> Image.Image:
    """A salon chair seen a little from the side: back, seat, arms, foot."""
    image = Image.new("RGBA", (620, 900))
    draw = ImageDraw.Draw(image)
    draw.ellipse((170, 820, 470, 894), fill=(150, 154, 158))
    draw.ellipse((180, 818, 460, 878), fill=(206, 210, 212))
    draw.rectangle((296, 620, 344, 850), fill=(178, 182, 186))
    draw.rectangle((302, 620, 316, 850), fill=(238, 240, 240))
    draw.polygon([(210, 760), (430, 760), (450, 792), (190, 792)], fill=(120, 124, 128))
    _cushion(image, (150, 60, 470, 470), leather, 90)
    _cushion(image, (112, 470, 508, 630), lit(leather, 0.92), 46)
    for x in (86, 474):
        _cushion(image, (x, 380, x + 64, 560), lit(leather, 0.72), 28)
        draw.rectangle((x + 18, 556, x + 40, 620), fill=(150, 154, 158))
    draw.line((170, 262, 450, 262), fill=lit(leather, 0.62), width=5)
    draw.line((310, 78, 310, 456), fill=lit(leather, 0.74), width=4)
    return image


def _cushion(image: Image.Image, box: tuple[int, int, int, int], colour: Colour, round_by: int) -> None:
    left, top, right, bottom = box
    face = gradient(right - left, bottom - top, lit(colour, 1.2), lit(colour, 0.74)).convert("RGBA")
    mask = Image.new("L", face.size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, face.width - 1, face.height - 1), round_by, fill=255)
    shine = Image.new("L", face.size)
    ImageDraw.Draw(shine).ellipse(
        (face.width * 0.08, face.height * 0.04, face.width * 0.5, face.height * 0.5), fill=70
    )
    face.paste((255, 250, 240), (0, 0), shine.filter(ImageFilter.GaussianBlur(face.width * 0.09)))
    image.paste(face, (left, top), mask)


def steamer() -> Image.Image:
    """A hair steamer on its stand."""
    image = Image.new("RGBA", (520, 1000))
    draw = ImageDraw.Draw(image)
    for x in (90, 260, 430):
        draw.line((260, 880, x, 960), fill=(130, 134, 138), width=16)
        draw.ellipse((x - 18, 950, x + 18, 986), fill=(48, 50, 54))
    draw.rectangle((246, 330, 274, 890), fill=(186, 190, 194))
    draw.rectangle((250, 330, 258, 890), fill=(240, 242, 242))
    draw.rounded_rectangle((200, 470, 320, 620), 20, fill=(228, 232, 232))
    draw.rounded_rectangle((220, 492, 300, 540), 8, fill=(46, 92, 96))
    hood = Image.new("RGBA", (400, 330))
    _cushion(hood, (10, 10, 390, 320), (214, 224, 226), 150)
    ImageDraw.Draw(hood).ellipse((70, 190, 330, 330), fill=(70, 78, 84))
    ImageDraw.Draw(hood).ellipse((96, 214, 304, 322), fill=(38, 42, 48))
    image.paste(hood, (60, 40), hood)
    return image


@cache
def fruit(colour: Colour, kind: str) -> Image.Image:
    """One fruit as a ball with its light: apple, orange, melon, mango, grape."""
    size = 160
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float32)
    x, y = (columns - size / 2) / (size / 2 - 4), (rows - size / 2) / (size / 2 - 4)
    radius = np.hypot(x, y)
    depth = np.sqrt(np.clip(1 - radius**2, 0, 1))
    light = np.clip(-0.45 * x - 0.6 * y + 0.66 * depth, -0.4, 1)
    base = np.array(colour, dtype=np.float32)
    body = base * (0.5 + 0.62 * light[..., None])
    body += np.array([255, 246, 226]) * (np.clip(light - 0.86, 0, 1)[..., None] * 3.2)
    body += np.array([60, 72, 110]) * np.clip(0.25 - light, 0, 1)[..., None] * 0.35
    if kind == "apple":
        streak = np.sin(np.arctan2(y + 0.5, x) * 17) * 0.03 + 0.04
        body = body * (1 - streak[..., None]) + np.array([236, 196, 96]) * streak[..., None]
    if kind == "melon":
        band = (np.sin((x + 0.12 * np.sin(y * 9)) * 10 / np.maximum(0.35, depth)) > 0.35)[..., None]
        body = np.where(band, body * 0.52, body)
    alpha = np.clip((1 - radius) * size / 4, 0, 1) * 255
    ball = Image.fromarray(np.dstack([np.clip(body, 0, 255), alpha]).astype(np.uint8), "RGBA")
    draw = ImageDraw.Draw(ball)
    if kind == "apple":
        draw.ellipse((66, 26, 96, 42), fill=(96, 40, 24, 150))
        draw.line((80, 36, 90, 12), fill=(84, 62, 36), width=5)
    if kind == "orange":
        draw.ellipse((72, 34, 86, 46), fill=(96, 120, 52))
    return ball


def heap(
    canvas: Canvas,
    low: tuple[float, float, float],
    high: tuple[float, float, float],
    size: float,
    colour: Colour,
    kind: str,
    hill: float = 0.5,
) -> None:
    """Fruit heaped in a crate from back to front; `low` and `high` are two corners of its opening."""
    (x0, y, z0), (x1, _, z1) = low, high
    rng = canvas.rng
    step = size * 0.82
    for row in range(max(1, round((z1 - z0) / step))):
        z = z1 - size / 2 - row * step
        shift = (row % 2) * step / 2
        for column in range(max(1, round((x1 - x0 - shift) / step))):
            x = x0 + size / 2 + shift + column * step + float(rng.normal(0, size * 0.05))
            if x > x1 - size * 0.35:
                continue
            across, along = (x - x0) / (x1 - x0) - 0.5, (z - z0) / (z1 - z0) - 0.5
            lift = hill * size * max(0.0, 1 - 3.4 * (across**2 + along**2)) + float(rng.normal(0, size * 0.05))
            own = mix(colour, (244, 196, 84), float(rng.uniform(0, 0.16)))
            tone = fruit(lit(_stepped(own), 1.0), kind).rotate(float(rng.uniform(-28, 28)))
            canvas.stand((x, y + lift - size * 0.3, z), tone, size * float(rng.uniform(0.94, 1.06)))


def _stepped(colour: Colour) -> Colour:
    """Few tones, so that each ball is drawn once."""
    red, green, blue = (part // 12 * 12 for part in colour)
    return red, green, blue


def tree(rng: np.random.Generator) -> Image.Image:
    """A plane tree of the street: trunk with peeling bark, layered leaves."""
    image = Image.new("RGBA", (960, 1500))
    draw = ImageDraw.Draw(image)
    draw.polygon(
        [
            (420, 1500),
            (440, 760),
            (400, 420),
            (450, 420),
            (480, 640),
            (560, 400),
            (596, 420),
            (506, 760),
            (520, 1500),
        ],
        fill=(126, 112, 94),
    )
    draw.polygon([(480, 1500), (480, 800), (506, 760), (520, 1500)], fill=(92, 82, 74))
    for _ in range(26):
        x, y = float(rng.uniform(430, 495)), float(rng.uniform(700, 1450))
        draw.ellipse((x, y, x + float(rng.uniform(8, 26)), y + float(rng.uniform(16, 50))), fill=(170, 160, 136, 200))
    clusters = [(470.0, 400.0, 190.0)]
    for _ in range(17):
        angle, reach = float(rng.uniform(0, 6.28)), float(rng.uniform(0.35, 1)) * 300
        clusters.append(
            (470 + math.cos(angle) * reach * 1.08, 410 + math.sin(angle) * reach * 0.86, float(rng.uniform(80, 140)))
        )
    clusters.sort(key=lambda cluster: -cluster[1])
    for x, y, wide in clusters:
        _foliage(draw, (x, y), wide, rng)
    return image


def _foliage(draw: ImageDraw.ImageDraw, middle: tuple[float, float], wide: float, rng: np.random.Generator) -> None:
    """One bunch of leaves: dark below, the sun on its upper left."""
    for tone, count, shift, spread in (
        ((46, 74, 52), 90, 0.12, 1.0),
        ((74, 108, 60), 90, -0.08, 0.85),
        ((122, 146, 70), 60, -0.28, 0.62),
        ((186, 186, 92), 26, -0.4, 0.45),
    ):
        for _ in range(count):
            angle, reach = float(rng.uniform(0, 6.28)), float(rng.uniform(0, 1)) ** 0.5 * wide * spread
            x = middle[0] + math.cos(angle) * reach + shift * wide * 0.6
            y = middle[1] + math.sin(angle) * reach * 0.8 + shift * wide
            size, turn = float(rng.uniform(8, 17)), float(rng.uniform(0, 3.1))
            across, along = math.cos(turn) * size, math.sin(turn) * size
            leaf = [
                (x - across, y - along),
                (x + along * 0.5, y - across * 0.5),
                (x + across, y + along),
                (x - along * 0.5, y + across * 0.5),
            ]
            draw.polygon(leaf, fill=lit(tone, float(rng.uniform(0.86, 1.14))))


def walker(coat: Colour) -> Image.Image:
    """A passer-by as a silhouette, seen from behind; nobody in particular."""
    image = Image.new("RGBA", (220, 620))
    draw = ImageDraw.Draw(image)
    dark = lit(coat, 0.6)
    draw.ellipse((82, 4, 142, 78), fill=(46, 40, 42))
    draw.polygon([(62, 92), (164, 92), (184, 300), (160, 350), (66, 350), (42, 300)], fill=coat)
    draw.polygon([(120, 92), (164, 92), (184, 300), (160, 350), (130, 350)], fill=lit(coat, 0.8))
    draw.polygon([(70, 340), (112, 340), (104, 600), (70, 600)], fill=dark)
    draw.polygon([(116, 340), (160, 340), (168, 560), (136, 590)], fill=lit(dark, 0.8))
    draw.polygon([(46, 110), (66, 100), (56, 320), (34, 320)], fill=lit(coat, 0.9))
    draw.rectangle((10, 316, 66, 400), fill=(196, 70, 60))
    return image.filter(ImageFilter.GaussianBlur(1))
