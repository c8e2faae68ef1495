"""Enrolling people, changing and renewing what they may do, and withdrawing their keys: head office's word.

A certificate is never changed. A new one for the same key goes into the roster, and everybody's laptop, the holder's
first, takes it from there: renewing and changing a limit need no file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from officer_app.base.clock import Clock, local_date, to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import UserId, new_id
from officer_app.exchange.addresses import read_address
from officer_app.headoffice.auditing import admit, dismiss
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.journal import UNSAID, Act, Said, note
from officer_app.trust import certificates
from officer_app.trust.certificates import Person, Role, fingerprint, load, public_key, read_person
from officer_app.trust.enrolment import Request, answer, certificate_in, grant, offer, offer_in, read_request
from officer_app.trust.roster import Roster, encode_roster
from officer_app.trust.signing import sign

# A certificate that ends within so many days is renewed when head office renews.
RENEWED_BEFORE: Final = timedelta(days=90)
APPROVERS: Final = frozenset({Role.MANAGER, Role.HEAD_OFFICE})


def enrol(
    desk: Desk,
    request: bytes,
    *,
    role: Role,
    branch: str,
    approval_limit: Decimal,
    clock: Clock,
    person: UserId | None = None,
    replaces: str = "",
    store: str = "",
    said: Said = UNSAID,
) -> bytes:
    """The answer to a request: a certificate with head office's own words on role, branch and limit.

    `store` is the address that goes along, so that the person need not type it; it never holds a secret.

    `person` is the id of somebody enrolled before, so that a second key is not a second pair of eyes; `replaces` the
    id of the key that this one takes the place of (a lost passphrase, a new laptop): the same person, and the old key
    is withdrawn. The same request again gets the certificate it got; a key that is known stays its person's.
    Errors: REQUEST_UNREADABLE, LIMIT_UNFIT, DESK_CANNOT_ISSUE, PERSON_UNKNOWN, those of `read_address`.
    """
    wanted = read_request(request)
    _check_limit(role, approval_limit)
    now = clock.now()
    place = offer(read_address(store).text, desk.identity, now) if store else None
    if replaces:
        person = UserId(_known(desk, replaces).id)
    certificate = _granted(desk, wanted, person or _holder(desk, wanted), role, branch, approval_limit, now)
    earlier = _issued(desk, certificate)
    if earlier is None:
        _put(desk, certificate, now)
        note(desk.folder, Act.ENROLLED, wanted.name, said, now, _described(read_person(certificate)))
    _let_read(desk, read_person(earlier or certificate))
    if replaces:
        revoke(desk, replaces, clock=clock, said=said)
    return answer(earlier or certificate, desk.root_pem, *desk.signed_roster(), place)


def for_screen(desk: Desk, told: bytes, clock: Clock) -> bytes:
    """An answer with the few certificates that its person works with, small enough to be shown as codes.

    Its roster is one version below the whole one, which the first exchange brings and which takes its place: head
    office, the person, and who decides or gives an opinion in the branch. Errors: ANSWER_UNREADABLE.
    """
    certificate = certificate_in(told)
    person, now = read_person(certificate), clock.now()
    near = [
        pem
        for pem in desk.roster.certificates
        if pem == certificate or _near(read_person(pem), person, desk.roster.newest_of)
    ]
    keys = {read_person(pem).key_id for pem in near}
    gone = {key: since for key, since in desk.roster.revoked.items() if key in keys}
    data = encode_roster(Roster(max(desk.roster.version - 1, 1), now, tuple(near), gone))
    return answer(certificate, desk.root_pem, data, sign(data, desk.identity, now), offer_in(told))


def change(
    desk: Desk,
    key_id: str,
    *,
    clock: Clock,
    role: Role,
    branch: str,
    approval_limit: Decimal,
    said: Said = UNSAID,
) -> Person:
    """Give a key another role, branch or limit; a certificate of before that allowed more no longer counts.

    One that allowed no more still does: when a branch is merged or a limit raised, what was signed the day before
    and is still on its way must come in. Errors: PERSON_UNKNOWN, LIMIT_UNFIT, DESK_CANNOT_ISSUE.
    """
    _check_limit(role, approval_limit)
    held, now = _known(desk, key_id), clock.now()
    certificate = _again(desk, held, now, role=role, branch=branch, approval_limit=approval_limit)
    changed = read_person(certificate)
    former = [pem for pem in desk.roster.certificates if read_person(pem).key_id == key_id]
    gone = {fingerprint(pem): now for pem in former if _allowed_more(read_person(pem), changed)}
    _put(desk, certificate, now, gone)
    note(desk.folder, Act.CHANGED, changed.name, said, now, f"{_described(held)} → {_described(changed)}")
    dismiss(desk, key_id)
    _let_read(desk, changed)
    return changed


def _allowed_more(former: Person, now: Person) -> bool:
    return former.role is not now.role or former.approval_limit > now.approval_limit


def renew(desk: Desk, *, clock: Clock, key_id: str = "", said: Said = UNSAID) -> tuple[Person, ...]:
    """New certificates with the same words for everybody whose own ends soon, or for one key; gives who got one.

    A withdrawn key gets none. Errors: PERSON_UNKNOWN, DESK_CANNOT_ISSUE.
    """
    now = clock.now()
    if key_id:
        due = [_known(desk, key_id)]
    else:
        keys = dict.fromkeys(read_person(pem).key_id for pem in desk.roster.certificates)
        newest = [desk.roster.newest_of(key) for key in keys if key not in desk.roster.revoked]
        held = [read_person(pem) for pem in newest if pem is not None]
        due = [person for person in held if person.valid_to - now <= RENEWED_BEFORE]
    made = [
        _again(desk, one, now, role=one.role, branch=one.branch, approval_limit=one.approval_limit) for one in due
    ]
    for certificate in made:
        _put(desk, certificate, now)
        renewed = read_person(certificate)
        note(desk.folder, Act.RENEWED, renewed.name, said, now, local_date(renewed.valid_to).isoformat())
    return tuple(read_person(certificate) for certificate in made)


def revoke(desk: Desk, key_id: str, *, clock: Clock, since: datetime | None = None, said: Said = UNSAID) -> datetime:
    """Withdraw a key for good, now or from a later day on; gives from when. An earlier date stands.

    What laptops took in before stays what it was; nothing that comes in afterwards is believed, whatever day it
    claims. Errors: PERSON_UNKNOWN.
    """
    if key_id not in {read_person(pem).key_id for pem in desk.roster.certificates}:
        raise Fault(Code.PERSON_UNKNOWN, key=key_id[:64])
    now = clock.now()
    from_when = max(since or now, now)
    standing = desk.roster.revoked.get(key_id)
    if standing is not None and standing <= from_when:
        return standing
    desk.keep_roster(replace(desk.roster, revoked={**desk.roster.revoked, key_id: from_when}), now)
    if from_when <= now:
        dismiss(desk, key_id)
    note(desk.folder, Act.REVOKED, _known(desk, key_id).name, said, now, to_text(from_when))
    return from_when


def full_key(desk: Desk, begins: str) -> str:
    """The id of the one key that begins so (eight digits at least). Errors: PERSON_UNKNOWN."""
    keys = {read_person(pem).key_id for pem in desk.roster.certificates}
    found = [key for key in keys if len(begins) >= _SHORTEST and key.startswith(begins.lower())]
    if len(found) != 1:
        raise Fault(Code.PERSON_UNKNOWN, key=begins[:64])
    return found[0]


_SHORTEST: Final = 8


def _let_read(desk: Desk, person: Person) -> None:
    if person.role is Role.AUDITOR:
        admit(desk, person)


def _described(person: Person) -> str:
    return f"{person.role.value}, {person.branch}, {person.approval_limit}"


def _near(other: Person, person: Person, newest_of: Callable[[str], bytes | None]) -> bool:
    """Whether somebody is head office, or decides or gives an opinion in the branch, by the newest certificate."""
    newest = newest_of(other.key_id)
    if newest is None or read_person(newest) != other:
        return False
    beside = other.role in {Role.MANAGER, Role.REVIEWER} and other.branch == person.branch
    return other.role is Role.HEAD_OFFICE or beside


def _put(desk: Desk, certificate: bytes, at: datetime, gone: dict[str, datetime] | None = None) -> None:
    roster = desk.roster
    grown = replace(
        roster, certificates=(*roster.certificates, certificate), revoked={**roster.revoked, **(gone or {})}
    )
    desk.keep_roster(grown, at)


def _granted(
    desk: Desk, wanted: Request, person: UserId, role: Role, branch: str, limit: Decimal, at: datetime
) -> bytes:
    return grant(
        wanted,
        person_id=person,
        role=role,
        branch=branch,
        approval_limit=limit,
        root_keys=desk.issuing(),
        root_pem=desk.root_pem,
        at=at,
    )


def _again(desk: Desk, held: Person, at: datetime, *, role: Role, branch: str, approval_limit: Decimal) -> bytes:
    """Another certificate for the key of somebody enrolled."""
    pem = next(pem for pem in desk.roster.certificates if read_person(pem).key_id == held.key_id)
    wanted = Request(held.name, branch, role, held.reader, public_key(load(pem)))
    return _granted(desk, wanted, UserId(held.id), role, branch, approval_limit, at)


def _known(desk: Desk, key_id: str) -> Person:
    """Whose key this is, as the newest certificate says. Errors: PERSON_UNKNOWN."""
    own = [read_person(pem) for pem in desk.roster.certificates if read_person(pem).key_id == key_id]
    if not own:
        raise Fault(Code.PERSON_UNKNOWN, key=key_id[:64])
    return own[-1]


def _holder(desk: Desk, wanted: Request) -> UserId:
    """The person whose signing key asks again, or somebody new.

    The request proves that key alone. The reading key in it is a word: everybody's stands in the roster.
    """
    asked = certificates.key_id(wanted.public)
    known = next((read_person(pem) for pem in desk.roster.certificates if read_person(pem).key_id == asked), None)
    return UserId(known.id) if known is not None else UserId(new_id())


def _check_limit(role: Role, limit: Decimal) -> None:
    if not limit.is_finite() or limit < 0 or (limit and role not in APPROVERS):
        raise Fault(Code.LIMIT_UNFIT, limit=str(limit))


def _issued(desk: Desk, certificate: bytes) -> bytes | None:
    """The certificate this key already has with the same words, while it counts and does not end soon."""
    new = read_person(certificate)
    pem = desk.roster.newest_of(new.key_id)
    if pem is None:
        return None
    old = read_person(pem)
    same = (old.role, old.branch, old.approval_limit, old.name)
    lasts = old.valid_to - new.valid_from > RENEWED_BEFORE
    return pem if lasts and same == (new.role, new.branch, new.approval_limit, new.name) else None
