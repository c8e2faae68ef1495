"""Somebody who has only read the help page files visits to trades that the word lists were not made from.

Honest figures, not promises: the bounds are what is reached now and may only get better. What the two transcripts of
`test_keystrokes` show is what a practised officer reaches; this is the first day.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from officer_app.checklists.capturing.proposing import Proposal, names_in, proposals
from officer_app.checklists.session import FormSession
from tests.support.keystrokes import Workbook, cell_keys, line_keys
from tests.support.visits import new_visit
from tests.visits.test_capture import asking, form_words

VISITS = ("pig_farm", "car_repair")
DAY = date(2026, 9, 17)


@cache
def rows(visit: str) -> tuple[dict[str, Any], ...]:
    text = (Path(__file__).resolve().parent / "first_time.yaml").read_text("utf-8")
    return tuple(yaml.safe_load(text)[visit])


@dataclass
class Tally:
    """What came of the lines: places found, values read, keys pressed; a line that led nowhere is typed in words."""

    first: int = 0
    five: int = 0
    wrong: list[str] = field(default_factory=list)
    keys: int = 1
    lost: list[str] = field(default_factory=list)


def _offered(session: FormSession, line: str, last: str) -> tuple[Proposal, ...]:
    known = names_in(session.answers().values())
    return proposals(session, line, replace(asking(DAY, last), names=known))


def _rank(row: dict[str, Any], offered: tuple[Proposal, ...]) -> int | None:
    return next((at for at, one in enumerate(offered) if set(row["facts"]) & one.facts), None)


@cache
def filed(visit: str, column: str) -> Tally:
    session, last, tally = new_visit(), "", Tally()
    for row in rows(visit):
        offered = _offered(session, row[column], last)
        rank = _rank(row, offered)
        tally.keys += line_keys(row[column]) + (rank or 0)
        tally.first += rank == 0
        tally.five += rank is not None
        if rank is None and column == "short":
            offered = _offered(session, row["typed"], last)
            rank = _rank(row, offered)
            tally.keys += line_keys(row["typed"]) + (rank or 0)
        if rank is None:
            tally.lost.append(f"{row[column]} -> {row['facts'][0]}")
            continue
        chosen = offered[rank]
        if not _is_meant(row, chosen.value):
            tally.wrong.append(f"{row[column]}: {chosen.value} for {row['value']}")
        session.enter(chosen.adds, chosen.answers)
        last = chosen.ref
    return tally


def _is_meant(row: dict[str, Any], value: str) -> bool:
    if row["unit"] in ("text", "choice", "yes/no", "date"):
        return True
    return abs(float(value) - float(row["value"])) <= float(row["value"]) / 20


@cache
def workbook_keys(visit: str) -> int:
    """Only figures and moves: nothing is told another way later, so no notes are written."""
    book, cells = Workbook(form_words()), 0
    entries: dict[str, int] = {}
    for row in rows(visit):
        fact = row["facts"][0]
        written, entry = row["sheet"].split(";"), fact.split("[]")[0]
        if "[]" in fact and len(written) > 1:
            entries[entry] = entries.get(entry, 0) + 1
        book.go(form_words().by_fact[fact][0], entries.get(entry, 1))
        cells += cell_keys(written)
    return cells + book.moves


@pytest.mark.parametrize(("visit", "first", "five"), [("pig_farm", 67, 76), ("car_repair", 60, 64)])
def test_lines_in_words_find_their_question(visit: str, first: int, five: int) -> None:
    tally = filed(visit, "typed")
    print(visit, len(rows(visit)), tally)
    assert tally.first >= first
    assert tally.five >= five


@pytest.mark.parametrize(("visit", "first", "five"), [("pig_farm", 54, 67), ("car_repair", 41, 56)])
def test_initials_find_most_questions(visit: str, first: int, five: int) -> None:
    tally = filed(visit, "short")
    print(visit, len(rows(visit)), tally)
    assert tally.first >= first
    assert tally.five >= five


@pytest.mark.parametrize("visit", VISITS)
def test_what_is_filed_is_the_value_that_was_said(visit: str) -> None:
    """Whoever presses Enter must not find ten times the figure on the file; one in a visit is read another way."""
    assert len(filed(visit, "typed").wrong) <= 1


@pytest.mark.parametrize("visit", VISITS)
def test_a_first_day_takes_fewer_keys_than_the_workbook_even_so(visit: str) -> None:
    """Letters, and each line that led nowhere typed once more in words."""
    ours, book = filed(visit, "short").keys, workbook_keys(visit)
    print(f"{visit}: {ours} keys against {book}: {ours / book:.2f}")
    assert ours < book


@pytest.mark.parametrize(
    ("line", "filed_as"),
    [
        ("大米还有20斤", {"stock_item_quantity": "10", "stock_item_unit": "公斤"}),
        ("轮胎还有140条", {"stock_item_quantity": "140", "stock_item_unit": "条"}),
        ("7月用水85吨", {"meter_quantity": "85"}),
        ("水4.2一吨", {"meter_price": "4.2"}),
        ("补胎胶200一个月", {"cost_amount": "200", "cost_item": "补胎胶"}),
        ("运输公司欠他5.8万", {"receivables_total": "58000"}),
        ("欠他哥5万", {"debt_balance": "50000", "debt_creditor": "哥"}),
        ("欠运输公司5.8万", {"debt_balance": "58000"}),
    ],
)
def test_number_and_unit_belong_together_and_owing_has_a_direction(line: str, filed_as: dict[str, str]) -> None:
    """Half a sack under the unit of a whole one would be a wrong figure that nobody sees."""
    best = _offered(new_visit(), line, "")[0]
    written = {ref.rpartition("/")[2]: value for ref, value in best.answers.items()}
    assert filed_as.items() <= written.items()
