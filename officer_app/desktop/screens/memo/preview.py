"""The paper: the Chinese one that is signed, and its English translation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.words import CHINESE, ENGLISH, N_, Language, Sayable, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pdf import PdfView
from officer_app.desktop.widgets.progress import ProgressStrip


class Preview(QWidget):
    """`language_chosen(language)`, `copy_wanted()`, `acted()` when the button of the empty page is pressed."""

    language_chosen = Signal(str)
    copy_wanted = Signal()
    acted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = b""
        self.pdf = PdfView(speech)
        self.progress = ProgressStrip(speech)
        self._empty = EmptyState(speech)
        self._pages = Text(speech, None, Kind.MUTED, parent=self)
        self._pages.hide()
        self._chinese = Button(speech, message(N_("Chinese, the signed one")), parent=self)
        self._english = Button(speech, message(N_("English translation")), parent=self)
        self.copy = Button(speech, message(N_("Save a copy")), icon=Icon.PDF, keys="Ctrl+S", parent=self)
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()

    def show_paper(self, data: bytes, language: Language) -> None:
        """Show a PDF at the page that was read before. Errors: FILE_UNREADABLE."""
        page = self.pdf.page()
        self.pdf.show_pdf(data)
        self._data = data
        if page:
            self.pdf.go_to(min(page, self.pdf.page_count() - 1))
        self._pages.set_text(message(N_("Pages: {pages:count}"), pages=self.pdf.page_count()))
        self._mark(language)
        self._stack.setCurrentWidget(self.pdf)
        self.copy.setEnabled(True)

    def show_nothing(self, sentence: Sayable, action: Sayable | None = None) -> None:
        """There is no paper, and why; what to do about it."""
        self._data = b""
        self._empty.show_empty(Icon.DOCUMENT, sentence, action)
        self._stack.setCurrentWidget(self._empty)
        self._pages.set_text(None)
        self.copy.setEnabled(False)

    def paper(self) -> bytes:
        """What is shown, to be saved; nothing while there is none."""
        return self._data

    def is_shown(self) -> bool:
        """Whether there is a paper."""
        return bool(self._data)

    def _mark(self, language: Language) -> None:
        self._chinese.setChecked(language == CHINESE)
        self._english.setChecked(language == ENGLISH)

    def _connect(self) -> None:
        group = QButtonGroup(self)
        for button in (self._chinese, self._english):
            button.setCheckable(True)
            group.addButton(button)
        self._chinese.setChecked(True)
        self._chinese.clicked.connect(lambda: self.language_chosen.emit(CHINESE))
        self._english.clicked.connect(lambda: self.language_chosen.emit(ENGLISH))
        self.copy.clicked.connect(self.copy_wanted)
        self._empty.acted.connect(self.acted)
        self.copy.setEnabled(False)

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, SPACE)
        bar.setSpacing(SPACE)
        for button in (self._chinese, self._english):
            bar.addWidget(button)
        bar.addWidget(self._pages)
        bar.addStretch(1)
        bar.addWidget(self.copy)
        self._stack.addWidget(self.pdf)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        nest(column, bar)
        column.addWidget(self.progress)
        column.addWidget(self._stack, 1)
