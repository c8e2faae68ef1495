"""Papers drawn for tests: identity cards and licences of nobody, camera apps' watermarks, and bad photography.

The numbers belong to no region; every paper says 样例 (sample).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from officer_app.base.paths import resource_folder

Paper = Image.Image
_INK: Final = (30, 30, 36)
_LABEL: Final = (40, 90, 150)
_CARD: Final = (1012, 638)
_LICENCE: Final = (1400, 990)


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on both sides of an identity card."""

    name: str = "陈桂芳"
    sex: str = "女"
    nation: str = "汉"
    born: tuple[int, int, int] = (1986, 4, 17)
    address: tuple[str, ...] = ("样例省样例市青石街道", "桥头路18号2单元301室")
    number: str = "990101198604170420"
    office: str = "样例市公安局青石分局"
    valid: str = "2016.05.20-2036.05.20"


@dataclass(frozen=True, slots=True)
class Licence:
    """What stands on a business licence; `company` for a firm, whose labels are others."""

    code: str = "92990101MA0FTKLX1L"
    name: str = "青石街道桂芳理发店"
    kind: str = "个体工商户"
    holder: str = "陈桂芳"
    since: str = "2019年03月08日"
    until: str = ""
    address: str = "样例市青石街道桥头路18号一层"
    company: bool = False


def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "NotoSansSC-Bold.ttf" if bold else "NotoSansSC-Regular.ttf"
    return ImageFont.truetype(str(resource_folder() / "fonts" / name), size)


def card_front(card: Card = Card()) -> Paper:  # noqa: B008  a frozen value
    picture = Image.new("RGB", _CARD, (226, 234, 240))
    draw = ImageDraw.Draw(picture)
    for line in range(0, _CARD[1], 14):  # the fine pattern under the print
        draw.line((0, line, _CARD[0], line + 40), fill=(214, 226, 236))
    rows = (("姓名", card.name, 70), ("性别", card.sex, 150), ("住址", card.address[0], 310))
    for label, text, y in rows:
        draw.text((60, y), label, font=_font(28), fill=_LABEL)
        draw.text((170, y - 5), text, font=_font(36), fill=_INK)
    draw.text((290, 150), "民族", font=_font(28), fill=_LABEL)
    draw.text((380, 145), card.nation, font=_font(36), fill=_INK)
    year, month, day = card.born
    draw.text((60, 230), "出生", font=_font(28), fill=_LABEL)
    for x, text, colour in (
        (170, str(year), _INK),
        (265, "年", _LABEL),
        (318, str(month), _INK),
        (360, "月", _LABEL),
        (408, str(day), _INK),
        (460, "日", _LABEL),
    ):
        draw.text((x, 225 if colour == _INK else 230), text, font=_font(36 if colour == _INK else 28), fill=colour)
    for place, text in enumerate(card.address[1:], start=1):
        draw.text((170, 305 + 50 * place), text, font=_font(36), fill=_INK)
    draw.text((60, 540), "公民身份号码", font=_font(28), fill=_LABEL)
    draw.text((340, 528), card.number, font=_font(44, bold=True), fill=_INK)
    draw.ellipse((720, 90, 920, 330), fill=(198, 180, 165))
    draw.rectangle((690, 320, 950, 450), fill=(90, 96, 110))
    draw.text((700, 460), "样例", font=_font(30), fill=(190, 200, 210))
    return picture


def card_back(card: Card = Card()) -> Paper:  # noqa: B008  a frozen value
    picture = Image.new("RGB", _CARD, (232, 236, 240))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((60, 60, 230, 230), fill=(190, 60, 50))
    draw.text((300, 70), "中华人民共和国", font=_font(56, bold=True), fill=_INK)
    draw.text((280, 170), "居民身份证", font=_font(80, bold=True), fill=_INK)
    draw.text((170, 450), "签发机关", font=_font(30), fill=_INK)
    draw.text((330, 446), card.office, font=_font(36), fill=_INK)
    draw.text((170, 530), "有效期限", font=_font(30), fill=_INK)
    draw.text((330, 526), card.valid, font=_font(36), fill=_INK)
    return picture


