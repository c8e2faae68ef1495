"""An officer's key and a changed program, a hostile clerk, an old answer: what a laptop believes and refuses.

Each file here is signed as it should be, over parts that the honest program would never have made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from officer_app.base import canonical
from officer_app.base.canonical import Json, digest
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, new_id
from officer_app.casework import (
    carrying,
    conflicts,
    correspondence,
    decisions,
    delivery,
    dossiers,
    enrolment,
    packs,
    review,
)
from officer_app.casework.desk import Desk
from officer_app.credit.assess import assess
from officer_app.credit.expected import expected_block
from officer_app.credit.policy import read_policy
from officer_app.credit.reading import read_facts
from officer_app.dossier import manifest as manifests
from officer_app.dossier.manifest import Manifest, PackRef, PartyRef, part_of
from officer_app.dossier.notices import Notice, NoticeKind
from officer_app.dossier.notices import to_bytes as notice_bytes
from officer_app.dossier.records import CallBack, Outcome, PackKind
from officer_app.exchange import layout, outbox
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.inbox import Arrived, PackContent, fetch
from officer_app.exchange.parcels import dossier_parcel, notice_parcel
from officer_app.headoffice import enrolling, publishing
from officer_app.headoffice.desk import open_desk
from officer_app.training.institution import BRANCH, PASSPHRASE
from officer_app.trust import enrolment as trust_enrolment
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import answer, grant, read_request
from officer_app.trust.identities import Identity, new_keys
from officer_app.trust.roster import Roster, encode_roster, signed_roster
from officer_app.trust.signing import sign
from officer_app.vault import cases
from officer_app.vault import dossiers as kept
from officer_app.vault.records import CaseState
from tests.support.demo import desk_of
from tests.support.institution import new_house, officers_memo
from tests.support.stages import Stage, approval

Parts = dict[str, bytes]


@pytest.fixture
def stage(fetched_once: Stage, tmp_path: Path) -> Stage:
    """A case handed over and on the manager's laptop."""
    return fetched_once.copy(tmp_path / "demo")


class Forger:
    """The officer at the own laptop, with the own key, and a program that was changed."""

    def __init__(self, stage: Stage, officer: Desk) -> None:
        assert officer.identity is not None
        self.stage, self.desk, self.identity = stage, officer, officer.identity
        with officer.vault.reading() as tx:
            record = kept.of_case(tx, stage.case)[-1]
        self.manifest = manifests.parse(record.manifest)
        self.parts: Parts = {part.path: officer.vault.read_blob(part.blob) for part in record.parts}

    def file(self, parts: Parts, **changes: Any) -> Any:
        """Another case like the one that was handed over, or as `changes` say."""
        fresh = new_id()
        mark = {"case_id": fresh, "dossier_id": new_id(), "case_number": f"2026-{fresh[:6]}"}
        return self.signed(parts, self.identity, **(mark | changes))

    def signed(self, parts: Parts, identity: Identity, **changes: Any) -> Any:
        now = self.stage.clock.now()
        listed = tuple(part_of(name, dossiers.media_type(name), data) for name, data in sorted(parts.items()))
        manifest: Manifest = replace(self.manifest, **{"frozen_at": now, "parts": listed, **changes})
        body = manifests.to_bytes(manifest)
        return dossier_parcel(body, sign(body, identity, now), parts)

    def send(self, parcel: Any, reader: str, who: Identity | None = None, counter: int = 1) -> None:
        """Under the next number of whoever sends."""
        sender = who or self.identity
        store = FolderStore(Path(self.stage.demo.store))
        last = max(store.counters(sender.person.device), default=0)
        sealed = outbox.prepare(parcel, sender, readers=[reader], counter=last + counter, at=self.stage.clock.now())
        outbox.send(store, sealed)


