"""A visit made by two officers is signed by both: the second one signs what the visit holds, on the same laptop.

The signature is over the answers and pictures as they are then. Any later change of the visit leaves it standing over
something else: it is shown as out of date and asked for again. Who made the case signs the whole dossier at the end.
Source: DOMAIN row 29; EVIDENCE, second investigator.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import RecordId, UserId, new_id
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.desk import Desk, identity_of, is_enrolled
from officer_app.casework.permissions import allowed
from officer_app.casework.visits import Visit
from officer_app.dossier import cosigning
from officer_app.dossier.cosigning import Cosign
from officer_app.dossier.manifest import PartyRef
from officer_app.trust import signing
from officer_app.trust.certificates import Person, Role
from officer_app.vault import audit, cases, cosigns, photos, users
from officer_app.vault.keyring import normalise_login
from officer_app.vault.records import CosignRecord, PhotoRecord, UserRecord

OFFICER_B: Final = "site_visit.officer_b"
_MAY_SIGN: Final = frozenset({Role.OFFICER, Role.SECOND_OFFICER, Role.MANAGER})


class Signed(Enum):
    """Whether the second officer has signed a visit."""

    NOBODY = "nobody"  # nobody came along, as far as is known
    WAITING = "waiting"
    CHANGED = "changed"  # signed, and something was changed since
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the second signature under one visit stands. `name`: who signed, else who is said to have come along."""

    state: Signed
    name: str = ""
    record: CosignRecord | None = None
    second: PartyRef | None = None


def standing_of(visit: Visit, pictures: Iterable[PhotoRecord]) -> Standing:
    """How the second signature under a visit stands, by what the visit holds in memory now.

    `pictures` are those of the case, or of this visit.
    """
    if not visit.cosigns:
        name = second_named(visit)
        return Standing(Signed.WAITING if name else Signed.NOBODY, name)
    record = visit.cosigns[-1]
    told = cosigning.parse(record.statement)
    same = (told.answers, told.photos) == _holds(visit, pictures)
    return Standing(Signed.SIGNED if same else Signed.CHANGED, told.second.name, record, told.second)


def second_named(visit: Visit) -> str:
    """Who came along, as said when the visit was begun or as answered in its checklist."""
    answered = (one.text for one in visit.session.bound_answers() if one.path == OFFICER_B)
    return next((text.strip() for text in answered if text.strip()), visit.record.second_officer)


@allowed(Role.OFFICER)
def colleagues(desk: Desk) -> tuple[UserRecord, ...]:
    """Who else could sign on this laptop: everybody enrolled here but the person who is signed in."""
    with desk.vault.reading() as tx:
        every = users.all(tx)
        return tuple(one for one in every if one.id != desk.user.id and not one.disabled and is_enrolled(tx, one))


@allowed(Role.OFFICER)
def cosign(desk: Desk, visit: Visit, login: str, passphrase: str) -> CosignRecord:
    """The second officer signs what the visit holds now, with the own key, opened by the own passphrase and for this.

    Errors: COSIGN_SELF, COSIGN_NOT_ENROLLED, WRONG_PASSPHRASE, PASSPHRASE_WAIT, NOT_ENROLLED, NOT_ALLOWED,
    CASE_NOT_OPEN, DISK_FULL.
    """
    institution, officer = desk.certified(Role.OFFICER)
    if normalise_login(login) == desk.user.login:
        raise Fault(Code.COSIGN_SELF)
    private = desk.vault.private_of(login, passphrase)
    with desk.vault.reading() as tx:
        user = users.get(tx, UserId(private.user))
        identity = identity_of(tx, user, private, institution)
        pictures = photos.of_case(tx, visit.case)
    if identity is None:
        raise Fault(Code.COSIGN_NOT_ENROLLED, login=login)
    second = identity.person
    if cosigning.is_one_person(_party(officer.person), _party(second)):
        raise Fault(Code.COSIGN_SELF)
    if second.role not in _MAY_SIGN:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=second.name)
    now = desk.clock.now()
    answers, digests = _holds(visit, pictures)
    statement = cosigning.to_bytes(
        Cosign(
            visit=visit.record.id,
            case_id=visit.case,
            form=visit.record.form,
            form_version=visit.record.form_version,
            answers=answers,
            photos=digests,
            officer=_party(officer.person),
            second=_party(second),
            at=now,
        )
    )
    signature = signing.sign(statement, identity, now)
    record = CosignRecord(RecordId(new_id()), visit.record.id, user.id, now, statement, signature)
    with desk.vault.writing() as tx:
        case = cases.get(tx, visit.case)
        must_be_own(desk, case)
        must_be_open(case)
        cosigns.add(tx, record)
        audit.append(tx, "visit_cosigned", visit.record.id, {"by": user.id, "key": second.key_id})
    return record


def _party(person: Person) -> PartyRef:
    """Somebody as records name them."""
    return PartyRef(person.id, person.name)


def _holds(visit: Visit, pictures: Iterable[PhotoRecord]) -> tuple[str, tuple[str, ...]]:
    """The digests of a visit's answers and of its pictures."""
    own = {one.sha256 for one in pictures if one.visit == visit.record.id}
    return cosigning.answers_digest(visit.session.answers()), tuple(sorted(own))
