"""Who stands beside the borrower in a file: none of them may decide on it."""

from __future__ import annotations

from collections.abc import Iterator

from officer_app.credit.facts.case import CaseFacts


def persons_of(facts: CaseFacts) -> tuple[str, ...]:
    """Their names, each once: spouse, household, guarantors, owners, whoever the money is really for, introducer."""
    return tuple(dict.fromkeys(name for name in map(str.strip, _named(facts)) if name))


def _named(facts: CaseFacts) -> Iterator[str]:
    borrower, household = facts.borrower, facts.household
    yield from (borrower.name, borrower.actual_user, borrower.actual_controller, borrower.bank_account_owner)
    yield facts.application.introduced_by
    if household.spouse is not None:
        yield household.spouse.name
    yield from (one.name for one in household.members)
    yield from (one.name for one in facts.guarantors)
    yield from (one.name for one in facts.related_persons)
    yield from (one.owner for one in facts.collateral)
