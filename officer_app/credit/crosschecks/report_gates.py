"""Gates of order: consent before the query, a fresh report, of a kind that counts. Source: DOMAIN e.12."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, day_of, unsaid
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import Missing, at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import whole_key
from officer_app.credit.policy import Policy

DAYS: Final = whole_key("report_days_max", "days", optional=True)
# The same on the day of the approval: a file may wait after the visit.
AT_DECISION: Final = whole_key("report_days_at_decision_max", "days", optional=True)

CONSENT: Final = Rule(
    "CONSENT_BEFORE_QUERY",
    FlagKind("QUERY_WITHOUT_CONSENT", 61, 1, N_("the credit bureau was asked before the consent was signed")),
    Message(N_("Consent before the credit query")),
    Message(N_("day of the signed consent ≤ day of the credit query")),
    Message(N_("Note the day of the signed consent and the day of the credit query")),
    Message(N_("Report it to the branch manager; do not use this report, sign a consent and ask again")),
)
FRESH: Final = Rule(
    "REPORT_FRESH",
    FlagKind("REPORT_TOO_OLD", 62, 1, N_("the credit report is too old")),
    Message(N_("Age of the credit report")),
    Message(N_("day of the visit − day of the report, at most the limit")),
    Message(N_("Note the day of the credit report and of the visit")),
    Message(N_("Fetch a new credit report")),
)
KIND: Final = Rule(
    "REPORT_KIND",
    FlagKind("REPORT_NOT_OUR_OWN", 63, 1, N_("a print brought by the borrower is the only credit report")),
    Message(N_("Kind of credit report")),
    Message(N_("a full or simple report that the lender fetched; the borrower's own print alone is not enough")),
    Message(N_("Note which kind of credit report was read")),
    Message(N_("Fetch the report under the borrower's consent and compare it with the print")),
)


@dataclass(frozen=True, slots=True)
class ReportAge:
    """How many days old the credit report is on a day, and how many it may be."""

    days: int
    most: Decimal

    @property
    def too_old(self) -> bool:
        """Whether an approval must wait for a new one."""
        return self.days > self.most


def report_age(facts: CaseFacts, policy: Policy, today: date) -> ReportAge | None:
    """The age of the report on the day of the decision; None without a report, or where the policy does not ask."""
    most, report = policy.get(AT_DECISION, None), facts.credit_report
    if most is None or report is None or report.report_date is None:
        return None
    return ReportAge((today - report.report_date).days, most)


def _consent(ground: Ground) -> Results:
    """Pass when the consent is not younger than the query; without a query there is nothing to consent to yet."""
    report, consents = ground.facts.credit_report, ground.facts.consents
    signed = None if consents is None else consents.bureau_consent_on
    asked = None if report is None else report.queried_on
    paths = ("consents.bureau_consent_on", "credit_report.queried_on")
    if ground.policy.get(DAYS, None) is None:
        return ()
    if asked is None:
        return CONSENT.not_begun(*paths)
    sentence = Message(
        N_("The consent was signed on {signed:date}; the credit bureau was asked on {asked:date}"),
        {"signed": signed, "asked": asked},
    )
    passes = at_most(day_of(signed, paths[0]), day_of(asked, paths[1]))
    return CONSENT.result(passes, sentence, paths)


def _fresh(ground: Ground) -> Results:
    report, visit = ground.facts.credit_report, ground.facts.site_visit
    made = None if report is None else report.report_date
    visited = None if visit is None else visit.visited_on
    limit, paths = ground.policy.get(DAYS, None), ("credit_report.report_date", "site_visit.visited_on")
    if limit is None:
        return ()
    if made is None:
        return FRESH.not_begun(paths[0])
    age = day_of(visited, paths[1]) - day_of(made, paths[0])
    sentence = Message(
        N_("The credit report was {found:count} days old at the visit; the limit is {limit:count}"),
        {"found": known(age), "limit": limit},
    )
    return FRESH.result(at_most(age, limit), sentence, paths, Numbers(found=age, limit=limit, unit=Unit.DAYS))


def _kind(ground: Ground) -> Results:
    report = ground.facts.credit_report
    if ground.policy.get(DAYS, None) is None:
        return ()
    if report is None or unsaid(report.report_kind) or isinstance(report.report_kind, Missing):
        return KIND.not_begun("credit_report.report_kind")
    own_print = report.report_kind == "own_print"
    sentence = Message(
        N_("The only credit report is a print that the borrower brought")
        if own_print
        else N_("The credit report was fetched by the lender")
    )
    return KIND.result(not own_print, sentence, (report.at("report_kind"),))


CHECKS: Final = (CONSENT.check(_consent), FRESH.check(_fresh), KIND.check(_kind))
