"""What a round keeps for the person who looks at it later, and what a manager sees of the version before."""

from __future__ import annotations

from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import LANGUAGES, say
from officer_app.casework import applying, changes, decisions, delivery, reasons, review, submission, visits
from officer_app.casework.desk import Desk
from officer_app.dossier.records import Outcome
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of, visited
from tests.support.files import settle


def _hand_over(desk: Desk, demo: Demo, clock: HandClock, name: str) -> visits.Visit:
    _, visit = visited(desk, name, clock)
    settle(desk, visit)
    submission.submit(desk, visit, PASSPHRASE)
    delivery.sync(desk, demo.store)
    return visit


def _damage_all(demo: Demo) -> dict[Path, bytes]:
    """Change one byte in each index of the store; gives what they were."""
    whole = {file: file.read_bytes() for file in (Path(demo.store) / "i").rglob("*") if file.is_file()}
    for file, data in whole.items():
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    return whole


@pytest.mark.parametrize("code", list(Code))
def test_every_reason_reads_again_in_both_languages(code: Code) -> None:
    older = reasons.read(str(Fault(code, where="parts/memo.pdf")))
    assert older.code == code.name
    for language in LANGUAGES:
        assert say(older.sentence, language)
        assert say(older.remedy, language)


def test_a_reason_keeps_its_values() -> None:
    fault = Fault(Code.FOUR_EYES, where="decision", person="李慧")
    again = reasons.read(reasons.kept(fault))
    assert (again.code, again.where) == ("FOUR_EYES", "decision")
    for language in LANGUAGES:
        assert say(again.sentence, language) == say(fault.sentence, language)
        assert say(again.remedy, language) == say(fault.remedy, language)


def test_the_store_of_the_last_round_is_remembered_for_each_person(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        assert delivery.last_store(manager) == demo.store
        with pytest.raises(Fault):
            delivery.sync(manager, str(demo.folder / "nowhere"))
        assert delivery.last_store(manager) == demo.store


def test_a_damaged_delivery_is_missing_until_it_comes_whole(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _hand_over(officer, demo, clock, "salon")
    whole = _damage_all(demo)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        assert delivery.sync(manager, demo.store).dossiers == 0
        assert delivery.status(manager).missing > 0
        for file, data in whole.items():
            file.write_bytes(data)
        assert delivery.sync(manager, demo.store).dossiers == 1
        now = delivery.status(manager)
        assert now.missing == 0
        assert [now.numbers[one.case] for one in now.came if one.case] == [review.queue(manager)[0].case.number]


def test_what_was_put_aside_can_be_asked_for_again(
    demo: Demo, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _hand_over(officer, demo, clock, "salon")
    with desk_of(demo, Role.MANAGER, clock) as manager:

        def refuse(*_: object) -> None:
            raise Fault(Code.SIGNER_NOT_ENTITLED, where="manifest", person="李慧")

        with monkeypatch.context() as patched:
            patched.setattr(applying, "_apply_dossier", refuse)
            assert len(delivery.sync(manager, demo.store).quarantined) == 1
        aside = delivery.status(manager).quarantined
        assert "李慧" in say(reasons.read(aside[0].reason).sentence, "en")
        assert delivery.sync(manager, demo.store).dossiers == 0
        delivery.ask_again(manager, aside[0].id)
        assert delivery.sync(manager, demo.store).dossiers == 1
        assert delivery.status(manager).quarantined == ()


def test_a_later_version_tells_what_changed_since(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = _hand_over(officer, demo, clock, "salon")
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        view = review.open_dossier(manager, review.queue(manager)[0].dossier)
        assert changes.history_of(manager, view) is None
        asked = decisions.Choice(Outcome.RETURN, "角色不清", questions=("谁在经营？",))
        decisions.decide(manager, view, asked, PASSPHRASE)
        delivery.sync(manager, demo.store)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        delivery.sync(officer, demo.store)
        again = visits.resume_visit(officer, visit.record.id)
        visits.answer(officer, again, visits.ref_of_fact(again.session, "borrower.role") or "", "老板娘")
        submission.submit(officer, again, PASSPHRASE)
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        view = review.open_dossier(manager, review.queue(manager)[0].dossier)
        history = changes.history_of(manager, view)
        assert history is not None
        assert (history.version, history.decision.reason if history.decision else "") == (1, "角色不清")
        assert [(one.path, one.now) for one in history.changes] == [("borrower.role", "老板娘")]
