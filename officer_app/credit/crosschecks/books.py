"""Several sets of books against each other: tax, bank, inner. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.crosschecks.sales import TOLERANCE
from officer_app.credit.figures import HUNDRED, absorbed, at_most, deviation, greatest, known, least
from officer_app.credit.ground import Ground

FLAG: Final = FlagKind("BOOKS_DISAGREE", 170, 1, N_("the sets of books tell different sales"))

_TITLE: Final = Message(N_("Sets of books against each other"))
_FORMULA: Final = Message(N_("(highest − lowest book) ÷ lowest book"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when (highest − lowest) / lowest ≤ the tolerance of the sales routes; without a book there is no check."""
    sales, tolerance = ground.facts.sales, ground.policy[TOLERANCE]
    path = sales.at("books")
    if not sales.books:
        ask = Message(N_("Ask which books are kept: for tax, for the bank, for oneself"))
        return (not_done("BOOKS", _TITLE, _FORMULA, ask, path),)
    figures = tuple(book.monthly_sales for book in sales.books)
    low, high = least(figures, absorbed(*figures)), greatest(figures, absorbed(*figures))
    spread = deviation(high, low, path) * HUNDRED
    sentence = Message(
        N_("One set of books has sales of {told:money} a month, another {found:money} ({deviation:percent} apart)"),
        {"told": known(low), "found": known(high), "deviation": known(spread)},
    )
    return (
        judged(
            Finding(
                "BOOKS",
                _TITLE,
                _FORMULA,
                sentence,
                at_most(spread, tolerance),
                Message(N_("Ask which set of books is the true one, and re-add a page of it")),
                (path,),
                low,
                high,
                spread,
                tolerance,
                fields=(Field("spread_percent", spread, 2), Field("tolerance_percent", tolerance)),
                causes=failing(FLAG, "BOOKS", sentence, (path,)),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
