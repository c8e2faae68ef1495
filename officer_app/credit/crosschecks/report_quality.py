"""What the credit report says: late now, late before, looked up often, paid by others. Source: DOMAIN, row 71."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, unsaid
from officer_app.credit.figures import Missing, all_true, at_most, denied, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key, whole_key

OVERDUE_NOW: Final = decimal_key("report_overdue_now_max", "money", optional=True)
TIMES_LATE: Final = whole_key("report_times_late_max", "times", optional=True)
MONTHS_LATE: Final = whole_key("report_months_late_max", "months", optional=True)
QUERIES: Final = whole_key("report_queries_max", "times", optional=True)

_BEGIN: Final = Message(N_("Read the credit report: late payments, queries, loans taken over by others"))

NOW: Final = Rule(
    "REPORT_OVERDUE",
    FlagKind("OVERDUE_NOW", 51, 1, N_("the borrower is behind with another lender now")),
    Message(N_("Overdue with others now")),
    Message(N_("overdue sum in the credit report at most the limit")),
    _BEGIN,
    Message(N_("Ask for the receipt that shows the overdue sum paid")),
)
LATE: Final = Rule(
    "REPORT_LATE",
    FlagKind("OFTEN_LATE", 52, 1, N_("the borrower paid others late too often or too long")),
    Message(N_("Late payments in 24 months")),
    Message(N_("times late and longest time late in the credit report at most the limits")),
    _BEGIN,
    Message(N_("Ask what happened in the months that were paid late")),
)
ASKED: Final = Rule(
    "REPORT_QUERIES",
    FlagKind("MANY_CREDIT_QUERIES", 53, 1, N_("many lenders looked the borrower up lately")),
    Message(N_("Credit queries in three months")),
    Message(N_("queries by lenders in three months at most the limit")),
    _BEGIN,
    Message(N_("Ask which lenders were asked for money lately, and what they answered")),
)
OTHERS: Final = Rule(
    "REPORT_PAID_BY_OTHERS",
    FlagKind("DEBT_PAID_BY_OTHERS", 54, 1, N_("a debt of the borrower was paid or taken over by somebody else")),
    Message(N_("Debts paid by somebody else")),
    Message(N_("no loan in the credit report was paid or taken over by a third party")),
    _BEGIN,
    Message(N_("Ask who paid, why, and whether that person is owed the money now")),
)


def _now(ground: Ground) -> Results:
    report, limit, path = ground.facts.credit_report, ground.policy.get(OVERDUE_NOW, None), _at("overdue_now")
    if limit is None:
        return ()
    if report is None or unsaid(report.overdue_now):
        return NOW.not_begun(path)
    sentence = Message(
        N_("{found:money} is overdue with other lenders now; the limit is {limit:money}"),
        {"found": known(report.overdue_now), "limit": limit},
    )
    numbers = Numbers(found=report.overdue_now, limit=limit)
    return NOW.result(at_most(report.overdue_now, limit), sentence, (path,), numbers)


def _late(ground: Ground) -> Results:
    """Times late must be there; how long, only where the report says so."""
    report, times_max = ground.facts.credit_report, ground.policy.get(TIMES_LATE, None)
    months_max = ground.policy.get(MONTHS_LATE, None)
    paths = (_at("overdue_times_24m"), _at("worst_overdue_months"))
    if times_max is None:
        return ()
    if report is None or unsaid(report.overdue_times_24m):
        return LATE.not_begun(paths[0])
    times, months = report.overdue_times_24m, report.worst_overdue_months
    truths = [at_most(times, times_max)]
    if months_max is not None and not unsaid(months):
        truths.append(at_most(months, months_max))
    sentence = Message(
        N_(
            "{times:count} times late in 24 months, at most {times_max:count} allowed; "
            "the longest {months:count} months, at most {months_max:count} allowed"
        ),
        {"times": known(times), "times_max": times_max, "months": known(months), "months_max": months_max},
    )
    numbers = Numbers(found=times, limit=times_max, unit=Unit.COUNT)
    return LATE.result(all_true(truths), sentence, paths, numbers)


def _asked(ground: Ground) -> Results:
    report, limit, path = ground.facts.credit_report, ground.policy.get(QUERIES, None), _at("queries_3m")
    if limit is None:
        return ()
    if report is None or unsaid(report.queries_3m):
        return ASKED.not_begun(path)
    sentence = Message(
        N_("{found:count} credit queries in three months; the limit is {limit:count}"),
        {"found": known(report.queries_3m), "limit": limit},
    )
    numbers = Numbers(found=report.queries_3m, limit=limit, unit=Unit.COUNT)
    return ASKED.result(at_most(report.queries_3m, limit), sentence, (path,), numbers)


def _others(ground: Ground) -> Results:
    """Part of the same reading of the report: an older policy without its limits does not know it."""
    report, path = ground.facts.credit_report, _at("paid_by_third_party")
    if ground.policy.get(OVERDUE_NOW, None) is None:
        return ()
    if report is None or isinstance(report.paid_by_third_party, Missing):
        return OTHERS.not_begun(path)
    sentence = Message(
        N_("The credit report shows a debt that somebody else paid or took over")
        if report.paid_by_third_party
        else N_("No debt in the credit report was paid or taken over by somebody else")
    )
    return OTHERS.result(denied(report.paid_by_third_party), sentence, (path,))


def _at(name: str) -> str:
    return f"credit_report.{name}"


CHECKS: Final = (NOW.check(_now), LATE.check(_late), ASKED.check(_asked), OTHERS.check(_others))
