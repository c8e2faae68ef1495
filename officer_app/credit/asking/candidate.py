"""A question that may be worth asking, and the case it is asked in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from officer_app.base.words import Message
from officer_app.credit.assessment import Assessment
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.policy import Policy


@dataclass(frozen=True, slots=True)
class Candidate:
    """One question: its words, why it is open, where it is answered, and the case after each plausible answer.

    `decides` says that a check hangs on it, so that it is worth asking even when no amount does.
    """

    ask: Message
    because: Message
    paths: tuple[str, ...]
    answers: tuple[CaseFacts, ...]
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """A case as far as it is told, and the same with plausible guesses for what the amount still waits for.

    `sales` is the scale of the business: what is sold in a month as far as anybody can tell, in yuan.
    """

    told: CaseFacts
    assessment: Assessment
    facts: CaseFacts
    figures: Assessment
    sales: Decimal

    @property
    def policy(self) -> Policy:
        """The policy it is judged by."""
        return self.assessment.policy
