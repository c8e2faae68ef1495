"""Papers beside the checklist: suggested, checked digit by digit, taken on the officer's word, and held to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.base.workers import Worker
from officer_app.casework import explanations, photos, readings, visits
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Contradiction, findings_of
from officer_app.casework.findings import Standing as Stands
from officer_app.casework.kept_readings import CARD_UNTIL, OnPaper, Readings
from officer_app.casework.readings import Owner, Reading, Standing, Suggestion, opened_by, owners_asked, suggestions
from officer_app.casework.visits import Visit
from officer_app.evidence.reading.lines import Line, Page
from officer_app.evidence.reading.papers import Entry, Field, Paper, PaperKind
from officer_app.evidence.reading.watermark import Watermark
from officer_app.evidence.verdicts import FindingCode, Verdict
from officer_app.trust.certificates import Role
from officer_app.vault.records import PhotoRecord
from tests.support import drawn_papers as drawn
from tests.support.demo import desk_of
from tests.support.stages import Stage

LINE = Line("x", 97, ((10, 10), (90, 10), (90, 40), (10, 40)))
CARD = {
    Field.NAME: "陈桂芳",
    Field.SEX: "female",
    Field.BORN: "1986-04-17",
    Field.ADDRESS: "样例省样例市青石街道桥头路18号",
    Field.NUMBER: "990101198604170420",
}
LICENCE = {
    Field.CODE: "92990101MA0FTKLX1L",
    Field.FIRM: "青石街道桂芳理发店",
    Field.FORM: "individual_business",
    Field.HOLDER: "陈桂芳",
    Field.SINCE: "2019-03-08",
    Field.UNTIL: "",
}


class Table:
    """A visit without answers on the laptop, and one picture of a paper in it."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        self.desk, self.visit = desk, visit
        data = drawn.as_jpeg(drawn.card_front())
        seen = photos.read_picture(desk, data, "card.jpg")
        self.photo: PhotoRecord = photos.attach_photo(desk, visit.record, data, seen, name="card.jpg")
        self.on = local_date(visit.record.started)

    def suggested(
        self, kind: PaperKind, values: Mapping[Field, str], owner: Owner = Owner.BORROWER
    ) -> dict[Field, Suggestion]:
        paper = Paper(kind, tuple(Entry(field, value, (LINE,)) for field, value in values.items()), 0)
        reading = Reading(self.photo.id, b"", (paper,), None)
        found = suggestions(self.visit.session, reading, owner, self.on, CHINESE, self.kept())
        return {one.field: one for one in found}

    def kept(self) -> Readings:
        return self.judged().readings

    def judged(self):
        found = findings_of(self.desk, self.visit.case, self.visit).photos
        return next(one for one in found if one.record.id == self.photo.id)

    def answer(self, name: str, value: str) -> None:
        ref = next(ref for ref in self.refs() if ref.endswith(f"/{name}"))
        visits.answer(self.desk, self.visit, ref, value)

    def refs(self) -> list[str]:
        sections = self.visit.session.sections(ENGLISH)
        blocks = [item for section in sections for item in section.items]
        return [one.ref for block in blocks for one in getattr(block, "questions", ())]

    def keep(self, fact: str, value: str) -> None:
        readings.keep_paper(self.desk, self.photo.id, OnPaper(fact, value))

    def differences(self) -> list[Contradiction]:
        found = findings_of(self.desk, self.visit.case, self.visit).contradictions
        return [one for one in found if one.key.startswith("ON_PAPER") and one.found]


@pytest.fixture
def table(begun_once: Stage, tmp_path: Path) -> Iterator[Table]:
    stage = begun_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as desk:
        yield Table(desk, visits.resume_visit(desk, stage.visit))


def test_each_field_stands_beside_its_question_and_nothing_is_filled_in(table: Table) -> None:
    before = table.visit.session.answers()
    found = table.suggested(PaperKind.ID_FRONT, CARD)
    assert {field: one.standing for field, one in found.items()} == {
        Field.NAME: Standing.DIFFERS,  # the case was opened for somebody else
        Field.SEX: Standing.FITS,
        Field.BORN: Standing.FITS,
        Field.ADDRESS: Standing.FREE,
        Field.NUMBER: Standing.FREE,
    }
    assert found[Field.NUMBER].fact == "borrower.resident_id"
    assert found[Field.NUMBER].ref.endswith("/resident_id")
    assert say(found[Field.NAME].said, CHINESE) == "测试丙"  # type: ignore[arg-type]
    assert table.visit.session.answers() == before
    assert table.kept() == Readings()


