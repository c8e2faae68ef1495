"""A draft keeps the checklist it began with until the officer says otherwise, and no answer is lost by it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from officer_app.base.errors import Code, Fault
from officer_app.casework import submission, upgrades, visits
from officer_app.casework.desk import Desk
from officer_app.casework.dossiers import MEMO
from officer_app.casework.visits import Visit
from officer_app.checklists.upgrading import What
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault import answers, audit
from officer_app.vault.verify import verify
from tests.support.demo import desk_of
from tests.support.files import settle
from tests.support.newer_form import GONE, NEW, PERSONS, VERSION, receive
from tests.support.stages import Stage


@pytest.fixture
def draft(ready_once: Stage, tmp_path: Path) -> Iterator[tuple[Desk, Visit]]:
    """A filled visit; a newer version of its checklist has come since, which no longer asks one of its questions."""
    stage = ready_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as desk:
        visit = visits.resume_visit(desk, stage.visit)
        visits.answer(desk, visit, GONE, "他嫂子说是老周的店")
        receive(desk)
        yield desk, visits.resume_visit(desk, stage.visit)


def _kept(desk: Desk, visit: Visit) -> dict[str, str]:
    with desk.vault.reading() as tx:
        return answers.all(tx, visit.record.id)


def _told(desk: Desk, visit: Visit) -> list[str]:
    with desk.vault.reading() as tx:
        events = audit.events(tx, visit.record.id, limit=1_000)
    return [event.kind for event in events if event.kind.startswith("visit_form")]


def test_a_draft_stays_and_is_told_what_is_newer(draft: tuple[Desk, Visit]) -> None:
    desk, visit = draft
    assert visit.session.form.version != VERSION
    newer = upgrades.newer_form(desk, visit.record)
    assert newer is not None
    assert newer.version == VERSION
    told = [(one.path, one.what) for one in newer.changes]
    assert told == [(PERSONS, What.REWORDED), (NEW, What.NEW), (GONE, What.GONE)]


def test_moved_it_keeps_every_answer_and_its_one_event(draft: tuple[Desk, Visit]) -> None:
    desk, visit = draft
    before = _kept(desk, visit)
    moved = upgrades.move_up(desk, visit.record.id)
    assert (moved.record.form_version, moved.session.form.version) == (VERSION, VERSION)
    assert moved.session.value(PERSONS) == before[PERSONS]
    after = _kept(desk, visit)
    assert {ref: after.get(ref) for ref in before} == before
    assert dict(moved.session.orphans) == {GONE: before[GONE]}
    assert [(one.question.chinese, one.value.chinese) for one in upgrades.without_place(desk, moved)] == [
        ("老板是谁", before[GONE])
    ]
    assert _told(desk, visit) == ["visit_form_moved"]
    assert upgrades.newer_form(desk, moved.record) is None
    assert verify(desk.vault).ok


def test_it_is_taken_back_exactly_until_the_next_answer(draft: tuple[Desk, Visit]) -> None:
    desk, visit = draft
    before = _kept(desk, visit)
    moved = upgrades.move_up(desk, visit.record.id)
    assert moved.moved is not None
    back = upgrades.move_back(desk, visit.record.id, moved.moved)
    assert back.record == visit.record
    assert _kept(desk, visit) == before
    assert back.session.orphans == {}


def test_after_an_answer_it_stays(draft: tuple[Desk, Visit]) -> None:
    desk, visit = draft
    moved = upgrades.move_up(desk, visit.record.id)
    way_back = moved.moved
    assert way_back is not None
    visits.answer(desk, moved, NEW, "2")
    assert moved.moved is None
    with pytest.raises(Fault) as refused:
        upgrades.move_back(desk, visit.record.id, way_back)
    assert refused.value.code is Code.ANSWERED_SINCE
    assert _kept(desk, visit)[NEW] == "2"


def test_with_the_newest_there_is_nothing_to_move_to(draft: tuple[Desk, Visit]) -> None:
    desk, visit = draft
    upgrades.move_up(desk, visit.record.id)
    with pytest.raises(Fault) as refused:
        upgrades.move_up(desk, visit.record.id)
    assert refused.value.code is Code.PACK_MISSING


def test_dossier_and_memo_have_the_answers_without_a_place(draft: tuple[Desk, Visit]) -> None:
    desk, visit = draft
    moved = upgrades.move_up(desk, visit.record.id)
    settle(desk, moved)
    record = submission.submit(desk, moved, PASSPHRASE)
    part = next(part for part in record.parts if part.path == f"answers/{visit.record.id}.json")
    assert GONE.encode() in desk.vault.read_blob(part.blob)
    memo = next(part for part in record.parts if part.path == MEMO)
    pages = PdfReader(BytesIO(desk.vault.read_blob(memo.blob))).pages
    printed = "".join("".join(page.extract_text().split()) for page in pages)
    assert "没有对应问题的回答" in printed
    assert "他嫂子说是老周的店" in printed
