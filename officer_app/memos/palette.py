"""The colours of paper, one for each role. Contrast of every text role on white is at least 4.5 : 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportlab.lib.colors import Color, HexColor

from officer_app.plots.primitives import Role

COLOURS: Final[Mapping[Role, Color]] = {
    Role.INK: HexColor(0x1C2628),
    Role.MUTED: HexColor(0x5D6B6E),
    Role.LINE: HexColor(0xDFE3E4),
    Role.SURFACE: HexColor(0xFFFFFF),
    Role.ACCENT: HexColor(0x0F6B66),
    Role.ACCENT_SOFT: HexColor(0x9DBDBA),
    Role.PASSED: HexColor(0x1F7A4D),
    Role.PASSED_SOFT: HexColor(0xE5F3EB),
    Role.LOOK: HexColor(0xA86400),
    Role.LOOK_SOFT: HexColor(0xFDF1DC),
    Role.STOP: HexColor(0xB3261E),
    Role.STOP_SOFT: HexColor(0xFBE6E4),
    Role.UNKNOWN: HexColor(0x66757A),
    Role.NEUTRAL: HexColor(0xD0D9DA),
}
RAIL: Final = HexColor(0x123B3A)