def licence(paper: Licence = Licence()) -> Paper:  # noqa: B008  a frozen value
    picture = Image.new("RGB", _LICENCE, (250, 247, 236))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((30, 30, _LICENCE[0] - 30, _LICENCE[1] - 30), outline=(190, 160, 90), width=10)
    draw.text((480, 110), "营业执照", font=_font(110, bold=True), fill=_INK)
    draw.text((630, 250), "（副本）样例", font=_font(30), fill=_INK)
    draw.text((90, 130), "统一社会信用代码", font=_font(26), fill=_INK)
    draw.text((90, 170), paper.code, font=_font(34, bold=True), fill=_INK)
    person = "法定代表人" if paper.company else "经营者"
    since = "成立日期" if paper.company else "注册日期"
    place = "住所" if paper.company else "经营场所"
    left = [("名称", paper.name), ("类型", paper.kind), (person, paper.holder), ("经营范围", "理发服务；化妆品零售")]
    right = [(since, paper.since), (place, paper.address), ("组成形式", "个人经营")]
    if paper.until:
        right.insert(1, ("营业期限", f"{paper.since}至{paper.until}"))
    for x, rows in ((90, left), (720, right)):
        for place_, (label, text) in enumerate(rows):
            y = 340 + 90 * place_
            draw.text((x, y), label, font=_font(30), fill=(90, 90, 90))
            draw.text((x + 190, y - 4), text, font=_font(32), fill=_INK)
    draw.text((860, 830), "登记机关", font=_font(30), fill=_INK)
    draw.text((940, 890), "2023年06月01日", font=_font(30), fill=_INK)
    return picture


def on_a_table(paper: Paper, *, turn: float = 0.0, share: float = 0.8, seed: int = 1) -> Paper:
    """The paper on a wooden table as a camera sees it, turned by so many degrees."""
    chance = np.random.default_rng(seed)
    wide, high = 2016, 1512
    grain = chance.normal(0, 6, (high, wide, 1)) + np.array([150.0, 112.0, 78.0])
    table = Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))
    scale = share * min(wide / paper.width, high / paper.height)
    fitted = paper.resize((round(paper.width * scale), round(paper.height * scale)), Image.Resampling.BICUBIC)
    mask = Image.new("L", fitted.size, 255)
    if turn:
        fitted, mask = (one.rotate(turn, expand=True, resample=Image.Resampling.BICUBIC) for one in (fitted, mask))
    table.paste(fitted, ((wide - fitted.width) // 2, (high - fitted.height) // 2), mask)
    return table


def blurred(paper: Paper, radius: float = 2.0) -> Paper:
    return paper.filter(ImageFilter.GaussianBlur(radius))


def noisy(paper: Paper, spread: float = 22.0) -> Paper:
    chance = np.random.default_rng(7)
    pixels = np.asarray(paper, dtype=np.float32) + chance.normal(0, spread, (paper.height, paper.width, 3))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def in_low_light(paper: Paper, share: float = 0.28) -> Paper:
    return noisy(ImageEnhance.Contrast(ImageEnhance.Brightness(paper).enhance(share)).enhance(0.8), 8.0)


QUALITIES: Final[Mapping[str, Callable[[Paper], Paper]]] = {
    "clean": on_a_table,
    "tilted": lambda paper: on_a_table(paper, turn=8),
    "blurred": lambda paper: blurred(on_a_table(paper)),
    "noisy": lambda paper: noisy(on_a_table(paper)),
    "low light": lambda paper: in_low_light(on_a_table(paper)),
    "small": lambda paper: on_a_table(paper, share=0.4),
    "turned over": lambda paper: on_a_table(paper, turn=180),
    "on its side": lambda paper: on_a_table(paper, turn=90),
}


def watermarked(scene: Paper, lines: tuple[str, ...], *, size: int = 34) -> Paper:
    """A picture with the lines of a camera app in its lower left corner: white with a thin dark edge."""
    picture = scene.convert("RGB")
    draw = ImageDraw.Draw(picture)
    y = picture.height - 24 - round(size * 1.5) * len(lines)
    for line in lines:
        draw.text((28, y), line, font=_font(size), fill="white", stroke_width=2, stroke_fill=(40, 40, 40))
        y += round(size * 1.5)
    return picture


def as_jpeg(picture: Paper, quality: int = 82) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
