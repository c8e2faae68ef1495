"""Keeping and deleting without a window: what is due, the deletion, holds, and certificates that can be checked."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.cli.opening import (
    DataOption,
    JsonOption,
    PassphraseOption,
    UserOption,
    passphrase,
    seated,
    seated_by,
    tell,
    tell_progress,
)

if TYPE_CHECKING:
    from officer_app.casework.retention import Item
    from officer_app.exchange.contents import DeletionContent
    from officer_app.vault.records import DeletionRecord

_LARGEST_ROOT = 10_000
_Number: TypeAlias = Annotated[str, typer.Argument(help="The case's number, as `list` shows it.")]
_Reason: TypeAlias = Annotated[str, typer.Option("--reason", help="Why, in words that name nobody else.")]


def register(vault: typer.Typer) -> None:
    """Add `vault retention list`, `run`, `hold`, `release`, `export`, `verify` and `reapply`."""
    group = typer.Typer(no_args_is_help=True, help="What falls due when; delete it with proof; check a certificate.")
    for name, command in (
        ("list", _list),
        ("run", _run),
        ("hold", _hold),
        ("release", _release),
        ("export", _export),
        ("verify", _verify),
        ("reapply", _reapply),
    ):
        group.command(name)(command)
    vault.add_typer(group, name="retention")


def _list(
    user: UserOption, passphrase_file: PassphraseOption, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """When each case falls due, what is held, and why something cannot go yet."""
    from officer_app.casework.retention import overview

    with seated(data, user, passphrase_file) as desk:
        now = overview(desk)
    cases = [_item_told(item) for item in now.items]
    told = {
        "confirmed_at": to_text(now.confirmed),
        "cases": cases,
        "deleted": [_record_told(one) for one in now.deleted],
        "sealed_due": now.sealed,
        "copies": [place.path for place in now.copies],
    }
    lines = [f"{one['number']}\t{one['class'] or '-'}\t{one['due_on'] or '-'}\t{one['standing']}" for one in cases]
    lines += [f"{one.number}\t{one.record_class}\tdeleted {to_text(one.at)}" for one in now.deleted]
    lines += [f"still holds what was deleted: {place.path}" for place in now.copies]
    tell(told, "\n".join(lines), as_json=as_json)


def _run(
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    number: Annotated[list[str] | None, typer.Option("--case", help="Only this case; repeatable.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Delete for good whatever is due, each case wholly, and leave a signed certificate for each."""
    from officer_app.casework.deleting import delete_due
    from officer_app.casework.retention import overview

    word = passphrase(passphrase_file)
    with seated_by(data, user, word) as desk:
        due = overview(desk).due
        wanted = due if number is None else tuple(_of_number(overview(desk).items, one) for one in number)
        done = delete_due(desk, [item.case for item in wanted], word, tell_progress)
    told = {"deleted": [_record_told(one) for one in done.certificates], "sealed_files": done.sealed}
    lines = [f"{one.number}\t{one.record_class}\t{one.id}" for one in done.certificates]
    tell(told, "\n".join([*lines, f"{len(lines)} cases, {done.sealed} sealed files"]), as_json=as_json)


def _hold(
    number: _Number,
    reason: _Reason,
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep a case from being deleted, here and wherever the file is, until the hold is lifted."""
    from officer_app.casework.holds import set_hold

    _said(set_hold, number, reason, data, user, passphrase_file, as_json=as_json)


def _release(
    number: _Number,
    reason: _Reason,
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lift a hold: the period counts again."""
    from officer_app.casework.holds import lift_hold

    _said(lift_hold, number, reason, data, user, passphrase_file, as_json=as_json)


def _export(
    to: Annotated[Path, typer.Argument(help="A folder for the certificates.")],
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write every certificate with its signature, two files each."""
    from officer_app.casework.deleting import write_certificates

    with seated(data, user, passphrase_file) as desk:
        written = write_certificates(desk, to)
    tell({"files": [str(path) for path in written]}, "\n".join(map(str, written)), as_json=as_json)


def _verify(
    certificate: Annotated[list[Path], typer.Argument(help="deletion-….json, its .sig beside it; repeatable.")],
    root: Annotated[Path, typer.Option("--root", help="The institution's root certificate (PEM).")],
    as_json: JsonOption = False,
) -> None:
    """Check certificates of deletions against the root, without any vault; exit 1 at the first that does not hold."""
    proofs = _proofs(certificate, read_limited(root, _LARGEST_ROOT))
    told = [_proof_told(proof) for proof in proofs]
    lines = (f"{one['case_number']}\t{one['class']}\t{one['at']}\t{one['by']}: holds" for one in told)
    tell({"certificates": told}, "\n".join(lines), as_json=as_json)


def _reapply(
    certificate: Annotated[list[Path], typer.Argument(help="deletion-….json of this laptop; repeatable.")],
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """After an old backup came back: delete once more what these certificates say was deleted on this laptop."""
    from officer_app.casework.deleting import delete_again

    with seated(data, user, passphrase_file) as desk:
        if desk.institution is None:
            raise Fault(Code.NOT_ENROLLED)
        again = delete_again(desk, _proofs(certificate, desk.institution.root))
    told = [_record_told(one) for one in again]
    tell({"deleted": told}, "\n".join(one.number for one in again), as_json=as_json)


def _said(
    verb: Any, number: str, reason: str, data: Path | None, user: str, passphrase_file: str, *, as_json: bool
) -> None:
    from officer_app.casework.retention import overview

    with seated(data, user, passphrase_file) as desk:
        verb(desk, _of_number(overview(desk).items, number).case, reason)
        item = _of_number(overview(desk).items, number)
    tell(_item_told(item), f"{item.number}\t{item.standing.value}", as_json=as_json)


def _of_number(items: tuple[Item, ...], number: str) -> Item:
    found = next((item for item in items if item.number == number), None)
    if found is None:
        raise typer.BadParameter(f"no case {number} is kept here")
    return found


def _proofs(paths: list[Path], root: bytes) -> list[DeletionContent]:
    from officer_app.casework.deleting import read_certificate

    return [read_certificate(path, root) for path in paths]


def _item_told(item: Item) -> dict[str, Any]:
    hold = item.hold
    return {
        "number": item.number,
        "state": item.state.value,
        "class": item.kind.value if item.kind is not None else None,
        "counted_from": item.counted_from.isoformat() if item.counted_from is not None else None,
        "due_on": item.due.isoformat() if item.due is not None else None,
        "standing": item.standing.value,
        "missing_receipts": item.missing,
        "hold": {"by": hold.by, "at": to_text(hold.at), "reason": hold.words} if hold is not None else None,
    }


def _record_told(one: DeletionRecord) -> dict[str, str]:
    return {"certificate": one.id, "number": one.number, "class": one.record_class, "at": to_text(one.at)}


def _proof_told(proof: DeletionContent) -> dict[str, Any]:
    told = proof.deletion
    return {
        "case_number": told.case_number,
        "class": told.record_class.value,
        "due_on": told.due_on.isoformat(),
        "at": to_text(told.at),
        "confirmed_at": to_text(told.confirmed_at),
        "by": told.by.name,
        "ordered_by": told.ordered_by or None,
        "device": told.device,
        "dossiers": list(told.dossiers),
        "decisions": list(told.decisions),
        "counts": asdict(told.counts),
        "log_number": told.log_number,
        "sha256": proof.digest,
    }
