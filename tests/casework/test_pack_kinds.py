"""Each kind of pack that comes down: signed, its number only rises, it holds from its day, and never goes back.

Sealed and published for real in `test_packs.py`; here each comes as the reader of a round hands it on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from officer_app.base.canonical import digest
from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.paths import forms_folder
from officer_app.casework import packs
from officer_app.casework.applying import Applied, Counts, apply
from officer_app.casework.desk import Desk
from officer_app.casework.norms import laid_over, norms_in_force
from officer_app.casework.productterms import list_in_force
from officer_app.casework.screening import people_in_force
from officer_app.casework.shotpacks import shots_at
from officer_app.credit.policy import read_policy
from officer_app.credit.productlist import products_text
from officer_app.credit.products import PRODUCTS
from officer_app.dossier import people, photolist
from officer_app.dossier.officerecords import PackNote, pack_to_bytes
from officer_app.dossier.photolist import ListedPhoto
from officer_app.dossier.records import PackKind
from officer_app.evidence.fingerprints import Fingerprint
from officer_app.evidence.shotlists import read_shots
from officer_app.exchange.contents import verify_pack
from officer_app.exchange.parcels import pack_parcel
from officer_app.headoffice.desk import Desk as Office
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import revoke
from officer_app.headoffice.peoplelists import hashed
from officer_app.headoffice.publishing import keep_pack, kept_packs
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.trust.roster import read_roster, signed_roster
from officer_app.trust.signing import sign
from officer_app.vault import packs as kept
from officer_app.vault import settings
from officer_app.vault.deliveryrecords import InboxOutcome
from officer_app.vault.transactions import Reading
from tests.support.demo import HandClock, desk_of
from tests.support.worked import SHIPPED_POLICY

TOMORROW, LATER = date(2026, 10, 9), date(2026, 10, 11)
APPLIED = InboxOutcome.APPLIED
FINGERPRINTS = packs.FINGERPRINTS
SHIPPED = read_policy(SHIPPED_POLICY.read_text(encoding="utf-8"))[PRODUCTS]
SHOTS = (forms_folder() / "shots.toml").read_bytes()
NORM = '[[norms]]\nid = "noodle_shop.flour"\nvalue = {}\nlow = 140\n'
PEOPLE = "kind,number,list,reason,since,until\nplate,京A{:05}7,black,欠款,2026-01-31,\n"


@pytest.fixture
def office(demo: Demo) -> Office:
    return open_desk(demo.head_office, PASSPHRASE)


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


def arrives(
    desk: Desk, office: Office, note: PackNote, content: bytes, signature: Callable[[bytes], bytes] | None = None
) -> Applied:
    """A pack as a round reads it: verified first, then applied."""
    told = pack_to_bytes(note)
    signed = sign(told, office.identity, desk.clock.now()) if signature is None else signature(told)
    parcel = verify_pack(pack_parcel(told, signed, content), office.root_pem)
    assert desk.institution is not None
    with desk.vault.writing() as tx:
        return apply(desk, desk.institution, tx, parcel, Counts())


def _form(desk: Desk, number: int) -> bytes:
    with desk.vault.reading() as tx:
        body = kept.all_of(tx, packs.FORM, packs.BUSINESS_VISIT)[-1].body
    return body.replace(b"<h:title>", b"<h:title>%d" % number, 1)


def told(desk: Desk, ask: Callable[[Reading], object]) -> object:
    """What the vault says."""
    with desk.vault.reading() as tx:
        return ask(tx)


def day(desk: Desk) -> date:
    """Today, where the laptop is."""
    return local_date(desk.clock.now())


@dataclass(frozen=True)
class Kind:
    """One kind: its pack's name, a content for each number, what is gone by now, and what a content comes to."""

    kind: PackKind
    name: str
    content: Callable[[Desk, int], bytes]
    used: Callable[[Desk], object]
    means: Callable[[bytes], object]
    broken: Code


KINDS = (
    Kind(
        PackKind.FORM,
        packs.BUSINESS_VISIT,
        _form,
        lambda desk: packs.newest(desk, packs.FORM, packs.BUSINESS_VISIT).body,
        bytes,
        Code.FORM_DAMAGED,
    ),
    Kind(
        PackKind.POLICY,
        packs.DEFAULT_POLICY,
        lambda _desk, number: SHIPPED_POLICY.read_bytes() + b"# %d\n" % number,
        lambda desk: packs.policy_in_force(desk)[0].body,
        bytes,
        Code.POLICY_NOT_TOML,
    ),
    Kind(
        PackKind.NORMS,
        packs.OWN_NORMS,
        lambda _desk, number: NORM.format(160 + number).encode(),
        lambda desk: norms_in_force(desk).norms,
        laid_over,
        Code.NORMS_NOT_TOML,
    ),
    Kind(
        PackKind.PEOPLE,
        packs.PEOPLE_LIST,
        lambda _desk, number: hashed(PEOPLE.format(number).encode(), b"k" * 32),
        lambda desk: told(desk, lambda tx: people_in_force(desk, tx)),
        people.parse,
        Code.PACK_BROKEN,
    ),
    Kind(
        PackKind.FINGERPRINTS,
        "photos",
        lambda _desk, number: photolist.to_bytes(
            (ListedPhoto(f"2026-{number}", f"{number:064x}", Fingerprint(()).encode()),)
        ),
        lambda desk: told(desk, lambda tx: [one.body for one in kept.in_force_of_kind(tx, FINGERPRINTS, day(desk))]),
        lambda body: [body],
        Code.PHOTO_LIST,
    ),
    Kind(
        PackKind.SHOTS,
        packs.SHOTS,
        lambda _desk, number: SHOTS + b'\n[[lists]]\nproducts = ["p%d"]\nrequired = ["front"]\n' % number,
        lambda desk: told(desk, lambda tx: shots_at(desk, tx, desk.clock.now())),
        read_shots,
        Code.SHOT_LIST_WRONG,
    ),
    Kind(
        PackKind.PRODUCTS,
        packs.OWN_PRODUCTS,
        lambda _desk, number: products_text(SHIPPED[number:]).encode(),
        lambda desk: told(desk, lambda tx: getattr(list_in_force(tx, day(desk)), "body", None)),
        bytes,
        Code.PRODUCTS_NOT_TOML,
    ),
)
EACH = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind.value)


