"""Links of the open case: numbers, head office's lists, other cases, circles of guarantees."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from officer_app.base.words import N_, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.links import rows
from officer_app.desktop.widgets.blocks import Block
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_screen import CaseScreen
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.page import Page


class LinksScreen(CaseScreen):
    """What ties this case to others comes first. Enter on a row leads to the question of its number."""

    place = Place.LINKS

    def __init__(self, work: Workplace) -> None:
        super().__init__(work)
        speech = work.speech
        self._panel = self.panel()
        self._next = Button(speech, message(N_("On to the memo")), Look.PRIMARY, keys="Ctrl+Enter", parent=self)
        self._next.clicked.connect(self.go_on)
        self._summary = Text(speech, None, Kind.BODY, wrap=True, parent=self)
        self._why = Text(speech, message(_WHY), Kind.HINT, wrap=True, parent=self)
        self._links = Block(speech, message(N_("Links to other cases")), rows.LINKS, self._open_row)
        self._rings = Block(speech, message(N_("Circles of guarantees")), rows.RINGS, self._open_row)
        self._hits = Block(speech, message(N_("Head office's lists")), rows.LISTED, self._open_row)
        self._numbers = Block(speech, message(N_("Identity numbers")), rows.NUMBERS, self._open_row)
        self._page = Page()
        self._empty = EmptyState(speech, self)
        self._empty.acted.connect(lambda: self.ask_fact("borrower.resident_id"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._empty)
        for part in (self._summary, self._why, self._links, self._rings, self._hits, self._numbers):
            self._page.body.addWidget(part)
        self._page.body.addStretch(1)
        self.stand(self._stack)

    # --- CaseScreen ------------------------------------------------------------------------------------------------

    def side(self) -> QWidget:
        return self._panel

    def own_actions(self) -> tuple[QWidget, ...]:
        return (self._next,)

    def entered(self, what: object) -> None:
        super().entered(what)
        self._page.verticalScrollBar().setValue(0)
        tables = [block.table for block in (self._links, self._rings, self._hits, self._numbers)]
        shown = next((table for table in tables if not table.isHidden()), None)
        if shown is not None:
            shown.setFocus()

    def go_on(self) -> None:
        self.go.emit(Place.MEMO.value, None)

    def show_case(self, opened: OpenCase) -> None:
        self._panel.show_findings(opened.findings, opened.before)
        screening = opened.findings.facts.screening
        if screening is None or not (screening.numbers or screening.links or screening.hits):
            self._stack.setCurrentWidget(self._empty)
            self._empty.show_empty(Icon.HOUSEHOLD, message(_NOTHING), message(N_("To the identity number")))
            return
        self._stack.setCurrentWidget(self._page)
        it = opened.findings.assessment
        open_ = rows.wanted(it)
        self._summary.set_text(
            message(N_("{count:count} things about the people want an explanation."), count=open_)
            if open_
            else message(N_("Nothing about the people wants an explanation."))
        )
        none = message(N_("None."))
        for block, found in (
            (self._links, rows.link_rows(screening, it)),
            (self._rings, rows.ring_rows(screening)),
            (self._hits, rows.hit_rows(screening)),
            (self._numbers, rows.number_rows(screening)),
        ):
            block.show_rows(found, None if found else none)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _open_row(self, key: str) -> None:
        self.ask_fact(key.partition(":")[2])


_WHY = N_(
    "Looked up again after every answer, in all cases on this laptop and in head office's lists. A link is a "
    "question, not a verdict: ask each of them alone. Others are named masked."
)
_NOTHING = N_(
    "Here stands who else appears with the same identity number, phone, account, address, plate or licence: in other "
    "cases, and in head office's lists. Nobody of this case has a number yet."
)
