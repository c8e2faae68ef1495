"""Amount and term that are decided, tried out by slider or figure, held against limit, caps and request."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from officer_app.base.numerals import amount_in_words
from officer_app.base.words import CHINESE, N_, Message, Verbatim, message
from officer_app.casework.overrides import against, path_of
from officer_app.casework.review import Review
from officer_app.credit.figures import known
from officer_app.credit.offers import Offer
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Role
from officer_app.desktop.screens.review.path import level_words
from officer_app.desktop.widgets.counter_offer import LONGEST, CounterOffer, Remark


class Terms(CounterOffer):
    """`changed()` after every change."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(speech, parent)
        self._review: Review | None = None
        self._limit = Decimal(0)

    def show_review(self, review: Review, limit: Decimal, amount: str, term: str) -> None:
        """Begin with a file: the supported amount over the term asked for, or what was typed before."""
        self._review, self._limit = review, limit
        supported = review.manifest.recommended_amount or Decimal(0)
        self.show_offer(
            review.assessment,
            max(supported, review.manifest.requested_amount),
            amount or (str(int(supported)) if supported else ""),
            term or str(review.manifest.term_months or ""),
        )

    def wrong(self) -> tuple[Message, QWidget] | None:
        """Why this may not be signed, and where to mend it."""
        amount, months = self.money(), self.months()
        if amount is None or amount <= 0:
            return message(N_("the amount")), self.amount
        if amount > self._limit:
            return message(N_("an amount within your limit")), self.amount
        if self._review is not None and self._limit < path_of(self._review, amount).limit_from:
            return message(N_("a level that may decide this: pass it on")), self.amount
        if self._review is not None and self._limit < _overrides_from(self._review, amount):
            return message(N_("a level that may set rules aside: pass it on")), self.amount
        if months is None or not 0 < months <= LONGEST:
            return message(N_("the term")), self.term
        return None

    def condition(self) -> Message | None:
        """The counter-offer as one line of the conditions; None while it is what was asked for, or cannot be told."""
        found, review = self.found, self._review
        if found is None or review is None or self._is_as_asked(found, review):
            return None
        instalment = known(found.instalment)
        if instalment is None:
            return message(
                N_("Loan of {amount:money} over {months:count} months in place of what was asked for"),
                amount=found.amount,
                months=found.months,
            )
        return message(
            N_(
                "Loan of {amount:money} over {months:count} months, {instalment:money} a month, "
                "in place of what was asked for"
            ),
            amount=found.amount,
            months=found.months,
            instalment=instalment,
        )

    def remarks(self, found: Offer) -> list[Remark]:
        """In words, against one's own limit, the caps and the request; then what it means month by month."""
        return [
            *self._in_words(found),
            *self._against_limit(found),
            *self._against_level(found),
            *super().remarks(found),
            *self._beyond(found),
        ]

    def _is_as_asked(self, found: Offer, review: Review) -> bool:
        return (found.amount, found.months) == (review.manifest.requested_amount, review.manifest.term_months)

    def _in_words(self, found: Offer) -> list[Remark]:
        if self._speech.language != CHINESE:
            return []
        return [(Role.MUTED, Verbatim(amount_in_words(found.amount, CHINESE)))]

    def _against_limit(self, found: Offer) -> list[Remark]:
        if found.amount <= self._limit:
            return []
        words = message(N_("Above your own limit of {limit:money}: approve less, or pass it on."), limit=self._limit)
        return [(Role.STOP, words)]

    def _beyond(self, found: Offer) -> list[Remark]:
        if self._review is None or found.amount <= self._review.manifest.requested_amount:
            return []
        return [(Role.LOOK, message(N_("More than was asked for.")))]

    def _against_level(self, found: Offer) -> list[Remark]:
        """Which level the policy gives this amount to, when it is not this one."""
        if self._review is None:
            return []
        path = path_of(self._review, found.amount)
        if self._limit >= path.limit_from:
            return []
        return [(Role.STOP, message(N_("The policy gives this to the level: {level}."), level=level_words(path)))]


def _overrides_from(review: Review, amount: Decimal) -> Decimal:
    return path_of(review, amount).overrides_from if against(review, amount) else Decimal(0)
