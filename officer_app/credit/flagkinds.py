"""The red flags that no single cross-check raises, and the codes of all. Source: cases/README, section 7."""

from __future__ import annotations

from functools import cache
from typing import Final

from officer_app.base.words import N_
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks import checks

UNDISCLOSED_DEBT: Final = FlagKind("UNDISCLOSED_DEBT", 30, 1, N_("debts were found that the borrower did not tell"))
NEGATIVE_DISPOSABLE: Final = FlagKind("NEGATIVE_DISPOSABLE_INCOME", 60, 1, N_("nothing is left for an instalment"))
BANKRUPTCY_PRONE: Final = FlagKind("BANKRUPTCY_PRONE_TRAITS", 180, 1, N_("several traits of people who fail easily"))
PROVEN_LIE: Final = FlagKind("PROVEN_LIE", 35, 1, N_("something was said knowingly wrong"))
COLLATERAL_INELIGIBLE: Final = FlagKind("COLLATERAL_INELIGIBLE", 200, 1, N_("a pledge offered may not be pledged"))
LOW_RESERVE: Final = FlagKind("LOW_RESERVE", 210, 2, N_("the cash reserve is too small"))
INSTALMENT_RATIO: Final = FlagKind(
    "INSTALMENT_RATIO_OVER_LIMIT", 220, 2, N_("the instalment takes too large a part of the disposable income")
)
DSCR_BELOW: Final = FlagKind(
    "DSCR_BELOW_MIN", 230, 2, N_("what is left before debts is too little for the debt service")
)
LEVERAGE_OVER: Final = FlagKind(
    "LEVERAGE_OVER_LIMIT", 240, 2, N_("debts after the loan are too large for the assets")
)
STRESS_FAILED: Final = FlagKind("STRESS_FAILED", 250, 2, N_("with fewer sales the instalment is not covered"))
GUARANTOR_WEAK: Final = FlagKind("GUARANTOR_WEAK", 260, 2, N_("the guarantors cannot carry the instalment"))
CASH_FLOW_NEGATIVE: Final = FlagKind("CASH_FLOW_NEGATIVE_MONTH", 270, 2, N_("the cash runs out in some month"))
RATE_OVER_CAP: Final = FlagKind("RATE_OVER_CAP", 280, 3, N_("the all-in rate is above the cap"))
RATE_COMING: Final = FlagKind("RATE_COMING", 285, 3, N_("the all-in rate is above a limit that is coming"))

_ALONE: Final = (
    UNDISCLOSED_DEBT,
    NEGATIVE_DISPOSABLE,
    BANKRUPTCY_PRONE,
    PROVEN_LIE,
    COLLATERAL_INELIGIBLE,
    LOW_RESERVE,
    INSTALMENT_RATIO,
    DSCR_BELOW,
    LEVERAGE_OVER,
    STRESS_FAILED,
    GUARANTOR_WEAK,
    CASH_FLOW_NEGATIVE,
    RATE_OVER_CAP,
    RATE_COMING,
)


@cache
def flag_kinds() -> tuple[FlagKind, ...]:
    """Every red flag there is, in the order of raising."""
    of_checks = (kind for check in checks() for kind in check.flags)
    return tuple(sorted((*of_checks, *_ALONE), key=lambda kind: kind.order))


@cache
def known_codes() -> frozenset[str]:
    """The codes that a policy may name."""
    return frozenset(kind.code for kind in flag_kinds())
