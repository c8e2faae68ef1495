"""Real servers on loopback for the stores: S3-compatible, WebDAV, SFTP; and a bad line before any of them.

Each is started on free ports below a folder of the run and ended by its process; where a program is not installed
the test skips by its name. The S3 server of every run is rclone's, which ignores conditional writes and silently
overwrites; Ceph's gateway, which honours them, takes a quarter of a minute to start and is run with `--full`.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from officer_app.exchange.addresses import Credentials
from officer_app.exchange.opening import open_store
from officer_app.exchange.stores import Store
from tests.support import ceph
from tests.support.authority import Authority, new_authority
from tests.support.lines import Line

USER, SECRET = "testaccess", "testsecret12345"
_MODULES = Path("/usr/lib/apache2/modules")


@dataclass(frozen=True)
class Server:
    """A running server: its address with a place for the port, and what lets one in."""

    name: str
    address: str
    port: int
    credentials: Credentials

    def url(self, place: str, port: int | None = None) -> str:
        """The address of a place of one's own on it, through another port if the line is bad."""
        return self.address.format(port=port or self.port, place=place)

    def store(self, place: str) -> Store:
        """That place, opened."""
        return open_store(self.url(place), self.credentials)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def needed(program: str) -> str:
    """Where a program is; skips by its name where it is not."""
    beside = Path(sys.executable).with_name(program)
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/bin")
    if beside.exists():
        return str(beside)
    if found is None:
        pytest.skip(f"{program} is not installed here")
    return found


def _wait(port: int, process: subprocess.Popen[bytes] | None = None) -> None:
    """Until somebody listens."""
    for _ in range(1200):
        if process is not None and process.poll() is not None:
            raise AssertionError(f"the server ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server never listened")


@contextmanager
def _running(command: list[str], port: int, log: Path, **more: Any) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, **more)
    try:
        _wait(port, process)
        yield
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def rclone_s3(folder: Path) -> Iterator[Server]:
    """S3-compatible over a folder; ignores If-None-Match."""
    with _rclone_s3(folder, []) as port:
        yield Server("rclone s3", "s3+http://127.0.0.1:{port}/bucket/{place}", port, Credentials(USER, SECRET))


@contextmanager
def rclone_s3_tls(folder: Path) -> Iterator[Server]:
    """The same over TLS, with a certificate of an authority that this system does not know."""
    authority = new_authority()
    with _rclone_s3(folder, _certified(authority, folder)) as port:
        known = Credentials(USER, SECRET, authority=authority.pem)
        yield Server("rclone s3 tls", "s3://127.0.0.1:{port}/bucket/{place}", port, known)


@contextmanager
def _rclone_s3(folder: Path, more: list[str]) -> Iterator[int]:
    program, port = needed("rclone"), free_port()
    (folder / "bucket").mkdir(parents=True, exist_ok=True)
    keys = ["--auth-key", f"{USER},{SECRET}", "--force-path-style=true"]
    command = [program, "serve", "s3", str(folder), "--addr", f"127.0.0.1:{port}", *keys, *more]
    with _running(command, port, folder / "log", env=_bare(folder)):
        yield port


@contextmanager
def rclone_dav(folder: Path) -> Iterator[Server]:
    """WebDAV over a folder."""
    with _rclone_dav(folder, []) as port:
        yield Server("rclone webdav", "dav://127.0.0.1:{port}/{place}", port, Credentials(USER, SECRET))


@contextmanager
def rclone_dav_tls(folder: Path) -> Iterator[Server]:
    """The same over TLS, with a certificate of an authority that this system does not know."""
    authority = new_authority()
    with _rclone_dav(folder, _certified(authority, folder)) as port:
        known = Credentials(USER, SECRET, authority=authority.pem)
        yield Server("rclone webdav tls", "davs://127.0.0.1:{port}/{place}", port, known)


@contextmanager
def _rclone_dav(folder: Path, more: list[str]) -> Iterator[int]:
    program, port = needed("rclone"), free_port()
    (folder / "files").mkdir(parents=True, exist_ok=True)
    command = [program, "serve", "webdav", str(folder / "files"), "--addr", f"127.0.0.1:{port}"]
    with _running([*command, "--user", USER, "--pass", SECRET, *more], port, folder / "log", env=_bare(folder)):
        yield port


def _certified(authority: Authority, folder: Path, **of: Any) -> list[str]:
    certificate, key = authority.issue(folder / "tls", **of)
    return ["--cert", str(certificate), "--key", str(key)]


@contextmanager
def badly_certified(folder: Path, authority: Authority, **of: Any) -> Iterator[Server]:
    """WebDAV over TLS whose certificate says what it is told to: another address, a time that is over."""
    with _rclone_dav(folder, _certified(authority, folder, **of)) as port:
        yield Server("certified", "davs://127.0.0.1:{port}/{place}", port, Credentials(USER, SECRET))


