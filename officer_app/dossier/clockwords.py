"""The decider's word on the own clock, where the laptop's log has something to tell of it: part of the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from officer_app.base.canonical import Json
from officer_app.base.clock import to_text
from officer_app.dossier.fields import Fields


@dataclass(frozen=True, slots=True)
class ClockWord:
    """What the log tells, in both languages, with its two times, and what the decider says to it."""

    before: datetime
    after: datetime
    sentence: str
    sentence_zh: str
    reason: str


def clock_told(word: ClockWord | None) -> Json:
    """As it stands in the record."""
    if word is None:
        return None
    return {
        "before": to_text(word.before),
        "after": to_text(word.after),
        "sentence": word.sentence,
        "sentence_zh": word.sentence_zh,
        "reason": word.reason,
    }


def read_clock(fields: Fields) -> ClockWord:
    """Out of a stranger's record. Errors: RECORD_UNREADABLE (where: the field)."""
    word = ClockWord(
        before=fields.moment("before"),
        after=fields.moment("after"),
        sentence=fields.text("sentence"),
        sentence_zh=fields.text("sentence_zh"),
        reason=fields.text("reason"),
    )
    fields.done()
    return word
