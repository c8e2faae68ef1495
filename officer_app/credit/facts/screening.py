# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""What the program found about the people of a case: in their numbers, in head office's lists, in other cases.

No form asks for these: they are looked up whenever the case is assessed, and frozen with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import Absence, FactKind, choice, day, listing, money, text, values, yes_no
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node

LINK_KINDS = ("resident_id", "phone", "account", "address", "plate", "licence")
LINK_ROLES = (
    "borrower",
    "spouse",
    "guarantor",
    "group_member",
    "vehicle",
    "co_borrower",
    "actual_user",
    "actual_controller",
    "introducer",
    "partner",
    "relative",
    "payee",
    "lender_staff",
)
LISTS = ("black", "grey", "staff", "good_payer")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberJudged(Node):
    """One identity number or social credit code of the case, judged by its own digits."""

    of: str = text(N_("Number judged"), required=True)
    reason: str = text(N_("Why the number cannot be right"))
    notice: str = text(N_("What is odd about the number"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHit(Node):
    """One entry of head office's lists that fits a number of this case."""

    of: str = text(N_("Number on the list"), required=True)
    role: str | Missing = choice(N_("Role of the person on the list"), *LINK_ROLES)
    list: str | Missing = choice(N_("List"), *LISTS)
    reason: str = text(N_("Reason of the entry"))
    since: date | None = day(N_("On the list since"))
    until: date | None = day(N_("On the list until"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLink(Node):
    """One number of this case that stands in another case as well; the person there is named masked."""

    of: str = text(N_("Number shared"), required=True)
    kind: str | Missing = choice(N_("Kind of link"), *LINK_KINDS)
    role: str | Missing = choice(N_("Role here"), *LINK_ROLES)
    other_role: str | Missing = choice(N_("Role there"), *LINK_ROLES)
    other_case: str = text(N_("Other case"))
    other_person: str = text(N_("Person there"))
    other_live: Truth = yes_no(N_("Other case is open or running"))
    other_amount: Figure = money(N_("Amount of the other case"), optional=True)
    same_person: Truth = yes_no(N_("The same person there"), optional=True)
    same_name: Truth = yes_no(N_("The same name there"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeRing(Node):
    """People who guarantee for each other in a circle, this borrower among them."""

    persons: tuple[str, ...] = values(FactKind.LABEL, N_("People in the circle"), absence=Absence.EMPTY)
    cases: tuple[str, ...] = values(FactKind.LABEL, N_("Cases of the circle"), absence=Absence.EMPTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening(Node):
    """Everything that was looked up."""

    numbers: tuple[NumberJudged, ...] = listing(NumberJudged, N_("Numbers judged"), absence=Absence.EMPTY)
    hits: tuple[ListHit, ...] = listing(ListHit, N_("Entries in head office's lists"), absence=Absence.EMPTY)
    links: tuple[SharedLink, ...] = listing(SharedLink, N_("Links to other cases"), absence=Absence.EMPTY)
    rings: tuple[GuaranteeRing, ...] = listing(GuaranteeRing, N_("Circles of guarantees"), absence=Absence.EMPTY)
