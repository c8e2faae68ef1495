"""A visit made by two is signed by both: on this laptop, over what the visit holds, and a stranger can check it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import ENGLISH, say
from officer_app.casework import bundles, delivery, gate, packs, papers, review, submission, visits
from officer_app.casework.cosigning import Signed, colleagues, cosign, standing_of
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.gate import Lacking
from officer_app.casework.visits import Visit
from officer_app.credit.policytext import replaced
from officer_app.desktop.screens.review.path import of_the_visits
from officer_app.exchange.bundle import verify_bundle
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault import cases
from tests.support.colleague import LOGIN, NAME, OWN_PASSPHRASE, join
from tests.support.demo import desk_of
from tests.support.stages import Stage
from tests.support.worked import SHIPPED_POLICY

TWO = replaced(SHIPPED_POLICY.read_text(encoding="utf-8"), "lanes", '[{ name = "large", visits = 1, officers = 2 }]')


@pytest.fixture
def stage(ready_once: Stage, tmp_path: Path) -> Stage:
    found = ready_once.copy(tmp_path / "demo")
    join(found.demo, found.clock)
    return found


def _needs_two(desk: Desk, text: str = TWO) -> None:
    with desk.vault.writing() as tx:
        packs.add(tx, packs.POLICY, packs.DEFAULT_POLICY, 9, text.encode())


def _visit(desk: Desk, stage: Stage) -> Visit:
    return visits.resume_visit(desk, stage.visit)


def _name_second(desk: Desk, visit: Visit) -> None:
    ref = visits.ref_of_fact(visit.session, "site_visit.officer_b")
    assert ref is not None
    opener = "/data/shots/more_visit"
    visits.answer(desk, visit, opener, "yes")
    visits.answer(desk, visit, ref, NAME)


def _signatures(desk: Desk, stage: Stage) -> list[str]:
    visit = _visit(desk, stage)
    return [
        say(one.words, ENGLISH)
        for one in gate.gaps(desk, visit, findings_of(desk, stage.case, visit))
        if one.kind is Lacking.SIGNATURE
    ]


def _standing(desk: Desk, stage: Stage) -> Signed:
    visit = _visit(desk, stage)
    pictures = [one.record for one in findings_of(desk, stage.case, visit).photos]
    return standing_of(visit, pictures).state


def test_the_gate_waits_for_the_second_signature_and_the_dossier_carries_it(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        _needs_two(officer)
        visit = _visit(officer, stage)
        assert [one.login for one in colleagues(officer)] == [LOGIN]
        assert _signatures(officer, stage) == []  # nobody is named yet: that is asked first
        _name_second(officer, visit)
        assert _signatures(officer, stage) == [f"Visit 1: {NAME}, who came along, has not signed"]
        with pytest.raises(Fault) as caught:
            submission.submit(officer, _visit(officer, stage), PASSPHRASE)
        assert caught.value.code is Code.CASE_INCOMPLETE
        cosign(officer, visit, LOGIN, OWN_PASSPHRASE)
        assert (_standing(officer, stage), _signatures(officer, stage)) == (Signed.SIGNED, [])
        record = submission.submit(officer, _visit(officer, stage), PASSPHRASE)
        bundle = stage.demo.folder / "bundle"
        bundles.export_bundle(officer, record.id, bundle)
        assert officer.institution is not None
        root = officer.institution.root
        delivery.sync(officer, stage.demo.store)
    verdict = verify_bundle(bundle, root)
    assert verdict.ok, verdict.wrong
    assert NAME in {one.person.name for one in verdict.signers}
    manifest = json.loads((bundle / "manifest.json").read_bytes())
    assert manifest["second"]["name"] == NAME
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        _needs_two(manager)  # it is head office's, so it is on every laptop
        assert delivery.sync(manager, stage.demo.store).dossiers == 1
        view = review.open_dossier(manager, record.id)
    assert [say(words, ENGLISH) for words, _tone in of_the_visits(view)] == [
        f"Signed by the second officer, too: {NAME}"
    ]


def test_a_change_after_the_signature_asks_for_it_again(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        _needs_two(officer)
        visit = _visit(officer, stage)
        _name_second(officer, visit)
        cosign(officer, visit, LOGIN, OWN_PASSPHRASE)
        ref = visits.ref_of_fact(visit.session, "household.persons")
        assert ref is not None
        before = visit.session.value(ref)
        visits.answer(officer, visit, ref, "9")
        assert _standing(officer, stage) is Signed.CHANGED
        assert _signatures(officer, stage) == [f"Visit 1: changed since {NAME} signed it"]
        visits.answer(officer, visit, ref, before)
        assert _standing(officer, stage) is Signed.SIGNED  # it is over what it was over


def test_a_policy_that_does_not_ask_for_it_waits_for_nobody(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        _needs_two(officer, replaced(TWO, "second_officer_signs", '"not_asked"'))
        _name_second(officer, _visit(officer, stage))
        assert _signatures(officer, stage) == []
        assert _standing(officer, stage) is Signed.WAITING
        record = submission.submit(officer, _visit(officer, stage), PASSPHRASE)
        assert b'"second":null' in record.manifest


def test_nobody_signs_for_two(stage: Stage) -> None:
    """Not oneself, not with a wrong passphrase, not without a certificate; nothing is kept then."""
    join(stage.demo, stage.clock, enrolled=False, login="guest", name="来访")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        visit = _visit(officer, stage)
        for login, words, code in (
            (officer.user.login, PASSPHRASE, Code.COSIGN_SELF),
            (LOGIN, PASSPHRASE, Code.WRONG_PASSPHRASE),
            ("guest", OWN_PASSPHRASE, Code.COSIGN_NOT_ENROLLED),
        ):
            with pytest.raises(Fault) as caught:
                cosign(officer, visit, login, words)
            assert caught.value.code is code
        assert _visit(officer, stage).cosigns == ()
        assert [one.login for one in colleagues(officer)] == [LOGIN]


def test_a_forged_or_missing_second_signature_is_seen_by_a_stranger(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        cosign(officer, _visit(officer, stage), LOGIN, OWN_PASSPHRASE)
        record = submission.submit(officer, _visit(officer, stage), PASSPHRASE)
        whole = stage.demo.folder / "bundle"
        bundles.export_bundle(officer, record.id, whole)
        assert officer.institution is not None
        root = officer.institution.root
    assert verify_bundle(whole, root).ok
    for name in (f"{stage.visit}.json", f"{stage.visit}.sig"):
        harmed = stage.demo.folder / f"harmed-{name}"
        shutil.copytree(whole, harmed)
        part = harmed / "parts" / "cosigned" / name
        data = part.read_bytes()
        part.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
        verdict = verify_bundle(harmed, root)
        assert verdict.wrong is not None
        assert verdict.wrong.file == f"parts/cosigned/{name}"


def test_the_memo_names_who_signed_with_the_key(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        cosign(officer, _visit(officer, stage), LOGIN, OWN_PASSPHRASE)
        visit = _visit(officer, stage)
        found = findings_of(officer, stage.case, visit)
        institution, identity = officer.certified(Role.OFFICER)
        with officer.vault.reading() as tx:
            case = cases.get(tx, stage.case)
        inputs = papers.paper_of(officer, case, visit, found, institution, identity, "0" * 64).inputs
    assert [person.name for person in inputs.investigators] == ["李慧", NAME]
    assert inputs.visits[0].cosigned is not None
    assert say(inputs.visits[0].cosigned, ENGLISH).startswith(f"Signed by {NAME} as second officer")
