"""Joining an institution: a small request file out, a small answer file in. Private keys never leave."""

from __future__ import annotations

from officer_app.base.errors import Code, Fault
from officer_app.casework.desk import KEYS, Desk, store_identity, store_institution
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.exchange.addresses import read_address
from officer_app.trust import enrolment
from officer_app.trust.certificates import Role, fingerprint, read_person
from officer_app.trust.identities import Keys, new_keys
from officer_app.vault import audit, settings, users
from officer_app.vault.transactions import Reading

_PENDING = "keys-pending"


@allowed(*EVERYONE)
def request(desk: Desk, *, branch: str, role: Role) -> bytes:
    """The request file for head office. Asking again gives a request for the same keys."""
    with desk.vault.writing() as tx:
        keys = _pending(desk, tx) or new_keys()
        users.set_secret(tx, desk.user.id, _PENDING, desk.vault.private.seal(_PENDING, keys.to_bytes()))
        audit.append(tx, "enrolment_requested", desk.user.id, {"branch": branch, "role": role.value})
    return enrolment.request(keys, name=desk.user.full_name, branch=branch, role=role)


@allowed(*EVERYONE)
def accept(desk: Desk, answer: bytes) -> str:
    """Take head office's answer; gives the root's fingerprint, to be compared by voice once.

    Where it says to exchange is kept as an offer, to be tried by the person.

    Errors: ANSWER_UNREADABLE, ANSWER_FOR_OTHER_KEYS, INSTITUTION_OTHER, ANSWER_OLDER, NOT_ENROLLED without a
    request before.
    """
    with desk.vault.reading() as tx:
        keys = _pending(desk, tx)
    accepted = enrolment.accept(answer, keys or new_keys(), desk.clock.now())
    if _is_newer(desk, accepted):
        store_institution(
            desk, accepted.institution, accepted.identity.root, accepted.roster_bytes, accepted.roster_signature
        )
    store_identity(desk, accepted.identity.keys, accepted.identity.certificate)
    with desk.vault.writing() as tx:
        settings.put(tx, _offer_key(desk), accepted.store)
        audit.append(tx, "enrolled", desk.user.id, {"key": accepted.identity.person.key_id})
    return fingerprint(accepted.identity.root)


@allowed(*EVERYONE)
def offered_store(desk: Desk) -> str:
    """The address that head office's answer brought, or nothing: it brought none, or one that is not understood."""
    with desk.vault.reading() as tx:
        told = settings.get(tx, _offer_key(desk))
    try:
        return read_address(told).text if isinstance(told, str) and told else ""
    except Fault:
        return ""  # of a newer program's kind; it can still be typed, and says then what is wrong with it


def _offer_key(desk: Desk) -> str:
    return f"offered-store:{desk.user.id}"


def _is_newer(desk: Desk, accepted: enrolment.Enrolment) -> bool:
    """Whether an answer brings a newer list of people than is here; an old one brings back nobody.

    A laptop works for one institution. Errors: INSTITUTION_OTHER; ANSWER_OLDER when what the answer grants was
    withdrawn or replaced since.
    """
    here, identity = desk.institution, accepted.identity
    if here is None:
        return True
    if fingerprint(here.root) != fingerprint(identity.root):
        raise Fault(Code.INSTITUTION_OTHER)
    if accepted.roster.version > here.roster.version:
        return True
    newest = here.roster.newest_of(identity.person.key_id)
    known = [pem for pem in here.roster.certificates if read_person(pem).key_id == identity.person.key_id]
    gone = {identity.person.key_id, fingerprint(identity.certificate)} & set(here.roster.withdrawn(desk.clock.now()))
    if gone or (known and newest != identity.certificate):
        raise Fault(Code.ANSWER_OLDER)
    return False


def _pending(desk: Desk, tx: Reading) -> Keys | None:
    for name in (_PENDING, KEYS):
        envelope = users.secret(tx, desk.user.id, name)
        if envelope is not None:
            return Keys.from_bytes(desk.vault.private.unseal(name, envelope))
    return None
