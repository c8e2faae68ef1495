"""The craft's words for codes: methods, kinds of creditors and pledges, verdicts and exits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.assessment import Answer, Conclusion, Verdict
from officer_app.credit.conclusions import ANSWER_LABELS
from officer_app.credit.figures import Missing
from officer_app.memos.blocks import Pen
from officer_app.memos.inputs import Exit, Standing
from officer_app.memos.lines import Span
from officer_app.memos.quantities import NOT_KNOWN, NOTHING
from officer_app.plots.primitives import Role

_TERMS: Final[Mapping[str, str]] = {
    "equal_instalment": N_("equal instalments"),
    "principal_schedule": N_("principal by schedule, interest monthly"),
    "institution": N_("institution"),
    "supplier": N_("supplier"),
    "customer": N_("customer"),
    "individual": N_("individual"),
    "fixed": N_("fixed"),
    "variable": N_("variable"),
    "residential": N_("residential property"),
    "shop": N_("shop property"),
    "stall_operating_right": N_("stall operating right"),
    "land_operating_right": N_("land operating right"),
    "vehicle": N_("vehicle"),
    "machinery": N_("machinery"),
    "stock": N_("stock"),
    "livestock": N_("livestock"),
    "deposit": N_("deposit"),
    "receivables": N_("receivables"),
    "market": N_("market comparison"),
    "income": N_("income method"),
    "cost": N_("cost method"),
    "count": N_("counted value"),
    "seen": N_("seen"),
    "told": N_("told"),
    "paper": N_("on paper"),
}
_SIGNS: Final[Mapping[Standing, tuple[str, Role]]] = {
    Standing.PASSED: ("✓", Role.PASSED),
    Standing.LOOK: ("◐", Role.LOOK),
    Standing.STOP: ("■", Role.STOP),
    Standing.UNKNOWN: ("○", Role.UNKNOWN),
}
_VERDICTS: Final[Mapping[Verdict, tuple[Standing, str]]] = {
    Verdict.PASSED: (Standing.PASSED, N_("agrees")),
    Verdict.FAILED: (Standing.STOP, N_("does not agree")),
    Verdict.MISSING: (Standing.UNKNOWN, N_("inputs missing")),
    Verdict.NOT_DONE: (Standing.UNKNOWN, N_("not done")),
}
_EXITS: Final[Mapping[Exit, tuple[Standing, str]]] = {
    Exit.OPEN: (Standing.STOP, N_("open")),
    Exit.EXPLAINED: (Standing.LOOK, N_("explained")),
    Exit.CORRECTED: (Standing.PASSED, N_("corrected")),
    Exit.STANDS: (Standing.STOP, N_("stands unexplained")),
}


_ANSWERS: Final[Mapping[Answer, Standing]] = {
    Answer.YES: Standing.PASSED,
    Answer.WITH_CONDITIONS: Standing.LOOK,
    Answer.NO: Standing.STOP,
    Answer.CANNOT_TELL: Standing.UNKNOWN,
}


def term(code: str | Missing) -> Sayable:
    """What people call a code; a code without a word is printed as it is."""
    if isinstance(code, Missing):
        return message(NOT_KNOWN)
    if not code:
        return NOTHING
    return message(_TERMS[code]) if code in _TERMS else Verbatim(code)


def standing_span(pen: Pen, standing: Standing, words: Sayable | str = "") -> Span:
    """A state by sign and word in its colour: colour never stands alone."""
    sign, role = _SIGNS[standing]
    return Span(f"{sign} {pen.say(words)}".strip(), role=role)


def verdict_span(pen: Pen, verdict: Verdict) -> Span:
    """What a check says."""
    standing, word = _VERDICTS[verdict]
    return standing_span(pen, standing, message(word))


def answer_span(pen: Pen, found: Conclusion) -> Span:
    """How one of the two questions is answered."""
    return standing_span(pen, _ANSWERS[found.answer], message(ANSWER_LABELS[found.answer]))


def exit_span(pen: Pen, way: Exit) -> Span:
    """How a contradiction was left."""
    standing, word = _EXITS[way]
    return standing_span(pen, standing, message(word))