@contextmanager
def forging(stage: Stage) -> Iterator[tuple[Forger, str]]:
    """The forger, and the key that opens what is sealed for the manager."""
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        reader = manager.certified(Role.MANAGER)[1].person.reader
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        yield Forger(stage, officer), reader


def _received(stage: Stage) -> tuple[list[Code], int]:
    """What the manager's next round puts aside, and how many case files then wait in the queue."""
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        got = delivery.sync(manager, stage.demo.store)
        return [fault.code for fault in got.quarantined], len(review.queue(manager))


def _opened(stage: Stage, case: str) -> Code | None:
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        delivery.sync(manager, stage.demo.store)
        with manager.vault.reading() as tx:
            record = kept.of_case(tx, CaseId(case))[-1]
        before = packs.policy_in_force(manager)
        try:
            review.open_dossier(manager, record.id)
        except Fault as fault:
            assert packs.policy_in_force(manager) == before, "what is in force here stays so"
            return fault.code
    return None


# --- what cannot be read keeps nobody from the rest ----------------------------------------------------------------


def _json(value: Json) -> bytes:
    return canonical.encode(value)


def _without(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: {one: data for one, data in parts.items() if one != name}


def _with(name: str, data: bytes) -> Callable[[Parts], Parts]:
    return lambda parts: {**parts, name: data}


UNREADABLE: dict[str, Callable[[Parts], Parts]] = {
    "no contradictions": _without(dossiers.CONTRADICTIONS),
    "no pictures": _without(dossiers.PHOTOS),
    "facts that are none": _with(dossiers.FACTS, b"NaN"),
    "facts as a list": _with(dossiers.FACTS, b"[]"),
    "a level that is no number": _with(dossiers.APPROVAL, _json({"limit_from": "NaN"})),
    "a level without end": _with(dossiers.APPROVAL, _json({"limit_from": "Infinity"})),
    "a picture that is not there": _with(dossiers.PHOTOS, _json([{"part": "photos/none.jpg"}])),
    "a depth without end": _with(dossiers.CONTRADICTIONS, b"[" * 100_000),
    "answers that are none": _with("answers/" + "a" * 32 + ".json", _json({"answers": "all"})),
}


def test_a_file_that_cannot_be_read_is_put_aside_and_the_queue_goes_on(stage: Stage) -> None:
    with forging(stage) as (forger, reader):
        for damage in UNREADABLE.values():
            forger.send(forger.file(damage(forger.parts)), reader)
        forger.send(forger.file(forger.parts), reader)
    codes, waiting = _received(stage)
    assert len(codes) == len(UNREADABLE)
    assert set(codes) <= {Code.DOSSIER_UNREADABLE, Code.DOSSIER_UNTRUSTED}
    assert waiting == 2, "the honest one, and the one that came after all these"
    assert _received(stage) == ([], 2), "read once"


# --- what does not follow from its own facts ------------------------------------------------------------------------


def _lenient(forger: Forger) -> bytes:
    """The policy with every red flag struck out of its hard ones: the officer's own."""
    text = forger.parts[dossiers.POLICY].decode()
    return (text + "\n# mine\n").encode()


@pytest.mark.parametrize("claim", ["under its own digest", "under head office's digest"])
def test_an_officers_own_policy_judges_nothing(stage: Stage, claim: str) -> None:
    with forging(stage) as (forger, reader):
        own = _lenient(forger)
        policy = forger.manifest.policy
        told = PackRef(policy.name, policy.version, digest(own)) if claim == "under its own digest" else policy
        parcel = forger.file({**forger.parts, dossiers.POLICY: own}, policy=told)
        forger.send(parcel, reader)
        case = manifests.parse(parcel.files["manifest.json"]).case_id
    assert _opened(stage, case) is Code.POLICY_FOREIGN


def test_an_honest_file_opens(stage: Stage) -> None:
    assert _opened(stage, stage.case) is None


def _told_more(parts: Parts) -> Parts:
    """Sales five times as high as every trace of them, the figures worked out anew, the contradictions left out."""
    facts = dict(canonical.decode(parts[dossiers.FACTS]))  # type: ignore[call-overload]  # a fact tree is a map
    sales = {**facts["sales"], "declared_monthly_sales": "990000"}
    tree = {**facts, "sales": sales}
    policy = read_policy(parts[dossiers.POLICY].decode())
    figures = expected_block(assess(read_facts(tree), policy), allow_missing=True)
    return {**parts, dossiers.FACTS: _json(tree), dossiers.ASSESSMENT: _json(figures)}


def test_a_contradiction_that_the_facts_show_is_not_left_out(stage: Stage) -> None:
    with forging(stage) as (forger, reader):
        parcel = forger.file(_told_more(forger.parts))
        forger.send(parcel, reader)
        case = manifests.parse(parcel.files["manifest.json"]).case_id
    assert _opened(stage, case) is Code.LEFT_OUT


def test_nobody_who_stands_in_the_facts_is_left_out_of_the_file(stage: Stage) -> None:
    """By these names it is known who may not decide."""
    with forging(stage) as (forger, reader):
        assert len(forger.manifest.persons) > 1
        parcel = forger.file(forger.parts, persons=())
        forger.send(parcel, reader)
        case = manifests.parse(parcel.files["manifest.json"]).case_id
    assert _opened(stage, case) is Code.LEFT_OUT


# --- somebody else's case ------------------------------------------------------------------------------------------


def _colleague(stage: Stage) -> Identity:
    """Another officer of the branch, enrolled by head office, and no friend."""
    office, keys = open_desk(stage.demo.head_office, PASSPHRASE), new_keys()
    asked = trust_enrolment.request(keys, name="钱勇", branch=BRANCH, role=Role.OFFICER)
    given = enrolling.enrol(
        office, asked, role=Role.OFFICER, branch=BRANCH, approval_limit=Decimal(0), clock=stage.clock
    )
    return trust_enrolment.accept(given, keys, stage.clock.now()).identity


@pytest.mark.parametrize("version", [1, 2])
def test_a_colleague_neither_takes_a_case_nor_holds_it_up(stage: Stage, version: int) -> None:
    """The ids of cases are in every laptop's lists of photos; a second version would bar the case until settled."""
    thief = _colleague(stage)
    with forging(stage) as (forger, reader):
        told = {"officer": PartyRef(thief.person.id, thief.person.name), "version": version, "dossier_id": new_id()}
        previous = digest(manifests.to_bytes(forger.manifest)) if version == 2 else None
        parts = {**forger.parts, dossiers.MEMO: officers_memo(thief, stage.clock.now())}
        forger.send(forger.signed(parts, thief, previous=previous, **told), reader, thief)
    codes, waiting = _received(stage)
    assert (codes, waiting) == ([Code.CASE_OF_ANOTHER], 1)
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        assert conflicts.open_conflicts(manager) == ()
        assert review.queue(manager)[0].barred is None


def test_a_refused_case_does_not_come_back_as_its_next_version(stage: Stage) -> None:
    assert stage.dossier is not None
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        view = review.open_dossier(manager, stage.dossier)
        refusal = decisions.Choice(Outcome.REFUSE, "两处说法不一致", opened_at=view.record.at)
        decisions.decide(manager, view, refusal, PASSPHRASE)
    with forging(stage) as (forger, reader):
        first = digest(manifests.to_bytes(forger.manifest))
        again = forger.signed(forger.parts, forger.identity, version=2, previous=first, dossier_id=new_id())
        forger.send(again, reader)
    assert _received(stage) == ([Code.CASE_REFUSED_BEFORE], 0)
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager, manager.vault.reading() as tx:
        assert cases.get(tx, stage.case).state is CaseState.REFUSED


# --- words out of order, or under a taken id -----------------------------------------------------------------------


def test_a_word_comes_in_though_somebody_took_its_id(stage: Stage) -> None:
    """The officer sees the manager's question, and sends a word of the own under its id before others read it."""
    with forging(stage) as (forger, reader):
        person = forger.identity.person
        now = stage.clock.now()
        for words in ("第一句", "第二句"):
            told = Notice(
                record_id="7" * 32,
                kind=NoticeKind.ANSWER,
                dossier=digest(manifests.to_bytes(forger.manifest)),
                case_id=stage.case,
                case_number=forger.manifest.case_number,
                by=PartyRef(person.id, person.name),
                at=now,
                words=words,
                about="8" * 32,
            )
            body = notice_bytes(told)
            for _ in range(2):  # and each twice
                forger.send(notice_parcel(body, sign(body, forger.identity, now)), reader)
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        done = delivery.sync(manager, stage.demo.store)
        assert (done.notices, done.already, done.quarantined) == (2, 2, [])


def test_a_second_decision_waits_for_the_one_it_replaces(stage: Stage) -> None:
    """Whoever holds the first back must not have the second put aside for good."""
    assert stage.dossier is not None
    clock = stage.clock
    with desk_of(stage.demo, Role.MANAGER, clock) as manager:
        first = decisions.decide(
            manager, view := review.open_dossier(manager, stage.dossier), approval(view), PASSPHRASE
        )
        clock.move(minutes=30)
        view = review.open_dossier(manager, stage.dossier)
        refusal = decisions.Choice(Outcome.REFUSE, "客户另有借款", opened_at=view.record.at)
        decisions.decide(manager, view, refusal, PASSPHRASE)
        delivery.sync(manager, stage.demo.store)
        device = manager.certified(Role.MANAGER)[1].person.device
    index = sorted((Path(stage.demo.store) / "i" / device).iterdir())[-2]
    aside = index.rename(stage.demo.folder / "held back")
    with desk_of(stage.demo, Role.OFFICER, clock) as officer:
        done = delivery.sync(officer, stage.demo.store, thorough=True)
        assert (done.waiting, done.decisions, done.quarantined) == (1, 0, [])
        aside.rename(index)
        done = delivery.sync(officer, stage.demo.store, thorough=True)
        assert (done.decisions, done.quarantined) == (2, [])
        with officer.vault.reading() as tx:
            assert cases.get(tx, stage.case).state is CaseState.REFUSED
    assert first.outcome == "approve"


LAX: dict[str, tuple[dict[str, Any], set[Code]]] = {
    "without having looked at the pictures": ({"photos_viewed": ()}, {Code.SAMPLES_UNANSWERED}),
    "without having called the customer": ({"amount": Decimal(190_000)}, {Code.CALL_BACK_NEEDED}),
    "with a call that nobody made": (
        {"amount": Decimal(190_000)},
        {Code.OVERRIDE_NEEDED, Code.OVERRIDE_NOT_ALLOWED, Code.BELOW_TIER},
    ),
}


@pytest.mark.parametrize("how", LAX)
def test_an_approval_that_passed_over_the_policy_is_put_aside(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """A manager's own key, and a program that asks for nothing before it signs."""
    assert stage.dossier is not None
    changes, codes = LAX[how]
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager, monkeypatch.context() as patched:
        patched.setattr(decisions, "_must_be_complete", lambda *_: None)
        patched.setattr(decisions, "_within_the_rules", lambda *_: ())
        view = review.open_dossier(manager, stage.dossier)
        if how == "with a call that nobody made":
            call = CallBack("陈国栋", "138****0000", stage.clock.now(), ())
            patched.setattr(decisions, "call_back_of", lambda *_: call)
        decisions.decide(manager, view, replace(approval(view), **changes), PASSPHRASE)
        delivery.sync(manager, stage.demo.store)
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        (fault,) = delivery.sync(officer, stage.demo.store).quarantined
        assert fault.code in codes
        with officer.vault.reading() as tx:
            assert cases.get(tx, stage.case).state is CaseState.SUBMITTED


# --- a hostile clerk -----------------------------------------------------------------------------------------------


def _publish_roster(stage: Stage, revoked: dict[str, Any]) -> None:
    """A list of people as no honest program writes it, signed with head office's own key."""
    office, now = open_desk(stage.demo.head_office, PASSPHRASE), stage.clock.now()
    roster = replace(office.roster, version=office.roster.version + 7, made_at=now, revoked=revoked)
    data = encode_roster(roster)
    content = signed_roster(data, sign(data, office.identity, now))
    publishing.publish(
        office, stage.demo.store, kind=PackKind.ROSTER, name="others", content=content, clock=stage.clock
    )


def test_a_withdrawal_dated_back_voids_nothing_that_had_come(stage: Stage) -> None:
    assert stage.dossier is not None
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        key = officer.certified(Role.OFFICER)[1].person.key_id
    _publish_roster(stage, {key: stage.clock.now() - timedelta(days=400)})
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        delivery.sync(manager, stage.demo.store)
        assert manager.institution is not None
        assert key in manager.institution.roster.revoked
        view = review.open_dossier(manager, stage.dossier)
        assert decisions.decide(manager, view, approval(view), PASSPHRASE).outcome == "approve"


def test_a_withdrawal_that_is_still_to_come_keeps_nothing_from_coming_over_a_network(stage: Stage) -> None:
    """Whoever leaves at the end of the month works until then."""
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        key = officer.certified(Role.OFFICER)[1].person.key_id
    _publish_roster(stage, {key: stage.clock.now() + timedelta(days=20)})
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        delivery.sync(manager, stage.demo.store)
    with forging(stage) as (forger, reader):
        forger.send(forger.file(forger.parts), reader)
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        done = carrying.unload(manager, carrying.carry(carrying.load(manager, stage.demo.store)))
        assert (done.dossiers, done.gaps) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        (PackKind.POLICY, packs.DEFAULT_POLICY, b"all = 'allowed'"),
        (PackKind.POLICY, packs.DEFAULT_POLICY, b"\xff\xfe"),
        (PackKind.FORM, packs.BUSINESS_VISIT, b"<html/>"),
    ],
)
def test_a_pack_that_nobody_can_read_stops_nobody(stage: Stage, kind: PackKind, name: str, content: bytes) -> None:
    office = open_desk(stage.demo.head_office, PASSPHRASE)
    publishing.publish(office, stage.demo.store, kind=kind, name=name, content=content, clock=stage.clock)
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        before = packs.newest(officer, kind.value, name)
        done = delivery.sync(officer, stage.demo.store)
        assert len(done.quarantined) == 1
        assert packs.newest(officer, kind.value, name) == before
        packs.policy_in_force(officer)


