"""The visits of a case as the memo tells them: when, with whom, who signed, and what was entered later from paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.cosigning import Signed, standing_of
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Findings
from officer_app.casework.revisits import why_words
from officer_app.casework.visitlog import paper_of_visit
from officer_app.casework.visits import Visit
from officer_app.evidence.visitcode import CodeSeen, code_of
from officer_app.memos import inputs as memo
from officer_app.trust.certificates import read_person
from officer_app.trust.signing import certificate_of
from officer_app.vault import users
from officer_app.vault.records import CosignRecord, VisitRecord


def visits(desk: Desk, visit: Visit, findings: Findings) -> Iterator[memo.Visit]:
    """Every visit, oldest first."""
    pictures = tuple(one.record for one in findings.photos)
    for number, one in enumerate((*visit.earlier, visit), start=1):
        record, standing = one.record, standing_of(one, pictures)
        second = standing.name if standing.state is Signed.SIGNED else record.second_officer
        yield memo.Visit(
            number=number,
            purpose=message(N_("First visit")) if number == 1 else _further_visit(record),
            started=record.started,
            ended=record.ended or desk.clock.now(),
            place=record.place,
            visit_code=_code_shown(record, findings),
            investigators=tuple(name for name in (name_of(desk, record), second) if name),
            cosigned=_cosigned(standing.name, standing.record) if standing.state is Signed.SIGNED else None,
            from_paper=_from_paper(desk, record),
        )


def seconds(visit: Visit, findings: Findings) -> Iterable[memo.Investigator]:
    """Who signed as second officer, each once, with the key."""
    pictures = tuple(one.record for one in findings.photos)
    found: dict[str, memo.Investigator] = {}
    for one in (*visit.earlier, visit):
        record = standing_of(one, pictures).record
        if record is not None and standing_of(one, pictures).state is Signed.SIGNED:
            person = read_person(certificate_of(record.signature))
            found[person.id] = memo.Investigator(
                person.name, message(N_("Second officer on the visit")), person.key_id
            )
    return found.values()


def name_of(desk: Desk, record: VisitRecord) -> str:
    """Who made a visit."""
    with desk.vault.reading() as tx:
        return users.get(tx, record.officer).full_name


def _code_shown(record: VisitRecord, findings: Findings) -> str:
    """The visit's code, once a picture shows it."""
    shown = any(photo.record.visit == record.id and photo.code is CodeSeen.THIS for photo in findings.photos)
    return code_of(record.id).spoken if shown else ""


def _cosigned(name: str, record: CosignRecord | None) -> Sayable | None:
    if record is None:
        return None
    return message(
        N_("Signed by {name} as second officer, {at:moment}"), name=Verbatim(name), at=local_time(record.at)
    )


def _from_paper(desk: Desk, record: VisitRecord) -> Sayable | None:
    found = paper_of_visit(desk, record.id)
    if found is None:
        return None
    words = N_("{count:count} answers entered from paper, {at:moment}")
    return message(words, count=found.answers, at=local_time(found.at))


def _further_visit(record: VisitRecord) -> Sayable:
    why = why_words(record)
    if not why:
        return message(N_("Further visit"))
    return message(N_("Further visit: {why}"), why=why)
