"""The list that must be answered before sending: each reason for a flag once, neutral, with the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import Assessment
from officer_app.credit.assessment import Cause as Reason
from officer_app.credit.crosschecks.sales import FLAG as ROUTES_DEVIATE
from officer_app.credit.figures import known
from officer_app.credit.flags import HARD
from officer_app.credit.keys import whole_key
from officer_app.credit.policy import Policy

NOT_CHECKED: Final = "NOT_CHECKED"
# From so many that stand unexplained on, the next higher tier decides. Source: DOMAIN, e.11.
STANDING_RAISES: Final = whole_key("standing_raises_tier", "count", optional=True)
# From so many cases of one officer on, the same explanation is itself a finding. Source: DOMAIN, e.11.
SAME_EXPLANATION_CASES: Final = whole_key("same_explanation_cases", "count", optional=True)


class Severity(Enum):
    """What it does to the case."""

    STOP = "stop"  # the policy refuses on it
    LOOK = "look"  # it wants an explanation


class Cause(Enum):
    """What kind of thing it is."""

    TOLD_AND_SEEN = "told_and_seen"  # two statements that do not fit
    LIMIT = "limit"  # a limit of the policy is passed


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One thing to explain; `code` and `subject` together name it, also after other answers change."""

    code: str
    subject: str
    sentence: Message
    severity: Severity
    cause: Cause
    paths: tuple[str, ...]


def contradictions(assessment: Assessment) -> tuple[Contradiction, ...]:
    """One for each failed check and each other reason for a flag; a flag that only repeats another adds none.

    Several sales routes that fail are one contradiction: it is one figure that was told. It stops when any flag of
    the same subject is hard.
    """
    hard = assessment.policy[HARD]
    stopped = {cause.subject for cause in assessment.causes if cause.kind.code in hard}
    told = tuple(
        Contradiction(
            code=cause.kind.code,
            subject=cause.subject,
            sentence=cause.sentence,
            severity=Severity.STOP if cause.subject in stopped else Severity.LOOK,
            cause=Cause.TOLD_AND_SEEN if cause.told_and_seen else Cause.LIMIT,
            paths=cause.paths,
        )
        for cause in _sales_in_one(assessment)
        if not cause.follows
    )
    return (*told, *_skipped(assessment))


def tiers_raised(standing: int, policy: Policy) -> int:
    """By how many tiers the approval rises for what stands unexplained: one or none, as the policy's key says."""
    least = policy.get(STANDING_RAISES, None)
    return int(least is not None and 0 < standing >= least)


def _skipped(assessment: Assessment) -> Iterator[Contradiction]:
    """A check that the policy wants and nobody did, once the figures stand: until then it may still be done."""
    if known(assessment.sizing.recommended_max_loan) is None:
        return
    for check in assessment.skipped:
        sentence = Message(N_("{check}: not checked"), {"check": check.title})
        yield Contradiction(NOT_CHECKED, check.id, sentence, Severity.LOOK, Cause.TOLD_AND_SEEN, check.paths)


def _sales_in_one(assessment: Assessment) -> tuple[Reason, ...]:
    """The reasons, those of the sales routes put together where the first of them stands."""
    sales = [cause for cause in assessment.causes if cause.kind is ROUTES_DEVIATE]
    if not sales:
        return assessment.causes
    whole = replace(sales[0], subject="SALES", sentence=_sales_sentence(assessment, sales), paths=_all_paths(sales))
    first = assessment.causes.index(sales[0])
    others = (cause for cause in assessment.causes[first:] if cause.kind is not ROUTES_DEVIATE)
    return (*assessment.causes[:first], whole, *others)


def _sales_sentence(assessment: Assessment, sales: list[Reason]) -> Message:
    failed = [check for check in assessment.checks if ROUTES_DEVIATE.code in check.flags]
    found = [check.found for check in failed if check.found is not None]
    apart = sorted((check.deviation for check in failed if check.deviation is not None), key=abs)
    if len(failed) < 2 or not found or not apart:
        return sales[0].sentence
    return Message(
        N_(
            "Told {told:money} a month; {count:count} routes show {low:money} to {high:money} "
            "({least:percent} to {most:percent})"
        ),
        {
            "told": failed[0].told,
            "count": len(failed),
            "low": min(found),
            "high": max(found),
            "least": apart[0],
            "most": apart[-1],
        },
    )


def _all_paths(causes: list[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for cause in causes for path in cause.paths))