def test_whoever_joins_late_opens_files_of_the_policy_before(stage: Stage) -> None:
    """A newcomer gets every policy, the oldest first; who has a later one gets none of before."""
    office = open_desk(stage.demo.head_office, PASSPHRASE)
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        old = packs.newest(officer, packs.POLICY, packs.DEFAULT_POLICY)
    text = old.body.decode()
    newer = (text + "\n# another year\n").encode()
    publishing.publish(
        office,
        stage.demo.store,
        kind=PackKind.POLICY,
        name=packs.DEFAULT_POLICY,
        content=newer,
        clock=stage.clock,
    )
    late = _colleague(stage)
    publishing.send_waiting(open_desk(stage.demo.head_office, PASSPHRASE), stage.demo.store, clock=stage.clock)
    arrivals = fetch(
        FolderStore(Path(stage.demo.store)), late.reader_secret, late.root, cursors={}, own_device=late.person.device
    )
    came = [one.content for one in arrivals if isinstance(one, Arrived)]
    policies = [one.note.version for one in came if isinstance(one, PackContent) and one.note.kind is PackKind.POLICY]
    assert policies == [1, 2]
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        assert delivery.sync(manager, stage.demo.store).quarantined == []


# --- an answer swapped or played again -----------------------------------------------------------------------------


