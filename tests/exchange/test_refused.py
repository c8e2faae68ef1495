"""Everything that is not as it was signed is refused in the core, each with its reason, and nothing of it is a value.

500 flipped bits and 100 cuts of one case file and its decision: in the store, where anybody may reach, and inside the
sealed letter, where only an insider can. A sample in every run, the whole with --full.
"""

from __future__ import annotations

import random
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.meanings import Kind
from officer_app.dossier import cosigning
from officer_app.dossier.manifest import PartyRef
from officer_app.exchange.contents import check_against, verify, verify_decision, verify_dossier
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.inbox import Arrived, Cursor, Gap, Quarantined, fetch
from officer_app.exchange.outbox import Sealed, prepare, send
from officer_app.exchange.parcels import Parcel, decision_parcel, dossier_parcel
from officer_app.trust.certificates import Role
from officer_app.trust.identities import Identity
from officer_app.trust.signing import sign
from tests.support.institution import AT, a_decision, a_dossier, house, new_house
from tests.support.sampling import sampled

FLIPS, CUTS = 500, 100


@cache
def dossier() -> Parcel:
    return a_dossier(house().officer, {"photos/door.jpg": bytes(range(256)) * 500})


@cache
def decision() -> Parcel:
    return a_decision(house().manager, dossier())


def _sealed(parcel: Parcel, sender: Identity, counter: int = 1) -> tuple[Sealed, ...]:
    return prepare(parcel, sender, readers=[house().head_office.person.reader], counter=counter, at=AT)


def _read(folder: Path, cursors: dict[str, Cursor] | None = None, **more: object) -> list[object]:
    office = house().head_office
    return list(
        fetch(
            FolderStore(folder),
            office.reader_secret,
            house().root,
            cursors=cursors or {},
            own_device=office.person.device,
            **more,  # type: ignore[arg-type]  # the caller's
        )
    )


# --- damage --------------------------------------------------------------------------------------------------------


def _damages(parcel: Parcel, seed: int) -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    """So many flips and cuts as were promised, spread over all files by their size, each at least once."""
    chance = random.Random(seed)  # noqa: S311  picks places
    names = list(parcel.files)
    weights = [len(parcel.files[name]) + 2_000 for name in names]
    for name in chance.choices(names, weights, k=FLIPS - len(names)) + names:
        place, bit = chance.randrange(max(1, len(parcel.files[name]))), 1 << chance.randrange(8)
        yield name, lambda data, place=place, bit=bit: _flipped(data, place, bit)  # type: ignore[misc]
    for name in chance.choices(names, weights, k=CUTS):
        left = chance.randrange(max(1, len(parcel.files[name])))
        yield name, lambda data, left=left: data[:left]  # type: ignore[misc]


