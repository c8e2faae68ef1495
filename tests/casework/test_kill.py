"""kill -9 at any moment of a visit, a submission or a decision: nothing acknowledged is lost, nothing is half done.

A sample in every run; all of it with --full.
"""

from __future__ import annotations

import random
import secrets
import select
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from officer_app.base.canonical import digest
from officer_app.casework import decisions, delivery, review, submission, visits
from officer_app.casework.desk import Desk
from officer_app.dossier.intakes import check_links, read_intake
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import ingest
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.trust.papers import verify_pdf
from officer_app.vault import answers, audit, blobs, cases, dossiers, photointakes, photos
from officer_app.vault import decisions as kept_decisions
from officer_app.vault import delivery as kept_delivery
from officer_app.vault.records import CaseState
from officer_app.vault.verify import verify
from tests.support.demo import desk_of
from tests.support.dying_officer import CARD, Child, answer_of, picture
from tests.support.stages import Stage, approval

SAMPLE, WHOLE = 6, 200
# Python's own syncs, renames and new folders within a submission (some 150 to 170, as random names fall) and a
# decision, and more: the last end by themselves, or a whole campaign would not have been whole.
SUBMIT_STEPS, DECIDE_STEPS = 190, 50
MOMENTS = 40
CARD_STEPS = 48  # two pictures take so many, and the third begins


@dataclass(frozen=True)
class Killed:
    """What a process had acknowledged when it went: (kind, number, digest or nothing)."""

    heard: tuple[tuple[str, int, str], ...]

    def numbers(self, kind: str) -> set[int]:
        return {number for what, number, _ in self.heard if what == kind}


def _heard(text: str) -> Killed:
    lines = [(line + "\t").split("\t") for line in text.splitlines()]
    return Killed(tuple((line[0], int(line[1]), line[2]) for line in lines))


def _killed_after(stage: Stage, job: str, lines: int, seconds: float) -> Killed:
    """Let a process acknowledge so many things and work on for a moment, then kill it."""
    child = Child(stage, job)
    heard = child.lines(1 + lines)
    select.select([], [], [], seconds)  # the random moment itself, not a wait for something
    heard += child.kill()
    assert heard.startswith("at work"), "killed before it began"
    return _heard(heard)


def _dead_at_step(stage: Stage, job: str, step: int) -> Killed:
    return _heard(Child(stage, job, step).rest())


def _whole(desk: Desk) -> None:
    report = verify(desk.vault)
    assert report.ok, report.problems
    with desk.vault.reading() as tx:
        kept = set(blobs.all_digests(tx))
        assert audit.first_broken(tx) is None
    lying = {path.name for path in (desk.vault.folder / "blobs").rglob("*") if path.is_file()}
    assert lying == kept, "files without rows, or rows without files"


def _chance() -> tuple[int, random.Random]:
    """Other moments in every run, and the seed that gives them again."""
    seed = secrets.randbelow(10**9)
    return seed, random.Random(seed)  # noqa: S311  picks moments


# --- while the visit is filled ------------------------------------------------------------------------------------


@pytest.mark.timeout(3600)
def test_answers_and_pictures(begun_once: Stage, tmp_path: Path, full: bool) -> None:
    """No acknowledged value is lost; each picture is wholly in, with the digest of its source, or wholly out."""
    seed, chance = _chance()
    sampled = []
    for number in range(WHOLE if full else SAMPLE):
        stage = begun_once.copy(tmp_path / str(number))
        killed = _killed_after(stage, "work", chance.randrange(0, 60), chance.random() * 0.1)
        with desk_of(stage.demo, Role.OFFICER, stage.clock) as desk:
            _whole(desk)
            _answers_hold(desk, stage, killed)
            _pictures_hold(desk, stage, killed)
        sampled.append((len(killed.numbers("answer")), len(killed.numbers("photo"))))
    print(f"seed {seed}: killed after so many acknowledged answers and pictures: {sampled}")


