"""What others said of a file: who passed it on and why, reviewers, questions to the officer and the answers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.correspondence import Opinion, Question
from officer_app.casework.review import Review
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.dossier.records import Decision, Outcome


class StandingCard(Card):
    """The decision that was made on this very version: an opinion with it, or an approval to be given again."""

    def __init__(self, speech: Speech, decision: Decision, ended: bool, parent: QWidget | None = None) -> None:
        super().__init__(State.LOOK, parent=parent)
        self.body.setSpacing(HALF)
        pills = QHBoxLayout()
        pills.addWidget(Pill(speech, State.LOOK, _title(decision, ended), self))
        pills.addStretch(1)
        nest(self.body, pills)
        who = message(N_("{who}, {at:moment}"), who=decision.decided_by.name, at=local_time(decision.decided_at))
        self.body.addWidget(Text(speech, who, Kind.HINT, wrap=True, parent=self))
        advised = _advised(decision)
        if advised is not None:
            self.body.addWidget(Text(speech, advised, Kind.STRONG, wrap=True, parent=self))
        self.body.addWidget(Text(speech, Verbatim(decision.reason), wrap=True, parent=self))
        for one in decision.differences:
            words = message(
                N_("Seen or heard otherwise: “{answer}”, the file has “{told}”. {remark}"),
                answer=getattr(one, "answer", "") or getattr(one, "heard", ""),
                told=one.told,
                remark=one.remark,
            )
            self.body.addWidget(Text(speech, words, Kind.SMALL, wrap=True, parent=self))


class TermsCard(Card):
    """The list of products has changed since the file was begun, or is not on this laptop."""

    def __init__(self, speech: Speech, told: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(State.LOOK, parent=parent)
        self.body.setSpacing(HALF)
        pills = QHBoxLayout()
        pills.addWidget(Pill(speech, State.LOOK, message(N_("Products")), self))
        pills.addStretch(1)
        nest(self.body, pills)
        self.body.addWidget(Text(speech, told, wrap=True, parent=self))


class OpinionCard(Card):
    """What reviewers think."""

    def __init__(self, speech: Speech, opinions: tuple[Opinion, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setSpacing(HALF)
        self.body.addWidget(Text(speech, message(N_("Opinions of reviewers")), Kind.SECTION, parent=self))
        for one in opinions:
            who = message(N_("{who}, {at:moment}"), who=one.by, at=local_time(one.at))
            self.body.addWidget(Text(speech, who, Kind.HINT, wrap=True, parent=self))
            self.body.addWidget(Text(speech, Verbatim(one.words), wrap=True, parent=self))


class TalkCard(Card):
    """Questions and answers, and a line to ask one more without returning the file. `asked(words)`."""

    asked = Signal(str)

    def __init__(self, speech: Speech, questions: tuple[Question, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setSpacing(HALF)
        self.body.addWidget(Text(speech, message(N_("Questions to the officer")), Kind.SECTION, parent=self))
        for one in questions:
            words = message(N_("{who} asks: {words}"), who=one.asked_by, words=one.words)
            self.body.addWidget(Text(speech, words, wrap=True, parent=self))
            self.body.addWidget(_answer(speech, one, self))
        row = QHBoxLayout()
        hint = message(N_("Ask without returning the file"))
        self.line = LineField(speech, hint, self)
        speech.name(self.line.line, hint)
        self.ask = Button(speech, message(N_("Ask")), icon=Icon.SEND, parent=self)
        self.ask.setEnabled(False)
        row.addWidget(self.line, 1)
        row.addWidget(self.ask)
        nest(self.body, row)
        self.line.line.textChanged.connect(lambda text: self.ask.setEnabled(bool(text.strip())))
        self.line.left.connect(self._send)
        self.ask.clicked.connect(self._send)

    def _send(self) -> None:
        words = self.line.line.text().strip()
        if words:
            self.line.turn_to("")
            self.asked.emit(words)


def cards_of(speech: Speech, review: Review) -> list[Card]:
    """What others said, in the order in which one wants to know it."""
    cards: list[Card] = []
    latest = review.latest
    if latest is not None and latest.outcome in (Outcome.ESCALATE, Outcome.APPROVE, Outcome.APPROVE_WITH_CONDITIONS):
        cards.append(StandingCard(speech, latest, not latest.holds_on(review.today)))
    if review.terms is not None:
        cards.append(TermsCard(speech, review.terms))
    if review.opinions:
        cards.append(OpinionCard(speech, review.opinions))
    return cards


def _answer(speech: Speech, one: Question, parent: QWidget) -> Text:
    if not one.answer:
        return Text(speech, message(N_("○ not answered yet")), Kind.HINT, wrap=True, parent=parent)
    words = message(N_("The officer answers: {words}"), words=one.answer)
    return Text(speech, words, Kind.STRONG, wrap=True, parent=parent)


def _title(decision: Decision, ended: bool) -> Message:
    if decision.outcome is Outcome.ESCALATE:
        return message(N_("Passed on to you with this opinion"))
    if ended:
        return message(N_("Approval ended on {on:date}: decide again"), on=decision.valid_until)
    if decision.valid_until is None:
        return message(N_("Approved: another decision takes its place"))
    return message(N_("Approved until {on:date}: another decision takes its place"), on=decision.valid_until)


def _advised(decision: Decision) -> Message | None:
    if decision.outcome is not Outcome.ESCALATE:
        amount, months = decision.amount, decision.term_months
    else:
        amount, months = decision.advised_amount, decision.advised_months
    if amount is None:
        return None
    return message(N_("{amount:money} for {months} months"), amount=amount, months=str(months or "—"))
