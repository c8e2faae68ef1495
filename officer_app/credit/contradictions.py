"""The list that must be answered before sending: each reason for a flag once, neutral, with the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from officer_app.base.words import Message
from officer_app.credit.assessment import Assessment
from officer_app.credit.flags import HARD


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

    It stops when any flag of the same subject is hard.
    """
    hard = assessment.policy[HARD]
    stopped = {cause.subject for cause in assessment.causes if cause.kind.code in hard}
    return tuple(
        Contradiction(
            code=cause.kind.code,
            subject=cause.subject,
            sentence=cause.sentence,
            severity=Severity.STOP if cause.subject in stopped else Severity.LOOK,
            cause=Cause.TOLD_AND_SEEN if cause.told_and_seen else Cause.LIMIT,
            paths=cause.paths,
        )
        for cause in assessment.causes
        if not cause.follows
    )
