"""The checklist of a visit on paper, for a place where no laptop can be opened."""

from __future__ import annotations

from officer_app.casework import packs
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.visits import blank_session
from officer_app.checklists.onpaper import Part, on_paper
from officer_app.evidence.visitcode import code_of
from officer_app.trust.certificates import Role
from officer_app.vault import answers, cases
from officer_app.vault.records import VisitRecord


@allowed(Role.OFFICER)
def order_of(desk: Desk, record: VisitRecord) -> tuple[Part, ...]:
    """The visit's checklist in the order and with the numbers of its paper sheet. Errors: PACK_MISSING."""
    begun = packs.pack_by_id(desk, record.form_pack) if record.form_pack is not None else None
    form = packs.form_of(begun or packs.newest(desk, packs.FORM, record.form))
    return on_paper(blank_session(desk, form))


@allowed(Role.OFFICER, Role.MANAGER)
def sheet_of(desk: Desk, record: VisitRecord, language: str) -> bytes:
    """The visit's checklist as PDF, blank but for the visit's code and number. It holds nothing that was answered.

    `language` is zh_CN, en or both. Errors: PACK_MISSING, GLYPH_MISSING.
    """
    begun = packs.pack_by_id(desk, record.form_pack) if record.form_pack is not None else None
    pack = begun or packs.newest(desk, packs.FORM, record.form)
    form = packs.form_of(pack)
    with desk.vault.reading() as tx:
        case = cases.get(tx, record.case)
        number = [one.id for one in answers.visits(tx, record.case)].index(record.id) + 1
    # Only whoever prints needs what lays out pages.
    from officer_app.memos.field_sheet import FieldSheet, field_sheet

    institution = desk.institution.name if desk.institution is not None else ""
    parts = on_paper(blank_session(desk, form))
    sheet = FieldSheet(
        form.title, form.version, institution, parts, code_of(record.id).spoken, f"{case.number}/{number}"
    )
    return field_sheet(sheet, language)
