"""A picture asked for again: the question travels as any other and stands among the frames until it is answered."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base.words import CHINESE, ENGLISH, Bilingual
from officer_app.casework import cases, delivery, notes, review, shots, visits
from officer_app.casework.correspondence import Question
from officer_app.casework.decisions import Choice, decide
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.gate import Lacking, gaps
from officer_app.casework.papers import shot_names
from officer_app.casework.rephotos import asking_for, requests
from officer_app.casework.visits import Visit, begin_visit, ref_of_fact
from officer_app.dossier.records import Outcome
from officer_app.evidence.spots import PREFIX
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault import audit
from tests.support.demo import HandClock, desk_of, founded
from tests.support.stages import Stage
from tests.support.walks import Shot, Walker

AT = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
PLATE = Bilingual("Door plate", "门牌")


def asked(*words: str) -> tuple[str, ...]:
    questions = (Question("d1", item, one, "陈国栋", AT) for item, one in enumerate(words))
    return tuple(one.words for one in requests(questions))


@pytest.mark.parametrize(
    ("words", "picture"),
    [
        ("补拍：门牌", "门牌"),
        ("补拍: 门牌，要拍到隔壁招牌", "门牌，要拍到隔壁招牌"),
        (" Photograph again: Door plate", "Door plate"),
        ("photograph AGAIN: the freezer", "the freezer"),
    ],
)
def test_its_first_words_make_a_question_a_request(words: str, picture: str) -> None:
    assert asked(words) == (picture,)


@pytest.mark.parametrize("words", ["为什么要补拍？", "补拍：", "Photograph again:  ", "请补拍：门牌"])
def test_other_questions_are_none(words: str) -> None:
    assert asked(words) == ()


def test_what_is_asked_twice_is_one_frame() -> None:
    assert asked("补拍：门牌", "补拍：存货", "补拍:门牌") == ("门牌", "存货")


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_what_the_manager_s_key_writes_is_understood(language: str) -> None:
    words = asked(asking_for(PLATE, language))
    assert words == (PLATE.english if language == ENGLISH else PLATE.chinese,)


def put_reason(desk: Desk, visit: Visit, ref: str, words: str) -> None:
    note = notes.written(visit, ref, words, desk.user.id, desk.clock.now(), not_seen=True)
    notes.keep(desk, visit.case, [note])


def test_it_travels_with_a_returned_file(fetched_once: Stage, tmp_path: Path) -> None:
    stage = fetched_once.copy(tmp_path / "demo")
    assert stage.dossier is not None
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        view = review.open_dossier(manager, stage.dossier)
        questions = ("流水为什么少一个月？", asking_for(PLATE))
        decide(manager, view, Choice(Outcome.RETURN, "还差一张", questions=questions), PASSPHRASE)
        delivery.sync(manager, stage.demo.store)
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        assert delivery.sync(officer, stage.demo.store).decisions == 1
        visit = visits.resume_visit(officer, stage.visit)
        findings = findings_of(officer, stage.case, visit)
        frame = shots.frames(visit, findings)[-1]
        assert frame.label.chinese == "门牌"
        assert frame.required
        assert frame.lacking
        assert "陈国栋" in frame.hint.chinese
        assert [gap.kind for gap in gaps(officer, visit, findings) if gap.ref == frame.ref] == [Lacking.PICTURE]
        assert shot_names(visit, findings)[frame.ref].chinese == "门牌"
        put_reason(officer, visit, frame.ref, "客户已搬走，门牌拆了")
        visit = visits.resume_visit(officer, stage.visit)
        assert not shots.frames(visit, findings)[-1].lacking
        assert [one.shot for one in shots.excused(visit, findings)] == [frame.shot]


def test_a_large_loan_draws_when_the_visit_begins(tmp_path: Path) -> None:
    """The frames want a picture or a reason, the log names the file they were drawn from, a new visit draws anew."""
    clock = HandClock()
    demo = founded(tmp_path, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        walker = Walker(desk, clock)
        case = cases.open_case(desk, cases.NewCase("大户", requested_amount=Decimal(300_000)))
        visit = begin_visit(desk, case.id)

        def drawn(of: Visit) -> list[shots.Frame]:
            found = shots.frames(of, findings_of(desk, case.id, of))
            return [frame for frame in found if frame.shot.startswith(PREFIX)]

        first = drawn(visit)
        assert len(first) == 2
        assert all(frame.lacking for frame in first)
        with desk.vault.reading() as tx:
            begun = next(event for event in audit.events(tx, visit.record.id) if event.kind == "visit_begun")
        assert isinstance(begun.detail, dict)
        assert len(str(begun.detail["spots"])) == 64
        walker.take(visit, clock.time, 0, 0, Shot(1, shot=first[0].shot))
        put_reason(desk, visit, first[1].ref, "客户不让拍柜台里面")
        visit = visits.resume_visit(desk, visit.record.id)
        assert [frame.lacking for frame in drawn(visit)] == [False, False]
        clock.move(days=2)
        further = drawn(begin_visit(desk, case.id))
        assert all(frame.lacking for frame in further)
        amount = ref_of_fact(visit.session, "application.requested_amount")
        assert amount is not None
