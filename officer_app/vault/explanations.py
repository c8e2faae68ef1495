"""Contradictions of a case and the way each was closed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from officer_app.base.ids import CaseId, PhotoId, RecordId
from officer_app.vault import rows
from officer_app.vault.records import ContradictionRecord, Exit, LieTold
from officer_app.vault.tables import CASE, CONTRADICTION
from officer_app.vault.transactions import Reading, Writing


@dataclass(frozen=True, slots=True)
class SameWords:
    """An explanation of another case in the same words: which case, its number, and the words in letters alone."""

    case: CaseId
    number: str
    alike: str


def letters(explanation: str) -> str:
    """An explanation without spaces, signs and digits, wide and narrow letters alike."""
    folded = unicodedata.normalize("NFKC", explanation).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign).startswith("L"))


def put(tx: Writing, contradiction: ContradictionRecord) -> None:
    """A new contradiction, or the whole record in place of the one with its id.

    Errors: RECORD_EXISTS when the case has this code under another id.
    """
    if rows.find(tx, CONTRADICTION, ContradictionRecord, CONTRADICTION.c.id == contradiction.id) is None:
        rows.add(tx, CONTRADICTION, contradiction, alike=letters(contradiction.explanation))
    else:
        rows.save(tx, CONTRADICTION, contradiction, alike=letters(contradiction.explanation))


def get(tx: Reading, contradiction: RecordId) -> ContradictionRecord:
    """Errors: RECORD_MISSING."""
    return rows.get(tx, CONTRADICTION, ContradictionRecord, contradiction)


def of_case(tx: Reading, case: CaseId) -> tuple[ContradictionRecord, ...]:
    """A case's contradictions in the order they appeared, those that are gone as well."""
    order = (CONTRADICTION.c.opened, CONTRADICTION.c.code)
    return rows.many(tx, CONTRADICTION, ContradictionRecord, CONTRADICTION.c.case == case, order=order)


def in_same_words(tx: Reading, case: CaseId, alike: Iterable[str]) -> tuple[SameWords, ...]:
    """Where the officer of a case explained something else in one of these letters, other cases only, by number."""
    officer = select(CASE.c.officer).where(CASE.c.id == case).scalar_subquery()
    found = tx.sql.execute(
        select(CASE.c.id, CASE.c.number, CONTRADICTION.c.alike)
        .join(CONTRADICTION, CONTRADICTION.c.case == CASE.c.id)
        .where(
            CONTRADICTION.c.alike.in_([words for words in alike if words]),
            CONTRADICTION.c.exit == Exit.EXPLAINED,
            CASE.c.id != case,
            CASE.c.officer == officer,
        )
        .order_by(CASE.c.number)
        .distinct()
    )
    return tuple(SameWords(CaseId(row[0]), row[1], row[2]) for row in found)


def close(
    tx: Writing,
    contradiction: RecordId,
    way: Exit,
    explanation: str,
    photos: Sequence[PhotoId] = (),
    lie: LieTold | None = None,
    proof: str = "",
) -> ContradictionRecord:
    """Give a contradiction one of its three exits, by the signed-in user and now; `lie` when one was proven by it."""
    closed = replace(
        get(tx, contradiction),
        exit=way,
        explanation=explanation,
        photos=tuple(photos),
        closed_by=tx.user.id,
        closed=tx.clock.now(),
        lie_said=lie.said if lie else "",
        lie_found=lie.found if lie else "",
        proof=proof,
    )
    put(tx, closed)
    return closed


def reopen(tx: Writing, contradiction: RecordId) -> ContradictionRecord:
    """Take the exit back, and what was marked as a lie with it; the explanation stays as a draft."""
    opened = replace(get(tx, contradiction), exit=None, closed_by=None, closed=None, lie_said="", lie_found="")
    put(tx, opened)
    return opened
