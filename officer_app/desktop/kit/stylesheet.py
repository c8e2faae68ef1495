"""The stylesheet: everything that Qt draws by itself. What it cannot draw well, widgets paint by role."""

from __future__ import annotations

from typing import Final

from officer_app.desktop.kit.colours import Palette

RADIUS: Final = 6


def build(palette: Palette) -> str:
    """The rules for one set of colours."""
    text = _TEMPLATE
    # Longest names first: $accent_soft must not be read as $accent.
    for role in sorted(palette, key=lambda role: -len(role.value)):
        text = text.replace(f"${role.value}", palette[role])
    return text.replace("$radius", f"{RADIUS}px")


_TEMPLATE: Final = """
QWidget { color: $ink; }
QMainWindow, QDialog, QScrollArea, QStackedWidget { background: $ground; }
QScrollArea { border: none; }
QScrollArea > QWidget > QWidget[clear="true"] { background: transparent; }
QToolTip { background: $ink; color: $surface; border: none; padding: 6px 8px; font-size: 12px; }

QLabel { background: transparent; }
QLabel[kind="title"] { font-size: 17px; font-weight: 700; }
QLabel[kind="head"] { font-size: 17px; font-weight: 700; }
QLabel[kind="strong"] { font-weight: 700; }
QLabel[kind="number"] { font-size: 22px; font-weight: 700; }
QLabel[kind="small"] { font-size: 12px; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="hint"] { color: $muted; font-size: 12px; }
QLabel[kind="section"] { color: $muted; font-size: 12px; font-weight: 700; }
QLabel[kind="error"] { color: $stop; font-size: 12px; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="passed"] { color: $passed; }
QLabel[tone="look"] { color: $look; }
QLabel[tone="stop"] { color: $stop; }
QLabel[tone="cannot_tell"] { color: $cannot_tell; }
QLabel[tone="muted"] { color: $muted; }
QLabel[kind="keycap"] { color: $muted; font-size: 12px; background: $surface; border: 1px solid $line;
    border-radius: 4px; padding: 0 5px; }

QPushButton[look="tab"] { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 0 8px; min-height: 38px; font-size: 14px; }
QPushButton[look="tab"]:hover { color: $ink; }
QPushButton[look="tab"]:checked { color: $accent; border-bottom: 2px solid $accent; font-weight: 700; }
QPushButton[look="tab"]:focus { background: $accent_soft; }

QFrame[panel="side"] { background: $surface; border: none; }
QFrame[rule="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[rule="column"] { background: $line; border: none; max-width: 1px; min-width: 1px; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="ground"] { background: $ground; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {
    background: $surface; color: $ink; border: 1px solid $field_line; border-radius: $radius;
    selection-background-color: $accent; selection-color: $on_accent; padding: 0 11px; min-height: 38px; }
QPlainTextEdit, QTextEdit { padding: 7px 8px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover { border-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {
    border: 2px solid $accent; padding: 0 10px; min-height: 36px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 6px 7px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $stop; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $raised; border-color: $line; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    background: $raised; color: $muted; border-color: $line; }

QLineEdit[search="true"], QLineEdit[search="true"]:focus { padding-left: 3px; }

QComboBox::drop-down { border: none; width: 32px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView, QListView[popup="true"], QMenu {
    background: $surface; border: 1px solid $field_line; padding: 4px; outline: none; }
QComboBox QAbstractItemView::item, QListView[popup="true"]::item {
    min-height: 40px; padding: 0 8px; border-radius: 4px; color: $ink; }
QComboBox QAbstractItemView::item:selected, QListView[popup="true"]::item:selected {
    background: $accent_soft; color: $accent_strong; }
QMenu::item { min-height: 24px; padding: 8px 24px 8px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $accent_strong; }

QTableView { background: $surface; border: 1px solid $line; border-radius: $radius; gridline-color: $line;
    selection-background-color: $accent_soft; selection-color: $ink; outline: none; }
QTableView::item { border: none; padding: 0 8px; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; font-size: 12px; border: none;
    border-bottom: 1px solid $line; padding: 0 8px; min-height: 31px; }
QTableCornerButton::section { background: $surface; border: none; }

QListView { background: transparent; border: none; outline: none; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $neutral; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $field_line; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $raised; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QSplitter::handle { background: $line; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $raised; }
QCalendarWidget QAbstractItemView { background: $surface;
    selection-background-color: $accent; selection-color: $on_accent; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: 18px; height: 18px; margin: -7px 0; border-radius: 9px; }
"""
