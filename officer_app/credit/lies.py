"""A proven lie caps the willingness to repay; it never lowers an average. Source: DOMAIN, e.2."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.figures import Figure, Missing
from officer_app.credit.keys import decimal_key
from officer_app.credit.policy import Policy

# Of 100 points. A policy without it knows no lies: neither cap nor flag.
WILLINGNESS_CAP: Final = decimal_key("willingness_cap_after_lie", "score", optional=True)


def capped(score: Figure, sentence: Message, lies: int, policy: Policy) -> tuple[Figure, Message]:
    """The score of willingness and its sentence, with the cap where at least one lie was proven."""
    cap = policy.get(WILLINGNESS_CAP, None)
    if cap is None or not lies:
        return score, sentence
    said = Message(N_("{sentence}; a proven lie caps it at {cap:points} of 100"), {"sentence": sentence, "cap": cap})
    return (score if isinstance(score, Missing) else min(score, cap)), said
