"""What the visits of a case still owe to their checklist, taken together.

A further visit begins blank, and what must be answered may have been answered on any visit: so the checklist is
filled in memory as the facts merge, a later answer over an earlier one and a list whole from the latest visit that
has it, and asked what it lacks. Pictures are owed by the newest visit itself: they alone prove that somebody was
there again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from officer_app.base.words import Bilingual
from officer_app.casework.desk import Desk
from officer_app.casework.visits import Visit, blank_session, session_of
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Problem, QuestionType


@dataclass(frozen=True, slots=True)
class Owed:
    """A missing or refused answer, with the question and its section in both languages."""

    problem: Problem
    label: Bilingual
    section: Bilingual
    picture: bool


def owed(desk: Desk, visit: Visit) -> tuple[Owed, ...]:
    """In the order of the newest visit's checklist; what only the checklist of another visit asks comes after it."""
    if not visit.earlier:
        return tuple(_problems(visit.session))
    pictures = [one for one in _problems(visit.session) if one.picture]
    own = {one.problem.ref: one for one in pictures}
    by_form: dict[str, list[Visit]] = {}
    for one in (visit, *visit.earlier):
        by_form.setdefault(one.record.form, []).append(one)
    for same in by_form.values():
        for lacking in _problems(together(desk, sorted(same, key=lambda one: one.record.started))):
            if not lacking.picture:
                own.setdefault(lacking.problem.ref, lacking)
    order = {problem.ref: place for place, problem in enumerate(visit.session.problems("en"))}
    return tuple(sorted(own.values(), key=lambda one: order.get(one.problem.ref, len(order))))


def titles_of(session: FormSession) -> dict[str, Bilingual]:
    """The title of each section of a checklist."""
    chinese = session.titles("zh_CN")
    return {ref: Bilingual(title, chinese[ref]) for ref, title in session.titles("en").items()}


def together(desk: Desk, visits: list[Visit]) -> FormSession:
    """Visits with one checklist as if they had been one, in the newest version of it."""
    newest = visits[-1]
    blank = blank_session(desk, newest.session.form).answers()
    merged = dict(blank)
    for one in visits:
        held = one.session.answers()
        told = {ref: text for ref, text in held.items() if text and text != blank.get(ref)}
        lists = {_list_of(ref) for ref in told if "[" in ref}
        merged = {ref: text for ref, text in merged.items() if _list_of(ref) not in lists}
        merged |= {ref: text for ref, text in held.items() if _list_of(ref) in lists}
        merged |= {ref: text for ref, text in told.items() if "[" not in ref}
    return session_of(desk, newest.record, merged)


def _list_of(ref: str) -> str:
    """The outermost list that a ref belongs to or counts: /data/debts/debt[2]/owed and /data/debts/debt."""
    return ref.partition("[")[0]


def _problems(session: FormSession) -> Iterable[Owed]:
    in_english = session.problems("en")
    if not in_english:
        return
    chinese = {problem.ref: problem for problem in session.problems("zh_CN")}
    titles = titles_of(session)
    for problem in in_english:
        there = chinese.get(problem.ref, problem)
        picture = session.question(problem.ref, "en").type is QuestionType.IMAGE
        yield Owed(problem, Bilingual(problem.label, there.label), titles[problem.section_ref], picture)
