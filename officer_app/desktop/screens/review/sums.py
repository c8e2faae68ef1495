"""Asked, supported, and what it costs a month: three figures, each with what it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.review import Review
from officer_app.credit.figures import known
from officer_app.credit.sizing import CAP_LABELS
from officer_app.desktop.kit.nesting import nest, nest_at
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.dossier.manifest import Manifest
from officer_app.memos.quantities import waits_for

_METHODS = {
    "equal_instalment": N_("equal instalments"),
    "principal_schedule": N_("principal by a plan"),
}


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure: what it is, what stands beside and below it, where it comes from."""

    title: Message
    amount: Decimal | None
    beside: Sayable | None
    below: Sayable
    source: Sayable


class SumsCard(Card):
    """The figures side by side; the tooltip of each says how it is made."""

    def __init__(self, speech: Speech, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(0)
        for place, one in enumerate((_asked(review), _supported(review), _monthly(review))):
            grid.addWidget(Text(speech, one.title, Kind.SECTION), 0, place)
            figure = Text(speech, _money(one.amount), Kind.NUMBER)
            speech.tip(figure, one.source)
            line = QHBoxLayout()
            line.setSpacing(SPACE)
            line.addWidget(figure)
            beside = Text(speech, one.beside, Kind.HINT, wrap=True)
            line.addWidget(beside, 1)
            nest_at(grid, line, 1, place)
            grid.addWidget(Text(speech, one.below, Kind.SMALL, wrap=True), 2, place)
            grid.setColumnStretch(place, 1)
        nest(self.body, grid)


def _asked(review: Review) -> Sum:
    manifest, application = review.manifest, review.facts.application
    rate = known(application.annual_rate_percent)
    beside = message(N_("{months:count} months"), months=manifest.term_months or 0)
    if rate is not None:
        beside = message(N_("{months:count} months · {rate:percent}"), months=manifest.term_months or 0, rate=rate)
    return Sum(
        message(N_("Asked for")),
        manifest.requested_amount,
        beside,
        Verbatim(application.purpose_declared),
        message(N_("As asked for by the customer, in the version that {name} signed."), name=manifest.officer.name),
    )


def _supported(review: Review) -> Sum:
    sizing, manifest = review.assessment.sizing, review.manifest
    cap = sizing.binding_cap
    gap = manifest.requested_amount - (manifest.recommended_amount or Decimal(0))
    bound = message(CAP_LABELS[cap]) if isinstance(cap, str) else waits_for(cap.paths)
    below = message(N_("{gap:money} less than asked for: say who pays it"), gap=gap)
    return Sum(
        message(N_("Can be supported")),
        manifest.recommended_amount,
        message(N_("limited by: {cap}"), cap=bound),
        below if gap > 0 else message(N_("All that was asked for")),
        _by(manifest),
    )


def _by(manifest: Manifest) -> Message:
    """By which versions, in the words under the sum."""
    policy, products = manifest.policy, manifest.products
    if products is None:
        return message(N_("The lowest of seven caps, rounded down; policy {version}."), version=policy.version)
    told = N_("The lowest of seven caps, rounded down; policy {version}, list of products {products}.")
    return message(told, version=policy.version, products=products.version)


def _monthly(review: Review) -> Sum:
    assessment = review.assessment
    index, method = known(assessment.risk_index.index), assessment.facts.application.repayment_method
    whole = index.quantize(Decimal(1)) if index is not None else None
    grade = message(N_("Grade {grade} · index {index:points}"), grade=review.manifest.grade, index=whole)
    return Sum(
        message(N_("Instalment a month")),
        known(assessment.capacity.instalment),
        message(_METHODS[method]) if isinstance(method, str) and method in _METHODS else None,
        grade,
        message(N_("For {amount:money} over the term asked for."), amount=known(assessment.capacity.tested_loan)),
    )


def _money(amount: Decimal | None) -> Sayable:
    return message("{amount:money}", amount=amount) if amount is not None else Verbatim("—")
