"""A certificate authority made for a test, and certificates of servers under it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from officer_app.base.clock import SystemClock

_PEM = serialization.Encoding.PEM


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@dataclass(frozen=True)
class Authority:
    """Issues certificates; `pem` is what a client must be given to believe them."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(_PEM).decode()

    def issue(self, folder: Path, *, address: str = "127.0.0.1", days: int = 30) -> tuple[Path, Path]:
        """Certificate and key, as files, of a server at an address; `days` may lie in the past."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        builder = _begun(address, self.certificate.subject, key, days)
        certificate = (
            builder.add_extension(names, critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        folder.mkdir(parents=True, exist_ok=True)
        written, secret = folder / "server.pem", folder / "server.key"
        written.write_bytes(certificate.public_bytes(_PEM))
        plain = serialization.NoEncryption()
        secret.write_bytes(key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, plain))
        return written, secret


def new_authority() -> Authority:
    """An authority nobody knows yet."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _begun("an institution's own authority", _name("an institution's own authority"), key, 365)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return Authority(key, builder.sign(key, hashes.SHA256()))


def _begun(name: str, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int) -> x509.CertificateBuilder:
    now = SystemClock().now()
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
    )
