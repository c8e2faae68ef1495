"""The decision page: asked, supported, what does not fit, caps, cash flow, checks. Red before green."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, message
from officer_app.casework.changes import History
from officer_app.casework.review import UNEXPLAINED, Review
from officer_app.credit.assessment import Assessment, Verdict
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.screens.review import talk
from officer_app.desktop.screens.review.before import HistoryCard
from officer_app.desktop.screens.review.disputes import DisputeCard, cards_of
from officer_app.desktop.screens.review.path import PathCard
from officer_app.desktop.screens.review.sums import SumsCard
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.check_rows import COLUMNS, ordered, row_of
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.left_out import LeftOutCard
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.plot import MakeDrawing, PlotCanvas
from officer_app.desktop.widgets.side_by_side import SideBySide
from officer_app.desktop.widgets.statement import Statement
from officer_app.desktop.widgets.states import State
from officer_app.plots.caps import caps
from officer_app.plots.cashflow import cash_flow
from officer_app.plots.primitives import Drawing


class DecisionPage(Page):
    """Everything needed to decide, in one look and one scroll.

    `picture_wanted(part)` for a proof, `asked(words)` for a question to the officer, `looked_into("check:ID")` when
    a figure's row was chosen.
    """

    picture_wanted = Signal(str)
    asked = Signal(str)
    looked_into = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._holder: QWidget | None = None
        self.body.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)

    def show_review(self, review: Review, history: History | None, limit: Decimal | None = None) -> None:
        """Show a file, what became of the version before, and how far the own limit goes."""
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + HALF)
        for part in self._parts(review, history, limit):
            column.addWidget(part)
        column.addStretch(1)
        self.body.insertWidget(0, self._holder)
        self.verticalScrollBar().setValue(0)

    def stand_below(self, part: QWidget) -> None:
        """What stays under the file, whichever is shown."""
        self.body.addWidget(part)

    def _parts(self, review: Review, history: History | None, limit: Decimal | None) -> list[QWidget]:
        disputes = self._disputes(review)
        unexplained = [card for card in disputes if card.state is State.STOP]
        settled = [card for card in disputes if card.state is not State.STOP]
        parts: list[QWidget] = [SumsCard(self._speech, review), PathCard(self._speech, review, limit)]
        parts = [*talk.cards_of(self._speech, review), *parts]
        if history is not None:
            parts.append(HistoryCard(self._speech, history))
        asking = talk.TalkCard(self._speech, review.questions)
        asking.asked.connect(self.asked)
        if review.questions:
            parts.append(asking)
        return [
            *parts,
            *self._flags(review),
            *unexplained,
            self._plots(review),
            *settled,
            Text(self._speech, _tally(review), Kind.SECTION, wrap=True),
            *self._left_out(review),
            self._checks(review),
            *(() if review.questions else (asking,)),
        ]

    def _flags(self, review: Review) -> list[QWidget]:
        """Red flags on which the policy refuses; the others have their sentence among what does not fit."""
        found: list[QWidget] = []
        for flag in (flag for flag in review.assessment.flags if flag.hard):
            card = Card(State.STOP)
            card.body.addWidget(Pill(self._speech, State.STOP, message(N_("The policy refuses on this"))))
            card.body.addWidget(Text(self._speech, flag.sentence, Kind.STRONG, wrap=True))
            found.append(card)
        return found

    def _disputes(self, review: Review) -> list[DisputeCard]:
        cards = cards_of(self._speech, review.contradictions, review.photos)
        for card in cards:
            card.picture_wanted.connect(self.picture_wanted)
        return cards

    def _plots(self, review: Review) -> QWidget:
        assessment = review.assessment
        return SideBySide(
            self._plot(message(N_("Caps: the lowest one binds")), partial(_caps, assessment)),
            self._plot(message(N_("Cash at month's end")), partial(_flow, assessment)),
            two_from=600,
        )

    def _plot(self, title: Message, make: MakeDrawing) -> QWidget:
        card = Card()
        card.body.addWidget(Text(self._speech, title, Kind.SECTION))
        canvas = PlotCanvas(self._speech)
        canvas.show_plot(make)
        card.body.addWidget(canvas)
        card.body.addStretch(1)
        return card

    def _left_out(self, review: Review) -> list[QWidget]:
        if not review.assessment.left_out:
            return []
        card = LeftOutCard(self._speech, self._holder)
        card.show_left_out(review.assessment.left_out)
        return [card]

    def _checks(self, review: Review) -> QWidget:
        table = Statement(self._speech, COLUMNS)
        table.show_rows(tuple(row_of(check) for check in ordered(review.assessment.checks)))
        self._speech.name(table, message(N_("Cross-checks")))
        table.chosen.connect(lambda key: self.looked_into.emit(f"check:{key}"))
        return table


def _caps(assessment: Assessment, width: float, em: float) -> Drawing | None:
    return caps(assessment, width=width, em=em)


def _flow(assessment: Assessment, width: float, em: float) -> Drawing | None:
    return cash_flow(assessment, width=width, em=em)


def _tally(review: Review) -> Message:
    checks = review.assessment.checks
    standing = sum(one.standing in UNEXPLAINED for one in review.contradictions)
    return message(
        N_("Cross-checks: {failed:count} do not agree, {passed:count} agree; {standing:count} stand unexplained"),
        failed=sum(check.verdict is Verdict.FAILED for check in checks),
        passed=sum(check.verdict is Verdict.PASSED for check in checks),
        standing=standing,
    )
