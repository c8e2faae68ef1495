"""Ceph's RADOS gateway as a cluster of one: a monitor, a disk that is memory, the gateway with one bucket.

Debian: ceph-mon, ceph-osd, ceph-mgr, ceph-common and radosgw. Up in some fifteen seconds, 165 MB in all.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from officer_app.base.ids import new_id

PROGRAMS = ("ceph", "ceph-mon", "ceph-osd", "ceph-authtool", "monmaptool", "radosgw", "radosgw-admin")
_GATEWAY = "client.rgw.a"


@contextlib.contextmanager
def cluster(folder: Path, ports: tuple[int, int, int], name: str, secret: str) -> Iterator[None]:
    """A gateway that listens on the first of three free ports; whoever has these two gets in."""
    for inner in ("mon", "osd", "run", "rgw"):
        (folder / inner).mkdir(parents=True)
    fsid = str(UUID(new_id()))
    (folder / "ceph.conf").write_text(_conf(folder, ports, fsid))
    try:
        _begin(folder, ports, fsid)
        _let_in(folder, name, secret)
        yield
    finally:
        _end(folder)


def make_bucket(endpoint: str, bucket: str, name: str, secret: str) -> None:
    """A bucket, by the gateway's own protocol."""
    command = ["curl", "-sf", "-o", "/dev/null", "--aws-sigv4", "aws:amz:us-east-1:s3", "--user", f"{name}:{secret}"]
    command += ["-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD", "-X", "PUT", f"{endpoint}/{bucket}"]
    for _ in range(120):
        if subprocess.run(command, check=False).returncode == 0:
            return
        time.sleep(0.25)
    raise AssertionError("the gateway never made the bucket")


def _conf(folder: Path, ports: tuple[int, int, int], fsid: str) -> str:
    return f"""[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{ports[1]},v1:127.0.0.1:{ports[2]}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
keyring = {folder}/keyring
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 4000
mon data avail crit = 1
auth allow insecure global id reclaim = false
pid file = {folder}/run/$name.pid
log file = {folder}/run/$name.log
admin socket = {folder}/run/$name.asok
[mon.a]
mon data = {folder}/mon
[osd.0]
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 8589934592
osd class load list = *
osd class default list = *
[{_GATEWAY}]
rgw frontends = beast endpoint=127.0.0.1:{ports[0]}
rgw data = {folder}/rgw
rgw run sync thread = false
"""


def _run(folder: Path, *command: str, seconds: int = 60) -> str:
    told = {**os.environ, "CEPH_CONF": str(folder / "ceph.conf")}
    # A daemon goes on and keeps whatever it was given to write to: a file can be let go of, a pipe cannot.
    with (folder / "run" / "said").open("w+b") as said:
        done = subprocess.run(
            command, check=False, stdout=said, stderr=subprocess.STDOUT, timeout=seconds, env=told, cwd=folder
        )
        said.seek(0)
        text = said.read().decode(errors="replace")
    assert done.returncode == 0, f"{command[0]}: {text[-2000:]}"
    return text


def _begin(folder: Path, ports: tuple[int, int, int], fsid: str) -> None:
    keyring, disk = str(folder / "keyring"), str(UUID(new_id()))
    _run(folder, "ceph-authtool", "--create-keyring", keyring, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *")
    for who, allowed in (
        ("client.admin", ("mon", "allow *", "osd", "allow *", "mgr", "allow *")),
        (_GATEWAY, ("mon", "allow rw", "osd", "allow rwx")),
        ("osd.0", ("mon", "allow profile osd", "osd", "allow *")),
    ):
        caps = [word for kind, may in zip(allowed[::2], allowed[1::2], strict=True) for word in ("--cap", kind, may)]
        _run(folder, "ceph-authtool", keyring, "--gen-key", "-n", who, *caps)
    at, listed = f"[v2:127.0.0.1:{ports[1]},v1:127.0.0.1:{ports[2]}]", str(folder / "monmap")
    _run(folder, "monmaptool", "--create", "--addv", "a", at, "--fsid", fsid, listed)
    _run(folder, "ceph-mon", "--mkfs", "-i", "a", "--monmap", listed, "--keyring", keyring)
    _run(folder, "ceph-mon", "-i", "a")
    _run(folder, "ceph", "osd", "new", disk, "0")
    _run(folder, "ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk)
    _run(folder, "ceph", "osd", "crush", "add", "osd.0", "1", "root=default", "host=localhost")
    _run(folder, "ceph-osd", "-i", "0")
    for _ in range(240):
        if "1 up" in _run(folder, "ceph", "osd", "stat"):
            break
        time.sleep(0.25)
    _run(folder, "radosgw", "-n", _GATEWAY)


def _let_in(folder: Path, name: str, secret: str) -> None:
    user = ["user", "create", "--uid=test", "--display-name=test", f"--access-key={name}", f"--secret-key={secret}"]
    _run(folder, "radosgw-admin", "-n", _GATEWAY, *user, seconds=120)


def _end(folder: Path) -> None:
    """Every daemon of this folder, by the number it wrote down itself, the gateway first."""
    for daemon in (_GATEWAY, "osd.0", "mon.a"):
        file = folder / "run" / f"{daemon}.pid"
        if file.is_file() and file.read_text().strip():
            _end_one(int(file.read_text()))


def _end_one(pid: int) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
            for _ in range(80):
                os.kill(pid, 0)
                time.sleep(0.1)
            continue
        return
