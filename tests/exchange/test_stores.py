"""The contract of every store, and what a stick does to it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import shutil
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import never
from officer_app.exchange import remote
from officer_app.exchange.addresses import Credentials, read_address
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.layout import LARGEST_OBJECT, index_name, object_name
from officer_app.exchange.opening import open_store, try_store
from officer_app.exchange.relay import Relay, authority_in
from officer_app.exchange.stores import Sealed, Store
from tests.support.authority import Authority, new_authority
from tests.support.lending import lent
from tests.support.servers import SECRET, SERVERS, Server, bad_line, badly_certified, free_port

DEVICE = "0123456789abcdef"


class StoreContract:
    """What the exchange asks of a store. Every transport gets a class of its own below this one."""

    @pytest.fixture
    def store(self) -> Store:
        raise NotImplementedError

    def test_what_was_put_is_there(self, store: Store) -> None:
        data = b"sealed"
        name = object_name(data)
        assert (store.get(name), store.size(name)) == (None, None)
        assert store.put(name, data)
        assert (store.get(name), store.size(name)) == (data, len(data))

    def test_putting_again_changes_nothing(self, store: Store) -> None:
        data = b"sealed"
        assert store.put(object_name(data), data)
        assert not store.put(object_name(data), data)

    def test_another_index_under_the_same_name_is_refused_and_the_first_stays(self, store: Store) -> None:
        name = index_name(DEVICE, 1)
        store.put(name, b"first")
        with pytest.raises(Fault) as caught:
            store.put(name, b"other")
        assert caught.value.code is Code.STORE_CONFLICT
        assert store.get(name) == b"first"

    def test_devices_and_counters_are_listed(self, store: Store) -> None:
        assert (store.devices(), store.counters(DEVICE)) == ((), ())
        for counter in (1, 2, 11):
            store.put(index_name(DEVICE, counter), b"x")
        store.put(index_name("f" * 16, 1), b"x")
        assert store.devices() == (DEVICE, "f" * 16)
        assert store.counters(DEVICE) == (1, 2, 11)

    def test_a_piece_that_was_removed_is_gone_and_may_come_again(self, store: Store) -> None:
        data, other = b"sealed", b"another"
        store.put(object_name(other), other)
        assert not store.remove(object_name(data))
        store.put(object_name(data), data)
        assert store.remove(object_name(data))
        assert (store.get(object_name(data)), store.size(object_name(data))) == (None, None)
        assert not store.remove(object_name(data))
        assert store.get(object_name(other)) == other
        assert store.put(object_name(data), data)

    def test_an_index_is_never_removed(self, store: Store) -> None:
        store.put(index_name(DEVICE, 1), b"x")
        for name in (index_name(DEVICE, 1), "../secret", "o/ab/" + "c" * 64):
            with pytest.raises(Fault) as caught:
                store.remove(name)
            assert caught.value.code is Code.STORE_NAME
        assert store.counters(DEVICE) == (1,)

    def test_objects_of_the_largest_size_go_through(self, store: Store) -> None:
        data = bytes(LARGEST_OBJECT)
        store.put(object_name(data), data)
        assert store.get(object_name(data)) == data

    @pytest.mark.parametrize(
        "name",
        ["", "o", "o/aa/x", "../secret", "/etc/passwd", "o/ab/" + "c" * 64, "i/" + DEVICE + "/1", "i/x/000000000001"],
    )
    def test_other_names_are_never_asked_for(self, store: Store, name: str) -> None:
        for call in (lambda: store.get(name), lambda: store.size(name), lambda: store.put(name, b"")):
            with pytest.raises(Fault) as caught:
                call()
            assert caught.value.code is Code.STORE_NAME


class TestFolder(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        return open_store(str(tmp_path))


# --- real servers --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, full: bool) -> Iterator[Server]:
    """Each server once for all its tests."""
    if request.param == "ceph-s3" and not full:
        pytest.skip("Ceph's gateway takes a quarter of a minute to start: --full")
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param) / "server") as running:
        yield running


@pytest.fixture
def place(server: Server) -> str:
    """A part of the server that is this test's own; SFTP wants it made."""
    name = f"p{next(_PLACES)}"
    if server.name == "openssh":
        folder = Path(urlsplit(server.url(name)).path)
        folder.mkdir()
    return name


