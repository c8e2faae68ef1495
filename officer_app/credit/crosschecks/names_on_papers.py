"""Whether a name on a paper is the borrower's, as people write names: 本人, 王芳和丈夫, with a space or without."""

from __future__ import annotations

import re
from typing import Final

from officer_app.credit.facts.case import CaseFacts

# What stands for the borrower where somebody asks for a name.
SELF: Final = frozenset(
    {"本人", "自己", "他本人", "她本人", "借款人", "借款人本人", "self", "himself", "herself", "borrower"}
)
_FIRMS: Final = frozenset({"company", "cooperative"})
# What may stand beside a name: 王芳和李明, 王芳（店主）, 王芳夫妇. A longer name is another one: 李明 is not 李明华.
_BESIDE: Final = "[、，,;；/&+和与及（）()]"


def is_another(name: str, *ours: str) -> bool:
    """Whether a name was given that holds none of ours; a file without any name of ours tells nothing."""
    given, known = _plain(name), tuple(plain for own in ours if (plain := _plain(own)))
    if not given or not known or given in SELF or given.startswith("本人"):
        return False
    return not any(_holds(given, own) for own in known)


def _holds(given: str, own: str) -> bool:
    return re.search(rf"(^|{_BESIDE}){re.escape(own)}($|{_BESIDE}|夫妻|夫妇|本人)", given) is not None


def names_of_borrower(facts: CaseFacts) -> tuple[str, ...]:
    """The borrower, and the firm where the business is one of its own before the law."""
    business = facts.business
    firm = business.name if business is not None and business.form in _FIRMS else ""
    return (facts.borrower.name, firm) if facts.borrower.name.strip() else ()


def names_of_couple(facts: CaseFacts) -> tuple[str, ...]:
    """The same, the spouse, and whoever borrows along."""
    spouse = facts.household.spouse
    beside = tuple(person.name for person in facts.related_persons if person.role in ("spouse", "co_borrower"))
    own = names_of_borrower(facts)
    return (*own, "" if spouse is None else spouse.name, *beside) if own else ()


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
