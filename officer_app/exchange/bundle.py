"""The evidence bundle: a dossier and the decision on it, unsealed, in a plain folder that a stranger can check.

    manifest.json manifest.sig      what the officer signed (`openssl cms -verify` reads the signature)
    parts/…                         every file the manifest names; cosigned/<visit>.json and .sig among them are
                                    what the second officer of a visit signed
    decision.json decision.sig      what was decided, if it was
    memo-signed.pdf                 the memo with the decider's signature added
    receipt.json receipt.sig        head office's receipt, if there is one
    notice.json notice.sig          what people told each other about it: questions, answers, opinions, hand-overs,
                                    holds, a withdrawal; in their order
                                    (a second one of a kind is decision-2.json, and so on)
    chain.json                      head of the officer's audit log when the case was frozen
    certificates/root.pem, <key>.pem

Checking names the first thing that is wrong: the file, what is wrong with it, what was expected and what found.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from officer_app.base.canonical import digest, encode
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.dossier import manifest as manifests
from officer_app.dossier.notices import check_notice
from officer_app.dossier.records import Outcome
from officer_app.exchange import parcels
from officer_app.exchange.contents import (
    DecisionContent,
    DossierContent,
    NoticeContent,
    ReceiptContent,
    check_against,
    verify_decision,
    verify_dossier,
    verify_notice,
    verify_receipt,
)
from officer_app.exchange.parcels import dossier_parcel
from officer_app.exchange.receipts import PHOTOS, check_receipts
from officer_app.trust.certificates import load
from officer_app.trust.signing import Signer, certificate_of, signed_digest
from officer_app.trust.signing import verify as verify_signature

_CHAIN: Final = "chain.json"
_CERTIFICATES: Final = "certificates/"
_ROOT: Final = "certificates/root.pem"
_CERTIFICATE: Final = re.compile(r"certificates/[0-9a-f]{16}\.pem", re.ASCII)
_MOST_FILES: Final = 2_100
_DEEPEST: Final = 6
_ALWAYS: Final = (parcels.MANIFEST, parcels.MANIFEST_SIGNATURE, _CHAIN, _ROOT)
_DECISION: Final = (parcels.DECISION, parcels.DECISION_SIGNATURE, parcels.SIGNED_MEMO)
_RECEIPT: Final = (parcels.RECEIPT, parcels.RECEIPT_SIGNATURE)
_NOTICE: Final = (parcels.NOTICE, parcels.NOTICE_SIGNATURE)
_MOST: Final = {_DECISION: 9, _RECEIPT: 9, _NOTICE: 99}


@dataclass(frozen=True, slots=True)
class Wrong:
    """The first thing that is wrong with a bundle."""

    file: str
    fault: Fault
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class BundleVerdict:
    """What a bundle proves; everything but `wrong` is filled only as far as it was proven."""

    wrong: Wrong | None
    files: int = 0
    case_number: str = ""
    version: int = 0
    dossier: str = ""
    signers: tuple[Signer, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    amount: Decimal | None = None
    receipts: int = 0
    notices: int = 0

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return self.wrong is None


def write_bundle(
    folder: Path,
    dossier: DossierContent,
    decisions: Sequence[DecisionContent] = (),
    receipts: Sequence[ReceiptContent] = (),
    notices: Sequence[NoticeContent] = (),
    *,
    root_pem: bytes,
) -> None:
    """Write a bundle into a new or empty folder; the manifest comes last, so that half a bundle is none.

    Decisions and notices in their order. Errors: BUNDLE_FOLDER_NOT_EMPTY, DISK_FULL, FOLDER_READ_ONLY, and those of
    `check_against` and `check_notice`.
    """
    for decision in decisions:
        check_against(decision, dossier)
    check_notices(notices, dossier)
    if folder.exists() and any(folder.iterdir()):
        raise Fault(Code.BUNDLE_FOLDER_NOT_EMPTY, folder=str(folder))
    files = _files(dossier, decisions, receipts, notices, root_pem)
    for name, data in sorted(files.items(), key=lambda item: item[0] == parcels.MANIFEST):
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)


def verify_bundle(folder: Path, root_pem: bytes) -> BundleVerdict:
    """Check a stranger's folder against the institution's root. Errors: BUNDLE_MISSING; all else is the verdict.

    The root is the caller's; the copy in the bundle must be the same and is believed for nothing.
    """
    load(root_pem)
    if not folder.is_dir():
        raise Fault(Code.BUNDLE_MISSING, folder=str(folder))
    check = _Check(folder, root_pem)
    try:
        check.run()
    except _Found as found:
        return check.verdict(found.wrong)
    return check.verdict(None)


class _Found(Exception):  # noqa: N818  not an error: the search ends at the first thing that is wrong
    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.file)
        self.wrong = wrong


@dataclass
class _Check:
    """One walk over a bundle, remembering what was proven so far."""

    folder: Path
    root_pem: bytes
    sizes: dict[str, int] = field(default_factory=dict)
    dossier: DossierContent | None = None
    decisions: list[DecisionContent] = field(default_factory=list)
    receipts: list[ReceiptContent] = field(default_factory=list)
    notices: list[NoticeContent] = field(default_factory=list)

    def run(self) -> None:
        self.sizes = _listing(self.folder)
        for name in _ALWAYS:
            self._need(name)
        self._root_is_ours()
        self._check_dossier()
        for number in self._numbers(_DECISION):
            self.decisions.append(self._check_decision(number))
        for number in self._numbers(_RECEIPT):
            self.receipts.append(self._check_receipt(number))
        self.notices = [self._check_notice(number) for number in self._numbers(_NOTICE)]
        self._check_whose()
        self._check_chain()
        self._check_certificates()

    def verdict(self, wrong: Wrong | None) -> BundleVerdict:
        if self.dossier is None:
            return BundleVerdict(wrong, len(self.sizes))
        decided = [content.decision for content in self.decisions]
        return BundleVerdict(
            wrong,
            files=len(self.sizes),
            case_number=self.dossier.manifest.case_number,
            version=self.dossier.manifest.version,
            dossier=self.dossier.digest,
            signers=tuple(signer for _, signer in self._signed()),
            outcomes=tuple(decision.outcome for decision in decided),
            amount=decided[-1].amount if decided else None,
            receipts=len(self.receipts),
            notices=len(self.notices),
        )

    def _check_dossier(self) -> None:
        data, signature = self._signed_pair(parcels.MANIFEST, parcels.MANIFEST_SIGNATURE)
        with _blamed(parcels.MANIFEST):
            manifest = manifests.parse(data)
        self._nothing_extra(manifest)
        parts = {part.name: self._part(part) for part in manifest.parts}
        with _blamed(parcels.MANIFEST, _PART_PLACE):
            self.dossier = verify_dossier(dossier_parcel(data, signature, parts), self.root_pem)

    def _numbers(self, names: tuple[str, ...]) -> list[int]:
        """Which numbers a record has here: 1, 2, … as far as any of its files is there."""
        numbers = []
        for number in range(1, _MOST[names] + 1):
            if not any(_numbered(name, number) in self.sizes for name in names):
                break
            numbers.append(number)
        return numbers

    def _check_decision(self, number: int) -> DecisionContent:
        names = [_numbered(name, number) for name in _DECISION]
        data, signature = self._signed_pair(names[0], names[1])
        memo = self._read(names[2], manifests.LARGEST_PART)
        with _blamed(names[0], dict.fromkeys(_MEMO_CODES, names[2])):
            decision = verify_decision(parcels.decision_parcel(data, signature, memo), self.root_pem)
            if self.dossier is not None:
                check_against(decision, self.dossier)
        return decision

    def _check_receipt(self, number: int) -> ReceiptContent:
        names = [_numbered(name, number) for name in _RECEIPT]
        data, signature = self._signed_pair(names[0], names[1])
        with _blamed(names[0]):
            receipt = verify_receipt(parcels.receipt_parcel(data, signature), self.root_pem)
            known = {content.digest for content in (*self.decisions, self.dossier) if content is not None}
            if receipt.receipt.digest not in known:
                raise Fault(Code.DECISION_OTHER_DOSSIER, where=names[0], case=receipt.receipt.case_id)
        return receipt

    def _check_notice(self, number: int) -> NoticeContent:
        names = [_numbered(name, number) for name in _NOTICE]
        data, signature = self._signed_pair(names[0], names[1])
        with _blamed(names[0]):
            return verify_notice(parcels.notice_parcel(data, signature), self.root_pem)

    def _check_whose(self) -> None:
        """Each notice with all the others: a hand-over among them says whose the answers may be."""
        for number, notice in enumerate(self.notices, start=1):
            handed = [one for one in self.notices if one.notice.to is not None and one is not notice]
            with _blamed(_numbered(parcels.NOTICE, number)):
                if self.dossier is not None:
                    check_notices([notice, *handed], self.dossier)

    def _check_chain(self) -> None:
        if self.dossier is not None:
            self._same(_CHAIN, _chain(self.dossier.manifest.audit_head))
            digests = {part.name: part.sha256 for part in self.dossier.manifest.parts}
            with _blamed(parcels.PARTS + PHOTOS):
                check_receipts(self.dossier.parts, digests, self.root_pem)

    def _check_certificates(self) -> None:
        expected = {
            _certificate_name(signer.key_id): certificate_of(signature) for signature, signer in self._signed()
        }
        for name, data in expected.items():
            self._same(name, data)
        for name in sorted(self.sizes):
            if _CERTIFICATE.fullmatch(name) is not None and name not in expected:
                raise _Found(Wrong(name, Fault(Code.BUNDLE_FILE_EXTRA, where=name, file=name)))

    def _signed(self) -> Iterator[tuple[bytes, Signer]]:
        if self.dossier is not None:
            yield self.dossier.signature, self.dossier.signer
            yield from self.dossier.seconds
        for decision in self.decisions:
            yield decision.signature, decision.signer
        for receipt in self.receipts:
            yield receipt.signature, receipt.signer
        for notice in self.notices:
            yield notice.signature, notice.signer

    def _root_is_ours(self) -> None:
        self._same(_ROOT, self.root_pem.replace(b"\r\n", b"\n"))

    def _nothing_extra(self, manifest: manifests.Manifest) -> None:
        """Every file has a place here, and every record that is here is here with all its files."""
        placed = {*_ALWAYS, *(parcels.PARTS + part.name for part in manifest.parts)}
        for names in _MOST:
            for number in self._numbers(names):
                for name in names:
                    self._need(_numbered(name, number))
                    placed.add(_numbered(name, number))
        for name in sorted(set(self.sizes) - placed):
            if _CERTIFICATE.fullmatch(name) is not None:
                continue  # whose it is shows when every signature is proven
            raise _Found(Wrong(name, Fault(Code.BUNDLE_FILE_EXTRA, where=name, file=name)))

    def _signed_pair(self, name: str, signature_name: str) -> tuple[bytes, bytes]:
        """A record and its signature; when they do not fit, the one of the two that is wrong is blamed."""
        data = self._read(name, manifests.LARGEST_MANIFEST)
        signature = self._read(signature_name, manifests.LARGEST_MANIFEST)
        try:
            verify_signature(data, signature, self.root_pem)
        except Fault as fault:
            if fault.code is not Code.SIGNATURE_OTHER_DATA:
                raise _Found(Wrong(signature_name, fault)) from fault
            changed = Fault(Code.BUNDLE_FILE_CHANGED, where=name, file=name)
            raise _Found(Wrong(name, changed, signed_digest(signature), digest(data))) from fault
        return data, signature

    def _part(self, part: manifests.Part) -> bytes:
        name = parcels.PARTS + part.name
        self._need(name)
        data = self._read(name, manifests.LARGEST_PART)
        if len(data) != part.size:
            changed = Fault(Code.BUNDLE_FILE_CHANGED, where=name, file=name)
            raise _Found(Wrong(name, changed, f"{part.size} bytes", f"{len(data)} bytes"))
        if digest(data) != part.sha256:
            changed = Fault(Code.BUNDLE_FILE_CHANGED, where=name, file=name)
            raise _Found(Wrong(name, changed, part.sha256, digest(data)))
        return data

    def _same(self, name: str, expected: bytes) -> None:
        self._need(name)
        found = self._read(name, manifests.LARGEST_MANIFEST)
        if found != expected:
            changed = Fault(Code.BUNDLE_FILE_CHANGED, where=name, file=name)
            raise _Found(Wrong(name, changed, digest(expected), digest(found)))

    def _need(self, name: str) -> None:
        if name not in self.sizes:
            raise _Found(Wrong(name, Fault(Code.BUNDLE_FILE_MISSING, where=name, file=name)))

    def _read(self, name: str, limit: int) -> bytes:
        with _blamed(name):
            return read_limited(self.folder.joinpath(*name.split("/")), limit)


class _blamed:  # noqa: N801  reads as a sentence: with _blamed(name)
    """Whatever fault comes out is this file's, or that of the file which `place` makes of the fault."""

    def __init__(self, name: str, place: Mapping[Code, str] | None = None) -> None:
        self._name = name
        self._place = place or {}

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Fault):
            raise _Found(Wrong(self._place.get(error.code, self._name), error)) from error


