"""Colours can be read by everyone; fonts and icons are there."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel

from officer_app.base.paths import resource_folder
from officer_app.desktop.kit import fonts, theme
from officer_app.desktop.kit.colours import PALETTES, mode
from officer_app.desktop.kit.icons import Icon, IconLabel, pixmap
from officer_app.desktop.kit.theme import Mode, Role, Type, colour, font

# Every pair in which one stands on the other as text.
TEXT_PAIRS = [
    *[(ink, ground) for ink in (Role.INK, Role.MUTED, Role.ACCENT) for ground in (Role.GROUND, Role.SURFACE)],
    (Role.MUTED, Role.RAISED),
    (Role.INK, Role.RAISED),
    (Role.INK, Role.ACCENT_SOFT),
    (Role.ACCENT_STRONG, Role.ACCENT_SOFT),
    (Role.ACCENT, Role.ACCENT_SOFT),
    (Role.ON_ACCENT, Role.ACCENT),
    (Role.ON_ACCENT, Role.ACCENT_STRONG),
    (Role.RAIL_INK, Role.RAIL),
    (Role.RAIL_INK, Role.RAIL_ACTIVE),
    (Role.SURFACE, Role.INK),
    *[
        (state, ground)
        for state, soft in (
            (Role.PASSED, Role.PASSED_SOFT),
            (Role.LOOK, Role.LOOK_SOFT),
            (Role.STOP, Role.STOP_SOFT),
            (Role.CANNOT_TELL, Role.CANNOT_TELL_SOFT),
        )
        for ground in (soft, Role.SURFACE)
    ],
    *[(Role.INK, soft) for soft in (Role.PASSED_SOFT, Role.LOOK_SOFT, Role.STOP_SOFT, Role.CANNOT_TELL_SOFT)],
]
# Lines that tell where a control is.
LINE_PAIRS = [(Role.FIELD_LINE, Role.SURFACE), (Role.ACCENT, Role.SURFACE), (Role.STOP, Role.SURFACE)]


def _luminance(colour_text: str) -> float:
    rgb = QColor(colour_text)
    parts = [part / 255 for part in (rgb.red(), rgb.green(), rgb.blue())]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("which", list(Mode))
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_texts_reach_four_and_a_half_to_one(which: Mode, ink: Role, ground: Role) -> None:
    assert contrast(PALETTES[which][ink], PALETTES[which][ground]) >= 4.5


@pytest.mark.parametrize("which", list(Mode))
@pytest.mark.parametrize(("line", "ground"), LINE_PAIRS)
def test_lines_of_controls_reach_three_to_one(which: Mode, line: Role, ground: Role) -> None:
    assert contrast(PALETTES[which][line], PALETTES[which][ground]) >= 3


@pytest.mark.parametrize("which", list(Mode))
def test_each_set_has_every_role(which: Mode) -> None:
    assert set(PALETTES[which]) == set(Role)


def test_the_theme_switches_while_the_window_stands(qapp: QApplication) -> None:
    label = IconLabel(Icon.LOCK)
    light = label.pixmap().toImage()
    try:
        theme.apply(qapp, Mode.DARK, bundled_fonts=True)
        assert mode() is Mode.DARK
        assert colour(Role.SURFACE).lightness() < 60
        assert label.pixmap().toImage() != light
    finally:
        theme.apply(qapp, Mode.LIGHT, bundled_fonts=True)
    assert mode() is Mode.LIGHT


def test_the_stylesheet_has_no_colour_left_unnamed(qapp: QApplication) -> None:
    assert "$" not in qapp.styleSheet()


def test_figures_have_one_width_and_chinese_has_glyphs() -> None:
    for size in Type:
        metrics = QFontMetrics(font(size))
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
        assert all(metrics.inFontUcs4(ord(sign)) for sign in "眼见为实贷款")


def test_a_system_without_chinese_gets_the_bundled_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_COMPANIONS", ("No Such Face",))
    assert fonts.family(bundled=False) == "Noto Sans SC"
    assert QFontDatabase.hasFamily("Noto Sans SC")


def test_a_system_with_chinese_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts.QFontDatabase, "hasFamily", lambda name: name == "PingFang SC")
    assert fonts.family(bundled=False) == "PingFang SC"


def test_every_icon_is_there_and_every_file_is_named() -> None:
    files = {file.stem for file in (resource_folder() / "icons").glob("*.svg")} - {"app"}
    assert {icon.value for icon in Icon} == files


@pytest.mark.parametrize("icon", list(Icon))
def test_icons_take_the_ink_they_are_given(icon: Icon) -> None:
    picture = pixmap(icon, "#ff0000", 20, 2.0).toImage()
    assert picture.width() == 40
    inked = [picture.pixelColor(x, y) for x in range(40) for y in range(40) if picture.pixelColor(x, y).alpha() > 200]
    assert inked
    assert all(pixel.red() > 200 and pixel.green() < 60 for pixel in inked)


def test_labels_inherit_the_base_size() -> None:
    assert QLabel("x").font().pixelSize() == Type.BASE
