"""Where an exchange is: one address for each kind of store, without any secret in it.

    /media/stick/exchange, file:///…        a folder: a stick, a shared folder
    s3://HOST[:PORT]/BUCKET[/PREFIX]        S3-compatible; ?region=R (default: us-east-1), ?style=virtual where the
                                            provider wants the bucket in the host's name (Aliyun OSS, Tencent COS)
    davs://HOST[:PORT]/PATH                 WebDAV over TLS
    sftp://USER@HOST[:PORT]/PATH            SFTP; the path from the root of what the server shows
    lan://IP:PORT/CODE                      another laptop that lends a folder for some minutes (`lan_handover`)

TLS is always on but for `s3+http://` and `dav://`, which are taken on this machine itself, and elsewhere only with
`?plain=yes` in the address, so that whoever reads it sees it. Name and secret are kept apart (`Credentials`); an
address that holds a password is refused before it is shown, kept or logged anywhere.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from officer_app.base.errors import Code, Fault

_SECURE_PORTS: Final = {"s3": 443, "davs": 443, "s3+http": 80, "dav": 80, "sftp": 22, "lan": 0}
_OPTIONS: Final = {"s3": {"region", "style"}, "s3+http": {"region", "style", "plain"}, "dav": {"plain"}}
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\]", re.ASCII)
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_REGION: Final = re.compile(r"[a-zA-Z0-9-]{1,40}", re.ASCII)
_LONGEST: Final = 1_000


class StoreKind(StrEnum):
    """How a store is spoken to."""

    FOLDER = "folder"
    S3 = "s3"
    WEBDAV = "webdav"
    SFTP = "sftp"
    LAN = "lan"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a server wants to know before it lets one in. Never part of an address, never printed.

    `name` is the user or the access key's id, `secret` the password or the secret key; SFTP may have a private key
    (OpenSSH text without a passphrase) instead, and always the server's own public key as it was confirmed once.
    `authority` (PEM) is whose certificates a server of TLS is believed by, where the system does not know it.
    """

    name: str = ""
    secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    host_key: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A store's address, read. `path` has neither a leading nor a trailing slash, but for SFTP, where it leads."""

    kind: StoreKind
    text: str
    folder: Path | None = None
    host: str = ""
    port: int = 0
    secure: bool = True
    user: str = ""
    bucket: str = ""
    path: str = ""
    region: str = "us-east-1"
    virtual: bool = False

    @property
    def endpoint(self) -> str:
        """Scheme, host and port for the stores that speak HTTP."""
        return f"{'https' if self.secure else 'http'}://{self.host}:{self.port}"

    @property
    def is_remote(self) -> bool:
        """Whether a network lies between."""
        return self.kind is not StoreKind.FOLDER


def read_address(text: str) -> Address:
    """Errors: STORE_UNKNOWN, STORE_ADDRESS, STORE_SECRET_IN_ADDRESS, STORE_PLAIN."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise Fault(Code.STORE_ADDRESS, part="port") from error
    # One letter is a drive of Windows, not a scheme.
    if len(parts.scheme) <= 1 and text:
        return Address(StoreKind.FOLDER, text, folder=Path(text))
    if parts.scheme == "file" and parts.netloc in {"", "localhost"}:
        return Address(StoreKind.FOLDER, text, folder=Path(unquote(parts.path)))
    if parts.scheme not in _SECURE_PORTS or len(text) > _LONGEST:
        raise Fault(Code.STORE_UNKNOWN, url=_without_secret(parts)[:200])
    return _remote(parts, port)


def _remote(parts: SplitResult, port: int | None) -> Address:
    if parts.password is not None or (parts.username is not None and parts.scheme != "sftp"):
        raise Fault(Code.STORE_SECRET_IN_ADDRESS)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    if _HOST.fullmatch(host) is None:
        raise Fault(Code.STORE_ADDRESS, part="host")
    options = _options(parts)
    secure = parts.scheme not in {"s3+http", "dav"}
    if not secure and not _is_this_machine(host) and options.get("plain") != "yes":
        raise Fault(Code.STORE_PLAIN, host=host)
    text = _canonical(parts, host, port, options)
    path = unquote(parts.path).strip("/")
    if any(step in {".", ".."} for step in path.split("/")) or any(ord(letter) < 32 for letter in path):
        raise Fault(Code.STORE_ADDRESS, part="path")
    found = Address(
        StoreKind.WEBDAV, text, host=host, port=port or _SECURE_PORTS[parts.scheme], secure=secure, path=path
    )
    if parts.scheme == "sftp":
        if not parts.username:
            raise Fault(Code.STORE_ADDRESS, part="user")
        return replace(found, kind=StoreKind.SFTP, user=unquote(parts.username), path="/" + path)
    if parts.scheme == "lan":
        if not port:
            raise Fault(Code.STORE_ADDRESS, part="port")
        return replace(found, kind=StoreKind.LAN)
    return found if parts.scheme in {"dav", "davs"} else _bucket(found, options)


def _bucket(found: Address, options: dict[str, str]) -> Address:
    bucket, _, prefix = found.path.partition("/")
    if _BUCKET.fullmatch(bucket) is None:
        raise Fault(Code.STORE_ADDRESS, part="bucket")
    region, style = options.get("region", "us-east-1"), options.get("style", "path")
    if _REGION.fullmatch(region) is None or style not in {"path", "virtual"}:
        raise Fault(Code.STORE_ADDRESS, part="region")
    return replace(found, kind=StoreKind.S3, bucket=bucket, path=prefix, region=region, virtual=style == "virtual")


def _options(parts: SplitResult) -> dict[str, str]:
    found = parse_qsl(parts.query, keep_blank_values=True)
    options = dict(found)
    if parts.fragment or len(options) != len(found) or set(options) - _OPTIONS.get(parts.scheme, set()):
        raise Fault(Code.STORE_ADDRESS, part="?")
    return options


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _canonical(parts: SplitResult, host: str, port: int | None, options: dict[str, str]) -> str:
    """One spelling for one place, so that its credentials are found again."""
    user = f"{quote(parts.username)}@" if parts.username else ""
    at = f":{port}" if port and port != _SECURE_PORTS[parts.scheme] else ""
    path = quote(unquote(parts.path).strip("/"))
    asked = "&".join(f"{name}={options[name]}" for name in sorted(options))
    return f"{parts.scheme}://{user}{host}{at}/{path}{'?' + asked if asked else ''}"


def _without_secret(parts: SplitResult) -> str:
    netloc = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=netloc, query="", fragment="").geturl()
