"""Packs: policy, checklists and the roster, signed, numbered upwards, and sent to everybody who lacks them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from officer_app.base.canonical import decode, digest, encode
from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.dossier.officerecords import PackNote, pack_to_bytes, parse_pack
from officer_app.dossier.records import PackKind
from officer_app.exchange.parcels import Parcel, pack_parcel
from officer_app.headoffice import journal
from officer_app.headoffice.desk import Desk, Opens
from officer_app.headoffice.journal import UNSAID, Act, Said
from officer_app.headoffice.outgoing import flush, queue
from officer_app.headoffice.stores import opened
from officer_app.trust.roster import signed_roster
from officer_app.trust.signing import sign

_FOLDER: Final = "packs"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,59}", re.ASCII)
_LARGEST: Final = 64_000_000
_ROSTER: Final = "people"


@dataclass(frozen=True, slots=True)
class Pack:
    """A published pack as it lies in head office's folder, and to whom it was sealed already."""

    note: PackNote
    note_bytes: bytes
    signature: bytes
    content: bytes
    path: Path
    sealed_for: frozenset[str]


def publish(
    desk: Desk,
    store: str,
    *,
    kind: PackKind,
    name: str,
    content: bytes,
    clock: Clock,
    effective_from: date | None = None,
) -> int:
    """Publish a pack and send it; gives its version. The same content again is the same version.

    Errors: PACK_NAME, STORE_GONE.
    """
    version = keep_pack(desk, kind, name, content, clock.now(), effective_from)
    send_waiting(desk, store, clock=clock)
    return version


def keep_pack(
    desk: Desk,
    kind: PackKind,
    name: str,
    content: bytes,
    at: datetime,
    effective_from: date | None = None,
    said: Said = UNSAID,
) -> int:
    """Sign a pack and keep it as the next version, unless the newest has this content and first day.

    Errors: PACK_NAME.
    """
    if _NAME.fullmatch(name) is None:
        raise Fault(Code.PACK_NAME, name=name[:80])
    folder = desk.folder / _FOLDER / kind.value / name
    folder.mkdir(parents=True, exist_ok=True)
    newest = _newest(folder)
    same = newest is not None and newest.note.effective_from == effective_from
    if newest is not None and same and newest.note.sha256 == digest(content):
        return newest.note.version
    version = newest.note.version + 1 if newest is not None else 1
    note = pack_to_bytes(PackNote(kind, name, version, digest(content), at, effective_from))
    told = {"note": note.decode(), "signature": _text(sign(note, desk.identity, at)), "content": _text(content)}
    write_whole(folder / f"{version:06d}.json", encode(told))
    begins = effective_from.isoformat() if effective_from is not None else ""
    if kind is not PackKind.ROSTER:  # what was done to people stands there by itself
        journal.note(desk.folder, Act.PUBLISHED, f"{kind.value}/{name}", said, at, f"{version} {begins}".strip())
    return version


def send_waiting(
    desk: Desk, store: str, *, clock: Clock, progress: Progress = silent, cancelled: Cancelled = never
) -> int:
    """Send the roster and every newest pack to whoever lacks it, and all else that waits; how many deliveries.

    Errors: STORE_UNKNOWN, STORE_GONE, STORE_CONFLICT.
    """
    now = clock.now()
    if len(desk.roster.certificates) > 1:
        data, signature = desk.signed_roster()
        keep_pack(desk, PackKind.ROSTER, _ROSTER, signed_roster(data, signature), now)
    readers = {person.reader for person in desk.roster.people(desk.root_pem, now)} - {desk.identity.person.reader}
    for pack, later in _to_send(desk):
        missing = sorted(readers - pack.sealed_for - later)
        if missing:
            queue(
                desk,
                _parcel(pack),
                missing,
                f"pack {digest(pack.note_bytes)} {digest(''.join(missing).encode())}",
                now,
            )
            write_whole(_readers_file(pack.path), encode(sorted(pack.sealed_for | set(missing))))
    with closing(opened(desk, store, cancelled)) as there:
        return flush(desk, there, progress, cancelled)


def _to_send(desk: Desk) -> Iterator[tuple[Pack, frozenset[str]]]:
    """The newest version of every pack, and the policies before it: who has a later one needs none of before.

    Files that were judged by an earlier policy are still on their way, and a laptop opens none whose policy head
    office has not sent to it.
    """
    for newest in newest_packs(desk):
        every = list(kept_packs(desk, newest.note.kind, newest.note.name))
        for at, pack in enumerate(every):
            if pack.note.kind is PackKind.POLICY or pack is every[-1]:
                yield pack, frozenset().union(*(later.sealed_for for later in every[at + 1 :]))


def newest_packs(desk: Opens) -> Iterator[Pack]:
    """The newest version of every pack."""
    for folder in sorted((desk.folder / _FOLDER).glob("*/*")):
        newest = _newest(folder)
        if newest is not None:
            yield newest


def kept_packs(desk: Desk, kind: PackKind, name: str) -> Iterator[Pack]:
    """Every version of a pack that was published. Errors: DESK_BROKEN."""
    folder = desk.folder / _FOLDER / kind.value / name
    return (_read(path) for path in sorted(folder.glob("*.json")) if path.stem.isdigit())


def _newest(folder: Path) -> Pack | None:
    files = sorted(path for path in folder.glob("*.json") if path.stem.isdigit())
    return _read(files[-1]) if files else None


def _read(path: Path) -> Pack:
    try:
        told = decode(read_limited(path, _LARGEST * 2))
        if not isinstance(told, Mapping):
            raise Fault(Code.DESK_BROKEN, where=path.name, file=path.name)
        note = str(told["note"]).encode()
        signature = base64.b64decode(str(told["signature"]), validate=True)
        content = base64.b64decode(str(told["content"]), validate=True)
        return Pack(parse_pack(note), note, signature, content, path, _sealed_for(path))
    except (ValueError, KeyError) as error:
        raise Fault(Code.DESK_BROKEN, where=path.name, file=path.name) from error


def _sealed_for(path: Path) -> frozenset[str]:
    readers = _readers_file(path)
    if not readers.is_file():
        return frozenset()
    told = decode(read_limited(readers, _LARGEST))
    return frozenset(str(reader) for reader in told) if isinstance(told, list) else frozenset()


def _readers_file(path: Path) -> Path:
    return path.with_suffix(".readers")


def _parcel(pack: Pack) -> Parcel:
    return pack_parcel(pack.note_bytes, pack.signature, pack.content)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