@pytest.mark.parametrize("number", ["990101198604170427", "99010119860417042O", "92990101MA0FTKLX1L"])
def test_a_number_whose_check_digit_does_not_fit_is_not_to_be_taken(table: Table, number: str) -> None:
    found = table.suggested(PaperKind.ID_FRONT, {**CARD, Field.NUMBER: number})
    assert found[Field.NUMBER].standing is Standing.WRONG
    assert say(found[Field.NUMBER].problem, CHINESE)  # type: ignore[arg-type]
    assert found[Field.BORN].standing is Standing.UNASKED, "a wrong number says nothing of the birth date"


def test_a_birth_date_or_sex_that_the_number_contradicts_does_not_hold(table: Table) -> None:
    found = table.suggested(PaperKind.ID_FRONT, {**CARD, Field.BORN: "1986-04-11", Field.SEX: "male"})
    assert found[Field.BORN].standing is found[Field.SEX].standing is Standing.WRONG
    assert found[Field.NUMBER].standing is Standing.FREE


def test_the_code_of_a_licence_is_checked_and_its_questions_open_one_after_the_other(table: Table) -> None:
    found = table.suggested(PaperKind.LICENCE, LICENCE)
    assert found[Field.FORM].standing is Standing.FREE
    assert found[Field.CODE].standing is Standing.CLOSED
    assert found[Field.UNTIL].standing is Standing.UNASKED, "a licence without an end leaves its question blank"
    assert say(found[Field.UNTIL].shown, CHINESE) == "长期"
    table.answer("business_form", found[Field.FORM].value)
    again = table.suggested(PaperKind.LICENCE, LICENCE)
    assert again[Field.CODE].standing is Standing.FREE
    holder = again[Field.HOLDER]
    assert holder.standing is Standing.CLOSED
    assert holder.opening is not None
    answer = opened_by(table.visit.session, holder.opening)
    assert answer is not None
    visits.answer(table.desk, table.visit, holder.opening.ref, answer)
    opened = table.suggested(PaperKind.LICENCE, LICENCE)
    assert opened[Field.HOLDER].standing is opened[Field.SINCE].standing is Standing.FREE
    wrong = table.suggested(PaperKind.LICENCE, {**LICENCE, Field.CODE: "92990101MA0FTKLX11"})
    assert wrong[Field.CODE].standing is Standing.WRONG


def test_a_name_on_a_sign_and_a_home_may_differ_without_being_a_contradiction(table: Table) -> None:
    table.answer("business_name", "桂芳发廊")
    found = table.suggested(PaperKind.LICENCE, LICENCE)
    assert found[Field.FIRM].standing is Standing.MAY_DIFFER
    table.keep("business.name", LICENCE[Field.FIRM])
    assert table.differences() == []


def test_a_kept_difference_is_a_contradiction_until_one_side_is_put_right(table: Table) -> None:
    table.answer("resident_id", "990103197304120016")
    found = table.suggested(PaperKind.ID_FRONT, CARD)[Field.NUMBER]
    assert found.standing is Standing.DIFFERS
    assert table.differences() == [], "reading alone says nothing of the person"
    table.keep(found.fact, found.value)
    (one,) = table.differences()
    assert one.severe
    assert one.paths == ("borrower.resident_id",)
    assert one.photos == (table.photo.id,)
    for language in (ENGLISH, CHINESE):
        sentence = say(one.sentence, language)
        assert "990103197304120016" in sentence
        assert "990101198604170420" in sentence
        assert "card.jpg" in sentence
    explanations.correct(table.desk, table.visit.case, one, "抄错了")
    table.answer("resident_id", found.value)
    assert table.differences() == []
    closed = next(
        c for c in findings_of(table.desk, table.visit.case, table.visit).contradictions if c.key == one.key
    )
    assert closed.standing is Stands.CORRECTED
    assert table.suggested(PaperKind.ID_FRONT, CARD)[Field.NUMBER].confirmed


def test_what_was_confirmed_is_taken_back(table: Table) -> None:
    table.keep("borrower.name", "陈桂芳")
    assert len(table.differences()) == 1
    readings.let_go(table.desk, table.photo.id, "borrower.name")
    assert table.differences() == []
    assert table.kept() == Readings()


