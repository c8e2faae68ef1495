"""The sections of a memo after its first page, in the order that banks' own forms use."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from officer_app.base.words import N_, Message, message


class Section(Enum):
    """Sections in their order."""

    REQUEST = "request"
    VISITS = "visits"
    PEOPLE = "people"
    BUSINESS = "business"
    INCOME = "income"
    BALANCE = "balance"
    CHECKS = "checks"
    CASH_FLOW = "cash_flow"
    DEBTS = "debts"
    SECURITY = "security"
    PHOTOS = "photos"
    CONTRADICTIONS = "contradictions"
    RISK = "risk"
    CONDITIONS = "conditions"
    STATEMENT = "statement"
    FURTHER = "further"
    ANNEX = "annex"

    @property
    def number(self) -> int:
        """Its number in the paper."""
        return list(Section).index(self) + 1

    @property
    def title(self) -> Message:
        """Its heading, with the number."""
        return message(N_("{number:count}. {title}"), number=self.number, title=message(_TITLES[self]))


_TITLES: Final[Mapping[Section, str]] = {
    Section.REQUEST: N_("Request and history with us"),
    Section.VISITS: N_("Who investigated, when and where"),
    Section.PEOPLE: N_("Borrower, household and character"),
    Section.BUSINESS: N_("Business"),
    Section.INCOME: N_("Income statement"),
    Section.BALANCE: N_("Balance sheet"),
    Section.CHECKS: N_("Cross-checks"),
    Section.CASH_FLOW: N_("Cash flow and stress"),
    Section.DEBTS: N_("Debts and guarantees given"),
    Section.SECURITY: N_("Pledges and guarantors"),
    Section.PHOTOS: N_("Photos"),
    Section.CONTRADICTIONS: N_("Contradictions and their exits"),
    Section.RISK: N_("Risk index and red flags"),
    Section.CONDITIONS: N_("Conditions"),
    Section.STATEMENT: N_("Officer's statement"),
    Section.FURTHER: N_("Further answers"),
    Section.ANNEX: N_("Annex: sources and how to verify"),
}
