"""What people call the codes in a list of products: clients, purposes, ways of paying back, kinds of fee."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_

CLIENT_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "individual_business": N_("individual business"),
        "company": N_("company"),
        "cooperative": N_("cooperative"),
        "farm_household": N_("farm household"),
        "unregistered": N_("unregistered trader"),
    }
)
PURPOSE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "working_capital": N_("working capital"),
        "fixed_asset": N_("fixed asset"),
        "consumption": N_("consumption"),
        "project": N_("project"),
        "subsidised": N_("subsidised loan"),
    }
)
METHOD_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "equal_instalment": N_("equal instalments"),
        "equal_principal": N_("equal principal"),
        "flat": N_("flat rate"),
        "interest_bullet": N_("interest monthly and principal at the end"),
        "single_repayment": N_("principal and interest at once at the end"),
        "grace_then_equal": N_("equal instalments after months without principal"),
        "seasonal": N_("by the seasons"),
        "custom": N_("by a plan of its own"),
        "revolving": N_("revolving line"),
    }
)
FEE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "upfront": N_("once at the payout"),
        "per_instalment": N_("with every instalment"),
        "yearly": N_("every year on the balance"),
        "insurance": N_("every year on the loan"),
    }
)
