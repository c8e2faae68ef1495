# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""How the visit itself went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import day, text, whole, yes_no
from officer_app.credit.figures import Figure, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteVisit(Node):
    """How the visit itself went."""

    visited_on: date | None = day(N_("Visited on"))
    officer_a: str = text(N_("Officer A"))
    officer_b: str = text(N_("Officer B"))
    minutes_on_site: Figure = whole(N_("Minutes on site"), unit="minutes", optional=True)
    home_visited: Truth = yes_no(N_("Home visited too"), optional=True)
    borrower_present: Truth = yes_no(N_("Borrower was there"), optional=True)
    spouse_present: Truth = yes_no(N_("Spouse was there"), optional=True)
    left_open: str = text(N_("What was left open"))
