"""The risk index: six scores, each with its sentence, weighted to one number and a grade.

Source: cases/README, section 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import (
    Capacity,
    CheckResult,
    GuarantorCover,
    LeftOut,
    Part,
    RiskIndex,
    Stress,
    Verdict,
)
from officer_app.credit.bands import Bands, Step, bands_key, read_steps
from officer_app.credit.facts.character import SoftItem
from officer_app.credit.figures import (
    HUNDRED,
    ONE,
    ZERO,
    Figure,
    Missing,
    absent,
    absorbed,
    at_most,
    known,
    lift,
    ratio,
    total,
    undefined,
)
from officer_app.credit.flagkinds import known_codes
from officer_app.credit.guarantors import COVER_MIN
from officer_app.credit.keys import Key, choice_key, codes_key, numbers_key, read_number, read_table
from officer_app.credit.leverage import DEBT_TO_ASSETS_MAX
from officer_app.credit.lies import capped
from officer_app.credit.policy import Policy

NAMES: Final = ("capacity", "willingness", "consistency", "leverage", "security", "industry")
GRADES: Final = ("A", "B", "C", "D")

WEIGHTS: Final = numbers_key("risk_index.weights", "percent", NAMES, sum_is=100)
CAPACITY_BANDS: Final = bands_key("risk_index.capacity_bands", "ratio", "at_least")
LEVERAGE_BANDS: Final = bands_key("risk_index.leverage_bands", "percent", "at_most")
WILLINGNESS: Final = choice_key("risk_index.willingness", "good_answers_of_answered", "good_answers_of_asked")
CONSISTENCY: Final = choice_key("risk_index.consistency", "passed_of_counted", "passed_of_due")
INDUSTRY: Final = numbers_key("risk_index.industry", "score", ("passed", "failed"))
GRADES_FROM: Final = numbers_key("risk_index.grades", "score", GRADES[:-1])
CEILING_B: Final = codes_key("risk_index.grade_ceilings.B", known_codes)
CEILING_C: Final = codes_key("risk_index.grade_ceilings.C", known_codes)


@dataclass(frozen=True, slots=True)
class SecurityBands:
    """Steps of the cover by pledges, then one score for guarantors who cover enough."""

    pledges: Bands
    guarantors: Decimal


def _read_security(value: object) -> SecurityBands:
    table = read_table(value, ("steps", "guarantors", "otherwise"))
    steps: tuple[Step, ...] = read_steps(table["steps"], "at_least")
    return SecurityBands(Bands(steps, read_number(table["otherwise"])), read_number(table["guarantors"]))


SECURITY_BANDS: Final[Key[SecurityBands]] = Key("risk_index.security_bands", "bands", "ratio", _read_security)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the index is made of."""

    capacity: Capacity
    stress: Stress
    checks: tuple[CheckResult, ...]
    skipped: tuple[CheckResult, ...]
    left_out: tuple[LeftOut, ...]
    soft: tuple[SoftItem, ...] | Missing
    lendable: Figure
    guarantors: tuple[GuarantorCover, ...]
    group_cover: Figure
    lies: int = 0


def risk_index(evidence: Evidence, policy: Policy, codes: tuple[str, ...], hard: tuple[str, ...]) -> RiskIndex:
    """Index = Σ weight × score / 100; the grade falls to D by a hard flag, and to its ceiling by certain flags.

    `codes` and `hard` are the flags of the first two stages.
    """
    parts = tuple(_part(name, policy, *_SCORED[name](evidence, policy)) for name in NAMES)
    index = total(part.points for part in parts)
    plain = _grade(index, policy[GRADES_FROM])
    if isinstance(plain, Missing):
        return RiskIndex(parts, index, "D" if hard else plain, plain, hard)
    limited, by = _limited(plain, policy, codes)
    return RiskIndex(parts, index, "D" if hard else limited, plain, hard or by)


def _part(name: str, policy: Policy, score: Figure, sentence: Message) -> Part:
    weight = policy[WEIGHTS][name]
    return Part(name, Message(_LABELS[name]), weight, score, score * weight / HUNDRED, sentence)


def _grade(index: Figure, grades: Mapping[str, Decimal]) -> str | Missing:
    if isinstance(index, Missing):
        return index
    return next((grade for grade in GRADES[:-1] if index >= grades[grade]), GRADES[-1])


