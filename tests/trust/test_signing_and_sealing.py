"""A signature is whole or refused; a seal opens for its readers alone; other people's programs agree."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from hypothesis import given, settings
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.trust import envelopes
from officer_app.trust.certificates import Role, load
from officer_app.trust.envelopes import Envelope
from officer_app.trust.roster import Roster, encode_roster, open_signed_roster, read_roster, signed_roster
from officer_app.trust.sealing import new_reader, public_of, seal, unseal
from officer_app.trust.signing import certificate_of, sign, signed_digest, verify
from tests.support.institution import AT, house, new_house

DATA = "同意 80,000 元".encode()


def _code(data: bytes, signature: bytes, root: bytes) -> Code | None:
    try:
        verify(data, signature, root)
    except Fault as fault:
        return fault.code
    return None


def test_a_signature_tells_who_and_when() -> None:
    signature = sign(DATA, house().officer, AT + timedelta(milliseconds=700))
    signer = verify(DATA, signature, house().root)
    assert signer.person == house().officer.person
    assert signer.claimed_at == AT
    assert signer.key_id == signer.person.key_id
    assert certificate_of(signature) == house().officer.certificate


def test_openssl_accepts_it(tmp_path: Path, openssl: str) -> None:
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "data.sig").write_bytes(sign(DATA, house().officer, AT))
    (tmp_path / "root.pem").write_bytes(house().root)
    command = [openssl, "cms", "-verify", "-binary", "-inform", "DER", "-in", tmp_path / "data.sig"]
    command += ["-content", tmp_path / "data", "-CAfile", tmp_path / "root.pem", "-attime", str(int(AT.timestamp()))]
    found = subprocess.run(command, capture_output=True, check=False)
    assert (found.returncode, found.stdout) == (0, DATA), found.stderr
    (tmp_path / "data").write_bytes(DATA + b" ")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize("bit", range(8))
def test_every_changed_bit_of_a_signature_is_refused(bit: int) -> None:
    signature = sign(DATA, house().officer, AT)
    for place in range(len(signature)):
        changed = bytearray(signature)
        changed[place] ^= 1 << bit
        assert _code(DATA, bytes(changed), house().root) is not None, place


@given(
    st.binary(min_size=32, max_size=32),
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2049, 12, 31)),  # noqa: DTZ001  made UTC below
    st.binary(min_size=1, max_size=300),
)
@settings(max_examples=200)
def test_the_form_is_what_a_general_library_writes(message: bytes, moment: datetime, seal_: bytes) -> None:
    """The bytes written by hand are those of a whole ASN.1 library, and are read back."""
    der = load(house().officer.certificate).public_bytes(serialization.Encoding.DER)
    parts = Envelope(der, message, moment.replace(tzinfo=UTC, microsecond=0), seal_)
    assert envelopes.write(parts) == _by_the_library(parts)
    assert envelopes.read(envelopes.write(parts)) == parts


def _by_the_library(parts: Envelope) -> bytes:
    certificate = asn1_x509.Certificate.load(parts.certificate)
    attributes = [
        cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
        cms.CMSAttribute(
            {"type": "signing_time", "values": [cms.Time({"utc_time": core.UTCTime(parts.claimed_at)})]}
        ),
        cms.CMSAttribute({"type": "message_digest", "values": [parts.message_digest]}),
    ]
    assert cms.CMSAttributes(attributes).dump() == envelopes.signed_attributes(parts.message_digest, parts.claimed_at)
    issuer = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
        "digest_algorithm": sha256,
        "signed_attrs": cms.CMSAttributes(attributes),
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        "signature": parts.signature,
    }
    signed = {
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data"},
        "certificates": [certificate],
        "signer_infos": [cms.SignerInfo(signer)],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump())


@pytest.mark.parametrize("year", [1949, 2050])
def test_a_time_that_the_form_cannot_write_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match="year"):
        envelopes.signed_attributes(bytes(32), datetime(year, 6, 1, tzinfo=UTC))


def test_a_signature_cut_short_or_made_longer_is_refused() -> None:
    signature = sign(DATA, house().officer, AT)
    for size in range(0, len(signature), 11):
        assert _code(DATA, signature[:size], house().root) is Code.SIGNATURE_BROKEN
    assert _code(DATA, signature + b"\0", house().root) is Code.SIGNATURE_BROKEN


@given(st.binary(max_size=3000))
@settings(max_examples=200)
def test_no_bytes_are_a_signature_by_chance(data: bytes) -> None:
    assert _code(DATA, data, house().root) is Code.SIGNATURE_BROKEN


def test_a_signature_of_other_bytes_says_so() -> None:
    signature = sign(DATA, house().officer, AT)
    assert _code(DATA + b"0", signature, house().root) is Code.SIGNATURE_OTHER_DATA
    assert signed_digest(signature) != signed_digest(sign(DATA + b"0", house().officer, AT))


def test_a_self_made_signer_is_foreign() -> None:
    assert _code(DATA, sign(DATA, new_house().officer, AT), house().root) is Code.CERTIFICATE_FOREIGN


def test_a_borrowed_certificate_without_its_key_is_refused() -> None:
    from officer_app.trust.identities import Identity

    borrowed = Identity(house().officer.keys, house().manager.certificate, house().root)
    assert _code(DATA, sign(DATA, borrowed, AT), house().root) is Code.SIGNATURE_BROKEN


def test_a_key_that_expired_or_was_withdrawn_signs_nothing_more() -> None:
    late = sign(DATA, house().officer, AT + timedelta(days=4 * 365))
    assert _code(DATA, late, house().root) is Code.CERTIFICATE_EXPIRED
    with pytest.raises(Fault) as caught:
        verify(DATA, sign(DATA, house().officer, AT), house().root, {house().officer.person.key_id: AT})
    assert caught.value.code is Code.CERTIFICATE_REVOKED


def test_only_head_office_signs_a_roster() -> None:
    data = encode_roster(Roster(7, AT, (house().officer.certificate,), {}))
    good = sign(data, house().head_office, AT)
    assert open_signed_roster(signed_roster(data, good)) == (data, good)
    assert read_roster(data, good, house().root).version == 7
    with pytest.raises(Fault) as caught:
        read_roster(data, sign(data, house().manager, AT), house().root)
    assert caught.value.code is Code.SIGNER_NOT_ENTITLED
    assert house().manager.person.role is Role.MANAGER


def test_a_seal_opens_for_each_reader_and_for_nobody_else() -> None:
    first, second, stranger = new_reader(), new_reader(), new_reader()
    sealed = seal(DATA, [first.public, second.public, first.public])
    assert unseal(sealed, first.secret) == unseal(sealed, second.secret) == DATA
    assert public_of(first.secret) == first.public
    assert first.secret not in repr(first)
    for wrong in (stranger.secret, "AGE-SECRET-KEY-1QQQ"):
        with pytest.raises(Fault) as caught:
            unseal(sealed, wrong)
        assert caught.value.code in {Code.SEAL_UNOPENED, Code.READER_INVALID}


def test_sealing_for_nobody_or_nonsense_is_refused() -> None:
    for readers in ([], ["age1nonsense"], [new_reader().secret]):
        with pytest.raises(Fault) as caught:
            seal(DATA, readers)
        assert caught.value.code is Code.READER_INVALID


def test_every_changed_or_missing_byte_of_a_sealed_file_is_refused() -> None:
    reader = new_reader()
    sealed = seal(DATA, [reader.public])
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 4
        for damaged in (bytes(changed), sealed[:place]):
            with pytest.raises(Fault) as caught:
                unseal(damaged, reader.secret)
            assert caught.value.code is Code.SEAL_UNOPENED


def test_the_age_program_opens_what_we_seal_and_seals_what_we_open(tmp_path: Path, age: str) -> None:
    reader = new_reader()
    (tmp_path / "key").write_text(reader.secret + "\n")
    (tmp_path / "sealed").write_bytes(seal(DATA, [new_reader().public, reader.public]))
    opened = subprocess.run([age, "-d", "-i", tmp_path / "key", tmp_path / "sealed"], capture_output=True, check=True)
    assert opened.stdout == DATA
    sealed = subprocess.run([age, "-r", reader.public], input=DATA, capture_output=True, check=True)
    assert unseal(sealed.stdout, reader.secret) == DATA
