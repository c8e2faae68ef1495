"""Many dossiers as a busy institution sends them: one real case, submitted once, signed again under other numbers.

Everything but the pictures is the demo's own case: its facts, its checks and figures, its memo of several pages. Each
copy gets twelve pictures of its own bytes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from officer_app.base.canonical import digest
from officer_app.casework import explanations, submission
from officer_app.casework.findings import findings_of
from officer_app.dossier import manifest as manifests
from officer_app.dossier import summary
from officer_app.exchange import outbox
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.parcels import Parcel, dossier_parcel
from officer_app.headoffice.desk import Desk, open_desk
from officer_app.headoffice.enrolling import enrol
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import Enrolment, accept, request
from officer_app.trust.identities import new_keys
from officer_app.trust.signing import sign
from officer_app.vault import dossiers
from tests.support.demo import BEGIN, HandClock, desk_of, founded, visited

PICTURES = 12
AT_ONCE = BEGIN + timedelta(days=1)


@dataclass(frozen=True)
class Sample:
    """An institution, the manifest and parts of one real dossier without pictures, and the time it was made."""

    demo: Demo
    desk: Desk
    manifest: manifests.Manifest
    parts: dict[str, bytes]
    clock: HandClock


def sample(folder: Path) -> Sample:
    """Found an institution and submit one case in it."""
    clock = HandClock()
    demo = founded(folder, clock)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock)
        explanations.record(officer, visit.case, findings_of(officer, visit.case, visit))
        for one in findings_of(officer, visit.case, visit).open:
            explanations.let_stand(officer, visit.case, one, "客户答不上来")
        sent = submission.submit(officer, visit, PASSPHRASE)
        with officer.vault.reading() as tx:
            kept = dossiers.get(tx, sent.id)
        manifest = manifests.parse(kept.manifest)
        parts = {part.path: officer.vault.read_blob(part.blob) for part in kept.parts}
    plain = {name: data for name, data in parts.items() if not name.startswith("photos/")}
    return Sample(demo, open_desk(demo.head_office, PASSPHRASE), manifest, plain, clock)


def join(made: Sample, name: str) -> Enrolment:
    """One more officer, with a device of their own."""
    keys, now = new_keys(), made.clock.now()
    asked = request(keys, name=name, branch=made.manifest.branch, role=Role.OFFICER)
    told = {"role": Role.OFFICER, "branch": made.manifest.branch, "approval_limit": Decimal(0), "clock": made.clock}
    return accept(enrol(made.desk, asked, **told), keys, now)


def send_many(
    made: Sample,
    store: Path,
    officer: Enrolment,
    count: int,
    *,
    picture: int,
    paper: int | None = None,
    first: int = 1,
) -> int:
    """So many dossiers with pictures of so many bytes into a folder; gives how many bytes one of them has.

    `paper`: the two memos are so many bytes instead of the demo's two megabytes each, which hold its pictures again.
    """
    there = FolderStore(store)
    size = 0
    for counter in range(first, first + count):
        parcel = _copy(made, officer, counter, picture, paper)
        size = sum(len(data) for data in parcel.files.values())
        readers = [officer.identity.person.reader, made.desk.identity.person.reader]
        for item in outbox.prepare(parcel, officer.identity, readers=readers, counter=counter, at=AT_ONCE):
            path = store / item.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(item.data)  # without the syncs of a real delivery: a thousand of them take minutes
    assert there.devices()
    return size


def _copy(made: Sample, officer: Enrolment, counter: int, picture: int, paper: int | None) -> Parcel:
    person = officer.identity.person
    mark = digest(f"{person.id} {counter}".encode())
    chance = random.Random(mark)  # noqa: S311  pictures to be told apart, no secrets
    names = [f"photos/{digest(f'{mark} {n}'.encode())[:16]}.jpg" for n in range(PICTURES)]
    pictures = {name: chance.randbytes(picture) for name in names}
    rows = summary.parse(made.parts[manifests.SUMMARY])
    shots = rows.photos or (summary.PhotoRow("", "", "shop_front", None, "2026-10-08T09:12:00+08:00", None, ()),)
    told = [replace(shots[n % len(shots)], part=name, sha256=digest(pictures[name])) for n, name in enumerate(names)]
    papers = (manifests.MEMO, "memo.en.pdf") if paper is not None else ()
    memos = {name: made.parts[name][:paper] for name in papers}
    parts = made.parts | memos | pictures | {manifests.SUMMARY: summary.to_bytes(replace(rows, photos=tuple(told)))}
    manifest = replace(
        made.manifest,
        dossier_id=mark[:32],
        case_id=mark[32:],
        case_number=f"2026-{mark[:8]}",
        officer=manifests.PartyRef(person.id, person.name),
        frozen_at=AT_ONCE,
        parts=tuple(manifests.part_of(name, "application/octet-stream", parts[name]) for name in sorted(parts)),
    )
    data = manifests.to_bytes(manifest)
    return dossier_parcel(data, sign(data, officer.identity, AT_ONCE), parts)
