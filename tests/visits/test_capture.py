"""Both spoken visits through quick capture: what was said finds its question, and is typed once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from officer_app.base.paths import resource_folder
from officer_app.checklists.capturing.lexicon import Lexicon, read_lexicon
from officer_app.checklists.capturing.places import FormWords
from officer_app.checklists.capturing.proposing import Asking, Proposal, proposals
from officer_app.checklists.session import FormSession
from officer_app.credit.vocabulary import spec_of
from tests.support.visits import business_visit, new_visit

HERE = Path(__file__).resolve().parent
VISITS = {"noodle_shop": date(2026, 9, 15), "transport": date(2026, 9, 16)}


@cache
def lexicon() -> Lexicon:
    return read_lexicon((resource_folder() / "capture" / "words.toml").read_text("utf-8"))


@cache
def form_words() -> FormWords:
    return FormWords(business_visit())


def unit_of(fact: str) -> str:
    spec = spec_of(fact) if fact else None
    return spec.unit if spec is not None else ""


def asking(day: date, last: str = "") -> Asking:
    return Asking(form_words(), lexicon(), unit_of, day, last)


def captures(visit: str) -> list[dict[str, Any]]:
    """What was said, with `typed`, `short` and `sheet` of typed.yaml; facts that are new to us are left out."""
    said = [one for one in _read(visit)[visit]["captures"] if not one.get("new")]
    return [
        {"short": "", "sheet": "", "typed": one["quote"]} | one | row
        for one, row in zip(said, _read("typed")[visit], strict=True)
    ]


@cache
def _read(name: str) -> Any:
    found = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return found if name == "typed" else {name: found}


@dataclass
class Tally:
    """How a visit went through the capture."""

    total: int = 0
    first: int = 0
    five: int = 0
    values: int = 0
    numbers: int = 0
    misses: list[str] = field(default_factory=list)


@cache
def filed(visit: str, column: str) -> Tally:
    """File every capture in the order in which it was said, each where it belongs if that was proposed."""
    session, last, tally = new_visit(), "", Tally()
    for one in captures(visit):
        want = re.sub(r"\[\d+\]", "[]", one["fact"])
        offered = proposals(session, one[column], asking(VISITS[visit], last))
        rank = next((place for place, each in enumerate(offered, 1) if want in each.facts), 0)
        tally.total += 1
        tally.first += rank == 1
        tally.five += rank > 0
        if not rank:
            tally.misses.append(f"{one['turn']} {one[column]} -> {want}")
            continue
        chosen = offered[rank - 1]
        compare(one, chosen, tally)
        session.enter(chosen.adds, chosen.answers)
        last = chosen.ref
    return tally


def compare(one: dict[str, Any], chosen: Proposal, tally: Tally) -> None:
    """Count a number that was filed, and whether it is the one that was meant."""
    wanted = _number(one["value"])
    if wanted is None or one["unit"] in ("text", "choice", "yes/no"):
        return
    tally.numbers += 1
    got = _number(chosen.value)
    amount = chosen.amount
    within = amount is not None and amount.is_range
    tally.values += got is not None and (got == wanted or within or abs(got - wanted) <= wanted / 20)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


@pytest.mark.parametrize("visit", VISITS)
def test_the_typed_lines_stand_for_quotes_that_are_there(visit: str) -> None:
    """In their order, one for each."""
    said = [(one["turn"], one["quote"]) for one in _read(visit)[visit]["captures"] if not one.get("new")]
    assert [(one["turn"], one["quote"]) for one in _read("typed")[visit]] == said


@pytest.mark.parametrize(("visit", "first", "five"), [("noodle_shop", 90, 102), ("transport", 80, 84)])
def test_quotes_alone_find_their_question(visit: str, first: int, five: int) -> None:
    """Not one word beside what was said; the numbers are what is reached now, and may only grow."""
    tally = filed(visit, "quote")
    print(visit, "quotes alone:", tally)
    assert tally.first >= first
    assert tally.five >= five


@pytest.mark.parametrize(("visit", "first", "five"), [("noodle_shop", 110, 122), ("transport", 99, 103)])
def test_lines_as_officers_type_them_find_their_question(visit: str, first: int, five: int) -> None:
    tally = filed(visit, "typed")
    print(visit, "as typed:", tally)
    assert tally.first >= first
    assert tally.five >= five
    assert tally.five * 100 >= 80 * tally.total


@pytest.mark.parametrize("visit", VISITS)
def test_the_value_is_the_one_that_was_meant(visit: str) -> None:
    """Within 5 per cent, or a range of which the careful end is taken; the rest are misread or filed elsewhere."""
    tally = filed(visit, "typed")
    assert tally.values * 100 >= 85 * tally.numbers


@pytest.mark.parametrize("visit", VISITS)
def test_no_number_is_typed_twice(visit: str) -> None:
    """One line files one answer with all that belongs to it, so a number is never typed a second time."""
    lines = [one["typed"] for one in captures(visit)]
    session, last = new_visit(), ""
    for line in dict.fromkeys(lines):
        for one in proposals(session, line, asking(VISITS[visit], last))[:1]:
            before = dict(session.answers())
            session.enter(one.adds, one.answers)
            assert session.answers() != before or one.answers.items() <= before.items()
            assert session.peek(one.ref) == one.value
            last = one.ref


def _all_lines() -> Iterator[tuple[str, str]]:
    for visit in VISITS:
        for one in captures(visit)[::9]:
            yield visit, one["typed"]


def test_filing_is_taken_back_exactly() -> None:
    session, last = new_visit(), ""
    for visit, line in _all_lines():
        for one in proposals(session, line, asking(VISITS[visit], last))[:1]:
            before = session.state()
            if not session.enter(one.adds, one.answers).stored:
                continue
            filed_now = session.state()
            session.undo()
            assert session.state() == before
            session.redo()
            assert session.state() == filed_now
            last = one.ref


def test_proposing_changes_nothing() -> None:
    session: FormSession = new_visit()
    before = session.state()
    for visit, line in _all_lines():
        proposals(session, line, asking(VISITS[visit]))
    assert session.state() == before
    assert not session.can_undo
