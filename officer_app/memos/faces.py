"""The fonts of a paper, and the gate every printed sign passes: a glyph that nobody has is refused by name.

Regular and bold come with the product; what they lack (rare characters of names) is looked for in fonts of the
system that are known to hold it. Only TrueType outlines can be embedded.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import resource_folder

# ReportLab would wrap every picture in ASCII-85 and make it a quarter larger.
rl_config.useA85 = 0

_WIDE: Final = re.compile(r"<([0-9A-F]{5,6})>")
_narrow_map: Final = ttfonts.makeToUnicodeCMap


def _wide_map(fontname: str, subset: Sequence[int]) -> str:
    """WORKAROUND: ReportLab 5.1 writes signs beyond U+FFFF as five digits, which is no UTF-16.

    A rare name would be seen on paper and be lost to search, copying and readers for the blind. See ISO 32000-1,
    9.10.3.
    """
    plain = str(_narrow_map(fontname, subset))
    return _WIDE.sub(lambda sign: f"<{chr(int(sign[1], 16)).encode('utf-16-be').hex().upper()}>", plain)


ttfonts.makeToUnicodeCMap = _wide_map

# Fonts known for rare Han characters, in the order they are tried: Debian, Windows, macOS, then plain symbols.
_RARE: Final = ("HanaMinA.ttf", "HanaMinB.ttf", "simsunb.ttf", "SimsunExtG.ttf", "mingliub.ttc", "DejaVuSans.ttf")
_CONTEXT: Final = 8


@dataclass(frozen=True, slots=True)
class Run:
    """Signs that stand in one font."""

    font: str
    text: str


class Face:
    """One weight: its own font first, then the fallbacks."""

    def __init__(self, font: TTFont, fallbacks: Callable[[], Sequence[TTFont]]) -> None:
        self.name: str = font.fontName
        self._font = font
        self._glyphs = font.face.charToGlyph
        self._widths = font.face.charWidths
        self._default = font.face.defaultWidth
        self._fallbacks = fallbacks

    def width(self, text: str, size: float) -> float:
        """How wide a text is at a size."""
        if all(ord(sign) in self._glyphs for sign in text):
            wide: float = sum(self._widths.get(ord(sign), self._default) for sign in text)
            return wide * size / 1000
        return sum(float(pdfmetrics.stringWidth(run.text, run.font, size)) for run in self.runs(text))

    def runs(self, text: str) -> tuple[Run, ...]:
        """The text cut where the font changes. Errors: GLYPH_MISSING."""
        if all(ord(sign) in self._glyphs for sign in text):
            return (Run(self.name, text),) if text else ()
        return tuple(self._cut(text))

    def _cut(self, text: str) -> Iterator[Run]:
        font, begun = "", 0
        for place, sign in enumerate(text):
            wanted = self._font_for(sign, text, place)
            if wanted != font and place > begun:
                yield Run(font, text[begun:place])
                begun = place
            font = wanted
        yield Run(font, text[begun:])

    def _font_for(self, sign: str, text: str, place: int) -> str:
        if ord(sign) in self._glyphs:
            return self.name
        for font in self._fallbacks():
            if ord(sign) in font.face.charToGlyph:
                return str(font.fontName)
        raise Fault(
            Code.GLYPH_MISSING,
            sign=f"U+{ord(sign):04X}",
            name=unicodedata.name(sign, "?"),
            context=text[max(0, place - _CONTEXT) : place] + "▯" + text[place + 1 : place + 1 + _CONTEXT],
        )


@dataclass(frozen=True, slots=True)
class Faces:
    """Both weights of a paper."""

    regular: Face
    bold: Face

    def weight(self, *, bold: bool) -> Face:
        """The face of a weight."""
        return self.bold if bold else self.regular


@cache
def shipped_faces() -> Faces:
    """The product's own fonts, loaded once, with what the system adds."""
    folder = resource_folder() / "fonts"
    return faces_of(folder / "NotoSansSC-Regular.ttf", folder / "NotoSansSC-Bold.ttf", system_fallbacks)


def faces_of(regular: Path, bold: Path, fallbacks: Callable[[], Sequence[TTFont]]) -> Faces:
    """A regular and a bold font with their fallbacks, which are asked for only when a sign is missing."""
    return Faces(Face(loaded(regular), fallbacks), Face(loaded(bold), fallbacks))


def loaded(path: Path) -> TTFont:
    """A TrueType font, known to ReportLab under its file's name."""
    font = TTFont(path.stem, str(path))
    pdfmetrics.registerFont(font)
    return font


@cache
def system_fallbacks() -> tuple[TTFont, ...]:
    """Fonts of this system with rare characters; those that cannot be embedded are passed over."""
    found = {path.name.casefold(): path for folder in _font_folders() for path in _fonts_below(folder)}
    return tuple(
        font
        for name in _RARE
        if (path := found.get(name.casefold())) is not None and (font := _embeddable(path)) is not None
    )


def _embeddable(path: Path) -> TTFont | None:
    try:
        return loaded(path)
    except (TTFError, OSError):
        return None


def _fonts_below(folder: Path) -> Iterator[Path]:
    for place, _folders, names in os.walk(folder):
        for name in names:
            if name.endswith((".ttf", ".ttc", ".TTF", ".TTC")):
                yield Path(place) / name


def _font_folders() -> tuple[Path, ...]:
    home = Path.home()
    windows = Path(os.environ.get("WINDIR", "C:\\Windows")) / "Fonts"
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".fonts",
        home / ".local/share/fonts",
        windows,
        home / "AppData/Local/Microsoft/Windows/Fonts",
        Path("/Library/Fonts"),
        home / "Library/Fonts",
    )
