"""One round of exchange without a window, and what waits."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from officer_app.base.clock import SystemClock
from officer_app.cli.opening import DataOption, JsonOption, PassphraseOption, UserOption, opened, tell_progress


def register(app: typer.Typer) -> None:
    """Add `exchange sync` and `exchange status`."""
    group = typer.Typer(no_args_is_help=True, help="Exchange with the branch and head office through any store.")
    group.command("sync")(_sync)
    group.command("status")(_status)
    app.add_typer(group, name="exchange")


def _sync(
    store: Annotated[str, typer.Option("--store", help="The exchange: a folder, or file:// and its path.")],
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send what waits, take in what came, apply it once, put aside what does not hold."""
    from officer_app.casework import delivery
    from officer_app.casework.desk import seat

    desk = seat(opened(data, user, passphrase_file), SystemClock())
    try:
        done = delivery.sync(desk, store, tell_progress)
    finally:
        desk.close()
    found = {
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
    _tell(found, as_json=as_json)


def _status(
    user: UserOption, passphrase_file: PassphraseOption, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """Tell what waits, what was sent, and what head office has confirmed."""
    from officer_app.casework import delivery
    from officer_app.casework.desk import seat

    desk = seat(opened(data, user, passphrase_file), SystemClock())
    try:
        status = delivery.status(desk)
    finally:
        desk.close()
    found = {
        "waiting": len(status.waiting),
        "waiting_bytes": status.waiting_bytes,
        "sent": status.sent,
        "received": status.received,
        "quarantined": len(status.quarantined),
        "last": status.last,
    }
    _tell(found, as_json=as_json)


def _tell(found: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for name, value in found.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        sys.stdout.write(f"{name.replace('_', ' ')}: {shown}\n")
