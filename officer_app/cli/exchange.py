"""One round of exchange without a window, and what waits."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer

from officer_app.base.clock import SystemClock
from officer_app.base.files import read_limited
from officer_app.base.ids import RecordId
from officer_app.cli.opening import (
    DataOption,
    JsonOption,
    PassphraseOption,
    UserOption,
    passphrase,
    seated,
    tell_progress,
)

if TYPE_CHECKING:
    from officer_app.casework.delivery import Round

_LARGEST_KEY: Final = 20_000


_StoreOption: TypeAlias = Annotated[
    str, typer.Option("--store", help="A folder, s3://HOST/BUCKET, davs://HOST/PATH, sftp://USER@HOST/PATH, lan://….")
]


def register(app: typer.Typer) -> None:
    """Add `exchange sync`, `status`, `store`, `quarantine` and `lend`."""
    group = typer.Typer(no_args_is_help=True, help="Exchange with the branch and head office through any store.")
    for name, command in (
        ("sync", _sync),
        ("status", _status),
        ("store", _store),
        ("quarantine", _quarantine),
        ("lend", _lend),
    ):
        group.command(name)(command)
    app.add_typer(group, name="exchange")


def _sync(
    store: _StoreOption,
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Look for holes in the numbers of every device too.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Put everything once more that has no receipt: a stick was lost.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Send what waits, take in what came, apply it once, put aside what does not hold."""
    from officer_app.casework import delivery, relooking
    from officer_app.trust.certificates import Role

    with seated(data, user, passphrase_file) as desk:
        if again:
            delivery.send_again(desk)
        done = delivery.sync(desk, store, tell_progress, thorough=thorough or None)
        seen = relooking.look_at_all(desk, tell_progress) if Role.OFFICER in desk.roles else ()
    elsewhere = {one.case.number: one.photos for one in seen}
    _tell(_round(done) | {"seen_elsewhere": elsewhere}, as_json=as_json)


def _round(done: Round) -> dict[str, object]:
    return {
        "sent": done.sent,
        "objects": done.objects,
        "dossiers": done.dossiers,
        "decisions": done.decisions,
        "receipts": done.receipts,
        "packs": done.packs,
        "already": done.already,
        "waiting": done.waiting,
        "conflicts": done.conflicts,
        "gaps": done.gaps,
        "quarantined": [fault.code.name for fault in done.quarantined],
    }


def _status(
    user: UserOption, passphrase_file: PassphraseOption, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """Tell what waits, what was sent, and what head office has confirmed."""
    from officer_app.casework import delivery

    with seated(data, user, passphrase_file) as desk:
        status = delivery.status(desk)
    found = {
        "waiting": len(status.waiting),
        "waiting_bytes": status.waiting_bytes,
        "sent": status.sent,
        "received": status.received,
        "quarantined": len(status.quarantined),
        "last": status.last,
    }
    _tell(found, as_json=as_json)


def _store(
    store: _StoreOption,
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    name: Annotated[str, typer.Option("--name", help="User name, or the id of the access key.")] = "",
    secret_file: Annotated[
        str, typer.Option("--secret-file", help="A file whose first line is the password or secret key; - is stdin.")
    ] = "",
    key_file: Annotated[Path | None, typer.Option("--key-file", help="A private key for SFTP (OpenSSH).")] = None,
    host_key: Annotated[str, typer.Option("--host-key", help="The SFTP server's public key, as confirmed.")] = "",
    authority: Annotated[
        Path | None, typer.Option("--authority", help="The certificate of the server's own authority (PEM).")
    ] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Forget the store and its secrets.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Try a store and remember what lets one in; nothing secret is ever printed."""
    from officer_app.casework import stores
    from officer_app.exchange.addresses import Credentials, read_address
    from officer_app.exchange.relay import authority_in

    with seated(data, user, passphrase_file) as desk:
        if forget:
            stores.forget_store(desk, store)
            _tell({"forgotten": read_address(store).text}, as_json=as_json)
            return
        known = stores.credentials(desk, read_address(store)) or Credentials()
        given = Credentials(
            name or known.name,
            passphrase(secret_file) if secret_file else known.secret,
            read_limited(key_file, _LARGEST_KEY).decode() if key_file else known.private_key,
            host_key or known.host_key,
            authority_in(authority) if authority else known.authority,
        )
        tried = stores.try_store(desk, store, given)
        if read_address(store).is_remote:
            stores.keep_store(desk, store, given)
    _tell({"store": tried.address, "devices": tried.devices}, as_json=as_json)


def _quarantine(
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    retry: Annotated[str, typer.Option("--retry", help="Fetch this one again with the next round.")] = "",
    export: Annotated[str, typer.Option("--export", help="Write this one for support, into --out.")] = "",
    out: Annotated[Path, typer.Option("--out", help="Where to write it.")] = Path(),
    as_json: JsonOption = False,
) -> None:
    """List what was put aside and why; fetch one again, or write it for support."""
    from officer_app.casework import delivery, quarantine, reasons

    with seated(data, user, passphrase_file) as desk:
        if retry:
            delivery.ask_again(desk, RecordId(retry))
        written = quarantine.export_aside(desk, RecordId(export), out) if export else ()
        aside = delivery.status(desk).quarantined
    listed = [
        {
            "id": one.id,
            "device": one.device,
            "counter": one.counter,
            "received": one.received.isoformat(),
            "code": reasons.read(one.reason).code,
            "where": reasons.read(one.reason).where,
        }
        for one in aside
    ]
    if as_json:
        _tell({"quarantine": listed, "written": [str(path) for path in written]}, as_json=True)
        return
    for one in listed:
        sys.stdout.write("\t".join(str(value) for value in one.values()) + "\n")
    for path in written:
        sys.stdout.write(f"{path}\n")


def _lend(
    user: UserOption,
    passphrase_file: PassphraseOption,
    host: Annotated[str, typer.Option("--host", help="This laptop's address on the local network.")],
    data: DataOption = None,
    minutes: Annotated[int, typer.Option("--minutes", min=1, max=60, help="How long the other may exchange.")] = 15,
    as_json: JsonOption = False,
) -> None:
    """Let another laptop on this network exchange with us, no store between: it syncs with the address shown."""
    from officer_app.casework import handover
    from officer_app.exchange.lan import serve
    from officer_app.exchange.lan_handover import lending

    clock = SystemClock()
    with seated(data, user, passphrase_file) as desk:
        folder = handover.offer(desk, tell_progress)
        lent = lending(folder, host, clock.now())
        end = clock.elapsed() + 60 * minutes

        def shown(port: int) -> None:
            sys.stderr.write(f"{lent.address(host, port)}\n")
            sys.stderr.flush()

        with contextlib.suppress(KeyboardInterrupt):
            serve(host, lent.key.context, lent.service, listening=shown, cancelled=lambda: clock.elapsed() > end)
        done = handover.take(desk, folder)
    _tell(_round(done), as_json=as_json)


def _tell(found: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for name, value in found.items():
        listed = [f"{key} {one}" for key, one in value.items()] if isinstance(value, dict) else value
        shown = ", ".join(listed) if isinstance(listed, list) else listed
        sys.stdout.write(f"{name.replace('_', ' ')}: {shown}\n")