def _flipped(data: bytes, place: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= bit
    return bytes(changed)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("which", ["dossier", "decision"])
def test_an_insiders_every_flip_and_cut_is_refused_with_a_reason(which: str, full: bool) -> None:
    """The letter is sealed and signed anew round the damaged files: signature and digests inside still tell."""
    parcel = dossier() if which == "dossier" else decision()
    seed = secrets.randbelow(10**9)
    reasons: Counter[str] = Counter()
    for name, damage in sampled(_damages(parcel, seed), f"{which}, seed {seed}: flips and cuts", full=full):
        broken = replace(parcel, files={**parcel.files, name: damage(parcel.files[name])})
        with pytest.raises(Fault) as caught:
            verify(broken, house().root)
        assert caught.value.code.value.kind is Kind.REFUSAL, name
        reasons[caught.value.code.name] += 1
    print(dict(reasons))


@pytest.mark.timeout(1200)
def test_a_strangers_every_flip_and_cut_in_the_store_brings_nothing(tmp_path: Path, full: bool) -> None:
    """Damage to objects as they lie there: reported as missing, asked for again, never applied."""
    sealed = _sealed(dossier(), house().officer)
    send(FolderStore(tmp_path), sealed)
    store = {item.name: item.data for item in sealed}
    seed = secrets.randbelow(10**9)
    objects = replace(dossier(), files=store)
    for name, damage in sampled(_damages(objects, seed), f"store, seed {seed}: flips and cuts", full=full):
        (tmp_path / name).write_bytes(damage(store[name]))
        (arrival,) = _read(tmp_path)
        assert isinstance(arrival, Gap), name
        assert arrival.reason is not None
        (tmp_path / name).write_bytes(store[name])
    assert isinstance(_read(tmp_path)[0], Arrived)


# --- attacks -------------------------------------------------------------------------------------------------------


def _with(parcel: Parcel, **files: bytes) -> Parcel:
    return replace(parcel, files={**parcel.files, **{name.replace("__", "."): data for name, data in files.items()}})


def _parts(parcel: Parcel) -> dict[str, bytes]:
    return {name[6:]: data for name, data in parcel.files.items() if name.startswith("parts/")}


def _signed_anew(who: Identity) -> Parcel:
    manifest = dossier().files["manifest.json"]
    return dossier_parcel(manifest, sign(manifest, who, AT), _parts(dossier()))


def _decided_by(who: Identity) -> Parcel:
    record = decision().files["decision.json"]
    return decision_parcel(record, sign(record, who, AT), decision().files["memo-signed.pdf"])


def _expired() -> Identity:
    return house().enrol("过期", Role.OFFICER, at=AT - timedelta(days=365 * 6))


# Each a whole parcel that a reader could be handed, and what the core says to it.
PARCELS: dict[str, tuple[Callable[[], Parcel], set[Code]]] = {
    "forged: another institution's officer": (lambda: _signed_anew(new_house().officer), {Code.CERTIFICATE_FOREIGN}),
    "forged: another officer of ours": (
        lambda: _signed_anew(house().enrol("别人", Role.OFFICER)),
        {Code.SIGNER_NOT_ENTITLED},
    ),
    "forged: an expired certificate": (lambda: _signed_anew(_expired()), {Code.CERTIFICATE_EXPIRED}),
    "forged: the signature stripped": (lambda: _with(dossier(), manifest__sig=b""), {Code.SIGNATURE_BROKEN}),
    "swapped: the signature of the decision": (
        lambda: _with(dossier(), manifest__sig=decision().files["decision.sig"]),
        {Code.SIGNATURE_OTHER_DATA},
    ),
    "swapped: another case's pictures": (
        lambda: replace(dossier(), files={**dossier().files, "parts/photos/door.jpg": b"another door"}),
        {Code.DOSSIER_PART_CHANGED},
    ),
    "swapped: the memo before it was decided": (
        lambda: replace(decision(), files={**decision().files, "memo-signed.pdf": dossier().files["parts/memo.pdf"]}),
        {Code.DOSSIER_PART_CHANGED},
    ),
    "forged: a decision signed by an officer": (
        lambda: _decided_by(house().officer),
        {Code.SIGNER_NOT_ENTITLED},
    ),
    "forged: a decision in another manager's name": (
        lambda: _decided_by(house().enrol("另一位", Role.MANAGER, "900000")),
        {Code.SIGNER_NOT_ENTITLED},
    ),
}


@pytest.mark.parametrize("attack", PARCELS)
def test_a_forged_or_swapped_parcel_is_refused_by_name(attack: str) -> None:
    build, codes = PARCELS[attack]
    with pytest.raises(Fault) as caught:
        verify(build(), house().root)
    assert caught.value.code in codes


def _over_limit() -> tuple[Parcel, Parcel]:
    return dossier(), a_decision(house().manager, dossier(), amount=Decimal("300000.01"))


def _self_approved() -> tuple[Parcel, Parcel]:
    own = a_dossier(house().manager)
    return own, a_decision(house().manager, own)


def _second_officers_own() -> tuple[Parcel, Parcel]:
    """The manager came along on the visit and signed it."""
    manager, officer, visit = house().manager, house().officer.person, "f" * 32
    came = PartyRef(manager.person.id, manager.person.name)
    seen = cosigning.to_bytes(
        cosigning.Cosign(
            visit=visit,
            case_id="c" * 32,
            form="business_visit",
            form_version="1",
            answers=cosigning.answers_digest({}),
            photos=(digest(b"jpeg"),),
            officer=PartyRef(officer.id, officer.name),
            second=came,
            at=AT,
        )
    )
    signed = {cosigning.statement_name(visit): seen, cosigning.signature_name(visit): sign(seen, manager, AT)}
    shared = a_dossier(house().officer, signed, second=came)
    return shared, a_decision(house().manager, shared)


def _of_another_case() -> tuple[Parcel, Parcel]:
    return a_dossier(house().officer, grade="C"), decision()


DECISIONS = {
    "over the limit": (_over_limit, Code.ABOVE_LIMIT),
    "self-approved": (_self_approved, Code.FOUR_EYES),
    "approved by the second officer": (_second_officers_own, Code.FOUR_EYES),
    "swapped: a decision on another case": (_of_another_case, Code.DECISION_OTHER_DOSSIER),
}


@pytest.mark.parametrize("attack", DECISIONS)
def test_a_decision_that_may_not_stand_is_refused_by_name(attack: str) -> None:
    build, code = DECISIONS[attack]
    file, decided = build()
    with pytest.raises(Fault) as caught:
        check_against(verify_decision(decided, house().root), verify_dossier(file, house().root))
    assert caught.value.code is code


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_revoked_key_is_refused_whatever_day_it_claims(tmp_path: Path, days: int) -> None:
    """The moment of signing is the laptop's own claim: no claim brings a withdrawn key back."""
    send(FolderStore(tmp_path), _sealed(dossier(), house().officer))
    (arrival,) = _read(tmp_path, revoked={house().officer.person.key_id: AT + timedelta(days=days)})
    assert isinstance(arrival, Quarantined)
    assert arrival.reason.code is Code.CERTIFICATE_REVOKED


def test_a_replay_under_another_number_or_device_is_refused(tmp_path: Path) -> None:
    """The same sealed letter put again: its own number and device are signed inside."""
    sealed = _sealed(dossier(), house().officer)
    send(FolderStore(tmp_path), sealed)
    (first,) = _read(tmp_path)
    assert isinstance(first, Arrived)
    index = sealed[-1].data
    for name in (f"i/{first.device}/000000000002", f"i/{'a' * 16}/000000000001"):
        FolderStore(tmp_path).put(name, index)
    found = _read(tmp_path, {first.device: first.cursor_after})
    assert [type(one) for one in found] == [Quarantined, Quarantined]
    assert {one.reason.code for one in found if isinstance(one, Quarantined)} == {Code.DELIVERY_FOREIGN}


def test_the_digest_that_was_decided_is_the_digest_that_came() -> None:
    content = verify_dossier(dossier(), house().root)
    assert content.digest == digest(dossier().files["manifest.json"])
    assert verify_decision(decision(), house().root).decision.dossier == content.digest
