"""Questions that nobody can prepare for: drawn by case and visit, put beside the checklist, told in the memo."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.casework import visits
from officer_app.casework.captures import as_json
from officer_app.casework.desk import Desk
from officer_app.casework.drawn import again_refs, answering, bank, drawn, told_in_memo
from officer_app.casework.findings import findings_of
from officer_app.casework.norms import shipped_norms
from officer_app.checklists.questionbank import EXTRA, TWICE, draw
from officer_app.trust.certificates import Role
from tests.support.demo import desk_of
from tests.support.stages import Stage
from tests.support.visits import business_visit

FIGURES = frozenset(again_refs(business_visit()))


@pytest.fixture
def filled(ready_once: Stage, tmp_path: Path) -> Iterator[tuple[Desk, visits.Visit]]:
    stage = ready_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as desk:
        yield desk, visits.resume_visit(desk, stage.visit)


def test_the_bank_is_whole() -> None:
    """Forty at least, a third of them asking a fact once more, both languages, no name twice, known trades."""
    every = bank()
    assert len(every) >= 40
    assert 3 * sum(bool(one.figure) for one in every) >= len(every)
    assert all(one.words.english and one.words.chinese for one in every)
    assert [name for name, often in Counter(one.id for one in every).items() if often > 1] == []
    assert {one.figure for one in every if one.figure} <= FIGURES
    assert {trade for one in every for trade in one.trades} <= set(shipped_norms().trades)


def test_a_stranger_draws_the_same_by_hand() -> None:
    """The smallest SHA-256 of case/visit/question first, one of each subject."""
    found = draw(bank(), "c-1", 2, FIGURES)
    ranked = sorted(
        (one for one in bank() if not one.trades),
        key=lambda one: hashlib.sha256(f"c-1/2/{one.id}".encode()).hexdigest(),
    )
    extra: dict[str, str] = {}
    twice: dict[str, str] = {}
    for one in ranked:
        (twice if one.figure else extra).setdefault(one.subject, one.id)
    assert [one.id for one in found.extra] == list(extra.values())[:EXTRA]
    assert [one.id for one in found.twice] == list(twice.values())[:TWICE]


def test_it_varies_from_case_to_case_and_from_visit_to_visit() -> None:
    """Over 300 visits every question comes, and none in more than every second."""
    often = Counter(
        one.id
        for case in range(100)
        for visit in (1, 2, 3)
        for part in [draw(bank(), f"case {case}", visit, FIGURES)]
        for one in (*part.extra, *part.twice)
    )
    assert set(often) == {one.id for one in bank() if not one.trades}
    assert max(often.values()) <= 150


def test_two_figures_are_put_twice_and_both_answers_are_compared(filled: tuple[Desk, visits.Visit]) -> None:
    desk, visit = filled
    twice = [one for one in drawn(visit) if one.ref]
    assert len(twice) == TWICE
    for one in twice:
        for ref, text in answering(visit.session, one.ref, "7").items():
            visits.answer(desk, visit, ref, text)
    assert [one.answer for one in drawn(visit) if one.ref] == ["7", "7"]
    checks = {check.id for check in findings_of(desk, visit.case, visit).assessment.checks}
    assert {f"ACCOUNTS_BORROWER_AGAIN_{one.question.figure.upper()}" for one in twice} <= checks


def test_one_extra_question_is_of_the_trade(filled: tuple[Desk, visits.Visit]) -> None:
    desk, visit = filled
    assert len([one for one in drawn(visit) if not one.ref]) == EXTRA
    ref = visits.ref_of_fact(visit.session, "business.trade")
    assert ref is not None
    visits.answer(desk, visit, ref, "理发店")
    assert "salon_cards" in {one.question.id for one in drawn(visit)}
    visits.answer(desk, visit, ref, "牛肉面馆")
    own = {one.id for one in bank() if one.trades}
    assert not own & {one.question.id for one in drawn(visit)}, "noodles or cattle: nobody can tell"


def test_what_was_not_put_is_named_in_the_memo(filled: tuple[Desk, visits.Visit]) -> None:
    _desk, visit = filled
    told = told_in_memo([visit])
    assert told is not None
    for language in (CHINESE, ENGLISH):
        for one in drawn(visit):
            assert say(one.question.words, language) in say(told, language)
    assert as_json(visit) == []
