"""Who may approve a case, and what must be done besides. The matrix is data in the policy; older ones have none.

Source: DOMAIN a 29, 31, 93, 96, 97; e 11, 14.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Final

from officer_app.base.words import N_, Message, Sayable
from officer_app.credit.assessment import Assessment, CheckResult, Verdict
from officer_app.credit.contradictions import tiers_raised
from officer_app.credit.crosschecks import checks
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import arithmetic, known
from officer_app.credit.flagkinds import known_codes
from officer_app.credit.ground import ground_of
from officer_app.credit.keys import Key, choice_key, decimal_key, whole_key
from officer_app.credit.lanes import LANE_LABELS, lane_of
from officer_app.credit.policy import Policy
from officer_app.credit.rowkeys import Column, codes, money, one_of, row_key, rows_key
from officer_app.credit.tiers import TIERS
from officer_app.credit.triggers import TRIGGER_COLUMNS, Matter, Trigger, matter_of, reasons

_STAFF: Final = "lender_staff"


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of approval: the largest amount it decides, and the limit a certificate must hold to act in it."""

    name: str
    amount_to: Decimal | None
    limit_from: Decimal


@dataclass(frozen=True, slots=True)
class Raise:
    """A rule that lifts a case to a tier, whatever its amount."""

    tier: str
    when: Trigger


@dataclass(frozen=True, slots=True)
class MoreChecks:
    """A threshold above which further checks, by a flag of theirs, are due."""

    checks: tuple[str, ...]
    when: Trigger


@dataclass(frozen=True, slots=True)
class ApprovalPath:
    """What a case needs before it may be approved, each with its reasons as sentences.

    `tier` is None under a policy without a matrix: then only the approver's own limit counts.
    """

    tier: Tier | None = None
    reasons: tuple[Sayable, ...] = ()
    second_officer: tuple[Sayable, ...] = ()
    second_visit: tuple[Sayable, ...] = ()
    extra_checks: tuple[str, ...] = ()
    refusals: tuple[Sayable, ...] = ()
    overrides_from: Decimal = Decimal(0)

    @property
    def limit_from(self) -> Decimal:
        """How much an approver's certificate must allow to act in the tier."""
        return self.tier.limit_from if self.tier is not None else Decimal(0)


def _raise(tier: str, **when: object) -> Raise:
    return Raise(tier, Trigger(**when))  # type: ignore[arg-type]  # the columns are the trigger's fields


def _more(checks: tuple[str, ...], **when: object) -> MoreChecks:
    return MoreChecks(checks, Trigger(**when))  # type: ignore[arg-type]  # as above


_TIER_COLUMNS: Final = {
    "name": Column(one_of(*TIERS)),
    "amount_to": Column(money, None),
    "limit_from": Column(money),
}
MATRIX: Final[Key[tuple[Tier, ...]]] = rows_key("approval.tiers", _TIER_COLUMNS, Tier)
RAISES: Final = rows_key("approval.raises", {"tier": Column(one_of(*TIERS)), **TRIGGER_COLUMNS}, _raise)
SECOND_OFFICER: Final = row_key("approval.second_officer", TRIGGER_COLUMNS, Trigger)
SECOND_VISIT: Final = row_key("approval.second_visit", TRIGGER_COLUMNS, Trigger)
MORE_CHECKS: Final = rows_key(
    "approval.more_checks", {"checks": Column(codes(known_codes)), **TRIGGER_COLUMNS}, _more
)


RELATED_PARTY: Final = replace(choice_key("approval.related_party", "refuse", "highest_tier"), optional=True)
# Whether who came along signs the visit, too, where a second officer is needed.
SECOND_SIGNS: Final = replace(choice_key("second_officer_signs", "on_this_laptop", "not_asked"), optional=True)
# Above this amount the customer is called before an approval, by somebody who does not see the answers.
CALL_BACK: Final = decimal_key("approval.call_back_above", "yuan", optional=True)
VALID_DAYS: Final = whole_key("approval.valid_days", "days", optional=True)
USUAL_DAYS: Final = Decimal(45)
OVERRIDE_TIER: Final = replace(choice_key("approval.override_tier", *TIERS), optional=True)


def approval_path(
    assessment: Assessment, policy: Policy, standing: int = 0, amount: Decimal | None = None
) -> ApprovalPath:
    """The path of a case. `standing` counts contradictions that stand unexplained; `amount` is the one in question.

    Without an amount it is about the one asked for. Total: what is not known yet applies no rule.
    """
    matter = matter_of(assessment, standing, amount)
    tier, why = _tier(matter, policy)
    tiers = policy.get(MATRIX, ())
    related = _related(assessment.facts)
    refused = related if policy.get(RELATED_PARTY, "") == "refuse" else ()
    return ApprovalPath(
        tier=tier,
        reasons=why,
        second_officer=_asked(policy.get(SECOND_OFFICER, None), matter),
        second_visit=_asked(policy.get(SECOND_VISIT, None), matter),
        extra_checks=_extra(policy.get(MORE_CHECKS, ()), matter),
        refusals=refused,
        overrides_from=_limit_of(tiers, policy.get(OVERRIDE_TIER, "")),
    )


def valid_days(policy: Policy) -> int:
    """For how many days an approval holds; where the policy does not say, 45."""
    return int(policy.get(VALID_DAYS, USUAL_DAYS))


