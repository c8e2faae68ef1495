"""The product's icons: SVG in the ink of a role, drawn once per size and colour."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import resource_folder
from officer_app.desktop.kit.theme import Role, colour

ICON: Final = 20
# What a change of the theme arrives as.
RESTYLED: Final = frozenset(
    {QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange, QEvent.Type.StyleChange}
)


class Icon(StrEnum):
    """Every icon there is; a test compares this list with the folder."""

    ADD = "add"
    AFTER_PAYOUT = "after_payout"
    ARROW_LEFT = "arrow_left"
    ARROW_RIGHT = "arrow_right"
    ATTACH = "attach"
    CALENDAR = "calendar"
    CAMERA = "camera"
    CANNOT_TELL = "cannot_tell"
    CASES = "cases"
    CHART = "chart"
    CHECK = "check"
    CLOCK = "clock"
    CLOSE = "close"
    COLLATERAL = "collateral"
    COST = "cost"
    DARK = "dark"
    DEBT = "debt"
    DECIDE = "decide"
    DOCUMENT = "document"
    EDIT = "edit"
    EQUITY = "equity"
    EXCEL = "excel"
    EXCHANGE = "exchange"
    FILTER = "filter"
    FOLDER = "folder"
    GUARANTOR = "guarantor"
    HELP = "help"
    HIDE = "hide"
    HOUSEHOLD = "household"
    INFO = "info"
    KEY = "key"
    LANGUAGE = "language"
    LIGHT = "light"
    LOCK = "lock"
    LOOK_CLOSER = "look_closer"
    MORE = "more"
    NEXT = "next"
    NOTE = "note"
    PDF = "pdf"
    PERSON = "person"
    PHOTO = "photo"
    PICTURE = "picture"
    PIN = "pin"
    PLACE = "place"
    PREVIOUS = "previous"
    RECEIVE = "receive"
    REDO = "redo"
    REMOVE = "remove"
    SALES = "sales"
    SEARCH = "search"
    SEND = "send"
    SETTINGS = "settings"
    SHIELD = "shield"
    SHOP = "shop"
    SHOTS = "shots"
    SHOW = "show"
    SIGN = "sign"
    SOFT = "soft"
    STOCK = "stock"
    STOP = "stop"
    SYNC = "sync"
    TABLE = "table"
    TODAY = "today"
    UNDO = "undo"
    USB = "usb"
    WARNING = "warning"


def pixmap(icon: Icon, ink: str, size: int = ICON, ratio: float = 1.0) -> QPixmap:
    """The icon in one colour (#rrggbb), `size` logical pixels wide on a screen of that ratio."""
    return _drawn(icon, ink, size, ratio)


def icon_for(widget: QWidget, icon: Icon, role: Role = Role.INK, size: int = ICON) -> QIcon:
    """The icon as a button takes it, in the colours shown now."""
    return QIcon(pixmap(icon, colour(role).name(), size, widget.devicePixelRatioF()))


@lru_cache(maxsize=512)
def _drawn(icon: Icon, ink: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(_source(icon).replace("currentColor", ink).encode()))
    if not renderer.isValid():
        raise Fault(Code.FILE_UNREADABLE, file=f"{icon}.svg")
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=128)
def _source(icon: Icon) -> str:
    file = resource_folder() / "icons" / f"{icon}.svg"
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Fault(Code.FILE_MISSING, file=file.name) from error


class IconLabel(QLabel):
    """An icon that follows the theme. Its meaning stands in a text or tooltip beside it."""

    def __init__(self, icon: Icon, role: Role = Role.INK, size: int = ICON, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._role = role
        self._size = size
        self.setFixedSize(size, size)
        self._draw()

    def set_icon(self, icon: Icon, role: Role) -> None:
        """Another icon, or another colour."""
        self._icon = icon
        self._role = role
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RESTYLED and hasattr(self, "_size"):
            self._draw()

    def _draw(self) -> None:
        self.setPixmap(pixmap(self._icon, colour(self._role).name(), self._size, self.devicePixelRatioF()))
