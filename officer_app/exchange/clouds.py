"""S3-compatible and WebDAV servers, spoken to by OpenDAL. No retry in here: `remote` has the only one.

Nothing is read from the surroundings (no profile files, no metadata service of a cloud). Multipart is never needed:
an object has at most 1 MiB.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from officer_app.base.errors import Code, Fault
from officer_app.exchange.addresses import Address, Credentials, StoreKind
from officer_app.exchange.relay import Relay
from officer_app.exchange.remote import Again, Stat

if TYPE_CHECKING:
    import opendal

# WORKAROUND the library's errors have no fields: the server's status, and that its certificate is not believed,
# stand in their text alone.
_STATUS: Final = re.compile(r"status: (\d{3})")
_CERTIFICATE: Final = "invalid peer certificate"
_OUT_OF_DATE: Final = re.compile(r"expired|not ?valid ?yet", re.IGNORECASE)
# By its code, or by the sentence that Amazon's own servers and those written after them say.
_SKEWED: Final = re.compile(r"RequestTimeTooSkewed|difference between the request time and", re.IGNORECASE)
_MD5: Final = re.compile(r'"?([0-9a-f]{32})"?', re.ASCII)


class CloudTransport:
    """One bucket or one WebDAV folder."""

    widest = 32

    def __init__(self, address: Address, credentials: Credentials) -> None:
        """Nothing is asked yet. Errors: STORE_AUTHORITY, STORE_ADDRESS."""
        self._address = address
        self._credentials = credentials
        self._relay = Relay(address, credentials.authority) if credentials.authority and address.secure else None
        if self._relay is not None and address.virtual:
            raise Fault(Code.STORE_ADDRESS, part="style")
        self._made_operator: opendal.AsyncOperator | None = None
        self._made: set[str] = set()
        self._making = asyncio.Lock()

    @property
    def answers_when_kept(self) -> bool:
        """As `Transport.answers_when_kept`; WebDAV servers answered for half a body."""
        return self._address.kind is StoreKind.S3

    async def stat(self, name: str) -> Stat | None:
        """As `Transport.stat`."""
        from opendal.exceptions import NotFound

        with self._told_apart():
            try:
                found = await (await self._operator()).stat(name)
            except NotFound:
                return None
        tag = _MD5.fullmatch(found.etag or "") if self._address.kind is StoreKind.S3 else None
        return Stat(found.content_length, tag[1] if tag else "")

    async def read(self, name: str, size: int) -> bytes | None:
        """As `Transport.read`."""
        from opendal.exceptions import NotFound

        if size == 0:
            return b""
        with self._told_apart():
            try:
                return bytes(await (await self._operator()).read(name, offset=0, size=size))
            except NotFound:
                return None

    async def write(self, name: str, data: bytes) -> None:
        """As `Transport.write`."""
        if self._address.kind is StoreKind.WEBDAV:
            await self._make_folder(name.rpartition("/")[0] + "/")
        with self._told_apart():
            await (await self._operator()).write(name, data)

    async def remove(self, name: str) -> None:
        """As `Transport.remove`."""
        from opendal.exceptions import NotFound

        with self._told_apart(), contextlib.suppress(NotFound):
            await (await self._operator()).delete(name)

    async def names(self, folder: str) -> list[str]:
        """As `Transport.names`."""
        from opendal.exceptions import NotFound

        with self._told_apart():
            try:
                operator = await self._operator()
                entries = [entry.path async for entry in await operator.list(folder + "/")]
            except NotFound:
                return []
        # Some servers list the folder itself first.
        return [path.rstrip("/").rpartition("/")[2] for path in entries if path.strip("/") != folder]

    async def close(self) -> None:
        """As `Transport.close`; the library holds nothing."""
        if self._relay is not None:
            await self._relay.close()

    async def _operator(self) -> opendal.AsyncOperator:
        if self._made_operator is None:
            endpoint = self._address.endpoint if self._relay is None else await self._relay.endpoint()
            self._made_operator = _operator(self._address, endpoint, self._credentials)
        return self._made_operator

    async def _make_folder(self, folder: str) -> None:
        """One after the other: servers refuse writers that race in making one folder."""
        if folder in self._made:
            return
        async with self._making:
            if folder not in self._made:
                with self._told_apart():
                    await (await self._operator()).create_dir(folder)
                self._made.add(folder)

    def _told(self, error: Exception) -> Fault | None:
        """What stands in the words of an error alone: a certificate that does not hold, a clock that is wrong."""
        place, words = self._address.text, str(error)
        if self._relay is not None and self._relay.refused is not None:
            return self._relay.refused
        if _SKEWED.search(words):
            return Fault(Code.STORE_CLOCK, where=place, store=place)
        if _CERTIFICATE not in words:
            return None
        past = _OUT_OF_DATE.search(words) is not None
        code = Code.STORE_CERTIFICATE_DAY if past else Code.STORE_CERTIFICATE
        return Fault(code, where=place, host=self._address.host)

    @contextmanager
    def _told_apart(self) -> Iterator[None]:
        """The library's errors as ours: refused, not there, full; all else may be mended by trying again."""
        from opendal import exceptions

        place = self._address.text
        try:
            yield
        except (exceptions.PermissionDenied, exceptions.ConfigInvalid, exceptions.NotFound) as error:
            refused = isinstance(error, exceptions.PermissionDenied)
            told = self._told(error)
            if told is not None:
                raise told from None
            code = Code.STORE_REFUSED if refused else Code.STORE_PLACE_MISSING
            fault = Fault(code, where=place, store=place)
            if self._address.kind is StoreKind.WEBDAV:
                # Servers also say so while another request, perhaps one of ours that was cut, makes the folder.
                raise Again(fault) from error
            raise fault from None
        # The library's errors have no ancestor of their own.
        except (exceptions.Unexpected, exceptions.RateLimited, exceptions.Conflict, exceptions.Error) as error:
            told = self._told(error)
            if told is not None:
                raise told from None
            status = _STATUS.search(str(error))
            match int(status[1]) if status else 0:
                case 401 | 403:
                    raise Fault(Code.STORE_REFUSED, where=place, store=place) from None
                case 404 | 405 | 409:
                    raise Again(Fault(Code.STORE_PLACE_MISSING, where=place, store=place)) from error
                case 507:
                    raise Fault(Code.STORE_FULL, where=place, store=place) from None
                case _:
                    raise Again from error


def _operator(address: Address, endpoint: str, credentials: Credentials) -> opendal.AsyncOperator:
    import opendal

    if address.kind is StoreKind.WEBDAV:
        named = {"username": credentials.name, "password": credentials.secret} if credentials.name else {}
        return opendal.AsyncOperator("webdav", endpoint=endpoint, root=f"/{address.path}", **named)
    return opendal.AsyncOperator(
        "s3",
        bucket=address.bucket,
        root=f"/{address.path}",
        endpoint=endpoint,
        region=address.region,
        access_key_id=credentials.name,
        secret_access_key=credentials.secret,
        enable_virtual_host_style="true" if address.virtual else "false",
        disable_config_load="true",
        disable_ec2_metadata="true",
    )
