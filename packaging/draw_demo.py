"""Draws the pictures of the demo shops into `resources/demo`: `python packaging/draw_demo.py [name ...]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from demo_art import closeups, fruit, salon, street
from PIL import Image, ImageEnhance

MOST: Final = 300_000
FOLDER: Final = Path(__file__).resolve().parents[1] / "resources" / "demo"
# What the papers show agrees with the told cases beside the pictures: 32 % of each sale to the staff.
SALON_ROWS: Final = (
    ("24 日", "小丽", "烫发", "188", "60"),
    ("24 日", "阿军", "洗剪吹 3", "135", "43"),
    ("24 日", "小丽", "染发", "168", "54"),
    ("25 日", "阿军", "洗剪吹 4", "180", "58"),
    ("25 日", "小丽", "烫染", "356", "114"),
    ("25 日", "小周", "洗剪吹 6", "270", "86"),
    ("26 日", "阿军", "护理", "88", "28"),
    ("26 日", "小周", "洗剪吹 5", "225", "72"),
    ("26 日", "小丽", "烫发", "188", "60"),
)
FRUIT_ROWS: Final = (
    ("红富士", "42", "840", "5.0", "4200"),
    ("脐橙", "36", "720", "4.0", "2880"),
    ("青苹果", "10", "200", "5.2", "1040"),
    ("哈密瓜", "24", "960", "2.5", "2400"),
    ("车厘子", "12", "120", "20", "2400"),
    ("芒果", "8", "160", "6.0", "960"),
)
SLIPS: Final = (
    (
        "过磅单",
        "东门市场  18 号",
        "品名  红富士",
        "毛重  442.5 kg",
        "皮重   22.5 kg",
        "净重  420.0 kg",
        "过磅  05:42",
    ),
)
PICTURES: Final[dict[str, Callable[[], Image.Image]]] = {
    "salon_front": salon.front,
    "salon_street_left": lambda: street.along(
        ("兴旺五金", "老街茶馆", "惠民药店"), ("宏达家电", "小雨花店", "好又来超市"), 51, turn=-7
    ),
    "salon_street_right": lambda: street.along(
        ("李记早点", "新华文具", "金剪裁缝"), ("邮政代办", "百味卤菜", "平安车行"), 57, turn=8
    ),
    "salon_door_plate": lambda: closeups.door_plate("解放街", "5", salon.CREAM, 61),
    "salon_inside": salon.inside,
    "salon_stock": salon.stock,
    "salon_equipment": salon.equipment,
    "salon_meter": lambda: closeups.water_meter("01846", 67),
    "salon_book_page": lambda: closeups.page("员工提成", ("日期", "谁", "做什么", "收", "提成"), SALON_ROWS, 71),
    "fruit_front": fruit.front,
    "fruit_street_left": lambda: fruit.aisle(
        ("金牛水果", "顺达果品", "百果园"), ("陈记柑橘", "丰收瓜行", "南北干果"), 107, turn=-6
    ),
    "fruit_street_right": lambda: fruit.aisle(
        ("海南鲜果", "大江蔬果", "鑫源香蕉"), ("周氏果业", "东北大米", "利民批发"), 109, turn=7
    ),
    "fruit_door_plate": lambda: closeups.stall_number("18", 113),
    "fruit_inside": fruit.inside,
    "fruit_stock": fruit.stock,
    "fruit_equipment": fruit.equipment,
    "fruit_meter": lambda: closeups.power_meter("40271853", 127),
    "fruit_book_page": lambda: closeups.page(
        "今天出货", ("品种", "件", "斤", "单价", "金额"), FRUIT_ROWS, 131, slips=SLIPS
    ),
    "salon_front_other_number": lambda: salon.front("58", ("宏发电器", "张记面馆"), (168, 58, 54)),
    "fruit_stock_again": lambda: again("fruit_stock"),
}


def again(name: str) -> Image.Image:
    """A picture handed in a second time: cut a little, brightened, saved once more."""
    with Image.open(FOLDER / f"{name}.jpg") as first:
        width, height = first.size
        part = first.crop((round(width * 0.04), round(height * 0.05), round(width * 0.97), round(height * 0.95)))
        return ImageEnhance.Brightness(part.resize(first.size, Image.Resampling.LANCZOS)).enhance(1.05)


def _save(picture: Image.Image, path: Path) -> None:
    """As a phone would send it, and never above 300 kB: they all travel with the program."""
    for quality in (85, 82, 79, 76, 73):
        picture.save(path, quality=quality, optimize=True, progressive=True)
        if path.stat().st_size < MOST:
            return
    raise SystemExit(f"{path.name} stays above {MOST} bytes")


def main() -> None:
    """Draw those named, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or PICTURES:
        path = FOLDER / f"{name}.jpg"
        _save(PICTURES[name](), path)
        print(f"{path.name} {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