def note_of(desk: Desk, kind: Kind, number: int, content: bytes, first: date | None = None) -> PackNote:
    return PackNote(kind.kind, kind.name, number, digest(content), desk.clock.now(), first)


@EACH
def test_it_holds_from_its_day_and_never_goes_back(desk: Desk, office: Office, clock: HandClock, kind: Kind) -> None:
    """The very first one waits for its day too; an older number is refused, with a newer day or another content."""
    before = kind.used(desk)
    older, newer = kind.content(desk, 1), kind.content(desk, 2)
    for number, content, first in ((11, older, TOMORROW), (12, newer, LATER)):
        assert arrives(desk, office, note_of(desk, kind, number, content, first), content).outcome is APPLIED
    assert kind.used(desk) == before
    clock.move(days=1)
    assert kind.used(desk) == kind.means(older)
    clock.move(days=2)
    assert kind.used(desk) == kind.means(newer)
    now = kind.used(desk)
    again = arrives(desk, office, note_of(desk, kind, 12, newer, LATER), newer)
    assert again.outcome is InboxOutcome.ALREADY
    for number, content, code in ((11, newer, Code.PACK_OLDER), (12, older, Code.RECORD_EXISTS)):
        back = arrives(desk, office, note_of(desk, kind, number, content, date(2027, 1, 1)), content)
        assert (back.outcome, back.fault and back.fault.code) == (InboxOutcome.QUARANTINED, code)
    assert kind.used(desk) == now


@EACH
def test_it_counts_only_with_head_offices_signature_and_only_if_it_can_be_read(
    desk: Desk, office: Office, kind: Kind
) -> None:
    before, content = kind.used(desk), kind.content(desk, 1)
    note, identity = note_of(desk, kind, 11, content), desk.identity
    assert identity is not None
    for signature, code in (
        (lambda _told: b"", Code.SIGNATURE_BROKEN),
        (lambda told: sign(told, identity, desk.clock.now()), Code.SIGNER_NOT_ENTITLED),
        (lambda told: sign(told + b" ", office.identity, desk.clock.now()), Code.SIGNATURE_OTHER_DATA),
    ):
        with pytest.raises(Fault) as refused:
            arrives(desk, office, note, content, signature)
        assert refused.value.code is code
    with pytest.raises(Fault) as refused:
        arrives(desk, office, note, content + b" ")
    assert refused.value.code is Code.DOSSIER_PART_CHANGED
    nonsense = b"\xff[["
    came = arrives(desk, office, note_of(desk, kind, 11, nonsense), nonsense)
    assert (came.outcome, came.fault and came.fault.code) == (InboxOutcome.QUARANTINED, kind.broken)
    assert kind.used(desk) == before


@EACH
def test_head_offices_numbers_only_rise(desk: Desk, office: Office, kind: Kind) -> None:
    """What was published before and is published again is the next number, not the former one."""
    had = max((one.note.version for one in kept_packs(office, kind.kind, kind.name)), default=0)
    older, newer, now = kind.content(desk, 1), kind.content(desk, 2), desk.clock.now()
    numbers = [keep_pack(office, kind.kind, kind.name, content, now) for content in (older, newer, newer, older)]
    assert numbers == [had + 1, had + 2, had + 2, had + 3]


def test_a_roster_and_the_keys_withdrawn_in_it_never_go_back(demo: Demo, desk: Desk, clock: HandClock) -> None:
    """It waits for no day, and an older one inside a newer number changes nothing: nobody comes back by it."""
    office = open_desk(demo.head_office, PASSPHRASE)
    old = signed_roster(*office.signed_roster())
    manager = next(one for one in office.roster.people(office.root_pem, clock.now()) if one.role is Role.MANAGER)
    revoke(office, manager.key_id, clock=clock)
    new = signed_roster(*office.signed_roster())
    assert arrives(desk, office, _roster(desk, 11, new, LATER), new).outcome is APPLIED
    assert manager.key_id in withdrawn(desk)
    assert arrives(desk, office, _roster(desk, 12, old), old).outcome is APPLIED
    assert manager.key_id in withdrawn(desk)
    back = arrives(desk, office, _roster(desk, 10, old), old)
    assert (back.outcome, back.fault and back.fault.code) == (InboxOutcome.QUARANTINED, Code.PACK_OLDER)


def _roster(desk: Desk, number: int, content: bytes, first: date | None = None) -> PackNote:
    return PackNote(PackKind.ROSTER, "people", number, digest(content), desk.clock.now(), first)


def withdrawn(desk: Desk) -> frozenset[str]:
    """The keys that count no more on this laptop."""
    with desk.vault.reading() as tx:
        stored = settings.get(tx, "institution")
    assert isinstance(stored, dict)
    told, signature = (bytes.fromhex(str(stored[name])) for name in ("roster", "roster_signature"))
    assert desk.institution is not None
    return frozenset(read_roster(told, signature, desk.institution.root).withdrawn(desk.clock.now()))
