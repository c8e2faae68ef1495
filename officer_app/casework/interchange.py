"""A visit as ODK's tools read it: the instance that would be sent, and its log beside it."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.ids import VisitId
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.visitlog import exported
from officer_app.casework.visits import resume_visit
from officer_app.trust.certificates import Role
from officer_app.vault import answers, audit, cases
from officer_app.vault.records import VisitRecord


@dataclass(frozen=True, slots=True)
class Instance:
    """One visit: files by their names inside its folder, as a collecting app lays an instance down.

    Pictures are not among them: an answer names its picture by the id that the dossier has it under.
    """

    name: str
    files: tuple[tuple[str, bytes], ...]


@allowed(Role.OFFICER, Role.MANAGER)
def instance_of(desk: Desk, visit_id: VisitId) -> Instance:
    """What a visit holds now, without what is not asked, and its `audit.csv` where somebody sat at it.

    That it left the vault stands in the audit log.
    """
    visit = resume_visit(desk, visit_id)
    with desk.vault.reading() as tx:
        case = cases.get(tx, visit.case)
        number = [one.id for one in answers.visits(tx, visit.case)].index(visit_id) + 1
    name = f"{case.number}-{visit.record.form}-{number}"
    log = exported(desk, visit_id)
    files = ((f"{name}.xml", visit.session.finalised()), *((("audit.csv", log),) if log else ()))
    with desk.vault.writing() as tx:
        audit.append(tx, "visit_exported", visit_id, {"files": [file for file, _data in files]})
    return Instance(name, files)


@allowed(Role.OFFICER, Role.MANAGER)
def visits_numbered(desk: Desk, case_number: str) -> tuple[VisitRecord, ...]:
    """The visits of the case that has this number here, oldest first; none where no case has it."""
    with desk.vault.reading() as tx:
        case = cases.of_number(tx, case_number, desk.user.id)
        return answers.visits(tx, case.id) if case is not None else ()
