"""The counter-offer of the officer: another amount or term, its caps drawn live, its lowest month and break-even."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.ids import CaseId
from officer_app.base.words import N_, message
from officer_app.credit.assessment import Assessment
from officer_app.credit.figures import ZERO, known
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.counter_offer import CounterOffer
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.plot import PlotCanvas
from officer_app.desktop.widgets.side_by_side import SideBySide
from officer_app.plots.caps import offer_caps


class OfferCard(Card):
    """Sliders and figures on the left, the caps of what they say on the right."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._case: CaseId | None = None
        self.terms = CounterOffer(speech)
        self._canvas = PlotCanvas(speech)
        self.body.addWidget(Text(speech, message(N_("Counter-offer")), Kind.SECTION, parent=self))
        hint = message(N_("Try another amount or term: nothing is written into the case."))
        self.body.addWidget(Text(speech, hint, Kind.HINT, wrap=True, parent=self))
        self.body.addWidget(SideBySide(self.terms, self._drawn(), two_from=600))
        self.terms.changed.connect(self._draw)

    def show_assessment(self, case: CaseId, it: Assessment) -> None:
        """Another case begins with what is supported over the term asked for; the same one keeps what is tried."""
        if case == self._case and self.terms.found is not None:
            self.terms.show_assessment(it)
        else:
            self._begin(it)
        self._case = case
        self._draw()

    def _begin(self, it: Assessment) -> None:
        asked = known(it.facts.application.requested_amount) or ZERO
        supported = known(it.sizing.recommended_max_loan) or asked
        term = known(it.facts.application.term_months)
        self.terms.show_offer(
            it,
            max(asked, supported),
            str(int(supported)) if supported else "",
            "" if term is None else str(int(term)),
        )

    def _drawn(self) -> QWidget:
        """The drawing at the top of its half."""
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._canvas)
        column.addStretch(1)
        return place

    def _draw(self) -> None:
        found = self.terms.found
        self._canvas.show_plot(None if found is None else lambda width, em: offer_caps(found, width=width, em=em))