def test_spaces_and_the_dot_in_a_name_make_no_difference(table: Table) -> None:
    table.answer("borrower_name", "阿依古丽 · 买买提")
    found = table.suggested(PaperKind.ID_FRONT, {**CARD, Field.NAME: "阿依古丽·买买提"})
    assert found[Field.NAME].standing is Standing.SAME
    table.keep("borrower.name", "阿依古丽·买买提")
    assert table.differences() == []


def test_a_card_that_ran_out_is_said_of_its_picture_once_confirmed(table: Table) -> None:
    over = (table.on - timedelta(days=1)).isoformat()
    found = table.suggested(PaperKind.ID_BACK, {Field.VALID_FROM: "2006-01-20", Field.VALID_UNTIL: over})
    assert found[Field.VALID_UNTIL].standing is Standing.KEPT
    assert found[Field.VALID_UNTIL].problem is not None
    table.keep(CARD_UNTIL, over)
    (one,) = [f for f in table.judged().findings if f.code is FindingCode.PAPER_EXPIRED]
    assert one.verdict is Verdict.LOOK_CLOSER
    table.keep(CARD_UNTIL, table.on.isoformat())
    (one,) = [f for f in table.judged().findings if f.code is FindingCode.PAPER_EXPIRED]
    assert one.verdict is Verdict.PASS


def test_a_confirmed_watermark_is_judged_with_the_picture_and_let_go(table: Table) -> None:
    told = Watermark(date(2020, 1, 1), time(8, 30), Decimal("23.129112"), Decimal("113.264385"), "别样市河边路")
    readings.keep_watermark(table.desk, table.photo.id, told)
    assert table.kept().watermark == told
    found = {one.code: one.verdict for one in table.judged().findings}
    assert found[FindingCode.WATERMARK_TIME] is Verdict.STOP
    keys = {one.key for one in findings_of(table.desk, table.visit.case, table.visit).contradictions}
    assert "PHOTO_WATERMARK_TIME" in keys
    readings.let_go(table.desk, table.photo.id)
    assert FindingCode.WATERMARK_TIME not in {one.code for one in table.judged().findings}


def test_the_address_moves_a_watermark_judged_by_its_name(table: Table) -> None:
    """Judging pictures again waits for the premises to move, and their address is part of them."""
    told = Watermark(day=local_date(table.visit.record.started), place="样例市桥头路18号")
    readings.keep_watermark(table.desk, table.photo.id, told)
    place = FindingCode.WATERMARK_PLACE
    assert {one.code: one.verdict for one in table.judged().findings}[place] is Verdict.CANNOT_TELL
    table.answer("premises_address", "样例市河边路2号")
    assert {one.code: one.verdict for one in table.judged().findings}[place] is Verdict.LOOK_CLOSER


def test_the_checklist_says_whose_cards_it_asks_for(table: Table) -> None:
    assert owners_asked(table.visit.session)[0] is Owner.BORROWER
    found = table.suggested(PaperKind.ID_FRONT, CARD, Owner.GUARANTOR)
    assert found[Field.NAME].fact == "guarantors[0].name"
    assert found[Field.ADDRESS].standing is Standing.UNASKED


def test_what_is_read_is_what_is_shown(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader is handed the view, with what was cut or blurred, in a child of its own."""
    handed: list[object] = []

    def read(picture: bytes, worker: Worker, name: str, _cancelled: object) -> Page:
        handed.extend((picture, worker, name))
        return Page(10, 10, ())

    monkeypatch.setattr(readings, "must_be_installed", lambda: None)
    monkeypatch.setattr(readings, "read_page", read)
    found = readings.read_texts(table.desk, table.photo)
    assert handed == [photos.view(table.desk, table.photo), table.desk.reader, "card.jpg"]
    assert found.is_empty


def test_a_closed_case_keeps_no_more_readings(ready_once: Stage, tmp_path: Path) -> None:
    from tests.support import stages

    stage = stages.submitted(ready_once.copy(tmp_path / "demo"))
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as desk:
        photo = photos.photos_of(desk, stage.case, None)[0].record.id
        for verb in (
            lambda: readings.keep_paper(desk, photo, OnPaper("borrower.name", "别人")),
            lambda: readings.keep_watermark(desk, photo, Watermark(place="桥头路")),
            lambda: readings.let_go(desk, photo),
        ):
            with pytest.raises(Fault) as caught:
                verb()
            assert caught.value.code is Code.CASE_NOT_OPEN
