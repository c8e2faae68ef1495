"""One theme: sizes, and the call that dresses the application in light or dark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from officer_app.desktop.kit import colours, fonts, stylesheet
from officer_app.desktop.kit.colours import Mode, Role, colour, mode
from officer_app.desktop.kit.fonts import Type, font

__all__ = [
    "CONTROL",
    "HALF",
    "RADIUS",
    "SPACE",
    "Mode",
    "Role",
    "Type",
    "application",
    "apply",
    "colour",
    "font",
    "mode",
    "set_look",
]

# The 8 px grid: SPACE between things, HALF inside them; CONTROL is what a finger can hit.
SPACE: Final = 8
HALF: Final = 4
RADIUS: Final = stylesheet.RADIUS
CONTROL: Final = 40
_STYLED: Final = "styled"


def application(words: Sequence[str]) -> QApplication:
    """The application, begun in our style.

    Told to set its style afterwards, Qt hands the style out, and PySide makes Python classes of all that belongs to
    it: a twentieth of the time until somebody can sign in.
    """
    name, *rest = words
    app = QApplication([name, "-style", "fusion", *rest])
    app.setProperty(_STYLED, True)
    return app


def apply(app: QApplication, which: Mode, *, bundled_fonts: bool = False) -> None:
    """Dress the application; call again to switch while it runs.

    `bundled_fonts` takes the product's own font even where the system has one: the same picture everywhere.
    """
    if not app.property(_STYLED):
        app.setStyle("Fusion")
    app.setFont(fonts.base_font(bundled=bundled_fonts))
    app.setPalette(colours.qt_palette(which))
    app.setStyleSheet(stylesheet.build(colours.PALETTES[which]))


def system_mode() -> Mode:
    """What the desktop of this computer prefers."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Mode.DARK if dark else Mode.LIGHT


def set_look(widget: QWidget, **names: str | bool) -> None:
    """Set the dynamic properties that the stylesheet selects by, and let it look again."""
    for name, value in names.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
