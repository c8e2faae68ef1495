"""Principal by season: it falls due in the months in which money comes in. Source: DOMAIN, row 40."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext

from officer_app.credit.figures import ZERO, arithmetic
from officer_app.credit.loans.terms import Exactness


def seasonal_principal(
    principal: Decimal, dues: Sequence[date], weights: Mapping[int, Decimal], exactness: Exactness, grace: int = 0
) -> tuple[Decimal, ...]:
    """P × weight of the row's calendar month / Σ weights of all rows; the last row with a weight takes the rest.

    Rows of the grace have no weight; a month that comes twice in the term is paid in twice. Together it is exactly
    the loan. Empty when no row has a weight.
    """
    with localcontext(arithmetic()):
        found = [weights.get(due.month, ZERO) if place >= grace else ZERO for place, due in enumerate(dues)]
        whole = sum(found, ZERO)
        if not whole:
            return ()
        rows = [exactness.amount(principal * weight / whole) for weight in found]
        last = max(place for place, weight in enumerate(found) if weight)
        rows[last] = principal - sum(rows[:last], ZERO)
        return tuple(rows)
