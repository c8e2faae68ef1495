"""Whether the identity numbers of the people of a case can be right. Format, date and check digit decide.

Source: DOMAIN, row 74; `credit.identity`. The numbers are judged when the case is looked up, since a birth date in
the future needs a day to be judged on and an assessment has none.
"""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import Cause, CheckResult, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.facts.screening import NumberJudged
from officer_app.credit.ground import Ground
from officer_app.credit.identity import reason_sentence
from officer_app.credit.vocabulary import label_of

FLAG: Final = FlagKind("ID_INVALID", 300, 1, N_("the identity number cannot be right"))

_TITLE: Final = Message(N_("Identity numbers"))
_FORMULA: Final = Message(N_("format, date and check digit of every number"))
_BEGIN: Final = Message(N_("Ask for the identity card and enter its number"))
_ASK: Final = Message(N_("Read the number again from the original, digit by digit"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Fails for each number that cannot be right; not begun without the borrower's.

    What is as it must be proves no answer true, so there is nothing to pass.
    """
    screening = ground.facts.screening
    if screening is None:  # nobody looked anything up, as in a worked case
        return ()
    wrong = tuple(one for one in screening.numbers if one.reason)
    if not wrong and not screening.numbers and not ground.facts.borrower.resident_id:
        return (not_done("IDENTITY", _TITLE, _FORMULA, _BEGIN, "borrower.resident_id"),)
    if not wrong:
        return ()
    causes = tuple(Cause(FLAG, f"ID:{one.of}", _sentence(one), (one.of,)) for one in wrong)
    paths = tuple(one.of for one in wrong)
    sentence = causes[0].sentence
    return (
        judged(Finding("IDENTITY", _TITLE, _FORMULA, sentence, False, _ASK, paths, unit=Unit.COUNT, causes=causes)),
    )


def _sentence(number: NumberJudged) -> Message:
    return Message(
        N_("{number}: {reason}"), {"number": label_of(number.of), "reason": reason_sentence(number.reason)}
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
