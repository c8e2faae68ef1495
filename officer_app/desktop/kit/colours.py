"""Colours by role, light and dark. Widgets ask for a role; which set holds is read from the application's palette."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Final

from PySide6.QtGui import QColor, QGuiApplication, QPalette


class Role(StrEnum):
    """What a colour is for."""

    INK = "ink"
    MUTED = "muted"
    GROUND = "ground"
    SURFACE = "surface"
    RAISED = "raised"
    LINE = "line"
    FIELD_LINE = "field_line"
    ACCENT = "accent"
    ACCENT_STRONG = "accent_strong"
    ACCENT_SOFT = "accent_soft"
    ACCENT_MID = "accent_mid"
    ON_ACCENT = "on_accent"
    NEUTRAL = "neutral"
    PASSED = "passed"
    PASSED_SOFT = "passed_soft"
    LOOK = "look"
    LOOK_SOFT = "look_soft"
    STOP = "stop"
    STOP_SOFT = "stop_soft"
    CANNOT_TELL = "cannot_tell"
    CANNOT_TELL_SOFT = "cannot_tell_soft"
    RAIL = "rail"
    RAIL_INK = "rail_ink"
    RAIL_ACTIVE = "rail_active"


class Mode(Enum):
    """Light for the day, dark for the evening."""

    LIGHT = "light"
    DARK = "dark"


Palette = Mapping[Role, str]

_LIGHT: Final[Palette] = {
    Role.INK: "#1c2628",
    Role.MUTED: "#5a686d",
    Role.GROUND: "#f6f7f7",
    Role.SURFACE: "#ffffff",
    Role.RAISED: "#eef1f1",
    Role.LINE: "#dfe3e4",
    Role.FIELD_LINE: "#879497",
    Role.ACCENT: "#0f6b66",
    Role.ACCENT_STRONG: "#0a524e",
    Role.ACCENT_SOFT: "#e3f0ef",
    Role.ACCENT_MID: "#9dbdba",
    Role.ON_ACCENT: "#ffffff",
    Role.NEUTRAL: "#ccd6d7",
    Role.PASSED: "#1f7a4d",
    Role.PASSED_SOFT: "#e5f3eb",
    Role.LOOK: "#945800",
    Role.LOOK_SOFT: "#fdf1dc",
    Role.STOP: "#b3261e",
    Role.STOP_SOFT: "#fbe6e4",
    Role.CANNOT_TELL: "#56646a",
    Role.CANNOT_TELL_SOFT: "#eceff0",
    Role.RAIL: "#123b3a",
    Role.RAIL_INK: "#d3e4e2",
    Role.RAIL_ACTIVE: "#245352",
}

_DARK: Final[Palette] = {
    Role.INK: "#e6ecec",
    Role.MUTED: "#a3b0b3",
    Role.GROUND: "#131a1c",
    Role.SURFACE: "#1b2426",
    Role.RAISED: "#263133",
    Role.LINE: "#324043",
    Role.FIELD_LINE: "#71828a",
    Role.ACCENT: "#63c7be",
    Role.ACCENT_STRONG: "#8ad9d2",
    Role.ACCENT_SOFT: "#1d3b39",
    Role.ACCENT_MID: "#3b7570",
    Role.ON_ACCENT: "#08201f",
    Role.NEUTRAL: "#435154",
    Role.PASSED: "#6cc795",
    Role.PASSED_SOFT: "#1b382a",
    Role.LOOK: "#e7ae55",
    Role.LOOK_SOFT: "#3c2e18",
    Role.STOP: "#f2928a",
    Role.STOP_SOFT: "#45231f",
    Role.CANNOT_TELL: "#aab6ba",
    Role.CANNOT_TELL_SOFT: "#2a3436",
    Role.RAIL: "#0c2625",
    Role.RAIL_INK: "#bfd4d2",
    Role.RAIL_ACTIVE: "#1c4341",
}

PALETTES: Final[Mapping[Mode, Palette]] = {Mode.LIGHT: _LIGHT, Mode.DARK: _DARK}


def mode() -> Mode:
    """The set that the application shows now.

    Read from a palette entry that no stylesheet rule touches, so that there is no second memory of it.
    """
    dark = QGuiApplication.palette().color(QPalette.ColorRole.Mid).lightness() < 128
    return Mode.DARK if dark else Mode.LIGHT


def colour(role: Role) -> QColor:
    """A role's colour in the set shown now."""
    return QColor(PALETTES[mode()][role])


def qt_palette(which: Mode) -> QPalette:
    """Qt's own palette, for whatever the stylesheet does not reach."""
    colours = PALETTES[which]
    palette = QPalette()
    for entry, role in _QT_ROLES.items():
        palette.setColor(entry, QColor(colours[role]))
    for entry in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, entry, QColor(colours[Role.MUTED]))
    return palette


_QT_ROLES: Final = {
    QPalette.ColorRole.Window: Role.GROUND,
    QPalette.ColorRole.WindowText: Role.INK,
    QPalette.ColorRole.Base: Role.SURFACE,
    QPalette.ColorRole.AlternateBase: Role.GROUND,
    QPalette.ColorRole.Text: Role.INK,
    QPalette.ColorRole.Button: Role.SURFACE,
    QPalette.ColorRole.ButtonText: Role.INK,
    QPalette.ColorRole.BrightText: Role.STOP,
    QPalette.ColorRole.ToolTipBase: Role.INK,
    QPalette.ColorRole.ToolTipText: Role.SURFACE,
    QPalette.ColorRole.PlaceholderText: Role.MUTED,
    QPalette.ColorRole.Highlight: Role.ACCENT,
    QPalette.ColorRole.HighlightedText: Role.ON_ACCENT,
    QPalette.ColorRole.Link: Role.ACCENT,
    QPalette.ColorRole.Mid: Role.LINE,
    QPalette.ColorRole.Dark: Role.FIELD_LINE,
}
