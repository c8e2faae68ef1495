"""What another policy would say of a case: the same facts assessed again, the old answer beside the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from officer_app.credit.approval import approval_path
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import known
from officer_app.credit.lanes import lane_of
from officer_app.credit.policy import Policy


@dataclass(frozen=True, slots=True)
class Answer:
    """What a policy says of a case. Amounts in yuan; None and "" while it cannot be told."""

    recommended: Decimal | None
    grade: str
    tier: str
    lane: str
    flags: tuple[str, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A case under its own policy and under another."""

    case: str
    number: str
    applicant: str
    old: Answer
    new: Answer

    @property
    def gained(self) -> tuple[str, ...]:
        """Red flags that only the other policy raises."""
        return tuple(code for code in self.new.flags if code not in self.old.flags)

    @property
    def lost(self) -> tuple[str, ...]:
        """Red flags that the other policy raises no more."""
        return tuple(code for code in self.old.flags if code not in self.new.flags)

    @property
    def differs(self) -> bool:
        """Whether anything is said otherwise."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Summary:
    """Many cases at once: how many differ, by how much, and which red flags come and go."""

    cases: int
    changed: int
    recommended_old: Decimal
    recommended_new: Decimal
    refused_old: int
    refused_new: int
    grades: Mapping[tuple[str, str], int]
    tiers: Mapping[tuple[str, str], int]
    gained: Mapping[str, int]
    lost: Mapping[str, int]


def compared(assessment: Assessment, policy: Policy, standing: int = 0) -> Change:
    """An assessment beside the same facts under another policy. Touches nothing; `standing` as for `answer`."""
    old, new = answer_of(assessment, standing), answer(assessment.facts, policy, standing)
    return Change("", "", assessment.facts.borrower.name, old, new)


def answer(facts: CaseFacts, policy: Policy, standing: int = 0) -> Answer:
    """The facts under a policy. Touches nothing. `standing` counts contradictions that stand unexplained."""
    return answer_of(assess(facts, policy), standing)


def answer_of(assessment: Assessment, standing: int = 0) -> Answer:
    """An assessment in short."""
    policy = assessment.policy
    path, lane = approval_path(assessment, policy, standing), lane_of(assessment.facts, assessment, policy)
    grade = assessment.risk_index.grade
    return Answer(
        recommended=known(assessment.sizing.recommended_max_loan),
        grade=grade if isinstance(grade, str) else "",
        tier=path.tier.name if path.tier is not None else "",
        lane=lane.name if lane is not None else "",
        flags=tuple(flag.code for flag in assessment.flags),
        refused=bool(assessment.sizing.refused_by or path.refusals),
    )


def summary(changes: Iterable[Change]) -> Summary:
    """Counts and sums; an amount that cannot be told counts as nothing."""
    every = tuple(changes)
    nothing = Decimal(0)
    return Summary(
        cases=len(every),
        changed=sum(one.differs for one in every),
        recommended_old=sum((one.old.recommended or nothing for one in every), nothing),
        recommended_new=sum((one.new.recommended or nothing for one in every), nothing),
        refused_old=sum(one.old.refused for one in every),
        refused_new=sum(one.new.refused for one in every),
        grades=Counter((one.old.grade, one.new.grade) for one in every if one.old.grade != one.new.grade),
        tiers=Counter((one.old.tier, one.new.tier) for one in every if one.old.tier != one.new.tier),
        gained=Counter(code for one in every for code in one.gained),
        lost=Counter(code for one in every for code in one.lost),
    )
