"""A person at work on a case until somebody kills the process, or until it kills itself before its n-th step.

Each line on the child's standard output acknowledges what a use case said is durable. DIE_AT 0 works on until
somebody kills it. Children are forked from a server that has imported everything, so that a moment is soon reached.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from multiprocessing.connection import Connection

from officer_app.base.canonical import digest
from officer_app.base.ids import DossierId, VisitId
from officer_app.base.paths import resource_folder
from officer_app.casework import carrying, decisions, delivery, photos, review, submission, visitlog, visits
from officer_app.evidence.sources import Source
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import ingest
from officer_app.training.exif import with_tags
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from tests.support import month
from tests.support.demo import HandClock, desk_of
from tests.support.dying import die_before_step, say
from tests.support.stages import Stage, approval

# Questions of the checklist that take any number or words, in lists too.
COSTS = "/data/costs/operating_cost"
NUMBERED = tuple(f"{COSTS}[{row}]/cost_amount" for row in range(1, 6))
TOLD = (*(f"{COSTS}[{row}]/cost_item" for row in range(1, 6)), "/data/application/purpose/purpose_declared")
ROWS = len(NUMBERED)
ANSWERS_BETWEEN_PHOTOS = 5
CARD = 30  # pictures of one import


def answer_of(number: int) -> tuple[str, str]:
    """The n-th answer: its question and what is answered."""
    refs = NUMBERED if number % 2 else TOLD
    ref = refs[number // 2 % len(refs)]
    return ref, str(number) if number % 2 else f"第 {number} 次说法"


def picture(number: int) -> bytes:
    """A real picture whose bytes belong to a number."""
    names = ("fruit_front", "fruit_stock", "salon_front", "salon_meter")
    data = (resource_folder() / "demo" / f"{names[number % len(names)]}.jpg").read_bytes()
    taken = datetime.fromisoformat("2026-10-08T09:40:00+08:00") + timedelta(seconds=number)
    return with_tags(data, taken=taken, lat=Decimal("36.19"), lon=Decimal("117.08"), make="Demo", model="8")


def begin(die_at: int) -> None:
    """From here on moments and steps are counted."""
    say("at work", 0)
    if die_at:
        die_before_step(die_at)


def work(demo: Demo, clock: HandClock, _dossier: str, visit_id: str, die_at: int) -> Iterator[None]:
    """Answers and pictures, turn about."""
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = visits.resume_visit(desk, VisitId(visit_id))
        visits.add_repeat(desk, visit, COSTS, ROWS - 1)
        photos.read_picture(desk, picture(0), "a.jpg")
        begin(die_at)
        for number in count(1):
            visits.answer(desk, visit, *answer_of(number))
            say("answer", number)
            if number % ANSWERS_BETWEEN_PHOTOS == 0:
                data = picture(number)
                reading = photos.read_picture(desk, data, "a.jpg")
                photos.attach_photo(desk, visit.record, data, reading, name=f"{number}.jpg")
                say("photo", number, digest(data))
            yield


def take_in(demo: Demo, clock: HandClock, _dossier: str, visit_id: str, die_at: int) -> Iterator[None]:
    """A card of pictures, from its first to its last; those that are in are passed over as any import does."""
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = visits.resume_visit(desk, VisitId(visit_id))
        photos.read_picture(desk, picture(0), "a.jpg")
        begin(die_at)
        for number in range(1, CARD + 1):
            data = picture(number)
            reading = photos.read_picture(desk, data, "a.jpg")
            photos.attach_photo(desk, visit.record, data, reading, name=f"{number}.jpg", source=Source.CARD)
            say("photo", number, digest(data))
            yield
        say("all in", CARD)


def sit(demo: Demo, clock: HandClock, _dossier: str, visit_id: str, die_at: int) -> Iterator[None]:
    """Answers given at the screen, each logged with its question."""
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = visits.resume_visit(desk, VisitId(visit_id))
        visits.add_repeat(desk, visit, COSTS, ROWS - 1)
        visitlog.sit_down(desk, visit, fresh=True)
        assert visit.log is not None
        begin(die_at)
        for number in count(1):
            ref, text = answer_of(number)
            visit.log.answered(ref, visit.session.value(ref), text)
            visits.answer(desk, visit, ref, text)
            say("answer", number)
            yield


def submit(demo: Demo, clock: HandClock, _dossier: str, visit_id: str, die_at: int) -> Iterator[None]:
    """Once."""
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = visits.resume_visit(desk, VisitId(visit_id))
        begin(die_at)
        record = submission.submit(desk, visit, PASSPHRASE)
        say("submitted", 1, record.digest)
    yield


def decide(demo: Demo, clock: HandClock, dossier: str, _visit: str, die_at: int) -> Iterator[None]:
    """Once."""
    with desk_of(demo, Role.MANAGER, clock) as desk:
        view = review.open_dossier(desk, DossierId(dossier))
        begin(die_at)
        record = decisions.decide(desk, view, approval(view), PASSPHRASE)
        say("decided", 1, record.dossier_digest)
    yield


def send(demo: Demo, clock: HandClock, _dossier: str, _visit: str, die_at: int) -> Iterator[None]:
    """The officer's round, once."""
    with desk_of(demo, Role.OFFICER, clock) as desk:
        begin(die_at)
        done = delivery.sync(desk, demo.store)
        say("sent", done.sent)
    yield