class TestServers(StoreContract):
    @pytest.fixture
    def store(self, server: Server, place: str) -> Iterator[Store]:
        found = server.store(place)
        yield found
        found.close()

    def test_many_at_once_and_each_index_after_its_pieces(self, store: Store) -> None:
        """However many go side by side, nobody sees a delivery before it is whole."""
        items = [
            item
            for counter in range(1, 6)
            for item in (
                *(_piece(counter, n) for n in range(4)),
                Sealed(index_name(DEVICE, counter), b"%d" % counter),
            )
        ]
        heard: list[str] = []
        store.put_all(items, lambda name, new: heard.append(name) if new else None)
        assert sorted(heard) == sorted(item.name for item in items)
        for number, item in enumerate(items):
            if item.name.startswith("i/"):
                assert {one.name for one in items[number - 4 : number]} <= set(heard[: heard.index(item.name)])
        again: list[bool] = []
        store.put_all(items, lambda _name, new: again.append(new))
        assert not any(again)
        names = [item.name for item in reversed(items)]
        assert store.get_all([*names, object_name(b"no")]) == [*(item.data for item in reversed(items)), None]

    def test_a_half_that_a_cut_left_is_written_over(self, server: Server, place: str) -> None:
        """Of a piece or of an index: the beginning of our own bytes is no other delivery."""
        store = server.store(place)
        transport = store._transport  # type: ignore[attr-defined]
        try:
            for name, data in ((object_name(b"whole"), b"whole"), (index_name(DEVICE, 7), b"whole")):
                store._run(transport.write(name, data[:2]), never)  # type: ignore[attr-defined]
                assert store.size(name) == 2
                assert store.put(name, data)
                assert store.get(name) == data
        finally:
            store.close()

    def test_a_flood_is_not_read_whole(self, server: Server, place: str) -> None:
        store = server.store(place)
        try:
            name = object_name(b"x")
            store._run(store._transport.write(name, bytes(LARGEST_OBJECT + 1)), never)  # type: ignore[attr-defined]
            with pytest.raises(Fault) as caught:
                store.get(name)
            assert caught.value.code is Code.OBJECT_TOO_LARGE
        finally:
            store.close()

    def test_wrong_credentials_are_told_and_not_tried_again(self, server: Server, place: str) -> None:
        wrong = replace(server.credentials, name="nobody", secret="wrong-wrong-wrong", private_key="")
        store = open_store(server.url(place), wrong)
        try:
            with pytest.raises(Fault) as caught:
                store.put(object_name(b"x"), b"x")
        finally:
            store.close()
        assert caught.value.code is Code.STORE_REFUSED
        assert "wrong-wrong" not in repr(caught.value.parameters)

    def test_a_server_that_left_is_the_surroundings(
        self, server: Server, place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(remote, "PAUSES", (0.01,))
        store = open_store(server.url(place, free_port()), server.credentials)
        try:
            with pytest.raises(Fault) as caught:
                store.devices()
        finally:
            store.close()
        assert caught.value.code is Code.STORE_UNREACHED

    def test_a_server_that_is_silent_can_be_left(self, server: Server, place: str) -> None:
        """The line swallows everything: who waits can still stop at once."""
        asked = [0]

        def enough() -> bool:
            asked[0] += 1
            return asked[0] > 3

        with bad_line(server, hole=True) as (silent_server, _):
            store = open_store(silent_server.url(place), server.credentials, cancelled=enough)
            try:
                with pytest.raises(Fault) as caught:
                    store.get(object_name(b"x"))
            finally:
                store.close()
        assert caught.value.code is Code.CANCELLED


class TestLent(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with lent(tmp_path) as address:
            found = open_store(address)
            yield found
            found.close()

    def test_a_piece_that_was_removed_is_gone_and_may_come_again(self, store: Store) -> None:
        """Nothing is removed on somebody else's laptop."""
        store.put(object_name(b"sealed"), b"sealed")
        with pytest.raises(Fault) as caught:
            store.remove(object_name(b"sealed"))
        assert caught.value.code is Code.STORE_REFUSED
        assert store.get(object_name(b"sealed")) == b"sealed"


def test_a_lent_folder_is_for_whoever_has_its_code_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another token is let in nowhere, and ends it for nobody else; another laptop is not believed."""
    monkeypatch.setattr(remote, "PAUSES", ())

    def refused(address: str) -> Code:
        store = open_store(address)
        try:
            with pytest.raises(Fault) as caught:
                store.devices()
        finally:
            store.close()
        return caught.value.code

    with lent(tmp_path) as address:
        place, _, code = address.rpartition("/")
        token, pin = code[:9], code[10:]
        assert refused(f"{place}/{token}-AAAA-AAAA") is Code.STORE_HOST_CHANGED
        for _ in range(20):
            assert refused(f"{place}/AAAA-AAAA-{pin}") is Code.STORE_REFUSED
        guest = open_store(address)
        assert guest.devices() == ()
        guest.close()
    for typed in ("lan://127.0.0.1:9/short", "lan://127.0.0.1/ABCD-EFGH-ABCD-EFGH"):
        with pytest.raises(Fault) as caught:
            open_store(typed)
        assert caught.value.code is Code.STORE_ADDRESS


_PLACES = count(1)


def _piece(counter: int, number: int) -> Sealed:
    data = f"{counter} {number}".encode() * 1000
    return Sealed(object_name(data), data)


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[Server]:
    with SERVERS["openssh-sftp"](tmp_path / "server") as running:
        yield running


def test_an_ssh_server_is_believed_after_a_person_confirmed_its_key(sftp: Server) -> None:
    folder = Path(urlsplit(sftp.url("")).path)
    unknown = open_store(sftp.url(""), replace(sftp.credentials, host_key=""))
    with pytest.raises(Fault) as caught:
        unknown.devices()
    unknown.close()
    assert caught.value.code is Code.STORE_HOST_UNKNOWN
    assert str(caught.value.parameters["fingerprint"]).startswith("SHA256:")
    assert caught.value.where == sftp.credentials.host_key
    other = (folder.parent / "client.pub").read_text()
    changed = open_store(sftp.url(""), replace(sftp.credentials, host_key=other))
    with pytest.raises(Fault) as caught:
        changed.devices()
    changed.close()
    assert caught.value.code is Code.STORE_HOST_CHANGED
    missing = open_store(sftp.url("nowhere"), sftp.credentials)
    with pytest.raises(Fault) as caught:
        missing.put(object_name(b"x"), b"x")
    missing.close()
    assert caught.value.code is Code.STORE_PLACE_MISSING
    assert not (folder / "nowhere").exists()


@pytest.fixture
def authority() -> Authority:
    return new_authority()


def _refused(server: Server, pem: str, monkeypatch: pytest.MonkeyPatch) -> Code:
    monkeypatch.setattr(remote, "PAUSES", (0.01,))
    store = open_store(server.url("x"), replace(server.credentials, authority=pem))
    try:
        with pytest.raises(Fault) as caught:
            store.put(object_name(b"x"), b"x")
    finally:
        store.close()
    assert SECRET not in repr(caught.value.parameters)
    return caught.value.code


def test_a_server_is_believed_by_the_authority_that_was_given_alone(
    tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody who can only show some certificate hears a name or a password."""
    with badly_certified(tmp_path / "right", authority) as server:
        for pem in ("", new_authority().pem):
            assert _refused(server, pem, monkeypatch) is Code.STORE_CERTIFICATE
        store = open_store(server.url("x"), replace(server.credentials, authority=authority.pem))
        assert store.put(object_name(b"x"), b"x")
        assert store.get(object_name(b"x")) == b"x"
        store.close()
        heard = (tmp_path / "right" / "log").read_text()
    assert SECRET not in heard


@pytest.mark.parametrize(
    ("of", "code"),
    [({"address": "127.0.0.2"}, Code.STORE_CERTIFICATE), ({"days": -1}, Code.STORE_CERTIFICATE_DAY)],
    ids=["another address", "out of date"],
)
def test_a_certificate_for_another_name_or_another_time_is_refused(
    tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch, of: dict[str, Any], code: Code
) -> None:
    with badly_certified(tmp_path / "wrong", authority, **of) as server:
        assert _refused(server, authority.pem, monkeypatch) is code
        if code is Code.STORE_CERTIFICATE_DAY:
            # The system knows nothing of this authority either, and says first what is wrong with the day.
            assert _refused(server, "", monkeypatch) is code


def test_a_clock_that_is_wrong_is_not_taken_for_a_wrong_password(tmp_path: Path) -> None:
    """The server's own refusal: what it hears of our time is of another year."""
    with SERVERS["rclone-s3"](tmp_path) as server, bad_line(server, told_time=b"20200101T000000Z") as (late, _):
        with pytest.raises(Fault) as caught:
            try_store(late.url("x"), late.credentials)
        assert caught.value.code is Code.STORE_CLOCK
        assert try_store(server.url("x"), server.credentials) == 0, "nothing was wrong with the password"


def test_an_authority_that_is_none_is_refused(tmp_path: Path, authority: Authority) -> None:
    _, key = authority.issue(tmp_path)
    for text in ("x", key.read_text(), authority.pem[:200]):
        with pytest.raises(Fault) as caught:
            open_store("davs://127.0.0.1/x", Credentials("u", "s", authority=text))
        assert caught.value.code is Code.STORE_AUTHORITY
    for data in (b"\xff\xfe", b"", key.read_bytes()):
        (tmp_path / "file").write_bytes(data)
        with pytest.raises(Fault) as caught:
            authority_in(tmp_path / "file")
        assert caught.value.code is Code.STORE_AUTHORITY
    with pytest.raises(Fault) as caught:
        open_store("s3://example.org/bucket?style=virtual", Credentials("u", "s", authority=authority.pem))
    assert caught.value.code is Code.STORE_ADDRESS


def test_a_webdav_server_behind_its_authority_hears_its_own_name(tmp_path: Path, authority: Authority) -> None:
    """Servers that serve several names look at the host: it is the address's, in each request of a connection."""
    certificate, key = authority.issue(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for size in (5, 0):
            head = await reader.readuntil(b"\r\n\r\n")
            heard.append(head + await reader.readexactly(size))
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    async def play() -> bytes:
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        relay = Relay(read_address(f"davs://127.0.0.1:{port}/x"), authority.pem)
        door = int((await relay.endpoint()).rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", door)
        writer.write(b"PUT /x HTTP/1.1\r\nhost: door\r\ncontent-length: 5\r\n\r\nhost:")
        writer.write(b"GET /y HTTP/1.1\r\nHost: door\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await relay.close()
        server.close()
        return answer.replace(b"%d" % port, b"") + b" %d" % port

    answer = asyncio.run(play())
    name = b"127.0.0.1:" + answer.rpartition(b" ")[2]
    assert answer.count(b"204 No Content") == 2
    assert heard == [
        b"PUT /x HTTP/1.1\r\nhost: " + name + b"\r\ncontent-length: 5\r\n\r\nhost:",
        b"GET /y HTTP/1.1\r\nHost: " + name + b"\r\n\r\n",
    ]


def test_a_bucket_that_is_not_there(tmp_path: Path) -> None:
    with SERVERS["rclone-s3"](tmp_path / "server") as running:
        store = open_store(running.url("").replace("/bucket", "/another"), running.credentials)
        with pytest.raises(Fault) as caught:
            store.put(object_name(b"x"), b"x")
        store.close()
    assert caught.value.code is Code.STORE_PLACE_MISSING


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("s3://key:secret@example.org/bucket", Code.STORE_SECRET_IN_ADDRESS),
        ("sftp://u:secret@example.org/x", Code.STORE_SECRET_IN_ADDRESS),
        ("davs://u@example.org/x", Code.STORE_SECRET_IN_ADDRESS),
        ("dav://example.org/x", Code.STORE_PLAIN),
        ("s3+http://10.0.0.5/bucket", Code.STORE_PLAIN),
        ("s3+http://127.0.0.1.example.org/bucket", Code.STORE_PLAIN),
        ("sftp://example.org/x", Code.STORE_ADDRESS),
        ("s3://example.org/", Code.STORE_ADDRESS),
        ("s3://example.org/bucket?secret=1", Code.STORE_ADDRESS),
        ("davs://example.org/../x", Code.STORE_ADDRESS),
        ("davs://exa mple/x", Code.STORE_ADDRESS),
        ("davs://example.org:99999/x", Code.STORE_ADDRESS),
    ],
)
def test_addresses_that_are_not_taken(text: str, code: Code) -> None:
    with pytest.raises(Fault) as caught:
        read_address(text)
    assert caught.value.code is code
    assert "secret" not in repr(caught.value.parameters)


def test_addresses_that_are_taken() -> None:
    oss = read_address("s3://OSS-cn-hangzhou.aliyuncs.com/branch-7/east/?style=virtual&region=cn-hangzhou")
    assert (oss.endpoint, oss.bucket, oss.path, oss.virtual) == (
        "https://oss-cn-hangzhou.aliyuncs.com:443",
        "branch-7",
        "east",
        True,
    )
    assert oss.text == "s3://oss-cn-hangzhou.aliyuncs.com/branch-7/east?region=cn-hangzhou&style=virtual"
    assert read_address(oss.text) == oss
    assert read_address("davs://[2001:db8::1]:8443/交换").endpoint == "https://[2001:db8::1]:8443"
    assert read_address("dav://10.0.0.5/x?plain=yes").endpoint == "http://10.0.0.5:80"
    sftp = read_address("sftp://anxin@host/srv/exchange")
    assert (sftp.user, sftp.port, sftp.path) == ("anxin", 22, "/srv/exchange")
    assert repr(Credentials("u", "hidden", "hidden")).count("hidden") == 0


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_addresses() -> None:
    for url in ("s4://bucket", "http://example.org", "", "file://host/share"):
        with pytest.raises(Fault) as caught:
            open_store(url)
        assert caught.value.code is Code.STORE_UNKNOWN


def test_a_file_address_with_spaces_and_chinese(tmp_path: Path) -> None:
    folder = tmp_path / "交换 盘"
    folder.mkdir()
    assert open_store(folder.as_uri()).put(object_name(b"x"), b"x")


def test_a_missing_stick_is_the_surroundings_and_no_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        open_store(str(tmp_path / "gone"))
    assert caught.value.code is Code.STORE_GONE
    assert not (tmp_path / "gone").exists()


def test_a_stick_pulled_between_two_calls(stick: Path) -> None:
    store = FolderStore(stick)
    store.put(object_name(b"x"), b"x")
    shutil.rmtree(stick)
    calls: list[Callable[[], object]] = [
        lambda: store.put(object_name(b"y"), b"y"),
        lambda: store.get(object_name(b"x")),
        lambda: store.size(object_name(b"x")),
        store.devices,
        lambda: store.counters(DEVICE),
    ]
    for call in calls:
        with pytest.raises(Fault) as caught:
            call()
        assert caught.value.code is Code.STORE_GONE
    assert not stick.exists()


@pytest.mark.parametrize("number", [errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE])
def test_a_stick_that_fails_in_the_middle(stick: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def broken(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", broken)
        with pytest.raises(Fault) as caught:
            FolderStore(stick).put(object_name(b"x"), b"x")
    assert caught.value.code is Code.STORE_GONE
    assert FolderStore(stick).get(object_name(b"x")) is None
    assert FolderStore(stick).put(object_name(b"x"), b"x")


def test_a_full_stick_says_how_much_is_missing(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Fault) as caught:
        FolderStore(stick).put(object_name(b"x"), b"x")
    assert caught.value.code is Code.DISK_FULL
    assert caught.value.parameters["needed_mb"] == 1


def test_a_damaged_piece_is_mended_by_putting_it_again(stick: Path) -> None:
    store = FolderStore(stick)
    name = object_name(b"whole")
    store.put(name, b"whole")
    (stick / name).write_bytes(b"wh")
    assert store.put(name, b"whole")
    assert store.get(name) == b"whole"


def test_a_planted_link_leads_no_write_elsewhere(stick: Path, tmp_path: Path) -> None:
    """A `.part` that is a link to a file of the laptop must not be written through."""
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    name = object_name(b"x")
    (stick / name).parent.mkdir(parents=True)
    (stick / (name + ".part")).symlink_to(precious)
    FolderStore(stick).put(name, b"x")
    assert precious.read_bytes() == b"mine"
    assert FolderStore(stick).get(name) == b"x"


def test_a_flood_under_a_good_name_is_not_read_whole(stick: Path) -> None:
    name = object_name(b"x")
    (stick / name).parent.mkdir(parents=True)
    with (stick / name).open("wb") as file:
        file.truncate(50 << 30)
    with pytest.raises(Fault) as caught:
        FolderStore(stick).get(name)
    assert caught.value.code is Code.OBJECT_TOO_LARGE


def test_what_others_left_in_the_folder_is_passed_over(stick: Path) -> None:
    (stick / "i" / DEVICE).mkdir(parents=True)
    (stick / "i" / "notes.txt").write_text("x")
    (stick / "i" / DEVICE / ".DS_Store").write_text("x")
    (stick / "i" / DEVICE / "000000000000").write_text("x")
    (stick / "i" / DEVICE / "000000000003.part").write_text("x")
    store = FolderStore(stick)
    assert (store.devices(), store.counters(DEVICE)) == ((DEVICE,), ())


def test_names_suit_an_exfat_stick() -> None:
    for name in (object_name(b"x"), index_name(DEVICE, 1)):
        assert name == name.lower()
        assert not set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789/")
        assert max(len(step) for step in name.split("/")) <= 64


class _Cut(Exception):  # noqa: N818  the power went
    pass


@pytest.fixture
def nth(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], list[int]]]:
    """Cut the power at the n-th call that changes a disk."""

    def arm(at: int) -> list[int]:
        calls = [0]

        def counted(real: Callable[..., object]) -> Callable[..., object]:
            def call(*arguments: object, **named: object) -> object:
                calls[0] += 1
                if calls[0] == at:
                    raise _Cut
                return real(*arguments, **named)

            return call

        monkeypatch.setattr(os, "fsync", counted(os.fsync))
        monkeypatch.setattr(os, "open", counted(os.open))
        monkeypatch.setattr(Path, "replace", counted(Path.replace))
        monkeypatch.setattr(Path, "mkdir", counted(Path.mkdir))
        return calls

    return arm


def test_a_cut_at_every_step_of_a_put_leaves_all_or_nothing(
    stick: Path, nth: Callable[[int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = os.urandom(5000)
    name = object_name(data)
    for at in range(1, 100):
        shutil.rmtree(stick)
        stick.mkdir()
        calls = nth(at)
        with contextlib.suppress(_Cut):
            FolderStore(stick).put(name, data)
        monkeypatch.undo()
        assert FolderStore(stick).get(name) in {None, data}
        FolderStore(stick).put(name, data)
        assert FolderStore(stick).get(name) == data
        assert not list(stick.rglob("*.part"))
        if calls[0] < at:
            assert at > 8
            return
    pytest.fail("the put never ended")