_MEMO_CODES: Final = (
    Code.PDF_UNREADABLE,
    Code.PDF_UNSIGNED,
    Code.PDF_CHANGED,
    Code.MEMO_NOT_SIGNED_BY,
    Code.MEMO_NOT_CONTINUED,
    Code.DOSSIER_PART_CHANGED,
    Code.CERTIFICATE_FOREIGN,
)
_PART_PLACE: Final = dict.fromkeys(_MEMO_CODES, parcels.PARTS + manifests.MEMO)


def _files(
    dossier: DossierContent,
    decisions: Sequence[DecisionContent],
    receipts: Sequence[ReceiptContent],
    notices: Sequence[NoticeContent],
    root_pem: bytes,
) -> dict[str, bytes]:
    files = {
        **dossier_parcel(dossier.manifest_bytes, dossier.signature, dossier.parts).files,
        _CHAIN: _chain(dossier.manifest.audit_head),
        _ROOT: root_pem,
        _certificate_name(dossier.signer.key_id): certificate_of(dossier.signature),
    }
    files |= {_certificate_name(signer.key_id): certificate_of(signature) for signature, signer in dossier.seconds}
    for number, decision in enumerate(decisions, start=1):
        record = parcels.decision_parcel(decision.record_bytes, decision.signature, decision.memo)
        files |= {_numbered(name, number): data for name, data in record.files.items()}
        files[_certificate_name(decision.signer.key_id)] = certificate_of(decision.signature)
    for number, receipt in enumerate(receipts, start=1):
        record = parcels.receipt_parcel(receipt.record_bytes, receipt.signature)
        files |= {_numbered(name, number): data for name, data in record.files.items()}
        files[_certificate_name(receipt.signer.key_id)] = certificate_of(receipt.signature)
    for number, notice in enumerate(notices, start=1):
        record = parcels.notice_parcel(notice.record_bytes, notice.signature)
        files |= {_numbered(name, number): data for name, data in record.files.items()}
        files[_certificate_name(notice.signer.key_id)] = certificate_of(notice.signature)
    return files