def carry(demo: Demo, clock: HandClock, _dossier: str, _visit: str, die_at: int) -> Iterator[None]:
    """The officer's round in three steps, as over a slow line, once."""
    with desk_of(demo, Role.OFFICER, clock) as desk:
        begin(die_at)
        done = carrying.unload(desk, carrying.carry(carrying.load(desk, demo.store)))
        say("sent", done.sent)
    yield


def receive(demo: Demo, clock: HandClock, _dossier: str, _visit: str, die_at: int) -> Iterator[None]:
    """The manager's round, once."""
    with desk_of(demo, Role.MANAGER, clock) as desk:
        begin(die_at)
        done = delivery.sync(desk, demo.store)
        say("received", done.dossiers)
    yield


def ingest_round(demo: Demo, clock: HandClock, _dossier: str, _visit: str, die_at: int) -> Iterator[None]:
    """Head office's round, once."""
    office = open_desk(demo.head_office, PASSPHRASE, issuing=False)
    begin(die_at)
    done = ingest(office, demo.store, demo.warehouse, clock=clock)
    say("ingested", done.dossiers + done.decisions)
    yield


JOBS = {
    "work": work,
    "take_in": take_in,
    "sit": sit,
    "submit": submit,
    "decide": decide,
    "send": send,
    "carry": carry,
    "receive": receive,
    "ingest": ingest_round,
    "month": month.job,
}


class Child:
    """A process at one of the jobs, with what it says."""

    def __init__(self, stage: Stage, job: str, die_at: int = 0) -> None:
        out, into = _SERVER.Pipe(duplex=False)
        self._process = _SERVER.Process(target=_main, args=(into, stage, job, die_at))
        self._process.start()
        into.close()
        self._out = os.fdopen(os.dup(out.fileno()), encoding="utf-8")
        out.close()

    def lines(self, count: int) -> str:
        """The next things it acknowledges; fewer when it ends before."""
        return "".join(self._out.readline() for _ in range(count))

    def kill(self) -> str:
        """kill -9; gives what it still had acknowledged."""
        self._process.kill()
        return self.rest()

    def rest(self) -> str:
        """All that it says until its end, whose code must be nought or a kill."""
        with self._out:
            heard = self._out.read()
        self._process.join(60)
        assert self._process.exitcode in (0, -signal.SIGKILL), heard
        self._process.close()
        return heard


_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload([__name__, "pytest"])


def _main(into: Connection, stage: Stage, job: str, die_at: int) -> None:
    os.dup2(into.fileno(), 1)
    for _ in JOBS[job](stage.demo, stage.clock, stage.dossier or "", stage.visit, die_at):
        pass
