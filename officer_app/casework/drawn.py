"""The questions drawn for a visit: three extra ones and two figures asked once more in other words. DOMAIN, row 25.

An extra question's answer is kept as a note of the visit, with its question. A figure's second answer goes where the
checklist has it, so that the analysis sets it beside the first one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from officer_app.base.paths import forms_folder
from officer_app.base.words import N_, Bilingual, Sayable, message
from officer_app.casework.norms import shipped_norms
from officer_app.casework.visits import Visit
from officer_app.checklists.form import Form
from officer_app.checklists.questionbank import BankQuestion, draw, of_trade, read_bank
from officer_app.checklists.session import FormSession
from officer_app.credit.normsearch import trades_like
from officer_app.vault.records import CaptureState

_AGAIN: Final = "accounts.borrower_again."
_TRADE: Final = "business.trade"
_NOTE: Final = "drawn/"
_TICK: Final = re.compile(r"selected\(\s*(?P<of>[\w./]+)\s*,\s*'(?P<choice>\w+)'\s*\)")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question drawn, and what was answered to it; `ref` is the checklist's own where it takes the answer."""

    question: BankQuestion
    answer: str
    ref: str = ""


@cache
def bank() -> tuple[BankQuestion, ...]:
    """The shipped questions."""
    return read_bank((forms_folder() / "questions" / "bank.toml").read_text("utf-8"))


def drawn(visit: Visit) -> tuple[Drawn, ...]:
    """What is asked in this visit besides its checklist; nothing where that puts no figure once more.

    One extra question gives way to one of the customer's own trade, once that is told.
    """
    session, number = visit.session, len(visit.earlier) + 1
    refs = again_refs(session.form)
    if not refs:
        return ()
    found = draw(bank(), visit.case, number, refs)
    own = of_trade(bank(), visit.case, number, trades_like(shipped_norms(), _trade(session)))
    extra = found.extra if own is None else (*found.extra[:-1], own)
    notes = _notes(visit)
    return (
        *(Drawn(one, session.value(refs[one.figure]), refs[one.figure]) for one in found.twice),
        *(Drawn(one, notes.get(one.id, "")) for one in extra),
    )


def again_refs(form: Form) -> dict[str, str]:
    """Where a checklist takes a figure of the borrower once more: figure -> ref."""
    nodes = (node for node in form.root.down() if node.fact_path.startswith(_AGAIN))
    return {node.fact_path.removeprefix(_AGAIN): node.path for node in nodes if node.control is not None}


def _trade(session: FormSession) -> str:
    paths = (node.path for node in session.form.root.down() if node.fact_path == _TRADE)
    return next((session.value(path) for path in paths), "")


def _notes(visit: Visit) -> dict[str, str]:
    """The last answer to each extra question."""
    kept = (one for one in visit.captures.values() if one.ref.startswith(_NOTE) and one.state is CaptureState.NOTED)
    return {one.ref.removeprefix(_NOTE): one.value for one in sorted(kept, key=lambda one: one.at)}


def note_of(question: BankQuestion, answer: str) -> tuple[str, str]:
    """The line that keeps an extra question's answer: its words, which name the question, and its ref."""
    return f"{question.words.chinese} {answer}".strip(), _NOTE + question.id


def answering(session: FormSession, ref: str, text: str) -> dict[str, str]:
    """What answers a figure's question that still stands in a closed part: the tick that opens it, and the answer."""
    found: dict[str, str] = {}
    node = next((each for each in session.form.root.down() if each.path == ref), None)
    for above in node.up() if node is not None else ():
        asked = _TICK.search(above.bind.relevant.source) if above.bind.relevant is not None else None
        if asked is not None:
            name = asked["of"].rpartition("/")[2]
            opener = next(each.path for each in session.form.root.down() if each.name == name)
            ticked = session.value(opener).split()
            if asked["choice"] not in ticked:
                found[opener] = " ".join([*ticked, asked["choice"]])
    return {**found, ref: text}


def told_in_memo(visits: Iterable[Visit]) -> Sayable | None:
    """One line: how many were drawn in all visits, and which were not put; nothing where none was drawn."""
    every = [one for visit in visits for one in drawn(visit)]
    if not every:
        return None
    skipped = tuple(one.question.words for one in every if not one.answer)
    if not skipped:
        told = N_("Drawn by case and visit: {drawn:count} questions, all of them put.")
        return message(told, drawn=len(every))
    told = N_("Drawn by case and visit: {drawn:count} questions, {left:count} not put: {skipped}")
    return message(told, drawn=len(every), left=len(skipped), skipped=_quoted(skipped))


def _quoted(words: tuple[Bilingual, ...]) -> Bilingual:
    return Bilingual(" ".join(one.english for one in words), "".join(one.chinese for one in words))
