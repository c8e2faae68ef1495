# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""How the checklist was filled, by its log; given by the program, never asked."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.words import N_
from officer_app.credit.fields import number, whole
from officer_app.credit.figures import Figure
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPace(Node):
    """How the checklist was filled: times on questions that got an answer, by a count no clock can bend."""

    answers: Figure = whole(N_("Answers typed"), optional=True)
    seconds_per_answer: Figure = number(N_("Seconds on a question answered"), unit="seconds", optional=True)
    characters_per_second: Figure = number(N_("Characters of a question read a second"), optional=True)
    from_paper: Figure = whole(N_("Answers entered later from paper"), optional=True)
    minutes_from_pictures: Figure = number(
        N_("Minutes between answers and site pictures"), unit="minutes", optional=True
    )
