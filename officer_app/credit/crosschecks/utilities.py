"""Bills that are behind: power, water, rent, phone. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.figures import ZERO, at_most, known, summed
from officer_app.credit.ground import Ground

FLAG: Final = FlagKind("UTILITY_ARREARS", 110, 1, N_("bills are unpaid"))

_TITLE: Final = Message(N_("Utility, phone and rent arrears"))
_FORMULA: Final = Message(N_("sum of arrears = 0"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when all bills together have no arrears."""
    bills = ground.facts.utilities
    if bills is None:
        ask = Message(N_("Ask for the last bills of power, water, rent and phone"))
        return (not_done("UTILITIES", _TITLE, _FORMULA, ask, "utilities"),)
    arrears = summed(bills, lambda bill: bill.arrears_amount)
    sentence = Message(N_("Bills are {found:money} behind"), {"found": known(arrears)})
    return (
        judged(
            Finding(
                "UTILITIES",
                _TITLE,
                _FORMULA,
                sentence,
                at_most(arrears, ZERO),
                Message(N_("Ask since when the bills are unpaid and why")),
                ("utilities",),
                found=arrears,
                tolerance=ZERO,
                fields=(Field("arrears", arrears, 2),),
                causes=failing(FLAG, "UTILITIES", sentence, ("utilities",)),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
