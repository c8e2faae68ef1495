"""Reading one file and deciding on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import DossierId
from officer_app.base.words import CHINESE, N_, Sayable, Verbatim, message
from officer_app.casework.callbacks import call_back_of, note_call, reveal_phone
from officer_app.casework.changes import History, history_of
from officer_app.casework.clockjumps import ClockJump
from officer_app.casework.correspondence import Question, ask, give_opinion, questions_of
from officer_app.casework.days import Day
from officer_app.casework.decisions import OUTCOMES, clock_now, decide
from officer_app.casework.keeping import keep_unfinished, unfinished
from officer_app.casework.review import UNEXPLAINED, Review, open_dossier
from officer_app.casework.reviewed_days import day_of_review
from officer_app.casework.takeover import colleagues, hand_over
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.shortcuts import shown
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.review.colleague import ColleagueCard
from officer_app.desktop.screens.review.opinion import OpinionPanel
from officer_app.desktop.screens.review.page import DecisionPage
from officer_app.desktop.screens.review.pictures import Pictures, caption_of, chips_of
from officer_app.desktop.screens.review.verdict import OUTCOMES as CHOICES
from officer_app.desktop.screens.review.verdict import VerdictPanel
from officer_app.desktop.widgets.buttons import Button, icon_button
from officer_app.desktop.widgets.day_sheet import DaySheet
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip
from officer_app.desktop.widgets.viewer import PhotoViewer
from officer_app.desktop.widgets.whatif import WhatIfCard
from officer_app.dossier.records import CallBack, Outcome
from officer_app.trust.certificates import Person, Role
from officer_app.vault.records import DecisionRecord

if TYPE_CHECKING:
    from officer_app.desktop.widgets.pdf import PdfView

_MINUTE_MS: Final = 60_000
Opened = tuple[Review, History | None, dict[str, str], CallBack | None, tuple[Person, ...]]


class ReviewScreen(Screen):
    """Handed a dossier's id: verified first, shown only when it holds. What is typed is kept until it is signed."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._review: Review | None = None
        self._history: History | None = None
        self._opened_at: datetime | None = None
        self._large = ""
        self._looked_into: list[str] = []
        speech = work.speech
        self.pictures = Pictures(work)
        self.page = DecisionPage(speech)
        self.what_if = WhatIfCard(work)
        self.page.stand_below(self.what_if)
        self.colleague = ColleagueCard(speech)
        self.page.stand_below(self.colleague)
        self.viewer = PhotoViewer(speech)
        self.panel = VerdictPanel(speech, self.pictures)
        self.opinion = OpinionPanel(speech)
        self._decides = Role.MANAGER in work.desk.roles
        (self.opinion if self._decides else self.panel).hide()
        self._memo: PdfView | None = None
        self._cover = EmptyState(speech)
        self._cover.show_empty(
            Icon.PERSON,
            message(
                N_(
                    "The file is covered while you call. Type on the right what the customer says. "
                    "Uncovered before that, the record says so."
                )
            ),
            message(N_("Uncover the file")),
        )
        self.day = DaySheet(speech, message(N_("Decision page")))
        self._stack = QStackedWidget()
        self._day = Button(speech, message(N_("Officer's day")), icon=Icon.PLACE)
        speech.tip(self._day, Verbatim(shown("Ctrl+M")))
        self._swap = Button(speech, message(N_("Whole memo")), icon=Icon.DOCUMENT)
        speech.tip(self._swap, Verbatim(shown("Ctrl+P")))
        self._back = icon_button(speech, Icon.ARROW_LEFT, message(N_("Back to the queue")))
        self._minutes = QTimer(self)
        self._minutes.setInterval(_MINUTE_MS)
        self._arrange()
        self._connect()

    # --- Screen ----------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        review = self._review
        if review is None:
            return Head(message(N_("Decide")), actions=(self._back,))
        manifest = review.manifest
        return Head(
            title=Verbatim(manifest.applicant),
            sub=message(
                N_("Case {number}, version {version:count} · {officer}, {on:date}"),
                number=manifest.case_number,
                version=manifest.version,
                officer=manifest.officer.name,
                on=local_date(manifest.frozen_at),
            ),
            chips=(Chip(State.PASSED, message(N_("Signed and unchanged"))),),
            saved=self._standing(),
            actions=(self._back, self._day, self._swap),
        )

    def side(self) -> QWidget:
        return self.panel if self._decides else self.opinion

    def entered(self, what: object) -> None:
        if not isinstance(what, str):
            return
        if self._review is not None and self._review.record.id == what:
            self._minutes.start()
            return
        self._keep()
        self._review = None
        desk, dossier = self._work.desk, DossierId(what)

        def read(_progress: object, _cancelled: object) -> Opened:
            review = open_dossier(desk, dossier)
            others = colleagues(desk, review.record) if Role.MANAGER in desk.roles else ()
            kept, call = unfinished(desk, _kept_as(dossier)), call_back_of(desk, review)
            return review, history_of(desk, review), kept, call, others

        self._work.run(read, self._opened, failed=self._refused, owner=self)

    def acted(self, key: str) -> None:
        if key == "review:done":
            self.go.emit(Place.EXCHANGE.value, None)

    def finish(self) -> None:
        self.panel.finish()
        self._minutes.stop()
        self._keep()

    # --- the file --------------------------------------------------------------------------------------------------

    @property
    def review(self) -> Review | None:
        """The file that is open."""
        return self._review

    def _opened(self, opened: Opened) -> None:
        self._review, self._history, kept, call, others = opened
        self.colleague.show_colleagues(others)
        self._looked_into = []
        review = self._review
        self._opened_at = self._work.desk.clock.now()
        self._minutes.start()
        self.pictures.turn_to(review.photos, review.sample)
        self.panel.show_review(review, self._limit(), kept, call)
        self.page.show_review(review, self._history, self._own_limit())
        standing = sum(one.standing in UNEXPLAINED for one in review.contradictions)
        self.what_if.show_assessment(review.assessment, standing)
        self._show_page()
        self._show_memo()
        self.head_changed.emit()
        if self._decides:
            self.panel.sample.go_to_missing()
        else:
            self.opinion.words.setFocus()

    def _refused(self, fault: Fault) -> None:
        self.faulted.emit(fault)
        self.go.emit(Place.DECIDE.value, None)

    def _limit(self) -> Decimal:
        identity = self._work.desk.identity
        return identity.person.approval_limit if identity is not None else Decimal(0)

    def _own_limit(self) -> Decimal | None:
        """How far one may decide; None for who only gives an opinion."""
        return self._limit() if self._decides else None

    def _standing(self) -> Sayable:
        now = self._work.desk.clock.now()
        minutes = int((now - self._opened_at).total_seconds() // 60) if self._opened_at is not None else 0
        return message(N_("open for {minutes:count} min"), minutes=minutes)

    def _keep(self) -> None:
        """What is typed, for the next time this file is opened."""
        if self._review is None:
            return
        desk, name, typed = self._work.desk, _kept_as(self._review.record.id), self.panel.typed()
        self._work.run(lambda _progress, _cancelled: keep_unfinished(desk, name, typed), _nothing)

    # --- page, memo, picture ---------------------------------------------------------------------------------------

    def _show_page(self) -> None:
        self._large = ""
        self._stack.setCurrentWidget(self.page)
        self._swap.set_text(message(N_("Whole memo")))

    def _turn(self) -> None:
        """From the page to the memo, and back from whatever stands in its place."""
        if self._review is None:
            return
        if self._stack.currentWidget() not in (self.page, self._cover):
            self._show_page()
            return
        if self._memo is None:
            # QtPdf is heavy: loaded when somebody reads a memo.
            from officer_app.desktop.widgets.pdf import PdfView

            self._memo = PdfView(self._work.speech)
            self._stack.addWidget(self._memo)
            self._show_memo()
        self._stack.setCurrentWidget(self._memo)
        self._looked_into.append("memo")
        self._memo.setFocus()
        self._swap.set_text(message(N_("Decision page")))

    def _show_memo(self) -> None:
        review = self._review
        if review is None or self._memo is None:
            return
        chinese = self._work.speech.language == CHINESE or not review.memo_translation
        self._memo.show_pdf(review.memo if chinese else review.memo_translation)

    def enlarge(self, part: str) -> None:
        """A picture, as large as there is room; closed it gives way to the page."""
        if self._review is None or not part:
            return
        self._large = part
        self.pictures.want(part)
        self._show_large(part)
        self._stack.setCurrentWidget(self.viewer)
        self._swap.set_text(message(N_("Decision page")))
        self.viewer.setFocus()

    def _show_large(self, part: str) -> None:
        image = self.pictures.image(part)
        if part != self._large or image is None or self._review is None:
            return
        photo = next(photo for photo in self._review.photos if photo.part == part)
        self.viewer.show_photo(image, caption_of(photo), chips_of(photo))
        self._looked_into.append(f"photo:{part}")
        self.panel.sample.mark_seen(part)

    def _ask_day(self) -> None:
        """Where the officer was on the day of these pictures, over every file that lies on this laptop."""
        desk, review = self._work.desk, self._review
        if review is not None:
            self._work.run(lambda _progress, _cancelled: day_of_review(desk, review), self._show_day, owner=self)

    def _show_day(self, day: Day | None) -> None:
        if day is None:
            words = message(N_("No picture of this file tells when it was taken."))
            self.told.emit(News("review:asked", State.INFO, words))
            return
        self.day.show_day(day)
        self._looked_into.append("day")
        self._stack.setCurrentWidget(self.day)
        self._swap.set_text(message(N_("Decision page")))
        self.day.begin()

    def _open_from_day(self, photo: str) -> None:
        """A picture of this file, large; one of another file is looked at where that is open."""
        review = self._review
        part = next((one.part for one in review.photos if one.id == photo), "") if review is not None else ""
        if part:
            self.enlarge(part)
            return
        words = message(N_("That picture is in another file: open that file to look at it."))
        self.told.emit(News("review:asked", State.INFO, words))

    def _next_large(self, step: int) -> None:
        if self._review is None or not self._large:
            return
        parts = [photo.part for photo in self._review.photos]
        self.enlarge(parts[(parts.index(self._large) + step) % len(parts)])

    def _close_large(self) -> None:
        """The keyboard goes to the answer about the picture that was looked at."""
        self._show_page()
        self.panel.sample.answer.setFocus()

    # --- deciding --------------------------------------------------------------------------------------------------

    def _sign(self, passphrase: str) -> None:
        review = self._review
        if review is None:
            return
        choice = replace(self.panel.choice(), opened_at=self._opened_at, opened=tuple(self._looked_into))
        desk = self._work.desk
        self.panel.setEnabled(False)

        def work(_progress: object, _cancelled: object) -> DecisionRecord:
            record = decide(desk, review, choice, passphrase)
            keep_unfinished(desk, _kept_as(review.record.id), {})
            return record

        self._work.run(work, self._decided, failed=self._not_decided, owner=self)

    def _decided(self, record: DecisionRecord) -> None:
        self.panel.setEnabled(True)
        self.panel.passphrase.clear()
        self._review = None
        self._minutes.stop()
        what: Sayable = message(OUTCOMES[Outcome(record.outcome)])
        words = message(N_("Signed and queued: {what}."), what=what)
        self.told.emit(News("review:done", State.PASSED, words, action=message(N_("Exchange now"))))
        self._work.changed.emit()
        self.go.emit(Place.DECIDE.value, None)

    def _not_decided(self, fault: Fault) -> None:
        self.panel.setEnabled(True)
        self.faulted.emit(fault)
        if fault.code in (Code.WRONG_PASSPHRASE, Code.PASSPHRASE_WAIT):
            self.panel.refuse_passphrase()
        if fault.code is Code.CLOCK_WORD_NEEDED:
            self._look_at_clock()

    def _look_at_clock(self) -> None:
        """It was moved while the file was open: what the log tells stands above the line for a word on it."""
        desk, review = self._work.desk, self._review
        if review is not None:
            self._work.run(lambda _progress, _cancelled: clock_now(desk, review), self._clock_told, owner=self)

    def _clock_told(self, jump: ClockJump | None) -> None:
        if self._review is not None:
            self._review = replace(self._review, clock=jump)
            self.panel.show_clock(jump)

    # --- the customer and the officer ------------------------------------------------------------------------------

    def _reveal(self) -> None:
        """The whole number; that it was looked at stands in the log."""
        desk, review = self._work.desk, self._review
        if review is not None:
            self._work.run(
                lambda _progress, _cancelled: reveal_phone(desk, review),
                lambda _phone: self._begin_call(),
                owner=self,
            )

    def _begin_call(self) -> None:
        """Cover the file while somebody is on the phone: what is read off it is not heard."""
        self.panel.call.show_number()
        self._stack.setCurrentWidget(self._cover)

    def _uncover(self) -> None:
        """Back to the file; that it was looked at before the answers were typed goes into the record."""
        if not self.panel.call.is_done():
            self._looked_into.append("call:uncovered")
        self._show_page()

    def _call_noted(self, call: CallBack) -> None:
        self._show_page()
        self.panel.show_call(call)

    def _note_call(self, by: str, heard: dict[str, str]) -> None:
        desk, review = self._work.desk, self._review
        if review is not None:
            self._work.run(
                lambda _progress, _cancelled: note_call(desk, review, by, heard), self._call_noted, owner=self
            )

    def _ask(self, words: str) -> None:
        """Ask the officer, and show the question where the answer will stand."""
        desk, review = self._work.desk, self._review
        if review is None:
            return

        def send(_progress: object, _cancelled: object) -> tuple[Question, ...]:
            ask(desk, review.record, words)
            return questions_of(desk, review.record.case)

        self._work.run(send, self._sent, owner=self)

    def _give(self, words: str) -> None:
        """A reviewer's opinion."""
        desk, review = self._work.desk, self._review
        if review is not None:
            self._work.run(
                lambda _progress, _cancelled: give_opinion(desk, review.record, words), self._given, owner=self
            )

    def _given(self, _record: object) -> None:
        self.opinion.words.turn_to("")
        self._review = None
        self._minutes.stop()
        words = message(N_("Your opinion is signed and waits for the next exchange."))
        self.told.emit(News("review:done", State.PASSED, words, action=message(N_("Exchange now"))))
        self._work.changed.emit()
        self.go.emit(Place.DECIDE.value, None)

    def _hand_on(self, to: Person, reason: str) -> None:
        """The case is a colleague's from here on."""
        desk, review = self._work.desk, self._review
        if review is not None:
            self._work.run(
                lambda _progress, _cancelled: hand_over(desk, review.record, to, reason),
                lambda _record: self._handed_on(to),
                owner=self,
            )

    def _handed_on(self, to: Person) -> None:
        self._review = None
        self._minutes.stop()
        words = message(N_("The case goes to {who} with the next exchange."), who=to.name)
        self.told.emit(News("review:done", State.PASSED, words, action=message(N_("Exchange now"))))
        self._work.changed.emit()
        self.go.emit(Place.DECIDE.value, None)

    def _sent(self, questions: tuple[Question, ...]) -> None:
        if self._review is None:
            return
        self._review = replace(self._review, questions=questions)
        self.page.show_review(self._review, self._history, self._own_limit())
        words = message(N_("The question is signed and waits for the next exchange."))
        self.told.emit(News("review:asked", State.PASSED, words))
        self._work.changed.emit()

    # --- building --------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        speech = self._work.speech
        self._swap.clicked.connect(self._turn)
        self._back.clicked.connect(lambda: self.go.emit(Place.DECIDE.value, None))
        self._minutes.timeout.connect(self.head_changed)
        self.panel.signed.connect(self._sign)
        self.panel.sample.enlarged.connect(self.enlarge)
        self.panel.number_wanted.connect(self._reveal)
        self._cover.acted.connect(self._uncover)
        self.panel.heard.connect(self._note_call)
        self.page.asked.connect(self._ask)
        self.colleague.handed.connect(self._hand_on)
        self.page.looked_into.connect(self._looked_into_one)
        self.page.picture_wanted.connect(self.enlarge)
        self.pictures.came.connect(self._show_large)
        self.viewer.closed.connect(self._close_large)
        self.viewer.turned.connect(self._next_large)
        speech.changed.connect(self._show_memo)
        self._day.clicked.connect(self._ask_day)
        self.day.closed.connect(self._show_page)
        self.day.opened.connect(self._open_from_day)
        self._bind("Ctrl+M", self._ask_day)
        self._bind("Ctrl+R", self.panel.sample.ask_again)
        self._bind("Ctrl+P", self._turn)
        self._bind("Ctrl+J", self.panel.sample.go_to_missing)
        self.opinion.given.connect(self._give)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._bind(keys, self.panel.try_to_sign if self._decides else self.opinion.try_to_give)
        for place, (outcome, _word, tip) in enumerate(CHOICES, start=1):
            self._bind(f"Ctrl+{place}", lambda chosen=outcome: self._choose(chosen))
            words = message(N_("{what} ({keys})"), what=message(tip), keys=f"Ctrl+{place}")
            speech.tip(self.panel.buttons[outcome], words)

    def _looked_into_one(self, what: str) -> None:
        self._looked_into.append(what)

    def _choose(self, outcome: Outcome) -> None:
        if self._review is not None and self.panel.isEnabled():
            self.panel.choose(outcome)

    def _bind(self, keys: str, action: object) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _arrange(self) -> None:
        self.viewer.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.viewer)
        self._stack.addWidget(self._cover)
        self._stack.addWidget(self.day)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)


def _kept_as(dossier: str) -> str:
    return f"review:{dossier}"


def _nothing(_result: object) -> None:
    """Kept; there is nothing to tell."""
