"""Questions that vary from visit to visit, and the draw that nobody can choose.

The draw goes by the case and the number of the visit alone: each question's place is the SHA-256 of
`case/number/question`, in hexadecimal, and the smallest come first. Whoever has the bank can do it again by hand.
Source: DOMAIN, row 25.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from officer_app.base.words import Bilingual

EXTRA: Final = 3
TWICE: Final = 2


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question of the bank; `figure` names what it asks once more, "" for an extra question."""

    id: str
    subject: str
    words: Bilingual
    figure: str = ""
    trades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draw:
    """What is asked in one visit besides the checklist: extra questions, and figures put once more in other words."""

    extra: tuple[BankQuestion, ...]
    twice: tuple[BankQuestion, ...]


def read_bank(text: str) -> tuple[BankQuestion, ...]:
    """The questions of a bank's file, in its order."""
    return tuple(
        BankQuestion(
            one["id"],
            one["subject"],
            Bilingual(one["en"], one["zh"]),
            one.get("figure", ""),
            tuple(one.get("trades", ())),
        )
        for one in tomllib.loads(text)["question"]
    )


def draw(bank: Iterable[BankQuestion], case: str, visit: int, figures: Collection[str]) -> Draw:
    """The draw of a visit, counted from 1; `figures` are those that its checklist can take once more.

    No subject comes twice, so that three questions are about three things. Questions of one trade are not drawn for
    everybody: `of_trade` draws among them.
    """
    ranked = sorted((one for one in bank if not one.trades), key=lambda one: rank(one, case, visit))
    twice = _first_of_each((one for one in ranked if one.figure in figures), TWICE)
    extra = _first_of_each((one for one in ranked if not one.figure), EXTRA)
    return Draw(extra, twice)


def of_trade(bank: Iterable[BankQuestion], case: str, visit: int, trades: Collection[str]) -> BankQuestion | None:
    """The question that is drawn for the trades a visit may be about; None where the bank has none for all of them.

    A beef noodle shop may be read as one that keeps cattle too: then neither's question is put.
    """
    fitting = (one for one in bank if trades and set(trades) <= set(one.trades))
    return min(fitting, key=lambda one: rank(one, case, visit), default=None)


def rank(question: BankQuestion, case: str, visit: int) -> str:
    """Where a question stands in the draw: the smaller, the earlier."""
    return hashlib.sha256(f"{case}/{visit}/{question.id}".encode()).hexdigest()


def _first_of_each(ranked: Iterable[BankQuestion], most: int) -> tuple[BankQuestion, ...]:
    by_subject: dict[str, BankQuestion] = {}
    for one in ranked:
        by_subject.setdefault(one.subject, one)
    return tuple(by_subject.values())[:most]
