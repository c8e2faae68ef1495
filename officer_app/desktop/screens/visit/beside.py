"""What stands beside filling the checklist: the view for the customer, entry from paper, the second signature."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from officer_app.base.words import N_, message
from officer_app.casework.visits import Visit
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import QuestionType
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.questions.kinds import Surroundings
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.questions.summaries import questions_of
from officer_app.desktop.screens.visit.cosigning import KEYS as COSIGN_KEYS
from officer_app.desktop.screens.visit.cosigning import CosignPanel, chip_words
from officer_app.desktop.screens.visit.customer import KEYS as CUSTOMER_KEYS
from officer_app.desktop.screens.visit.customer import CustomerView
from officer_app.desktop.screens.visit.evening import KEYS as EVENING_KEYS
from officer_app.desktop.screens.visit.evening import EveningPanel, list_at
from officer_app.desktop.screens.visit.paper import MoreButton
from officer_app.desktop.screens.visit.standing import is_money
from officer_app.desktop.screens.visit.visits import VisitStrip
from officer_app.desktop.screens.visit.writing import PageWriter
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_screen import may_change
from officer_app.desktop.widgets.topbar import Chip

CUSTOMER_WORDS: Final = N_("For the customer")


class Beside(QObject):
    """`panel_wanted(widget)` when a panel is to stand in place of the page, `page_wanted()` when it is to come back.

    `changed()` when a chip may be another; `told(News)`.
    """

    panel_wanted = Signal(object)
    page_wanted = Signal()
    changed = Signal()
    told = Signal(object)

    def __init__(
        self,
        work: Workplace,
        page: SectionView,
        visits: VisitStrip,
        around: Surroundings,
        screen: QWidget,
        writable: Callable[[], OpenCase | None],
    ) -> None:
        super().__init__(screen)
        self._work, self._page, self._visits, self._writable = work, page, visits, writable
        self.customer = CustomerView(work.speech, screen)
        self.evening = EveningPanel(work, around)
        self.cosigning = CosignPanel(work)
        self.more = MoreButton(work, self._shown_visit)
        self.turn = Button(work.speech, message(CUSTOMER_WORDS), Look.QUIET, icon=Icon.SHOW, keys=CUSTOMER_KEYS)
        # Pressed by the mouse it leaves the keyboard where it is: on the question that is to be shown.
        self.turn.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._writer = PageWriter(work.speech, self.evening, writable)
        for signal in (self.more.told, self.cosigning.told):
            signal.connect(self.told)
        for signal in (self.evening.closed, self.cosigning.closed):
            signal.connect(self.page_wanted)
        self.cosigning.signed.connect(self.changed)
        self.turn.clicked.connect(self.turn_to_customer)
        self.more.evening_wanted.connect(self.enter_from_paper)
        self.more.cosign_wanted.connect(self.ask_signature)
        for keys, action in (
            (CUSTOMER_KEYS, self.turn_to_customer),
            (EVENING_KEYS, self.enter_from_paper),
            (COSIGN_KEYS, self.ask_signature),
        ):
            QShortcut(QKeySequence(keys), screen).activated.connect(action)

    def panels(self) -> tuple[QWidget, ...]:
        """What can stand in place of the page."""
        return self.evening, self.cosigning

    def chips(self) -> tuple[Chip, ...]:
        """Whether the second officer has signed."""
        opened = self._work.open_case
        found = chip_words(opened) if opened is not None else None
        return (Chip(*found),) if found is not None else ()

    def refresh(self) -> None:
        """An answer came: show it where the panels show answers."""
        self.evening.refresh()

    def step(self, by: int) -> bool:
        """Another page of the paper sheet, while that is shown."""
        if self.evening.isVisible():
            self.evening.step(by)
            return True
        return False

    def turn_to_customer(self) -> None:
        """The question at hand alone, over everything; it turns itself back."""
        opened, ref = self._work.open_case, self._page.current_ref()
        if opened is None or self.customer.isVisible():
            return
        self._page.finish()
        session = self._visits.session(opened)
        question = session.question(ref, self._work.speech.language) if ref else None
        money = question is not None and bool(question.fact) and is_money(question.fact or "")
        self.customer.left.connect(partial(self._page.focus_question, ref), Qt.ConnectionType.SingleShotConnection)
        about = entry_named(session, ref, self._work.speech.language)
        self.customer.turn(self._page.window(), question, money=money, about=about)

    def enter_from_paper(self) -> None:
        """The lines of the paper sheet; again: back to the page."""
        opened = self._writable()
        if self.evening.isVisible():
            self.page_wanted.emit()
        elif opened is not None and may_change(opened):
            self._page.finish()
            self.panel_wanted.emit(self.evening)
            self.evening.show_visit(opened)

    def ask_signature(self) -> None:
        """Who has signed, and the second officer's signature; again: back to the page."""
        opened = self._work.open_case
        if opened is None or self.cosigning.isVisible():
            self.page_wanted.emit()
            return
        self._page.finish()
        self.evening.finish()
        self.panel_wanted.emit(self.cosigning)
        self.cosigning.show_case(opened)

    def _shown_visit(self) -> Visit | None:
        opened = self._work.open_case
        return None if opened is None else self._visits.past or opened.visit


def entry_named(session: FormSession, ref: str, language: str) -> str:
    """Which entry of a list a question is about: the list's name and the first words in the entry, else nothing."""
    found = re.match(r"^(.*)\[(\d+)\]/", ref)
    block = list_at(session, found[1], language) if found is not None else None
    if found is None or block is None:
        return ""
    asked = questions_of(block.instances[int(found[2]) - 1].items)
    named = next((one.value for one in asked if one.type is QuestionType.TEXT and one.value and one.ref != ref), "")
    return f"{block.label} · {named}" if named else ""
