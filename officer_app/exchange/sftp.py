"""An SFTP server, spoken to by asyncssh; the connection is made with the first call and again after a cut.

The server is known by its public key, which a person confirmed once: an unknown key ends the call with its
fingerprint, another key than the confirmed one ends it for good. An object is written beside (`.part`) and renamed:
a cut upload leaves its half under another name.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from officer_app.base.errors import Code, Fault
from officer_app.exchange.addresses import Address, Credentials
from officer_app.exchange.remote import Again, Stat

if TYPE_CHECKING:
    import asyncssh

_PART: Final = ".part"
_ALIVE: Final = 15
# Its own log names hosts and users.
logging.getLogger("asyncssh").setLevel(logging.CRITICAL)


class SftpTransport:
    """One folder of an SFTP server. All goes over one connection: a cut takes all that is under way, one object."""

    widest = 1
    answers_when_kept = False

    def __init__(self, address: Address, credentials: Credentials) -> None:
        self._address = address
        self._credentials = credentials
        self._connection: asyncssh.SSHClientConnection | None = None
        self._client: asyncssh.SFTPClient | None = None
        self._connecting = asyncio.Lock()
        self._made: set[str] = set()

    async def stat(self, name: str) -> Stat | None:
        """As `Transport.stat`."""
        import asyncssh

        with self._told_apart():
            client = await self._connected()
            try:
                found = await client.stat(self._path(name))
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return None
        return Stat(found.size or 0)

    async def read(self, name: str, size: int) -> bytes | None:
        """As `Transport.read`."""
        import asyncssh

        with self._told_apart():
            client = await self._connected()
            try:
                async with client.open(self._path(name), "rb") as file:
                    found = await file.read(size)
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return None
        return found.encode() if isinstance(found, str) else found

    async def write(self, name: str, data: bytes) -> None:
        """As `Transport.write`."""
        path = self._path(name)
        with self._told_apart():
            client = await self._connected()
            await self._make_folder(client, path.rpartition("/")[0])
            async with client.open(path + _PART, "wb") as file:
                await file.write(data)
            await self._rename(client, path)

    async def remove(self, name: str) -> None:
        """As `Transport.remove`."""
        import asyncssh

        with self._told_apart():
            client = await self._connected()
            with contextlib.suppress(asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                await client.remove(self._path(name))

    async def names(self, folder: str) -> list[str]:
        """As `Transport.names`."""
        import asyncssh

        with self._told_apart():
            client = await self._connected()
            try:
                found = await client.listdir(self._path(folder))
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return []
        return [str(name) for name in found if name not in {".", ".."}]

    async def close(self) -> None:
        """As `Transport.close`."""
        connection, self._connection, self._client = self._connection, None, None
        if connection is not None:
            connection.close()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await connection.wait_closed()

    def _path(self, name: str) -> str:
        return f"{self._address.path.rstrip('/')}/{name}"

    async def _make_folder(self, client: asyncssh.SFTPClient, folder: str) -> None:
        """The two folders below the root, never the root itself: a place that left is not made anew."""
        if folder in self._made:
            return
        above = folder.rpartition("/")[0]
        for path in (above, folder):
            if path not in self._made and not await client.isdir(path):
                with contextlib.suppress(Exception):  # another writer may have made it meanwhile
                    await client.mkdir(path)
                if not await client.isdir(path):
                    raise Fault(Code.STORE_REFUSED, where=self._address.text, store=self._address.text)
            self._made.add(path)

    async def _rename(self, client: asyncssh.SFTPClient, path: str) -> None:
        """Onto the name, over a damaged copy if there is one; old servers know no rename over another file."""
        import asyncssh

        try:
            await client.posix_rename(path + _PART, path)
        except asyncssh.SFTPOpUnsupported:
            with contextlib.suppress(asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                await client.remove(path)
            await client.rename(path + _PART, path)

    async def _connected(self) -> asyncssh.SFTPClient:
        async with self._connecting:
            if self._client is None or self._connection is None or self._connection.is_closed():
                await self.close()
                self._made.clear()
                self._connection = await self._connect()
                self._client = await self._connection.start_sftp_client()
                if not await self._client.isdir(self._address.path):
                    raise Fault(Code.STORE_PLACE_MISSING, where=self._address.text, store=self._address.text)
            return self._client

    async def _connect(self) -> asyncssh.SSHClientConnection:
        import asyncssh

        known, host = self._credentials, self._address.host.strip("[]")
        if not known.host_key:
            key = await asyncssh.get_server_host_key(host, self._address.port, config=None)
            shown = key.export_public_key().decode().strip() if key is not None else ""
            print_ = key.get_fingerprint() if key is not None else ""
            raise Fault(Code.STORE_HOST_UNKNOWN, where=shown, host=self._address.host, fingerprint=print_)
        try:
            trusted = asyncssh.import_public_key(known.host_key)
            keys = [asyncssh.import_private_key(known.private_key)] if known.private_key else None
        except (asyncssh.KeyImportError, ValueError):
            raise Fault(Code.STORE_KEY_UNREADABLE) from None
        options: dict[str, Any] = {"password": known.secret} if known.secret else {}
        return await asyncssh.connect(
            host,
            self._address.port,
            username=self._address.user,
            client_keys=keys,
            known_hosts=([trusted], [], []),
            config=None,
            agent_path=None,
            keepalive_interval=_ALIVE,
            connect_timeout=30,
            **options,
        )

    @contextmanager
    def _told_apart(self) -> Iterator[None]:
        """The library's errors as ours, by their kind; all else may be mended by trying again."""
        import asyncssh

        place = self._address.text
        try:
            yield
        except asyncssh.HostKeyNotVerifiable:
            raise Fault(Code.STORE_HOST_CHANGED, where=place, host=self._address.host) from None
        except (asyncssh.PermissionDenied, asyncssh.SFTPPermissionDenied, asyncssh.SFTPWriteProtect):
            raise Fault(Code.STORE_REFUSED, where=place, store=place) from None
        except (asyncssh.SFTPNoSpaceOnFilesystem, asyncssh.SFTPQuotaExceeded):
            raise Fault(Code.STORE_FULL, where=place, store=place) from None
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.DisconnectError, OSError) as error:
            self._drop()
            raise Again from error
        except asyncssh.SFTPError as error:
            raise Again from error

    def _drop(self) -> None:
        """A connection that failed is not asked again."""
        if self._connection is not None:
            self._connection.abort()
        self._connection = self._client = None
