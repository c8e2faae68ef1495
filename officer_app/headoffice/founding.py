"""Founding an institution: root key, head office's own keys, the first policy and the first checklists."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.files import write_whole
from officer_app.base.ids import UserId, new_id
from officer_app.base.words import CHINESE, N_, translate
from officer_app.dossier.records import PackKind
from officer_app.headoffice.desk import OFFICE, OFFICE_KEY, ROOT, ROOT_KEY, ROSTER, Desk, open_desk
from officer_app.headoffice.publishing import keep_pack, send_waiting
from officer_app.trust.certificates import Role, new_root
from officer_app.trust.enrolment import grant, read_request, request
from officer_app.trust.identities import Identity, Keys, new_keys
from officer_app.trust.passphrases import check_new, wrap
from officer_app.trust.roster import Roster, encode_roster, signed_roster
from officer_app.trust.signing import sign

__all__ = ["Desk", "found", "open_desk", "publish_first"]

POLICY: Final = "default"
HEAD_OFFICE: Final = N_("Head office")


def found(
    folder: Path, name: str, passphrase: str, *, clock: Clock, policy: bytes, forms: Mapping[str, bytes]
) -> Desk:
    """Make the institution in a new or empty folder; the roster comes last, so that half a founding is none.

    `policy` is the TOML text, `forms` compiled checklists by name. Errors: DESK_EXISTS, PASSPHRASE_SHORT,
    NAME_UNUSABLE, PACK_NAME, DISK_FULL, FOLDER_READ_ONLY.
    """
    check_new(passphrase)
    if folder.exists() and any(folder.iterdir()):
        raise Fault(Code.DESK_EXISTS, folder=str(folder))
    root_keys, keys, now = new_keys(), new_keys(), clock.now()
    root = new_root(root_keys.private(), name, now)
    identity = Identity(keys, _own_certificate(root_keys, root, keys, clock), root)
    folder.mkdir(parents=True, exist_ok=True)
    desk = Desk(folder, identity, Roster(1, now, (identity.certificate,), {}), root_keys)
    write_whole(folder / ROOT, root)
    write_whole(folder / OFFICE, identity.certificate)
    write_whole(folder / ROOT_KEY, wrap(root_keys.to_bytes(), passphrase, ROOT_KEY))
    write_whole(folder / OFFICE_KEY, wrap(keys.to_bytes(), passphrase, OFFICE_KEY))
    keep_pack(desk, PackKind.POLICY, POLICY, policy, now)
    for form, xml in forms.items():
        keep_pack(desk, PackKind.FORM, form, xml, now)
    data = encode_roster(desk.roster)
    write_whole(folder / ROSTER, signed_roster(data, sign(data, identity, now)))
    return desk


def publish_first(desk: Desk, store: str, *, clock: Clock) -> int:
    """Send everybody the roster and the packs they lack; gives how many deliveries went out. Errors: STORE_GONE."""
    return send_waiting(desk, store, clock=clock)


def _own_certificate(root_keys: Keys, root: bytes, keys: Keys, clock: Clock) -> bytes:
    name = translate(HEAD_OFFICE, CHINESE)
    own = read_request(request(keys, name=name, branch=name, role=Role.HEAD_OFFICE))
    return grant(
        own,
        person_id=UserId(new_id()),
        role=Role.HEAD_OFFICE,
        branch=name,
        approval_limit=Decimal(0),
        root_keys=root_keys,
        root_pem=root,
        at=clock.now(),
    )
