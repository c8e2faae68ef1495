"""The type of the window: the system's face with a Chinese companion, four sizes, figures of one width."""

from __future__ import annotations

import sys
from enum import IntEnum
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from officer_app.base.paths import resource_folder

_BUNDLED: Final = "Noto Sans SC"
# Faces that carry simplified Chinese and a good Latin, best first on the system that ships them.
_COMPANIONS: Final = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    _BUNDLED,
    "WenQuanYi Micro Hei",
)
_FIGURES: Final = QFont.Tag("tnum")


class Type(IntEnum):
    """The scale, in logical pixels."""

    SMALL = 12
    BASE = 14
    HEAD = 17
    TITLE = 22


def family(*, bundled: bool) -> str:
    """The face to use; the product's own font is loaded only when it is asked for or nothing else has Chinese."""
    present = [] if bundled else [name for name in _COMPANIONS if QFontDatabase.hasFamily(name)]
    if present:
        return present[0]
    if not QFontDatabase.hasFamily(_BUNDLED):
        for file in sorted((resource_folder() / "fonts").glob("NotoSansSC-*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
    return _BUNDLED


def base_font(*, bundled: bool) -> QFont:
    """The font that the whole application inherits."""
    font = QFont(family(bundled=bundled))
    font.setPixelSize(Type.BASE)
    font.setFeature(_FIGURES, 1)
    # Hinting to whole pixels tears Chinese strokes apart at fractional scales.
    if sys.platform.startswith("linux"):
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def font(size: Type = Type.BASE, *, bold: bool = False) -> QFont:
    """The application's font in one of the four sizes."""
    made = QFont(QGuiApplication.font())
    made.setPixelSize(size)
    made.setBold(bold)
    return made
