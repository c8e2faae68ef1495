"""Both spoken visits filed in letters and digits, counted against a good workbook of the same case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

import pytest

from officer_app.checklists.capturing.proposing import Asking, Proposal, names_in
from officer_app.checklists.capturing.several import Part, parts, together
from officer_app.checklists.session import FormSession
from tests.support.keystrokes import Workbook, cell_keys, line_keys, text_keys
from tests.support.visits import new_visit
from tests.visits.test_capture import VISITS, Tally, asking, captures, compare, form_words

# Keys that a slow typist presses in a second, about 30 English words a minute.
SLOW: Final = 2.5
TEN_MINUTES: Final = 600
# Ctrl+K opens the line; it stays open over the whole visit.
OPENING: Final = 1


@dataclass
class Line:
    """A line as it is typed, and what was said that it files."""

    text: str
    said: list[dict[str, Any]]


def lines(visit: str) -> list[Line]:
    """The lines of a visit; what has no line of its own belongs to the one before."""
    found: list[Line] = []
    for one in captures(visit):
        if one["short"]:
            found.append(Line(one["short"], [one]))
        else:
            found[-1].said.append(one)
    return found


def generic(fact: str) -> str:
    """A fact without the numbers of its entries."""
    return re.sub(r"\[\d+\]", "[]", fact)


@dataclass
class Filed:
    """How a visit went: places and values, keys, and what each filing changed."""

    tally: Tally = field(default_factory=Tally)
    keys: int = OPENING
    known: set[str] = field(default_factory=set)
    unchanged: list[str] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)


def asked(session: FormSession, visit: str, last: str) -> Asking:
    """As the window asks: with the names that stand in the file."""
    return replace(asking(VISITS[visit], last), names=names_in(session.answers().values()))


@cache
def filed(visit: str) -> Filed:
    """File every line in the order in which things were said: where it belongs if that is offered, else nowhere."""
    session, last, done = new_visit(), "", Filed()
    for line in lines(visit):
        found = parts(session, line.text, asked(session, visit, last))
        ranks = list(_ranks(line, found, done))
        done.keys += line_keys(line.text)
        if len(found) > 1:
            # Tab by Tab to another place of a part; a line of one part is filed there by Ctrl+2 in place of Enter.
            done.keys += sum(ranks)
            found = parts(session, line.text, asked(session, visit, last), ranks)
        elif ranks:
            found = (replace(found[0], chosen=ranks[0]),)
        meant = [part.proposal for part in found if part.proposal is not None] if ranks else []
        _file(session, meant, done, line.text)
        last = meant[-1].ref if meant else last
    done.state = dict(session.answers())
    return done


def _ranks(line: Line, found: Sequence[Part], done: Filed) -> Iterator[int]:
    """Which place of each part is meant, counted from nought; what is known already needs none."""
    rest = list(line.said)
    for part in found:
        one = next((each for each in rest if _rank(each, part) is not None), None)
        if one is None:
            continue
        rest.remove(one)
        rank = _rank(one, part) or 0
        done.tally.total += 1
        done.tally.first += rank == 0
        done.tally.five += 1
        compare(one, part.offered[rank], done.tally)
        done.known |= part.offered[rank].facts
        yield rank
    for one in rest:
        known = generic(one["fact"]) in done.known
        done.tally.total += 1
        done.tally.first += known
        done.tally.five += known
        if not known:
            done.tally.misses.append(f"{one['turn']} {line.text} -> {one['fact']}")


def _rank(one: dict[str, Any], part: Part) -> int | None:
    return next((at for at, each in enumerate(part.offered) if generic(one["fact"]) in each.facts), None)


def _file(session: FormSession, meant: Sequence[Proposal], done: Filed, text: str) -> None:
    for one in meant:
        if session.peek(one.ref) == one.value:
            done.unchanged.append(text)
    if meant:
        session.enter(*together(meant))


@cache
def workbook_keys(visit: str) -> tuple[int, int, int]:
    """The keys of the workbook: in cells, on the way between them, and for notes of what was said before.

    A figure that is told another way later does not simply vanish: file and vault keep what was said first, so the
    workbook's officer writes the old figure into a note of the cell (Shift+F2, the figure, Esc).
    """
    book, cells, notes = Workbook(form_words()), 0, 0
    before: dict[str, str] = {}
    for one in captures(visit):
        if not one["sheet"]:
            continue
        place = form_words().by_fact[generic(one["fact"])][0]
        entry = re.search(r"\[(\d+)\]", one["fact"])
        book.go(place, int(entry[1]) + 1 if entry is not None else 1)
        cells += cell_keys(one["sheet"].split("|"))
        old = before.get(one["fact"], one["value"])
        notes += 2 + text_keys(old) if old != one["value"] else 0
        before[one["fact"]] = one["value"]
    return cells, book.moves, notes


# As the lines in whole words find their places today, and better.
@pytest.mark.parametrize(("visit", "first", "five"), [("noodle_shop", 112, 125), ("transport", 99, 104)])
def test_lines_in_letters_find_their_question(visit: str, first: int, five: int) -> None:
    tally = filed(visit).tally
    print(visit, "in letters:", tally)
    assert tally.total == len(captures(visit))
    assert tally.first >= first
    assert tally.five >= five


@pytest.mark.parametrize("visit", VISITS)
def test_the_value_is_the_one_that_was_meant(visit: str) -> None:
    tally = filed(visit).tally
    assert tally.values * 100 >= 95 * tally.numbers


@pytest.mark.parametrize("visit", VISITS)
def test_half_the_keys_of_a_workbook_at_most(visit: str) -> None:
    ours = filed(visit).keys
    cells, moves, notes = workbook_keys(visit)
    book = cells + moves + notes
    print(f"{visit}: {ours} keys against {book} of a workbook ({cells} in cells, {moves} moves, {notes} notes)")
    daring = sum(cell_keys(one["sheet"].split("|"), initials=True) for one in captures(visit) if one["sheet"])
    print(
        f"{visit}: {ours / book:.3f} of it; {ours / (daring + moves + notes):.3f} if Chinese there is initials alone"
    )
    assert ours * 2 <= book


@pytest.mark.parametrize("visit", VISITS)
def test_no_number_is_typed_twice(visit: str) -> None:
    """Every line changes something: what the file has already is not asked for and not typed again."""
    assert filed(visit).unchanged == []


@pytest.mark.parametrize("visit", VISITS)
def test_done_within_ten_minutes_after_the_last_word(visit: str) -> None:
    """Who files while people talk has nothing left; who only listened types all of it, slowly, in less."""
    whole = filed(visit)
    seconds = whole.keys / SLOW
    print(f"{visit}: 0 s left after the last word when filed meanwhile; {seconds:.0f} s when nothing was")
    assert whole.tally.misses == []
    assert seconds <= TEN_MINUTES


def test_the_model_of_keys() -> None:
    """What a sceptic may reckon: letters of the pinyin, a key for each phrase of four signs, one after each cell."""
    assert text_keys("房租") == len("fangzu") + 1
    assert text_keys("微信收款合计") == len("weixinshoukuan") + 1 + len("heji") + 1
    assert text_keys("=7300/12") == 8
    assert line_keys("fz3200") == 7
    assert line_keys("欠弟弟6w") == len("qiandidi") + 1 + 2 + 2 + 1
    assert cell_keys(("房租", "3200")) == 8 + 5


def test_moving_in_the_workbook() -> None:
    """A row costs an arrow, and no way costs more than finding the label or a trip with the mouse."""
    book = Workbook(form_words())
    one, two = form_words().by_fact["assets.cash_on_hand"][0], form_words().by_fact["assets.deposits"][0]
    assert book.go(one, 1) <= 9
    assert book.go(two, 1) == 2
    assert book.go(two, 1) == 0
