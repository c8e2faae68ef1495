"""The one form that our detached signatures have, byte by byte: CMS (RFC 5652) in DER (X.690).

One certificate, one signer, three signed attributes in the order that DER gives them: content type, time claimed,
digest. Written and read here by hand, since head office meets thousands a day and a general ASN.1 library takes ten
times as long; a test holds both to the same bytes. `read` believes nothing of what it finds: whatever does not come
out the same when it is written again is not ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from asn1crypto import x509 as asn1_x509

_INTEGER_1: Final = b"\x02\x01\x01"
_OCTETS, _SEQUENCE, _SET, _CONTEXT_0, _UTC_TIME = 0x04, 0x30, 0x31, 0xA0, 0x17
_LONG: Final = 0x80


def _der(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    size = len(content)
    if size < _LONG:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG | len(length))) + length + content


# The object identifiers of RFC 5652, RFC 5754 and RFC 5758 that stand in every signature of ours.
_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
_DATA: Final = bytes.fromhex("06092a864886f70d010701")
_CONTENT_TYPE: Final = bytes.fromhex("06092a864886f70d010903")
_SIGNING_TIME: Final = bytes.fromhex("06092a864886f70d010905")
_MESSAGE_DIGEST: Final = bytes.fromhex("06092a864886f70d010904")
_SHA256: Final = _der(_SEQUENCE, bytes.fromhex("0609608648016503040201"), b"\x05\x00")
_ECDSA_SHA256: Final = _der(_SEQUENCE, bytes.fromhex("06082a8648ce3d040302"))
_OF_DATA: Final = _der(_SEQUENCE, _CONTENT_TYPE, _der(_SET, _DATA))


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a signature consists of: the signer's certificate in DER, the digest, the time claimed, the seal."""

    certificate: bytes
    message_digest: bytes
    claimed_at: datetime
    signature: bytes


def write(parts: Envelope) -> bytes:
    """The signature. Errors: ValueError for a certificate that is none, or a time that CMS cannot write."""
    signer = _der(
        _SEQUENCE,
        _INTEGER_1,
        _named(parts.certificate),
        _SHA256,
        _der(_CONTEXT_0, _attributes(parts.message_digest, parts.claimed_at)),
        _ECDSA_SHA256,
        _der(_OCTETS, parts.signature),
    )
    signed = _der(
        _SEQUENCE,
        _INTEGER_1,
        _der(_SET, _SHA256),
        _der(_SEQUENCE, _DATA),
        _der(_CONTEXT_0, parts.certificate),
        _der(_SET, signer),
    )
    return _der(_SEQUENCE, _SIGNED_DATA, _der(_CONTEXT_0, signed))


def read(signature: bytes) -> Envelope:
    """The parts of a signature. Errors: ValueError when it is not written exactly as `write` writes it."""
    _type, content = _inside(signature, _SEQUENCE)[:2]
    (signed,) = _inside(content, _CONTEXT_0)
    _version, _digests, _encapsulated, certificates, signers = _inside(signed, _SEQUENCE)
    (certificate,) = _inside(certificates, _CONTEXT_0)
    (signer,) = _inside(signers, _SET)
    _version, _name, _digest, attributes, _algorithm, sealed = _inside(signer, _SEQUENCE)
    _kind, time, message = _inside(attributes, _CONTEXT_0)
    found = Envelope(
        certificate,
        _content(_value(message), _OCTETS),
        _moment(_content(_value(time), _UTC_TIME)),
        _content(sealed, _OCTETS),
    )
    if write(found) != signature:
        raise ValueError("another form")
    return found


def signed_attributes(message_digest: bytes, moment: datetime) -> bytes:
    """The bytes that the key signs. Errors: ValueError for a time that CMS cannot write."""
    return _der(_SET, _attributes(message_digest, moment))


def _attributes(message_digest: bytes, moment: datetime) -> bytes:
    return (
        _OF_DATA
        + _der(_SEQUENCE, _SIGNING_TIME, _der(_SET, _der(_UTC_TIME, _time(moment))))
        + _der(_SEQUENCE, _MESSAGE_DIGEST, _der(_SET, _der(_OCTETS, message_digest)))
    )


def _time(moment: datetime) -> bytes:
    """RFC 5652, 11.3: from 1950 to 2049 as UTCTime, two digits of the year."""
    at = moment.astimezone(UTC)
    if not 1950 <= at.year < 2050:
        raise ValueError("year")
    return at.strftime("%y%m%d%H%M%SZ").encode("ascii")


def _moment(text: bytes) -> datetime:
    century = 19 if int(text[:2]) >= 50 else 20
    return datetime.strptime(f"{century}{text.decode('ascii')}", "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


@lru_cache(maxsize=512)
def _named(certificate: bytes) -> bytes:
    """Issuer and serial number, as a signature names its signer; taken once for each signer."""
    read_ = asn1_x509.Certificate.load(certificate, strict=True)
    body = read_["tbs_certificate"]
    return _der(_SEQUENCE, body["issuer"].dump(), body["serial_number"].dump())


def _value(attribute: bytes) -> bytes:
    _name, values = _inside(attribute, _SEQUENCE)
    (value,) = _inside(values, _SET)
    return value


def _inside(data: bytes, tag: int) -> list[bytes]:
    """The elements within one element of this kind."""
    content = _content(data, tag)
    found = []
    while content:
        start, size = _extent(content)
        found.append(content[: start + size])
        content = content[start + size :]
    return found


def _content(data: bytes, tag: int) -> bytes:
    start, size = _extent(data)
    if data[0] != tag or start + size != len(data):
        raise ValueError("element")
    return data[start:]


def _extent(data: bytes) -> tuple[int, int]:
    """Where an element's content starts, and how long it says that it is."""
    size, start = data[1], 2
    if size >= _LONG:
        start += size - _LONG
        size = int.from_bytes(data[2:start], "big")
    return start, size