def call_back_above(policy: Policy) -> Decimal | None:
    """The amount above which the customer is called first; None where nobody asks for it."""
    return policy.get(CALL_BACK, None)


def _limit_of(tiers: Iterable[Tier], name: str) -> Decimal:
    return next((tier.limit_from for tier in tiers if tier.name == name), Decimal(0))


def _tier(matter: Matter, policy: Policy) -> tuple[Tier | None, tuple[Sayable, ...]]:
    """The first tier whose amount is enough, or the highest that a rule lifts the case to; reasons of the winner."""
    tiers = policy.get(MATRIX, ())
    if not tiers:
        return None, ()
    place = _by_amount(tiers, matter.exposure)
    why: list[Sayable] = [_amount_reason(tiers[place], matter)]
    for lifted, told in _lifts(matter, policy, tiers, place):
        if lifted > place:
            place, why = lifted, [*told]
        elif lifted == place:
            why += told
    return tiers[place], tuple(why)


def _by_amount(tiers: tuple[Tier, ...], amount: Decimal | None) -> int:
    for place, tier in enumerate(tiers):
        if tier.amount_to is None or (amount is not None and amount <= tier.amount_to):
            return place
    return len(tiers) - 1


def _amount_reason(tier: Tier, matter: Matter) -> Sayable:
    amount = matter.exposure
    if amount is None:
        return Message(N_("The amount is not known yet"))
    if matter.owed:
        values = {"amount": matter.amount, "owed": matter.owed, "sum": amount}
        return Message(
            N_("{amount:money} and {owed:money} still owed to us: {sum:money} together decide the level"), values
        )
    if tier.amount_to is None:
        return Message(N_("{amount:money} is decided here, with no upper end"), {"amount": amount})
    return Message(
        N_("{amount:money} is within {limit:money} of this level"), {"amount": amount, "limit": tier.amount_to}
    )


def _lifts(
    matter: Matter, policy: Policy, tiers: tuple[Tier, ...], by_amount: int
) -> Iterator[tuple[int, tuple[Sayable, ...]]]:
    names = [tier.name for tier in tiers]
    for rule in policy.get(RAISES, ()):
        why = reasons(rule.when, matter)
        if why and rule.tier in names:
            yield names.index(rule.tier), why
    yield from _of_lane(matter, policy, names, by_amount)
    raised = tiers_raised(matter.standing, policy)
    if raised:
        unexplained = Message(N_("{count:count} contradictions stand unexplained"), {"count": matter.standing})
        yield min(by_amount + raised, len(tiers) - 1), (unexplained,)
    related = _related(matter.assessment.facts)
    if related and policy.get(RELATED_PARTY, "") == "highest_tier":
        yield len(tiers) - 1, related


def _of_lane(
    matter: Matter, policy: Policy, names: list[str], by_amount: int
) -> Iterator[tuple[int, tuple[Sayable, ...]]]:
    """The level that the case's lane asks for at least, where its amount alone would not reach it."""
    lane = lane_of(matter.assessment.facts, matter.assessment, policy)
    if lane is not None and lane.tier in names and names.index(lane.tier) > by_amount:
        why = Message(
            N_("The lane “{lane}” is decided at this level at least"), {"lane": Message(LANE_LABELS[lane.name])}
        )
        yield names.index(lane.tier), (why,)


def _asked(trigger: Trigger | None, matter: Matter) -> tuple[Sayable, ...]:
    return reasons(trigger, matter) if trigger is not None else ()


def _extra(rules: Iterable[MoreChecks], matter: Matter) -> tuple[str, ...]:
    """Further checks that are due, each once, in the order of the policy."""
    return tuple(dict.fromkeys(code for rule in rules if reasons(rule.when, matter) for code in rule.checks))


def _related(facts: CaseFacts) -> tuple[Sayable, ...]:
    """Sentences that name the relation to the lender's own staff."""
    found: list[Sayable] = []
    if facts.borrower.staff_relation is True:
        note = facts.borrower.staff_relation_note.strip()
        found.append(
            Message(N_("The borrower is related to our staff: {note}"), {"note": note})
            if note
            else Message(N_("The borrower is related to our staff"))
        )
    found += [
        Message(N_("{name}, who appears in this case, works for us"), {"name": person.name or "—"})
        for person in facts.related_persons
        if person.role == _STAFF
    ]
    return tuple(found)


def undone(assessment: Assessment, wanted: Iterable[str]) -> tuple[CheckResult, ...]:
    """The checks, wanted by a flag of theirs, that nobody did or that lack facts. One that does not apply is none."""
    codes_wanted = frozenset(wanted)
    if not codes_wanted:
        return ()
    with localcontext(arithmetic()):
        ground = ground_of(assessment.facts, assessment.policy)
        return tuple(
            result
            for check in checks()
            if codes_wanted & {kind.code for kind in check.flags}
            for result in check.examine(ground)
            if result.verdict in (Verdict.NOT_DONE, Verdict.MISSING)
        )


def beyond(assessment: Assessment, amount: Decimal) -> tuple[str, ...]:
    """Caps that an amount exceeds, in their order; the amount asked for is no rule of the policy."""
    caps = assessment.sizing.caps
    return tuple(
        name for name, cap in caps.items() if name != "requested" and (top := known(cap)) is not None and amount > top
    )
