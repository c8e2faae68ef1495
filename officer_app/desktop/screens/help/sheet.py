"""Help over the window: a word finds a page, Esc goes back to the work, which waits as it was."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.screens.help.pages import Found, find, read_pages
from officer_app.desktop.screens.help.reader import Reader
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.search import SearchBox
from officer_app.desktop.widgets.topbar import TopBar

_LIST: Final = 300
_NAME: Final = Qt.ItemDataRole.UserRole


class HelpSheet(QWidget):
    """The pages in the window's language. `closed()` when the reader wants to go back to work."""

    closed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._pages = read_pages(speech.language)
        self._found: tuple[Found, ...] = ()
        self._before: list[str] = []
        self.setProperty("ground", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.top = TopBar(speech, self)
        self.search = SearchBox(speech, message(N_("Search the help: words, pinyin")), self)
        self.list = QListWidget(self)
        self.list.setProperty("popup", True)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reader = Reader(self)
        self.back = Button(speech, message(N_("Page before")), icon=Icon.ARROW_LEFT, keys="Alt+Left", parent=self)
        self.close_button = Button(speech, message(N_("Back to work")), keys="Esc", parent=self)
        self._line = Text(speech, kind=Kind.HINT, wrap=True, parent=self)
        self._nothing = EmptyState(speech, self)
        self._nothing.show_empty(Icon.SEARCH, message(N_("No page has these words. Fewer words find more.")))
        self.top.set_title(message(N_("Help")))
        self.top.set_actions((self.back, self.close_button))
        self._arrange()
        self._connect()
        self._seek("")

    def turn_to(self, name: str, *, remember: bool = True) -> None:
        """Show a page; the one before can be gone back to."""
        shown = self.reader.page()
        page = next((page for page in self._pages if page.name == name), None)
        if page is None or (shown is not None and shown.name == name):
            return
        if remember and shown is not None:
            self._before.append(shown.name)
        self.reader.show_page(page, self.search.text())
        self.back.setEnabled(bool(self._before))
        self._mark(name)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _seek(self, sought: str) -> None:
        self._found = find(self._pages, sought)
        shown = self.reader.page()
        self.list.blockSignals(True)
        self.list.clear()
        for found in self._found:
            item = QListWidgetItem(found.page.title)
            item.setData(_NAME, found.page.name)
            item.setToolTip(found.line or found.page.title)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setVisible(bool(self._found))
        self._nothing.setVisible(not self._found)
        if sought and self._found:
            first = self._found[0].page
            # Typing looks through the pages; only what was opened on purpose is a way back.
            self.reader.show_page(first, sought)
            self._mark(first.name)
        elif shown is not None:
            self._mark(shown.name)

    def _mark(self, name: str) -> None:
        """The row of what is shown, without turning anything."""
        row = next((place for place, found in enumerate(self._found) if found.page.name == name), -1)
        self.list.blockSignals(True)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)

    def _row_chosen(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self.turn_to(self._found[row].page.name)

    def _go_back(self) -> None:
        if self._before:
            self.turn_to(self._before.pop(), remember=False)
            self.back.setEnabled(bool(self._before))

    def _leave(self) -> None:
        """Esc takes a sought word away first, as everywhere."""
        if self.search.hasFocus() and self.search.text():
            self.search.clear()
            self._seek("")
        else:
            self.closed.emit()

    def _to_list(self) -> None:
        if self._found:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _to_page(self) -> None:
        if self._found:
            self.reader.setFocus(Qt.FocusReason.TabFocusReason)

    def _other_language(self) -> None:
        shown = self.reader.page()
        self._pages = read_pages(self._speech.language)
        self._seek(self.search.text().strip())
        page = next((page for page in self._pages if shown is not None and page.name == shown.name), None)
        if page is not None:
            self.reader.show_page(page)
            self._mark(page.name)

    def _connect(self) -> None:
        self.search.sought.connect(self._seek)
        self.search.entered.connect(self._to_page)
        self.search.to_results.connect(self._to_list)
        self.list.currentRowChanged.connect(self._row_chosen)
        self.list.itemActivated.connect(lambda _item: self._to_page())
        self.reader.turned.connect(self.turn_to)
        self.back.clicked.connect(self._go_back)
        self.close_button.clicked.connect(self.closed)
        self._speech.changed.connect(self._other_language)
        for keys, action in (("Alt+Left", self._go_back), ("Esc", self._leave)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self.back.setEnabled(False)
        self.setFocusProxy(self.search)

    def _arrange(self) -> None:
        self._speech.name(self.list, message(N_("Pages of help")))
        self._speech.name(self.reader, message(N_("Help")))
        self._line.set_text(message(N_("F1 or Esc leads back to where you were. Tab goes on to the next link.")))
        side = QWidget(self)
        side.setFixedWidth(_LIST)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for part in (self.search, self.list, self._nothing, self._line):
            column.addWidget(part, 0 if part in (self.search, self._line) else 1)
        row = QHBoxLayout()
        row.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        row.setSpacing(2 * SPACE)
        row.addWidget(side)
        row.addWidget(self.reader, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        nest(whole, row, 1)