def check_notices(notices: Sequence[NoticeContent], dossier: DossierContent) -> None:
    """Whether each stands on the dossier, said by somebody whose it was to say. Errors: those of `check_notice`.

    An officer's word is that of whoever signed the dossier or of somebody whom a hand-over among them names: the
    clocks of their laptops differ, so the order of times proves nothing.
    """
    signer = dossier.manifest.officer.id
    officers = {signer, *(one.notice.to.id for one in notices if one.notice.to is not None)}
    for content in notices:
        officer = content.notice.by.id if content.notice.by.id in officers else signer
        check_notice(content.notice, dossier.manifest, dossier.digest, officer)


def _numbered(name: str, number: int) -> str:
    """`decision.json`, then `decision-2.json` …"""
    stem, dot, suffix = name.rpartition(".")
    return name if number == 1 else f"{stem}-{number}{dot}{suffix}"


def _chain(audit_head: str) -> bytes:
    return encode({"audit_head": audit_head, "schema": "firsthand/chain/1"})


def _certificate_name(key: str) -> str:
    return f"{_CERTIFICATES}{key[:16]}.pem"


def _listing(folder: Path) -> dict[str, int]:
    """Every file below a folder with its size; links, devices and a flood of files end the search."""
    sizes: dict[str, int] = {}
    waiting = [(folder, "", 0)]
    while waiting:
        here, prefix, depth = waiting.pop()
        with os.scandir(here) as entries:
            for entry in sorted(entries, key=lambda found: found.name):
                name = prefix + entry.name
                if entry.is_dir(follow_symlinks=False) and depth < _DEEPEST:
                    waiting.append((Path(entry.path), name + "/", depth + 1))
                elif entry.is_file(follow_symlinks=False):
                    sizes[name] = entry.stat(follow_symlinks=False).st_size
                else:
                    raise _Found(Wrong(name, Fault(Code.BUNDLE_FILE_ODD, where=name, file=name)))
                if len(sizes) > _MOST_FILES or len(waiting) > _MOST_FILES:
                    raise _Found(Wrong(name, Fault(Code.BUNDLE_FILE_EXTRA, where=name, file=name)))
    return sizes
