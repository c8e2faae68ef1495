"""Rules of the policy that an approval would set aside, each to be named with its reason, and by whom it may be.

Source: DOMAIN a 31 (rules, not favours).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, N_, Message, Sayable, message, say
from officer_app.casework.review import UNEXPLAINED, Review
from officer_app.credit.approval import ApprovalPath, approval_path, beyond
from officer_app.credit.crosschecks.report_gates import ReportAge, report_age
from officer_app.credit.figures import known
from officer_app.credit.sizing import CAP_LABELS
from officer_app.dossier.records import Override

RELATED: Final = "related_party"
REPORT_AGE: Final = "report_age"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that stands against an approval: its code (a red flag, `cap:` and a cap, or one above), and why."""

    code: str
    sentence: Sayable


def path_of(review: Review, amount: Decimal | None = None) -> ApprovalPath:
    """The path of approval under the dossier's own policy, for an amount or for the one asked for."""
    standing = sum(one.standing in UNEXPLAINED for one in review.contradictions)
    return approval_path(review.assessment, review.assessment.policy, standing, amount)


def against(review: Review, amount: Decimal) -> tuple[Rule, ...]:
    """Every rule that approving this amount today would set aside: hard flags, related parties, old report, caps."""
    return tuple(_against(review, amount))


def report_today(review: Review) -> ReportAge | None:
    """How old the credit report is on the day of the decision; None without one, or where nobody asks."""
    return report_age(review.facts, review.assessment.policy, review.today)


def age_in_words(age: ReportAge) -> Message:
    """The age of the report, and how old it may be."""
    return message(
        N_("The credit report is {found:count} days old today; for an approval the limit is {limit:count}"),
        found=age.days,
        limit=age.most,
    )


def _against(review: Review, amount: Decimal) -> Iterator[Rule]:
    assessment = review.assessment
    yield from (Rule(flag.code, flag.sentence) for flag in assessment.flags if flag.hard)
    yield from (Rule(RELATED, sentence) for sentence in path_of(review, amount).refusals[:1])
    age = report_today(review)
    if age is not None and age.too_old:
        yield Rule(REPORT_AGE, age_in_words(age))
    for name in beyond(assessment, amount):
        values = {"cap": message(CAP_LABELS[name]), "most": known(assessment.sizing.caps[name]), "amount": amount}
        yield Rule(f"cap:{name}", message(N_("{amount:money} is above the cap of {most:money} ({cap})"), **values))


def recorded(review: Review, amount: Decimal, reasons: Mapping[str, str], limit: Decimal) -> tuple[Override, ...]:
    """What goes into the signed record; nothing when no rule is set aside. `limit` is the approver's own.

    Errors: OVERRIDE_NEEDED (a reason is missing), OVERRIDE_NOT_ALLOWED (the approver's level may not).
    """
    rules = against(review, amount)
    lacking = tuple(rule.sentence for rule in rules if not reasons.get(rule.code, "").strip())
    if lacking:
        raise Fault(Code.OVERRIDE_NEEDED, rules=lacking)
    needed = path_of(review, amount).overrides_from
    if rules and limit < needed:
        raise Fault(Code.OVERRIDE_NOT_ALLOWED, limit=needed, own=limit)
    return tuple(
        Override(rule.code, say(rule.sentence, ENGLISH), say(rule.sentence, CHINESE), reasons[rule.code].strip())
        for rule in rules
    )
