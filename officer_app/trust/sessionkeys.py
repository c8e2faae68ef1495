"""A key and a certificate for one session of a server on the local network: made for it, gone with it."""

from __future__ import annotations

import ipaddress
import secrets
import ssl
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from officer_app.base.canonical import digest

_LASTS: Final = timedelta(hours=24)
_LAG: Final = timedelta(hours=1)  # a phone's clock may lag behind


@dataclass(frozen=True, slots=True)
class SessionKey:
    """What a TLS server needs, and the SHA-256 of its certificate, for a person to compare."""

    context: ssl.SSLContext
    fingerprint: str

    @property
    def spoken(self) -> str:
        """The fingerprint as browsers show it: pairs of capital hexadecimal digits."""
        pairs = (self.fingerprint[at : at + 2] for at in range(0, len(self.fingerprint), 2))
        return ":".join(pairs).upper()


def session_key(address: str, now: datetime) -> SessionKey:
    """A key for a server at an IP address, good for a day.

    TLS 1.2 and 1.3 only. The private key is never on the disk in the clear: OpenSSL reads it from a file of its own
    alone, so the file holds it under a random passphrase and is gone before this returns.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(key, address, now)
    passphrase = secrets.token_bytes(32).hex().encode()
    pem = certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with tempfile.TemporaryDirectory(prefix="firsthand-") as folder:
        path = Path(folder) / "session.pem"  # in a folder that nobody else may enter
        path.touch(mode=0o600)
        path.write_bytes(pem)
        context.load_cert_chain(path, password=passphrase)
    return SessionKey(context, digest(certificate.public_bytes(serialization.Encoding.DER)))


def _certificate(key: ec.EllipticCurvePrivateKey, address: str, now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _LAG)
        .not_valid_after(now + _LASTS)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
