"""What guarantors have left a month against the instalment. Source: cases/README, section 6."""

from __future__ import annotations

from typing import Final

from officer_app.credit.assessment import GuarantorCover
from officer_app.credit.facts.security import Guarantor
from officer_app.credit.figures import Figure, ratio, total
from officer_app.credit.keys import decimal_key

COVER_MIN: Final = decimal_key("guarantor_cover_min", "ratio")


def covers(guarantors: tuple[Guarantor, ...], instalment: Figure) -> tuple[GuarantorCover, ...]:
    """(Income − household − debt service) / instalment, each guarantor alone."""
    found = []
    for guarantor in guarantors:
        surplus = guarantor.monthly_income - guarantor.monthly_household_expenses - guarantor.monthly_debt_service
        cover = ratio(surplus, instalment, "application.requested_amount")
        found.append(GuarantorCover(guarantor.id, surplus, cover, guarantor.path))
    return tuple(found)


def group_cover(found: tuple[GuarantorCover, ...], instalment: Figure) -> Figure:
    """All surpluses together / instalment."""
    return ratio(total(cover.surplus for cover in found), instalment, "application.requested_amount")
