"""Case files that wait for a decision reach managers who came to the branch after they were sent.

A file is sealed for those who sat in the branch that day. When the only manager leaves unread, or branches merge, the
officer's laptop seals its waiting files once more, for whoever is new: nobody else holds the keys to do so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from officer_app.base.canonical import Json
from officer_app.casework import outgoing
from officer_app.casework.desk import Desk, Institution
from officer_app.casework.permissions import allowed
from officer_app.dossier import manifest as manifests
from officer_app.exchange import parcels
from officer_app.trust.certificates import Role, read_person
from officer_app.trust.identities import Identity
from officer_app.vault import audit, cases, settings
from officer_app.vault import dossiers as kept
from officer_app.vault.records import CaseQuery, CaseState, DossierRecord, Origin
from officer_app.vault.transactions import Writing

_READ_IT: Final = frozenset({Role.MANAGER, Role.REVIEWER})
_WAITING: Final = frozenset({CaseState.SUBMITTED, CaseState.REVIEWED})
_MOST: Final = 1_000


@allowed(Role.OFFICER)
def reach_newcomers(desk: Desk) -> int:
    """Queue own waiting files for managers and reviewers of the branch who could not read them; how many files.

    Looked for once after each change of the roster: what is handed over later is sealed for whoever is there.
    """
    if desk.institution is None or desk.identity is None:
        return 0
    looked_at = f"newcomers:{desk.user.id}"
    with desk.vault.reading() as tx:
        if settings.get(tx, looked_at) == desk.institution.roster.version:
            return 0
    reached = _reach(desk, desk.institution, desk.identity)
    with desk.vault.writing() as tx:
        settings.put(tx, looked_at, desk.institution.roster.version)
    return reached


def _reach(desk: Desk, institution: Institution, identity: Identity) -> int:
    here = _readers_now(desk, institution, identity.person.branch)
    with desk.vault.reading() as tx:
        query = CaseQuery(states=_WAITING, officer=desk.user.id, limit=_MOST)
        own = [item.id for item in cases.find(tx, query).items if cases.get(tx, item.id).origin is Origin.OWN]
        files = [kept.of_case(tx, case)[-1] for case in own]
        known = {one.digest: settings.get(tx, _key(one)) for one in files}
    reached = 0
    for dossier in files:
        told = known[dossier.digest]
        reading = {str(one) for one in told} if isinstance(told, list) else _readers_then(institution, dossier)
        fresh = here - reading
        if fresh:
            _seal_again(desk, identity, dossier, fresh, reading)
            reached += 1
    return reached


def note_readers(tx: Writing, dossier: DossierRecord, readers: Iterable[str]) -> None:
    """Remember for whom a file is sealed, age recipients."""
    noted: Json = sorted(set(readers))
    settings.put(tx, _key(dossier), noted)


def _readers_now(desk: Desk, institution: Institution, branch: str) -> set[str]:
    people = institution.roster.people(institution.root, desk.clock.now())
    return {one.reader for one in people if one.role in _READ_IT and one.branch == branch}


def _readers_then(institution: Institution, dossier: DossierRecord) -> set[str]:
    """For whom a file was sealed that went out before anybody noted it: by the certificates of that day."""
    manifest = manifests.parse(dossier.manifest)
    of_the_day = (read_person(pem) for pem in institution.roster.certificates)
    return {
        one.reader
        for one in of_the_day
        if one.role in _READ_IT and one.branch == manifest.branch and one.valid_from <= manifest.frozen_at
    }


def _seal_again(desk: Desk, identity: Identity, dossier: DossierRecord, fresh: set[str], reading: set[str]) -> None:
    parts = {part.path: desk.vault.read_blob(part.blob) for part in dossier.parts}
    parcel = parcels.dossier_parcel(dossier.manifest, dossier.signature, parts)
    with desk.vault.writing() as tx:
        out = outgoing.Outgoing(parcel, identity, sorted(fresh))
        outgoing.queue(tx, out, case=dossier.case, dossier_digest=dossier.digest)
        note_readers(tx, dossier, reading | fresh)
        audit.append(tx, "dossier_sealed_again", dossier.case, {"dossier": dossier.digest, "readers": len(fresh)})


def _key(dossier: DossierRecord) -> str:
    return f"sealed-for:{dossier.digest}"
