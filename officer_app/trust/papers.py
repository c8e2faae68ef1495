"""Signed PDFs: empty fields laid out before the first signature, PAdES B-B in each, judged as a whole.

The first signature certifies the paper and allows nothing afterwards but filling the other signature fields; each
signature is an increment, so that the earlier bytes stay a prefix of the later ones. A verdict rests on pyHanko's
`bottom_line`, never on "intact" alone: a page appended after signing leaves the signature intact.

pyHanko is imported when a paper is signed or judged: 0.3 s warm, several seconds from a cold disk.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from asn1crypto import keys as asn1_keys
from asn1crypto import pem as asn1_pem
from asn1crypto import x509 as asn1_x509

from officer_app.base.errors import Code, Fault
from officer_app.trust.certificates import NOBODY, pem_of, verify_chain
from officer_app.trust.identities import Identity
from officer_app.trust.signing import Signer

if TYPE_CHECKING:
    from pyhanko.pdf_utils.decode_limits import DecodeLimits
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader

_LIMIT: Final = 64_000_000
_MOST_SIGNATURES: Final = 16
_UNPACKED: Final = 32_000_000  # bytes of one stream


@dataclass(frozen=True, slots=True)
class FieldBox:
    """Where a signature field lies: page from 0 (-1 is the last), in points from the lower left corner."""

    name: str
    page: int
    left: int
    bottom: int
    right: int
    top: int


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A field of a paper, signed or still empty."""

    name: str
    filled: bool


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature in a paper: who, and if it does not hold, why not."""

    field: str
    signer: Signer | None
    reason: Fault | None

    @property
    def ok(self) -> bool:
        """Whether it holds."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class PdfVerdict:
    """Whether a paper is as its signers left it, and if not, the first reason."""

    signatures: tuple[PdfSignature, ...]
    reason: Fault | None

    @property
    def ok(self) -> bool:
        """Whether every signature holds and the last one covers the whole file."""
        return self.reason is None


def signature_fields(pdf: bytes) -> tuple[SignatureField, ...]:
    """The signature fields in their order. Errors: PDF_UNREADABLE."""
    from pyhanko.sign.fields import enumerate_sig_fields

    reader = _reader(pdf)
    with _readable():
        return tuple(SignatureField(str(name), value is not None) for name, value, _ in enumerate_sig_fields(reader))


def add_fields(pdf: bytes, boxes: Sequence[FieldBox]) -> bytes:
    """The paper with all its empty signature fields. Errors: PDF_UNREADABLE, PDF_ALREADY_SIGNED.

    A field added after a signature would make that signature fail, so it is refused.
    """
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    if any(found.filled for found in signature_fields(pdf)):
        raise Fault(Code.PDF_ALREADY_SIGNED)
    writer = _writer(pdf)
    with _readable():
        for box in boxes:
            place = (box.left, box.bottom, box.right, box.top)
            append_signature_field(writer, SigFieldSpec(box.name, on_page=box.page, box=place))
    return _written(writer)


def sign_field(
    pdf: bytes,
    field: str,
    identity: Identity,
    at: datetime,
    *,
    lines: Sequence[str],
    reason: str = "",
    certify: bool = False,
) -> bytes:
    """The paper with one more field signed and stamped with these lines; `pdf` stays a prefix of it.

    Errors: PDF_UNREADABLE, PDF_FIELD_MISSING, PDF_FIELD_TAKEN, PDF_ALREADY_SIGNED (certifying comes first),
    STAMP_SIGN_MISSING.
    """
    _check_field(pdf, field, certify=certify)
    return asyncio.run(_sign(_writer(pdf), field, identity, at, tuple(lines), reason, certify=certify))


def verify_pdf(pdf: bytes, root_pem: bytes, revoked: Mapping[str, datetime] = NOBODY) -> PdfVerdict:
    """Judge a stranger's paper. Never raises for what is in it; the reason says what is wrong."""
    try:
        found = _signatures(pdf)
    except Fault as fault:
        return PdfVerdict((), fault)
    judged = tuple(_judge(entry, root_pem, revoked) for entry in found)
    reason = next((entry.reason for entry in judged if entry.reason is not None), None)
    if reason is None and not _covers_all(found[-1]):
        reason = Fault(Code.PDF_CHANGED, field=judged[-1].field)
    return PdfVerdict(judged, reason)


def _signatures(pdf: bytes) -> list[Any]:
    reader = _reader(pdf)
    with _readable():
        found = list(reader.embedded_signatures)
    if not found:
        raise Fault(Code.PDF_UNSIGNED)
    if len(found) > _MOST_SIGNATURES:
        raise Fault(Code.PDF_UNREADABLE)
    return found


