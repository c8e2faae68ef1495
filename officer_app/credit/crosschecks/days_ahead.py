"""Days of papers that lie after the visit: a report, an offer, a valuation, a search that nobody can have seen yet.

A paper may follow the visit by some days; the checklist takes no day after today. Older policies do not ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import Missing
from officer_app.credit.ground import Ground
from officer_app.credit.keys import whole_key
from officer_app.credit.vocabulary import label_of

AFTER_VISIT: Final = whole_key("paper_days_after_visit_max", "days", optional=True)

RULE: Final = Rule(
    "DAYS_AHEAD",
    FlagKind("DAY_LIES_AHEAD", 453, 1, N_("a paper bears a day that had not come yet")),
    Message(N_("Days of the papers")),
    Message(N_("day of each paper − day of the visit, at most the limit")),
    Message(N_("Note the day of each paper")),
    Message(N_("Look at the paper again and put its day right")),
)


def _examine(ground: Ground) -> Results:
    """Speaks only where a day lies ahead: that none does proves nothing."""
    visit, limit = ground.facts.site_visit, ground.policy.get(AFTER_VISIT, None)
    if limit is None or visit is None or visit.visited_on is None:
        return ()
    seen = visit.visited_on
    ahead = tuple((path, day) for path, day in _days(ground.facts) if day is not None and (day - seen).days > limit)
    if not ahead:
        return ()
    farthest = max((day - seen).days for _, day in ahead)
    sentence = Message(
        N_("The visit was on {visit:date}; days that lie ahead of it: {days}"),
        {
            "visit": seen,
            "days": tuple(
                Message(N_("{fact} {day:date}"), {"fact": label_of(path), "day": day}) for path, day in ahead
            ),
        },
    )
    numbers = Numbers(found=Decimal(farthest), limit=limit, unit=Unit.DAYS)
    return RULE.result(False, sentence, tuple(path for path, _ in ahead), numbers)


def _days(facts: CaseFacts) -> Iterator[tuple[str, date | None]]:
    """Every day that lies behind when a paper was seen, with its place."""
    if facts.credit_report is not None:
        yield from ((facts.credit_report.at(name), getattr(facts.credit_report, name)) for name in _REPORT)
    if facts.consents is not None:
        yield from ((facts.consents.at(name), getattr(facts.consents, name)) for name in _CONSENTS)
    yield from ((record.at("searched_on"), record.searched_on) for record in facts.public_records)
    items = () if isinstance(facts.application.purpose_items, Missing) else facts.application.purpose_items
    yield from ((item.at("quotation_date"), item.quotation_date) for item in items)
    yield from ((pledge.at("valued_on"), pledge.valued_on) for pledge in facts.collateral)
    for loan in facts.borrower.history_loans:
        yield loan.at("paid_out_on"), loan.paid_out_on
        yield loan.at("closed_on"), loan.closed_on


_REPORT: Final = ("report_date", "queried_on")
_CONSENTS: Final = ("data_consent_on", "bureau_consent_on")

CHECK: Final = RULE.check(_examine)