def _limited(grade: str, policy: Policy, codes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A better grade falls to B, then to C, when one of their codes is raised; a worse one stays."""
    by: tuple[str, ...] = ()
    for ceiling, key in (("B", CEILING_B), ("C", CEILING_C)):
        raised = tuple(code for code in codes if code in policy[key])
        if raised and grade < ceiling:
            grade, by = ceiling, raised
    return grade, by


def _capacity(evidence: Evidence, policy: Policy) -> tuple[Figure, Message]:
    dscr = evidence.capacity.dscr
    sentence = Message(N_("What is left before debts is {dscr:ratio} times the debt service"), {"dscr": known(dscr)})
    return lift(policy[CAPACITY_BANDS].rising, dscr), sentence


def _willingness(evidence: Evidence, policy: Policy) -> tuple[Figure, Message]:
    """The score by the soft items, capped when a lie was proven."""
    return capped(*_by_soft_items(evidence, policy), evidence.lies, policy)


def _by_soft_items(evidence: Evidence, policy: Policy) -> tuple[Figure, Message]:
    """Answers equal to the good answer / answers that are yes or no, or all that were asked."""
    if isinstance(evidence.soft, Missing):
        return evidence.soft, Message(N_("No soft information yet"))
    answered = tuple(item for item in evidence.soft if item.answer in ("yes", "no"))
    unsaid = tuple(absent(item.at("answer")) for item in evidence.soft if not item.answer)
    good = total(_one_if_good(item) for item in answered)
    sentence = Message(
        N_("{good:count} of {answered:count} answered soft items are good"),
        {"good": known(good), "answered": len(answered)},
    )
    if unsaid:
        return absorbed(*unsaid), sentence
    if not answered:
        return undefined("soft_information"), sentence
    if policy[WILLINGNESS] == "good_answers_of_asked":
        of_all = Message(
            N_("{good:count} of {asked:count} soft items are good; {open:count} got no answer"),
            {"good": known(good), "asked": len(evidence.soft), "open": len(evidence.soft) - len(answered)},
        )
        return good / Decimal(len(evidence.soft)) * HUNDRED, of_all
    return good / Decimal(len(answered)) * HUNDRED, sentence


def _one_if_good(item: SoftItem) -> Figure:
    if isinstance(item.good_answer, Missing):
        return item.good_answer
    return ONE if (item.answer == "yes") is item.good_answer else ZERO


def _consistency(evidence: Evidence, policy: Policy) -> tuple[Figure, Message]:
    """Passed / counted checks, or with those skipped as not passed; unknown while one of them lacks facts."""
    due = evidence.skipped if policy[CONSISTENCY] == "passed_of_due" else ()
    counted = [*(check for check in evidence.checks if check.counted), *due]
    passed = sum(check.verdict is Verdict.PASSED for check in counted)
    lacking = tuple(absent(*check.missing) for check in counted if check.verdict is Verdict.MISSING)
    sentence = _tally(passed, len(counted), len(evidence.left_out))
    score = absorbed(*lacking) if lacking else Decimal(passed) / Decimal(len(counted)) * HUNDRED
    return score, sentence


def _tally(passed: int, counted: int, left_out: int) -> Message:
    """What does not apply raises the share, so it never does so in silence."""
    if not left_out:
        return Message(
            N_("{passed:count} of {counted:count} cross-checks passed"), {"passed": passed, "counted": counted}
        )
    return Message(
        N_(
            "{passed:count} of {counted:count} cross-checks passed; {left_out:count} were left out because they do "
            "not apply, for the reasons written down"
        ),
        {"passed": passed, "counted": counted, "left_out": left_out},
    )


def _leverage(evidence: Evidence, policy: Policy) -> tuple[Figure, Message]:
    share = evidence.capacity.debt_to_assets_after_loan * HUNDRED
    most = policy[DEBT_TO_ASSETS_MAX]
    sentence = Message(N_("After the loan debts are {share:percent} of assets"), {"share": known(share)})
    return lift(lambda found: policy[LEVERAGE_BANDS].falling(found, most), share), sentence


def _security(evidence: Evidence, policy: Policy) -> tuple[Figure, Message]:
    """By what the pledges cover of the tested loan; else by guarantors together, where there is one."""
    cover = ratio(evidence.lendable, evidence.capacity.tested_loan, "application.requested_amount")
    bands = policy[SECURITY_BANDS]
    sentence = Message(N_("Pledges cover {cover:ratio} times the loan"), {"cover": known(cover)})
    if isinstance(cover, Missing):
        return cover, sentence
    reached = next((step for step in bands.pledges.steps if step.bound is not None and cover >= step.bound), None)
    if reached is not None or not evidence.guarantors:
        return (reached.score if reached else bands.pledges.otherwise), sentence
    group = evidence.group_cover
    by_people = Message(
        N_("Pledges cover {cover:ratio} times the loan, guarantors {group:ratio} times the instalment"),
        {"cover": cover, "group": known(group)},
    )
    enough = at_most(policy[COVER_MIN], group)
    if isinstance(enough, Missing):
        return enough, by_people
    return (bands.guarantors if enough else bands.pledges.otherwise), by_people


def _industry(evidence: Evidence, policy: Policy) -> tuple[Figure, Message]:
    covered, scores = evidence.stress.instalment_covered, policy[INDUSTRY]
    values = {"drop": evidence.stress.drop_percent}
    if isinstance(covered, Missing):
        return covered, Message(N_("Not known yet whether fewer sales would still cover the instalment"))
    if covered:
        return scores["passed"], Message(
            N_("With sales {drop:percent} lower the instalment is still covered"), values
        )
    return scores["failed"], Message(N_("With sales {drop:percent} lower the instalment is not covered"), values)


_SCORED: Final = {
    "capacity": _capacity,
    "willingness": _willingness,
    "consistency": _consistency,
    "leverage": _leverage,
    "security": _security,
    "industry": _industry,
}
_LABELS: Final = {
    "capacity": N_("Capacity to repay"),
    "willingness": N_("Willingness to repay"),
    "consistency": N_("Consistency of what was told"),
    "leverage": N_("Debt after the loan"),
    "security": N_("Security"),
    "industry": N_("Trade under stress"),
}