def _bare(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "RCLONE_CONFIG": str(folder / "none.conf")}


@contextmanager
def apache_dav(_folder: Path) -> Iterator[Server]:
    """Apache's mod_dav with a password. Its own user must reach its files, which no folder of a test run allows."""
    program, port = needed("apache2"), free_port()
    openssl = needed("openssl")
    if os.geteuid() != 0:
        pytest.skip("apache2 changes its user: needs to be started by root")
    folder = Path(tempfile.mkdtemp(prefix="apache-dav-"))
    try:
        for name in ("files", "lock"):
            (folder / name).mkdir()
        password = subprocess.run([openssl, "passwd", "-apr1", SECRET], check=True, capture_output=True, text=True)
        (folder / "htpasswd").write_text(f"{USER}:{password.stdout}")
        (folder / "conf").write_text(_apache_conf(folder, port))
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "www-data")
        with _running([program, "-f", str(folder / "conf"), "-DFOREGROUND"], port, folder / "out"):
            yield Server("apache", "dav://127.0.0.1:{port}/{place}", port, Credentials(USER, SECRET))
    finally:
        shutil.rmtree(folder)


def _apache_conf(folder: Path, port: int) -> str:
    loaded = "".join(
        f"LoadModule {name}_module {_MODULES}/mod_{name}.so\n"
        for name in (
            *("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user"),
            *("auth_basic", "dav", "dav_fs", "mime"),
        )
    )
    return (
        f'ServerRoot "{folder}"\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\n'
        f"ErrorLog {folder}/log\nMutex file:{folder}/lock\nUser www-data\nGroup www-data\n{loaded}"
        f"TypesConfig /etc/mime.types\nDavLockDB {folder}/lock/DavLock\nDocumentRoot {folder}/files\n"
        f"<Directory {folder}/files>\nDav On\nAuthType Basic\nAuthName dav\nAuthUserFile {folder}/htpasswd\n"
        "Require valid-user\n</Directory>\n"
    )


@contextmanager
def openssh_sftp(folder: Path) -> Iterator[Server]:
    """OpenSSH's own SFTP, by key."""
    program, port = needed("sshd"), free_port()
    maker = needed("ssh-keygen")
    (folder / "files").mkdir(parents=True)
    for name in ("host", "client"):
        subprocess.run([maker, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    shutil.copy(folder / "client.pub", folder / "authorized")
    (folder / "authorized").chmod(0o600)
    Path("/run/sshd").mkdir(exist_ok=True)
    (folder / "conf").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\n"
        f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
        "PermitRootLogin prohibit-password\nMaxStartups 100\nSubsystem sftp internal-sftp\n"
    )
    user = subprocess.run([needed("id"), "-un"], check=True, capture_output=True, text=True).stdout.strip()
    known = Credentials(
        user,
        private_key=(folder / "client").read_text(),
        host_key=" ".join((folder / "host.pub").read_text().split()[:2]),
    )
    with _running([program, "-D", "-e", "-f", str(folder / "conf")], port, folder / "log"):
        yield Server("openssh", f"sftp://{user}@127.0.0.1:{{port}}{folder}/files/{{place}}", port, known)


@contextmanager
def ceph_s3(folder: Path) -> Iterator[Server]:
    """Ceph's RADOS gateway with its data in memory; honours If-None-Match."""
    for program in (*ceph.PROGRAMS, "curl"):
        needed(program)
    ports = (free_port(), free_port(), free_port())
    with ceph.cluster(folder, ports, USER, SECRET):
        ceph.make_bucket(f"http://127.0.0.1:{ports[0]}", "bucket", USER, SECRET)
        yield Server("ceph", "s3+http://127.0.0.1:{port}/bucket/{place}", ports[0], Credentials(USER, SECRET))


SERVERS = {
    "rclone-s3": rclone_s3,
    "rclone-s3-tls": rclone_s3_tls,
    "apache-dav": apache_dav,
    "rclone-dav": rclone_dav,
    "rclone-dav-tls": rclone_dav_tls,
    "openssh-sftp": openssh_sftp,
    "ceph-s3": ceph_s3,
}


@contextmanager
def bad_line(server: Server, **faults: Any) -> Iterator[tuple[Server, Line]]:
    """The same server behind a line that cuts, waits or loses replies; the second value counts what it did."""
    line = Line(server.port, **faults)
    loop = asyncio.new_event_loop()
    ready, over = threading.Event(), asyncio.Event()

    async def serve() -> None:
        await line.open()
        ready.set()
        await over.wait()
        line.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))  # noqa: TID251  a line of its own
    thread.start()
    assert ready.wait(10)
    try:
        yield replace(server, port=line.port), line
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()
