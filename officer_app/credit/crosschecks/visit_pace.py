"""Signs that a visit was not made: faster than a person can be asked, not read, or filled far from the pictures.

The log of the visit gives the figures (`credit.facts.pace`); a file without a log, such as one typed in afterwards,
is not judged. Each speaks only when it finds something, for good pace is no merit. Source: the audit logs of survey
tools, whose users find invented interviews by the same three signs.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule
from officer_app.credit.figures import Figure, at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key, whole_key

JUDGED: Final = whole_key("visit_answers_judged_min", "count", optional=True)
SECONDS: Final = decimal_key("visit_seconds_per_answer_min", "seconds", optional=True)
READING: Final = decimal_key("visit_reading_characters_max", "characters/second", optional=True)
AWAY: Final = decimal_key("visit_minutes_from_pictures_max", "minutes", optional=True)

_PATH: Final = "visit_pace"
_BEGIN: Final = Message(N_("Fill the checklist where the questions are asked"))
_PURSUE: Final = Message(N_("Say how the checklist was filled; if from a paper field sheet, add a picture of it"))

QUICK: Final = Rule(
    "VISIT_QUICK",
    FlagKind("VISIT_TOO_QUICK", 510, 1, N_("the checklist was filled faster than questions can be asked")),
    Message(N_("Pace of the visit")),
    Message(N_("seconds on a question that got an answer, on average")),
    _BEGIN,
    _PURSUE,
)
UNREAD: Final = Rule(
    "VISIT_READ",
    FlagKind("QUESTIONS_NOT_READ", 511, 1, N_("most questions were answered before they could be read")),
    Message(N_("Time to read the questions")),
    Message(N_("characters of the question over the seconds until its answer, the middle one of all")),
    _BEGIN,
    _PURSUE,
)
FAR: Final = Rule(
    "VISIT_FAR",
    FlagKind(
        "FILLED_FAR_FROM_PICTURES", 512, 1, N_("the checklist was filled long before or after the site pictures")
    ),
    Message(N_("Answers and site pictures")),
    Message(N_("minutes between an answer and the nearest picture of the site, the middle one of all")),
    _BEGIN,
    _PURSUE,
)


def _quick(ground: Ground) -> Results:
    """Fails when an answer took fewer seconds on average than asking takes."""
    found, limit = _figure(ground, "seconds_per_answer"), ground.policy.get(SECONDS, None)
    if found is None or limit is None or at_most(limit, found):
        return ()
    said = N_("{answers:count} answers, {found:ratio} seconds each; asking takes at least {limit:ratio}")
    return _told(QUICK, ground, said, found, limit)


def _unread(ground: Ground) -> Results:
    """Fails when the middle question was read faster than anybody reads."""
    found, limit = _figure(ground, "characters_per_second"), ground.policy.get(READING, None)
    if found is None or limit is None or at_most(found, limit):
        return ()
    said = N_("Questions were read at {found:ratio} characters a second; nobody reads more than {limit:ratio}")
    return _told(UNREAD, ground, said, found, limit)


def _far(ground: Ground) -> Results:
    """Fails when the middle answer was typed long before or after the pictures were taken."""
    found, limit = _figure(ground, "minutes_from_pictures"), ground.policy.get(AWAY, None)
    if found is None or limit is None or at_most(found, limit):
        return ()
    said = N_("Answers were typed {found:ratio} minutes away from the site pictures; {limit:ratio} are usual at most")
    return _told(FAR, ground, said, found, limit)


def _figure(ground: Ground, name: str) -> Decimal | None:
    """A figure of the log, once enough answers were typed to judge by."""
    pace, least = ground.facts.visit_pace, ground.policy.get(JUDGED, None)
    if pace is None or least is None:
        return None
    answers, figure = known(pace.answers), known(getattr(pace, name))
    return figure if answers is not None and answers >= least else None


def _told(rule: Rule, ground: Ground, said: str, found: Figure, limit: Decimal) -> Results:
    pace = ground.facts.visit_pace
    answers = known(pace.answers) if pace is not None else None
    sentence = message(said, answers=answers, found=known(found), limit=limit)
    return rule.result(False, sentence, (_PATH,), Numbers(found=found, limit=limit, unit=Unit.COUNT))


CHECKS: Final = (QUICK.check(_quick), UNREAD.check(_unread), FAR.check(_far))
