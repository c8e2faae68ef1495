"""One page of help, set in the window's own type and colours."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from officer_app.desktop.kit.icons import RESTYLED
from officer_app.desktop.kit.theme import HALF, SPACE, Role, Type, colour, font
from officer_app.desktop.screens.help.pages import HelpPage

_SIZES: Final = {1: Type.TITLE, 2: Type.HEAD, 3: Type.BASE}
_LINE_HEIGHT: Final = 125.0
_PROPORTIONAL: Final = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_CODE: Final = "code"


class Reader(QTextBrowser):
    """`turned(name)` when a link to another page is followed."""

    turned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: HelpPage | None = None
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._follow)

    def show_page(self, page: HelpPage, sought: str = "") -> None:
        """From the top, or from the first place that speaks of what is sought."""
        self._page = page
        self._set()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        word = sought.strip()
        if word and self.find(word):
            # What was found stands in the upper half, with the heading over it in sight.
            top = self.cursorRect().top() - self.viewport().height() // 4
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + top)
        else:
            self.verticalScrollBar().setValue(0)

    def page(self) -> HelpPage | None:
        """What is shown."""
        return self._page

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RESTYLED and getattr(self, "_page", None) is not None:
            at = self.verticalScrollBar().value()
            self._set()
            self.verticalScrollBar().setValue(at)

    def _follow(self, link: QUrl) -> None:
        name = link.path().removesuffix(".md")
        if name:
            self.turned.emit(name)

    def _set(self) -> None:
        assert self._page is not None  # noqa: S101  both callers have one
        self.setMarkdown(self._page.text)
        document = self.document()
        document.setUndoRedoEnabled(False)
        cursor = QTextCursor(document)
        frame = QTextFrameFormat()
        frame.setMargin(3 * SPACE)
        frame.setTopMargin(SPACE)
        document.rootFrame().setFrameFormat(frame)
        block = document.begin()
        tables: set[int] = set()
        while block.isValid():
            _dress_block(cursor, block)
            _dress_fragments(cursor, block)
            cursor.setPosition(block.position())
            table = cursor.currentTable()
            if table is not None and table.firstPosition() not in tables:
                tables.add(table.firstPosition())
                _dress_table(table)
            block = block.next()


def _is_code(block: QTextBlock) -> bool:
    """A line of a fenced block."""
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)


def _dress_block(cursor: QTextCursor, block: QTextBlock) -> None:
    shape = block.blockFormat()
    cursor.setPosition(block.position())
    in_table = cursor.currentTable() is not None
    level = shape.headingLevel()
    shape.setLineHeight(_LINE_HEIGHT, _PROPORTIONAL)
    if _is_code(block):
        shape.setBackground(colour(Role.RAISED))
        shape.setLeftMargin(SPACE)
        shape.setTopMargin(0)
        shape.setBottomMargin(0)
        shape.setNonBreakableLines(False)
    elif level:
        shape.setTopMargin(2.5 * SPACE if level > 1 else SPACE)
        shape.setBottomMargin(SPACE)
    elif in_table:
        shape.setTopMargin(0)
        shape.setBottomMargin(0)
    else:
        shape.setTopMargin(0)
        shape.setBottomMargin(HALF if block.textList() is not None else SPACE)
    cursor.setBlockFormat(shape)
    if level:
        # Set anew, not merged: Markdown's headings carry a size of their own that follows no scale of ours.
        size = QTextCharFormat()
        size.setFont(font(_SIZES.get(level, Type.BASE), bold=True))
        size.setForeground(colour(Role.INK))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(size)


def _dress_fragments(cursor: QTextCursor, block: QTextBlock) -> None:
    """Links in the accent, code in a face of one width."""
    whole = _is_code(block)
    places: list[tuple[int, int, bool]] = []
    each = block.begin()
    while not each.atEnd():
        piece = each.fragment()
        shape = piece.charFormat()
        if shape.isAnchor() or shape.fontFixedPitch() or whole:
            places.append((piece.position(), piece.length(), shape.isAnchor()))
        each += 1
    for start, length, is_link in places:
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(_link() if is_link else _code(boxed=not whole))


def _link() -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setForeground(colour(Role.ACCENT))
    shape.setFontUnderline(True)
    return shape


def _code(*, boxed: bool) -> QTextCharFormat:
    shape = QTextCharFormat()
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    companion = QFont().family()
    shape.setFontFamilies([fixed, companion])
    shape.setProperty(QTextFormat.Property.FontPixelSize.value, int(Type.BASE) - 1)
    if boxed:
        shape.setBackground(colour(Role.RAISED))
    return shape


def _dress_table(table: QTextTable) -> None:
    """Lines under the rows alone, the head on a ground of its own."""
    shape = table.format()
    shape.setBorder(0)
    shape.setCellPadding(SPACE - 2)
    shape.setCellSpacing(0)
    shape.setTopMargin(HALF)
    shape.setBottomMargin(2 * SPACE)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            look = cell.format().toTableCellFormat()
            look.setBottomBorder(1)
            look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            look.setBottomBorderBrush(colour(Role.LINE))
            if row == 0:
                look.setBackground(colour(Role.RAISED))
            cell.setFormat(look)