class _readable:  # noqa: N801  reads as a sentence: with _readable()
    """Whatever pyHanko raises over hostile bytes means one thing: this is no PDF we can work with."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        """Turn it into PDF_UNREADABLE; our own faults and true exits go on."""
        if isinstance(error, Exception) and not isinstance(error, Fault):
            raise Fault(Code.PDF_UNREADABLE) from error


def _reader(pdf: bytes) -> PdfFileReader:
    from pyhanko.pdf_utils.reader import PdfFileReader

    if len(pdf) > _LIMIT:
        raise Fault(Code.FILE_TOO_LARGE, file="PDF", limit_mb=_LIMIT // 1_000_000)
    with _readable():
        return PdfFileReader(io.BytesIO(pdf), decode_limits=_decode_limits())


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    with _readable():
        return IncrementalPdfFileWriter(io.BytesIO(pdf), decode_limits=_decode_limits())


def _decode_limits() -> DecodeLimits:
    """What a paper may unpack to: a memo of ours comes to a few MB, a stranger's small one to the whole memory."""
    from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits

    return DecodeLimits(
        per_stream=StreamDecodeLimits(max_output_size=_UNPACKED),
        document_budget=DocumentDecodeBudget(base_allowance=4 * _UNPACKED, max_ratio=2),
    )


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    return out.getvalue()


def _check_field(pdf: bytes, field: str, *, certify: bool) -> None:
    fields = {found.name: found.filled for found in signature_fields(pdf)}
    if field not in fields:
        raise Fault(Code.PDF_FIELD_MISSING, field=field)
    if fields[field]:
        raise Fault(Code.PDF_FIELD_TAKEN, field=field)
    if certify and any(fields.values()):
        raise Fault(Code.PDF_ALREADY_SIGNED)


async def _sign(
    writer: IncrementalPdfFileWriter,
    field: str,
    identity: Identity,
    at: datetime,
    lines: tuple[str, ...],
    reason: str,
    *,
    certify: bool,
) -> bytes:
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    from officer_app.trust.stamps import stamp

    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        reason=reason or None,
        name=identity.person.name,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    pdf_signer = signers.PdfSigner(meta, signer=_signer(identity), stamp_style=stamp(lines))
    return await _run(pdf_signer, writer, at.astimezone(UTC).replace(microsecond=0))


async def _run(pdf_signer: Any, writer: IncrementalPdfFileWriter, at: datetime) -> bytes:
    """`PdfSigner.sign_pdf`, step by step, since only so the time can be given instead of asked of the system."""
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    session = pdf_signer.init_signing_session(writer, existing_fields_only=True)
    session.system_time = at
    size = await session.estimate_signature_container_size(None, tight=False)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=size, appearance_text_params=None)
    prepared, out = document.digest_tbs_document()
    done = await document.perform_signature(
        document_digest=prepared.document_digest, pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at)
    )
    await done.post_signature_processing(out)
    return bytes(out.getvalue())


def _signer(identity: Identity) -> Any:
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # as above
    store.register(_certificate(identity.root))
    return signers.SimpleSigner(
        signing_cert=_certificate(identity.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(identity.keys.signing),
        cert_registry=store,
    )


def _certificate(pem: bytes) -> asn1_x509.Certificate:
    _, _, der = asn1_pem.unarmor(pem)
    return asn1_x509.Certificate.load(der)


def _judge(entry: Any, root_pem: bytes, revoked: Mapping[str, datetime]) -> PdfSignature:
    field = str(entry.field_name)
    try:
        signer = _signer_of(entry, root_pem, revoked)
    except Fault as fault:
        return PdfSignature(field, None, fault)
    if not _holds(entry, root_pem, signer.claimed_at):
        return PdfSignature(field, signer, Fault(Code.PDF_CHANGED, field=field))
    return PdfSignature(field, signer, None)


def _signer_of(entry: Any, root_pem: bytes, revoked: Mapping[str, datetime]) -> Signer:
    try:
        certificate = entry.signer_cert.dump()
        claimed_at = entry.self_reported_timestamp
    except Exception as error:
        raise Fault(Code.SIGNATURE_BROKEN) from error
    if not isinstance(claimed_at, datetime) or claimed_at.tzinfo is None:
        raise Fault(Code.SIGNATURE_BROKEN)
    return Signer(verify_chain(pem_of(certificate), root_pem, claimed_at, revoked), claimed_at.astimezone(UTC))


def _holds(entry: Any, root_pem: bytes, at: datetime) -> bool:
    """The whole judgement of pyHanko: digest, signature, chain, and no later change but filled fields."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=[_certificate(root_pem)], allow_fetching=False, moment=at)
    try:
        return bool(validate_pdf_signature(entry, context).bottom_line)
    except Exception:  # noqa: BLE001  over hostile bytes pyHanko raises anything; each means "does not hold"
        return False


def _covers_all(entry: Any) -> bool:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        return bool(entry.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE)
    except Exception:  # noqa: BLE001  as above
        return False
