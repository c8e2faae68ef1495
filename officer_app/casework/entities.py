"""Lists that grow with the visits: what a finished visit makes of shops, wells or households, later ones choose from.

A checklist says so on its sheet `entities`. What a visit made stands in the vault once it is finished, and is made
anew when the visit is corrected and finished again.
"""

from __future__ import annotations

from datetime import datetime

from officer_app.base.ids import RecordId, VisitId, new_id
from officer_app.checklists.entities import Entity, EntityChange, list_with, standing
from officer_app.checklists.form import Form
from officer_app.checklists.session import FormSession
from officer_app.checklists.xpath.nodes import Node
from officer_app.vault import audit, entities
from officer_app.vault.records import EntityChangeRecord, EntityVerb
from officer_app.vault.transactions import Reading, Writing


def keep(tx: Writing, visit: VisitId, session: FormSession, at: datetime) -> None:
    """Keep what a visit that is finished makes of entities."""
    changes = sorted(session.entities(), key=_name)
    if changes == sorted(map(_change, entities.of_visit(tx, visit)), key=_name):
        return
    entities.replace_of_visit(tx, visit, [_record(visit, change, at) for change in changes])
    made = [f"{change.list_name}/{change.name}" for change in changes]
    audit.append(tx, "entities_made", visit, {"entities": list(made)})


def lists_in_files(form: Form) -> tuple[str, ...]:
    """The lists of a form that may grow: those that lie in files beside it."""
    return tuple(name for name, known in form.lists.items() if any(each.key == "src" for each in known.attributes))


def lists_for(tx: Reading, form: Form) -> dict[str, Node]:
    """The lists of a form that visits have added to, as they stand now."""
    grown = {name: entities_of(tx, name) for name in lists_in_files(form)}
    return {name: list_with(form.lists[name], found) for name, found in grown.items() if found}


def entities_of(tx: Reading, list_name: str) -> tuple[Entity, ...]:
    """The entities of a list as they stand."""
    return standing(_change(record) for record in entities.of_list(tx, list_name))


def _name(change: EntityChange) -> tuple[str, str]:
    return change.list_name, change.name


def _record(visit: VisitId, change: EntityChange, at: datetime) -> EntityChangeRecord:
    verb = EntityVerb.UPDATE if change.updates else EntityVerb.CREATE
    return EntityChangeRecord(
        RecordId(new_id()), visit, at, change.list_name, change.name, change.label, verb, dict(change.properties)
    )


def _change(record: EntityChangeRecord) -> EntityChange:
    told = record.properties if isinstance(record.properties, dict) else {}
    properties = {name: str(text) for name, text in told.items()}
    updates = record.verb is EntityVerb.UPDATE
    return EntityChange(record.list_name, record.name, record.label, properties, creates=not updates, updates=updates)