def _answers_hold(desk: Desk, stage: Stage, killed: Killed) -> None:
    acknowledged = killed.numbers("answer")
    last = max(acknowledged, default=0)
    with desk.vault.reading() as tx:
        written = {(event.ref, event.new) for event in answers.history(tx, stage.visit)}
    assert {answer_of(number) for number in acknowledged} <= written, "an acknowledged answer is lost"
    later = {answer_of(number) for number in range(last + 1, last + 100)}
    assert len(later & written) <= 1, "at most the one under way"
    shown = visits.resume_visit(desk, stage.visit).session
    wanted = dict(answer_of(number) for number in range(1, last + 1))
    under_way = dict([answer_of(last + 1)])
    for ref, text in wanted.items():
        assert shown.question(ref, "en").value in (text, under_way.get(ref)), ref


def _pictures_hold(desk: Desk, stage: Stage, killed: Killed) -> None:
    with desk.vault.reading() as tx:
        kept = {int(photo.file_name[:-4]): photo for photo in photos.of_case(tx, stage.case)}
    acknowledged = killed.numbers("photo")
    assert acknowledged <= set(kept), "an acknowledged picture is lost"
    assert len(kept) - len(acknowledged) in (0, 1)
    for number, photo in kept.items():
        assert digest(desk.vault.read_blob(photo.original)) == photo.sha256 == digest(picture(number))
        for derived in (photo.view, photo.thumb):
            assert derived is not None
            assert desk.vault.read_blob(derived).startswith(b"\xff\xd8")


@pytest.mark.timeout(3600)
def test_an_import_of_thirty_pictures(begun_once: Stage, tmp_path: Path, full: bool) -> None:
    """Killed before its n-th durable step, n by n, and begun again each time: in the end all thirty are in, once.

    After every kill each picture is wholly in or wholly out, and the chain of receipts holds. The next import passes
    over what is in, so that from one kill to the next other pictures meet the step.
    """
    stage = begun_once.copy(tmp_path / "card")
    steps = range(1, CARD_STEPS + 1) if full else range(1, CARD_STEPS + 1, 16)
    for step in steps:
        killed = _dead_at_step(stage, "take_in", step)
        with desk_of(stage.demo, Role.OFFICER, stage.clock) as desk:
            _whole(desk)
            kept = _imported(desk, stage, killed)
        if "all in" in {what for what, _, _ in killed.heard}:
            break
    _heard(Child(stage, "take_in").rest())
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as desk:
        _whole(desk)
        last = _imported(desk, stage, Killed(()))
    assert sorted(last) == list(range(1, CARD + 1))
    print(f"killed at steps {steps} up to {step}; {len(kept)} were in by then, 30 of 30 in the end")


def _imported(desk: Desk, stage: Stage, killed: Killed) -> list[int]:
    """The numbers of the pictures that are in: each once, whole, with its receipt."""
    with desk.vault.reading() as tx:
        kept = photos.of_case(tx, stage.case)
        receipts = photointakes.of_case(tx, stage.case)
    numbers = [int(photo.file_name[:-4]) for photo in kept]
    assert len(set(numbers)) == len(numbers), "a picture is in twice"
    assert killed.numbers("photo") <= set(numbers), "an acknowledged picture is lost"
    for number, photo in zip(numbers, kept, strict=True):
        assert digest(desk.vault.read_blob(photo.original)) == photo.sha256 == digest(picture(number))
        assert read_intake(receipts[photo.id].entry).sha256 == photo.sha256
    assert len(receipts) == len(kept)
    check_links(tuple(receipt.entry for receipt in receipts.values()))
    return numbers


# --- while a case is handed over or decided -------------------------------------------------------------------------


@pytest.mark.timeout(3600)
def test_submission(ready_once: Stage, tmp_path: Path, full: bool) -> None:
    """A draft or a submitted case, never between; done again it completes, and head office takes it in once."""
    seed, chance = _chance()
    sampled = []
    for number, (kind, moment) in enumerate(_moments(chance, SUBMIT_STEPS, 3.0, full=full)):
        stage = ready_once.copy(tmp_path / str(number))
        killed = _at(stage, "submit", kind, moment)
        with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
            submitted = _submitted_or_draft(officer, stage)
            assert submitted or not killed.numbers("submitted"), "an acknowledged submission is lost"
            if not submitted:
                submission.submit(officer, visits.resume_visit(officer, stage.visit), PASSPHRASE)
                assert _submitted_or_draft(officer, stage)
            delivery.sync(officer, stage.demo.store)
        _taken_in_once(stage, dossiers=1, decisions=0)
        sampled.append(f"{kind} {moment}: {'submitted' if submitted else 'draft'}")
    print(f"seed {seed}: killed at {sampled}")
    assert not full or f"step {SUBMIT_STEPS}: submitted" in sampled