def test_a_laptop_does_not_change_its_institution_by_an_answer(stage: Stage) -> None:
    """Whoever has seen a request makes an answer to it in an institution of their own."""
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        asked = enrolment.request(officer, branch=BRANCH, role=Role.OFFICER)
        before = officer.institution
        other = new_house("假总部")
        certificate = grant(
            read_request(asked),
            person_id=officer.certified(Role.OFFICER)[1].person.id,  # type: ignore[arg-type]  # as it stands there
            role=Role.MANAGER,
            branch=BRANCH,
            approval_limit=Decimal(10**6),
            root_keys=other.root_keys,
            root_pem=other.root,
            at=stage.clock.now(),
        )
        data = encode_roster(Roster(99, stage.clock.now(), (certificate, other.head_office.certificate), {}))
        forged = answer(certificate, other.root, data, sign(data, other.head_office, stage.clock.now()))
        with pytest.raises(Fault) as caught:
            enrolment.accept(officer, forged)
        assert caught.value.code is Code.INSTITUTION_OTHER
        assert officer.institution == before


def test_an_answer_of_before_brings_back_neither_a_key_nor_a_list(stage: Stage) -> None:
    office = open_desk(stage.demo.head_office, PASSPHRASE)
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        person = manager.certified(Role.MANAGER)[1].person
        asked = enrolment.request(manager, branch=BRANCH, role=Role.MANAGER)
        old = enrolling.enrol(
            office,
            asked,
            role=Role.MANAGER,
            branch=BRANCH,
            approval_limit=person.approval_limit,
            clock=stage.clock,
        )
        enrolment.accept(manager, old)
        own = manager.certified(Role.MANAGER)[1].person
        enrolling.change(
            office, own.key_id, clock=stage.clock, role=Role.MANAGER, branch=BRANCH, approval_limit=Decimal(5)
        )
        publishing.send_waiting(office, stage.demo.store, clock=stage.clock)
        delivery.sync(manager, stage.demo.store)
        assert manager.certified(Role.MANAGER)[1].person.approval_limit == 5
        with pytest.raises(Fault) as caught:
            enrolment.accept(manager, old)
        assert caught.value.code is Code.ANSWER_OLDER
        assert manager.certified(Role.MANAGER)[1].person.approval_limit == 5


