"""Notes at questions: durable, kept to their visit and their row, in the file and in the memo, and no answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from officer_app.base.canonical import Json, decode
from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.casework import captures, notes, photos
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.dossiers import frozen_parts
from officer_app.casework.findings import findings_of
from officer_app.casework.gate import gaps
from officer_app.casework.notes import note_on, sentence
from officer_app.casework.papers import preview
from officer_app.casework.rows import Followers
from officer_app.casework.visits import (
    Visit,
    add_repeat,
    answer,
    begin_visit,
    redo,
    remove_repeat,
    resume_visit,
    undo,
)
from officer_app.checklists.changes import Changes
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.vault import packs
from officer_app.vault import photos as kept_photos
from officer_app.vault.records import CaptureState, PhotoRecord
from tests.support.demo import HandClock, desk_of
from tests.support.drawn import jpeg, scene

FRONT = "shot_front"
COST = "/data/costs/operating_cost"


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def visit(desk: Desk) -> Visit:
    return begin_visit(desk, open_case(desk, NewCase("罗秀芳")).id)


def named(visit: Visit, name: str) -> str:
    return next(ref for ref in visit.session.state() if ref.rpartition("/")[2] == name)


def write(desk: Desk, visit: Visit, ref: str, words: str, *, not_seen: bool = False) -> None:
    note = notes.written(visit, ref, words, desk.user.id, desk.clock.now(), not_seen=not_seen)
    notes.keep(desk, visit.case, (note,))


def told(visit: Visit, ref: str) -> str:
    found = note_on(visit, ref)
    return say(sentence(found), ENGLISH) if found is not None else ""


def test_a_note_is_on_the_disk_and_can_be_changed_and_taken_away(desk: Desk, visit: Visit) -> None:
    ref = named(visit, FRONT)
    write(desk, visit, ref, "  他说钥匙在妻子那里  ", not_seen=True)
    assert told(resume_visit(desk, visit.record.id), ref) == "Not seen, because 他说钥匙在妻子那里"
    write(desk, visit, ref, "换成备注")
    again = resume_visit(desk, visit.record.id)
    assert told(again, ref) == "Note: 换成备注"
    assert len(again.notes) == 1
    write(desk, visit, ref, "")
    assert told(resume_visit(desk, visit.record.id), ref) == ""


def test_a_reason_does_not_stand_in_for_a_required_picture(desk: Desk, visit: Visit) -> None:
    ref = next(
        gap.ref for gap in gaps(desk, visit, findings_of(desk, visit.case, visit)) if gap.kind.value == "picture"
    )
    write(desk, visit, ref, "天黑了", not_seen=True)
    assert ref in {gap.ref for gap in gaps(desk, visit, findings_of(desk, visit.case, visit))}


def test_each_visit_has_its_own_notes(desk: Desk, visit: Visit) -> None:
    ref = named(visit, FRONT)
    write(desk, visit, ref, "第一次没开门", not_seen=True)
    second = begin_visit(desk, visit.case)
    assert told(second, ref) == ""
    assert told(second.earlier[0], ref) == "Not seen, because 第一次没开门"


def test_notes_follow_their_rows(desk: Desk, visit: Visit) -> None:
    add_repeat(desk, visit, COST, 2)
    rows = Followers()
    for number in (1, 2, 3):
        write(desk, visit, f"{COST}[{number}]/cost_item", f"第{number}项")

    def noted(changes: Changes) -> list[str]:
        notes.keep(desk, visit.case, rows.follow(visit, changes).notes)
        kept = resume_visit(desk, visit.record.id)
        return [told(kept, f"{COST}[{number}]/cost_item") for number in (1, 2, 3)]

    whole = ["Note: 第1项", "Note: 第2项", "Note: 第3项"]
    assert noted(remove_repeat(desk, visit, COST, 2)) == ["Note: 第1项", "Note: 第3项", ""]
    assert noted(remove_repeat(desk, visit, COST, 1)) == ["Note: 第3项", "", ""]
    assert noted(undo(desk, visit)) == ["Note: 第1项", "Note: 第3项", ""]
    assert noted(undo(desk, visit)) == whole
    assert noted(redo(desk, visit)) == ["Note: 第1项", "Note: 第3项", ""]
    assert noted(undo(desk, visit)) == whole


def test_what_was_said_follows_its_row(desk: Desk, visit: Visit) -> None:
    """Also into a row that has the same value; with its row it goes, and it comes back with it."""
    add_repeat(desk, visit, COST, 2)
    rows = Followers()
    for number, words in enumerate(("房租 900", "电费 900", "煤气 900"), start=1):
        ref = f"{COST}[{number}]/cost_item"
        answer(desk, visit, ref, "900")
        line = captures.captured(visit, words, desk.user.id, desk.clock.now())
        filed = replace(line, state=CaptureState.FILED, ref=ref, value="900")
        visit.captures[filed.id] = filed
        captures.keep(desk, visit.case, filed)

    def said(changes: Changes) -> list[str]:
        captures.keep(desk, visit.case, *rows.follow(visit, changes).lines)
        kept = resume_visit(desk, visit.record.id)
        found = [captures.said_of(kept, f"{COST}[{number}]/cost_item", "900") for number in (1, 2, 3)]
        return [one.words if one is not None else "" for one in found]

    assert said(remove_repeat(desk, visit, COST, 1)) == ["电费 900", "煤气 900", ""]
    assert said(undo(desk, visit)) == ["房租 900", "电费 900", "煤气 900"]
    assert said(remove_repeat(desk, visit, COST, 2)) == ["房租 900", "煤气 900", ""]


def test_pictures_follow_their_rows(desk: Desk, visit: Visit) -> None:
    """With its row a picture goes into the tray and comes back; what was filed elsewhere meanwhile stays there."""
    add_repeat(desk, visit, COST, 2)
    rows = Followers()
    refs = [f"{COST}[{number}]/cost_item" for number in (1, 2, 3)]
    taken = []
    for number, ref in enumerate(refs):
        data = jpeg(scene(number))
        reading = photos.read_picture(desk, data, f"{number}.jpg")
        taken.append(photos.attach_photo(desk, visit.record, data, reading, name="", ref=ref, shot="cost_item").id)

    def here() -> tuple[PhotoRecord, ...]:
        with desk.vault.reading() as tx:
            return kept_photos.of_visit(tx, visit.record.id)

    def stand(changes: Changes) -> list[str]:
        photos.follow_rows(desk, rows.follow(visit, changes, here()).photos)
        found = {one.id: one.ref for one in here()}
        return [found[one] for one in taken]

    assert stand(remove_repeat(desk, visit, COST, 2)) == [refs[0], "", refs[1]]
    assert stand(remove_repeat(desk, visit, COST, 1)) == ["", "", refs[0]]
    assert stand(undo(desk, visit)) == [refs[0], "", refs[1]]
    assert stand(undo(desk, visit)) == refs
    assert stand(remove_repeat(desk, visit, COST, 1)) == ["", refs[0], refs[1]]
    photos.file_photo(desk, taken[0], ref=named(visit, FRONT), shot=FRONT)
    assert stand(undo(desk, visit)) == [named(visit, FRONT), refs[1], refs[2]]


def test_file_and_memo_have_the_notes(desk: Desk, visit: Visit) -> None:
    ref = named(visit, FRONT)
    write(desk, visit, ref, "招牌被脚手架挡住", not_seen=True)
    write(desk, visit, named(visit, "has_debts"), "他想了很久才说没有")
    findings = findings_of(desk, visit.case, visit)
    pages = PdfReader(BytesIO(preview(desk, visit, findings, CHINESE))).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert "没看到，原因：招牌被脚手架挡住" in text
    assert "他想了很久才说没有" in text
    with desk.vault.reading() as tx:
        pack = packs.get(tx, visit.record.form_pack)
    parts = frozen_parts(findings, ((visit, pack),), (), {})
    kept = decode(parts[f"answers/{visit.record.id}.json"])
    assert isinstance(kept, dict)
    words = [one["not_seen_because"] or one["said"] for one in kept["notes"]]
    assert words == ["招牌被脚手架挡住", "他想了很久才说没有"]


def test_the_memo_tells_what_was_said_for_its_figures(desk: Desk, visit: Visit) -> None:
    """Of every visit, small beside the answer; what was overwritten since is not printed."""

    def say_of(one: Visit, ref: str, words: str, value: str, read_as: Json) -> None:
        answer(desk, one, ref, value)
        line = captures.captured(one, words, desk.user.id, desk.clock.now())
        one.captures[line.id] = replace(line, state=CaptureState.FILED, ref=ref, value=value, read_as=read_as)
        captures.keep(desk, one.case, one.captures[line.id])

    read: Json = {"en": "20 yuan x 30 days = 600 yuan a month", "zh_CN": "20元×30天=每月600元"}
    say_of(visit, f"{COST}[1]/cost_item", "电费一天二十", "电费", read)
    say_of(visit, f"{COST}[1]/cost_item", "其实是水费", "水费", None)
    second = begin_visit(desk, visit.case)
    say_of(second, f"{COST}[1]/cost_item", "煤气", "煤气", None)
    say_of(second, f"{COST}[1]/cost_amount", "一天二十", "600", read)
    again = resume_visit(desk, second.record.id)
    text = "".join(
        "".join(page.extract_text().split())
        for page in PdfReader(BytesIO(preview(desk, again, findings_of(desk, again.case, again), CHINESE))).pages
    )
    assert "原话：“其实是水费”" in text
    assert "原话：“一天二十”（20元×30天=每月600元）" in text
    assert "电费一天二十" not in text


def test_only_the_officer_of_the_case_writes(demo: Demo, clock: HandClock, desk: Desk, visit: Visit) -> None:
    note = notes.written(visit, named(visit, FRONT), "x", desk.user.id, desk.clock.now(), not_seen=False)
    with desk_of(demo, Role.MANAGER, clock) as manager, pytest.raises(Fault) as fault:
        notes.keep(manager, visit.case, (note,))
    assert fault.value.code is Code.NOT_ALLOWED
