"""Answers: the present ones and every change; the history only ever grows."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, VisitId, new_id
from officer_app.vault import answers, cases
from officer_app.vault.store import Vault
from tests.support.vaults import StillClock, a_case, a_visit


def _visit(vault: Vault) -> VisitId:
    case = a_case(vault.user.id, new_id())
    visit = a_visit(case)
    with vault.writing() as tx:
        cases.add(tx, case)
        answers.add_visit(tx, visit)
    return visit.id


def test_history_tells_who_when_old_and_new(vault: Vault, clock: StillClock) -> None:
    visit = _visit(vault)
    with vault.writing() as tx:
        answers.store(tx, visit, {"/data/rent": "9800"})
    clock.pass_time(30)
    with vault.writing() as tx:
        answers.store(tx, visit, {"/data/rent": "10800", "/data/staff": "2"})
        answers.store(tx, visit, {"/data/staff": None})
    with vault.reading() as tx:
        assert answers.all(tx, visit) == {"/data/rent": "10800"}
        told = [(e.ref, e.old, e.new) for e in answers.history(tx, visit)]
        rent = answers.history(tx, visit, "/data/rent")
    assert told == [
        ("/data/rent", None, "9800"),
        ("/data/rent", "9800", "10800"),
        ("/data/staff", None, "2"),
        ("/data/staff", "2", None),
    ]
    assert [(e.who, e.at) for e in rent] == [(vault.user.id, rent[0].at), (vault.user.id, clock.moment)]
    assert rent[0].number < rent[1].number


def test_an_unchanged_answer_writes_nothing(vault: Vault) -> None:
    visit = _visit(vault)
    with vault.writing() as tx:
        assert len(answers.store(tx, visit, {"/a": "1", "/b": None})) == 1
        assert answers.store(tx, visit, {"/a": "1", "/b": None, "/c": None}) == ()
        assert len(answers.history(tx, visit)) == 1


def test_an_empty_text_is_an_answer_and_none_is_not(vault: Vault) -> None:
    visit = _visit(vault)
    with vault.writing() as tx:
        answers.store(tx, visit, {"/a": ""})
        assert answers.all(tx, visit) == {"/a": ""}


def test_order_is_by_commit_even_when_the_clock_goes_back(vault: Vault, clock: StillClock) -> None:
    visit = _visit(vault)
    for value in ("1", "2", "3"):
        clock.set_back(86_400)
        with vault.writing() as tx:
            answers.store(tx, visit, {"/a": value})
    with vault.reading() as tx:
        assert [event.new for event in answers.history(tx, visit)] == ["1", "2", "3"]


@pytest.mark.parametrize("change", ["UPDATE answer_event SET new = 'x'", "DELETE FROM answer_event"])
def test_the_history_cannot_be_changed(vault: Vault, change: str) -> None:
    visit = _visit(vault)
    with vault.writing() as tx:
        answers.store(tx, visit, {"/a": "1"})
    with pytest.raises(Exception, match="only ever added to"), vault.writing() as tx:
        tx.sql.exec_driver_sql(change)


_STEP = st.dictionaries(st.sampled_from([f"/d/{n}" for n in range(70)]), st.none() | st.text(max_size=5), max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEP, max_size=6))
def test_the_history_replayed_gives_the_present(vault: Vault, steps: list[dict[str, str | None]]) -> None:
    visit = _visit(vault)
    expected: dict[str, str] = {}
    for step in steps:
        with vault.writing() as tx:
            answers.store(tx, visit, step)
        for ref, value in step.items():
            if value is None:
                expected.pop(ref, None)
            else:
                expected[ref] = value
    replayed: dict[str, str | None] = {}
    with vault.reading() as tx:
        for event in answers.history(tx, visit):
            assert replayed.get(event.ref) == event.old
            replayed[event.ref] = event.new
        assert answers.all(tx, visit) == expected
    assert {ref: value for ref, value in replayed.items() if value is not None} == expected


@pytest.mark.parametrize(
    "text", ["Robert'); DROP TABLE answer;--", "\u202eevil", "𠮷", "=1+1", "a\nb\tc", "😀" * 1000, "'\"%_\\"]
)
def test_hostile_and_rare_text_is_literal(vault: Vault, text: str) -> None:
    visit = _visit(vault)
    with vault.writing() as tx:
        answers.store(tx, visit, {text: text})
        assert answers.all(tx, visit) == {text: text}


def test_a_visit_needs_its_case_and_an_answer_its_visit(vault: Vault) -> None:
    with vault.writing() as tx:
        with pytest.raises(Fault) as no_case:
            answers.add_visit(tx, a_visit(a_case(vault.user.id)))
        with pytest.raises(Fault) as no_visit:
            answers.store(tx, VisitId(new_id()), {"/a": "1"})
    assert no_case.value.code is Code.RECORD_MISSING
    assert no_visit.value.code is Code.RECORD_MISSING


def test_visits_of_a_case_oldest_first(vault: Vault) -> None:
    first = _visit(vault)
    with vault.writing() as tx:
        visit = answers.visit(tx, first)
        assert answers.visits(tx, visit.case) == (visit,)
        assert answers.visits(tx, CaseId(new_id())) == ()