@pytest.mark.timeout(3600)
def test_decision(fetched_once: Stage, tmp_path: Path, full: bool) -> None:
    """No signature without a decision, no decision without its signature and log entry; all of it arrives once."""
    seed, chance = _chance()
    sampled = []
    for number, (kind, moment) in enumerate(_moments(chance, DECIDE_STEPS, 1.0, full=full)):
        stage = fetched_once.copy(tmp_path / str(number))
        killed = _at(stage, "decide", kind, moment)
        with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
            decided = _decided_or_not(manager, stage)
            assert decided or not killed.numbers("decided"), "an acknowledged decision is lost"
            if not decided:
                assert stage.dossier is not None
                view = review.open_dossier(manager, stage.dossier)
                decisions.decide(manager, view, approval(view), PASSPHRASE)
                assert _decided_or_not(manager, stage)
            delivery.sync(manager, stage.demo.store)
        with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
            assert delivery.sync(officer, stage.demo.store).decisions == 1
            assert delivery.sync(officer, stage.demo.store).decisions == 0
        _taken_in_once(stage, dossiers=1, decisions=1)
        sampled.append(f"{kind} {moment}: {'decided' if decided else 'not yet'}")
    print(f"seed {seed}: killed at {sampled}")
    assert not full or f"step {DECIDE_STEPS}: decided" in sampled


def _moments(chance: random.Random, steps: int, seconds: float, *, full: bool) -> Iterator[tuple[str, float]]:
    """Steps of Python's own (every one with --full) and moments of the clock."""
    if full:
        yield from (("step", step) for step in range(1, steps + 1))
        yield from (("second", round(chance.random() * seconds, 3)) for _ in range(MOMENTS))
    else:
        yield "step", chance.randrange(1, steps * 4 // 5)
        yield "second", round(chance.random() * seconds, 3)


def _at(stage: Stage, job: str, kind: str, moment: float) -> Killed:
    return _dead_at_step(stage, job, int(moment)) if kind == "step" else _killed_after(stage, job, 0, moment)


def _submitted_or_draft(desk: Desk, stage: Stage) -> bool:
    _whole(desk)
    with desk.vault.reading() as tx:
        state = cases.get(tx, stage.case).state
        traces = (
            len(dossiers.of_case(tx, stage.case)),
            len(kept_delivery.unsent(tx)),
            sum(event.kind == "case_submitted" for event in audit.events(tx, stage.case, limit=10_000)),
        )
    assert state in (CaseState.DRAFT, CaseState.SUBMITTED)
    assert traces == ((1, 1, 1) if state is CaseState.SUBMITTED else (0, 0, 0))
    return state is CaseState.SUBMITTED


def _decided_or_not(desk: Desk, stage: Stage) -> bool:
    _whole(desk)
    assert desk.institution is not None
    with desk.vault.reading() as tx:
        state = cases.get(tx, stage.case).state
        found = kept_decisions.of_case(tx, stage.case)
        traces = (
            len(found),
            len(kept_delivery.unsent(tx)),
            sum(event.kind == "case_decided" for event in audit.events(tx, stage.case, limit=10_000)),
        )
    assert state in (CaseState.SUBMITTED, CaseState.APPROVED)
    assert traces == ((1, 1, 1) if state is CaseState.APPROVED else (0, 0, 0))
    for one in found:
        assert one.memo is not None
        assert verify_pdf(desk.vault.read_blob(one.memo), desk.institution.root).ok
    return state is CaseState.APPROVED


def _taken_in_once(stage: Stage, *, dossiers: int, decisions: int) -> None:
    office = open_desk(stage.demo.head_office, PASSPHRASE)
    first = ingest(office, stage.demo.store, stage.demo.warehouse, clock=stage.clock)
    assert (first.dossiers, first.decisions, first.quarantined) == (dossiers, decisions, 0)
    again = ingest(office, stage.demo.store, stage.demo.warehouse, clock=stage.clock)
    assert (again.dossiers, again.decisions, again.quarantined) == (0, 0, 0)
