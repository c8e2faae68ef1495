"""What a loan may cost, all fees in: limits with a first day, some of them a multiple of the one-year LPR.

Source: DOMAIN e.10: the hard stop in force and the coming line (all-in ≤ 4 × LPR by the end of 2027), both printed
against the all-in rate; b, "Price cap".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from officer_app.base.words import N_, Bilingual, Message, Sayable
from officer_app.credit.facts.application import Application
from officer_app.credit.figures import HUNDRED, Missing
from officer_app.credit.keys import (
    Key,
    Wrong,
    choice_key,
    read_choice,
    read_day,
    read_entry,
    read_list,
    read_number,
    read_text,
)
from officer_app.credit.keys import read_at as at
from officer_app.credit.pledgedates import end_of_loan
from officer_app.credit.policy import Policy


class Kind(StrEnum):
    """Whether a limit refuses from its first day on, or is known beforehand and noted until it does."""

    HARD = "hard"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class RateCap:
    """One limit: so many per cent a year, or so many times the one-year LPR of the day."""

    name: Bilingual
    kind: Kind
    since: date
    until: date | None
    percent: Decimal | None
    multiple: Decimal | None


@dataclass(frozen=True, slots=True)
class Lpr:
    """The one-year loan prime rate, in per cent a year, from the day of its publication."""

    since: date
    percent: Decimal


@dataclass(frozen=True, slots=True)
class PriceLimit:
    """A limit as it stands on a day; `in_force` is False for one that is only coming."""

    name: Sayable
    percent: Decimal
    since: date
    in_force: bool
    multiple: Decimal | None = None
    lpr: Decimal | None = None


def _cap(value: object) -> RateCap:
    table = read_entry(value, ("name_zh", "name_en", "kind", "from"), ("until", "percent", "lpr_multiple"))
    if ("percent" in table) == ("lpr_multiple" in table):
        raise Wrong(Message(N_("either percent or lpr_multiple")), ".percent")
    since, until = at(".from", read_day, table["from"]), _perhaps_day(table, "until")
    if until is not None and until < since:
        raise Wrong(Message(N_("a day that is not before the first")), ".until")
    return RateCap(
        Bilingual(at(".name_en", read_text, table["name_en"]), at(".name_zh", read_text, table["name_zh"])),
        Kind(at(".kind", read_choice(tuple(Kind)), table["kind"])),
        since,
        until,
        _perhaps(table, "percent"),
        _perhaps(table, "lpr_multiple"),
    )


def _perhaps_day(table: Mapping[str, object], name: str) -> date | None:
    return at(f".{name}", read_day, table[name]) if name in table else None


def _perhaps(table: Mapping[str, object], name: str) -> Decimal | None:
    return at(f".{name}", read_number, table[name]) if name in table else None


def _lpr(value: object) -> Lpr:
    table = read_entry(value, ("from", "percent"))
    return Lpr(at(".from", read_day, table["from"]), at(".percent", read_number, table["percent"]))


def _lprs(value: object) -> tuple[Lpr, ...]:
    return tuple(sorted(read_list(value, _lpr), key=lambda one: one.since))


CAPS: Final[Key[tuple[RateCap, ...]]] = Key(
    "rate_caps", "limits", "percent/year", lambda value: read_list(value, _cap), optional=True
)
LPR: Final[Key[tuple[Lpr, ...]]] = Key("lpr", "dated rates", "percent/year", _lprs, optional=True)


# Whom a coming limit is told of; older policies tell everybody.
COMING_FOR: Final = replace(choice_key("rate_coming_for", "every_loan", "loans_that_reach_it"), optional=True)


def lpr_on(policy: Policy, day: date) -> Decimal | None:
    """The one-year LPR last published before or on a day; None before the first that the policy knows."""
    known = [one.percent for one in policy.get(LPR, ()) if one.since <= day]
    return known[-1] if known else None


def price_limits(policy: Policy, day: date) -> tuple[PriceLimit, ...]:
    """The limits in force on a day, then those that are coming, each as strict as the LPR of that day makes it.

    A limit that has ended, or whose LPR nobody entered, is left out. A hard one is not told before its first day.
    """
    lpr = lpr_on(policy, day)
    found = []
    for cap in policy.get(CAPS, ()):
        in_force = cap.since <= day
        percent = cap.percent if cap.multiple is None else None if lpr is None else cap.multiple * lpr
        ended = cap.until is not None and cap.until < day
        if ended or percent is None or (cap.kind is Kind.HARD and not in_force):
            continue
        found.append(
            PriceLimit(cap.name, percent, cap.since, in_force, cap.multiple, None if cap.multiple is None else lpr)
        )
    return tuple(sorted(found, key=lambda limit: (not limit.in_force, limit.since)))


def judged_on(application: Application, policy: Policy) -> date | None:
    """The day whose limits count: the payout, else the first month of the cash flow, else the policy's first day."""
    return application.payout_date or application.first_month_of_cash_flow or policy.effective_from


def limits_of(application: Application, policy: Policy) -> tuple[PriceLimit, ...]:
    """The limits that a case is judged by; none while no day is known or the policy has no table."""
    day = judged_on(application, policy)
    return () if day is None else price_limits(policy, day)


def in_force(limits: tuple[PriceLimit, ...]) -> Decimal | None:
    """The lowest limit in force, in per cent; None without one."""
    return min((limit.percent for limit in limits if limit.in_force), default=None)


def coming(limits: tuple[PriceLimit, ...]) -> PriceLimit | None:
    """The lowest limit that is coming."""
    return min((limit for limit in limits if not limit.in_force), key=lambda limit: limit.percent, default=None)


def reaching(limits: tuple[PriceLimit, ...], application: Application, policy: Policy) -> tuple[PriceLimit, ...]:
    """The limits that the loan meets: one that comes after its last day says nothing of its price.

    While the last day is not known, all of them.
    """
    end = end_of_loan(application)
    if policy.get(COMING_FOR, "every_loan") == "every_loan" or isinstance(end, Missing):
        return limits
    return tuple(limit for limit in limits if limit.in_force or limit.since <= end)


def within(rate_percent: Decimal, limit: Decimal) -> bool:
    """Whether an all-in rate keeps a limit: a breach is more than 0.01 point above.

    Source: `schedules.md`, section 5.
    """
    return rate_percent <= limit + 1 / HUNDRED
