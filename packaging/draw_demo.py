"""Draws the pictures of the demo shops into `resources/demo`: `python packaging/draw_demo.py [name ...]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image, ImageEnhance

from demo_art import closeups, fruit, salon, street

MOST: Final = 300_000
FOLDER: Final = Path(__file__).resolve().parents[1] / "resources" / "demo"
SALON_ROWS: Final = (
    ("6.24", "小丽", "烫发", "198", "67"),
    ("6.24", "阿军", "剪发 3", "60", "20"),
    ("6.24", "小丽", "染发", "168", "57"),
    ("6.25", "阿军", "洗吹 4", "100", "34"),
    ("6.25", "小丽", "烫染", "366", "124"),
    ("6.25", "小周", "剪发 6", "120", "41"),
    ("6.26", "阿军", "护理", "88", "30"),
    ("6.26", "小周", "剪发 5", "100", "34"),
    ("6.26", "小丽", "烫发", "198", "67"),
)
FRUIT_ROWS: Final = (
    ("红富士", "62", "1240", "5.0", "6200"),
    ("脐橙", "48", "960", "4.0", "3840"),
    ("青苹果", "15", "300", "5.2", "1560"),
    ("哈密瓜", "33", "1320", "2.5", "3300"),
    ("车厘子", "18", "180", "20", "3600"),
    ("芒果", "10", "200", "6.0", "1200"),
)
SLIPS: Final = (
    ("过磅单", "摊位  B-27", "品名  红富士", "毛重  642.5 kg", "皮重   22.0 kg", "净重  620.5 kg", "06-11  05:42"),
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
    "salon_book_page": lambda: closeups.page("六月 员工提成", ("日期", "谁", "做什么", "收", "提成"), SALON_ROWS, 71),
    "fruit_front": fruit.front,
    "fruit_street_left": lambda: fruit.aisle(
        ("金牛水果", "顺达果品", "百果园"), ("陈记柑橘", "丰收瓜行", "南北干果"), 107, turn=-6
    ),
    "fruit_street_right": lambda: fruit.aisle(
        ("海南鲜果", "大江蔬果", "鑫源香蕉"), ("周氏果业", "东北大米", "利民批发"), 109, turn=7
    ),
    "fruit_door_plate": lambda: closeups.stall_number("27", 113),
    "fruit_inside": fruit.inside,
    "fruit_stock": fruit.stock,
    "fruit_equipment": fruit.equipment,
    "fruit_meter": lambda: closeups.power_meter("40271853", 127),
    "fruit_book_page": lambda: closeups.page(
        "六月十一 出货", ("品种", "件", "斤", "单价", "金额"), FRUIT_ROWS, 131, slips=SLIPS
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