# --- somebody else in the store ------------------------------------------------------------------------------------


def _in_three_steps(desk: Desk, url: str) -> delivery.Round:
    return carrying.unload(desk, carrying.carry(carrying.load(desk, url)))


_ROUNDS: dict[str, Callable[[Desk, str], delivery.Round]] = {
    "at once": delivery.sync,
    "in three steps": _in_three_steps,
}


@pytest.mark.parametrize("way", _ROUNDS)
def test_a_number_that_somebody_took_keeps_nothing_from_coming_in(stage: Stage, way: str) -> None:
    """A file under the laptop's next number: its own delivery waits, and what others sent is taken in."""
    assert stage.dossier is not None
    store = FolderStore(Path(stage.demo.store))
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        correspondence.ask(manager, review.open_dossier(manager, stage.dossier).record, "进货单是谁开的？")
        delivery.sync(manager, stage.demo.store)
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        device = officer.certified(Role.OFFICER)[1].person.device
        correspondence.withdraw_case(officer, stage.case, "客户不要了")
        planted = layout.index_name(device, store.counters(device)[-1] + 1)
        store.put(planted, layout.frame_index(b"sealed for nobody"))
        with pytest.raises(Fault) as caught:
            _ROUNDS[way](officer, stage.demo.store)
        assert caught.value.code is Code.STORE_CONFLICT
        assert [one.words for one in correspondence.questions_of(officer, stage.case)] == ["进货单是谁开的？"]
        assert len(delivery.status(officer).waiting) == 1
