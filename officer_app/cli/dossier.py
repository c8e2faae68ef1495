"""An evidence bundle without a window: is it what was signed, and by whom?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.words import ENGLISH, LANGUAGES, say
from officer_app.cli.opening import DataOption, JsonOption, seated

if TYPE_CHECKING:
    from officer_app.exchange.bundle import BundleVerdict, Wrong

_LARGEST_ROOT: Final = 10_000


def register(app: typer.Typer) -> None:
    """Add `dossier verify`."""
    group = typer.Typer(no_args_is_help=True, help="Evidence bundles: check what was signed, and by whom.")
    group.callback()(lambda: None)
    group.command("verify")(_verify)
    app.add_typer(group, name="dossier")


def _verify(
    path: Annotated[Path, typer.Argument(help="The folder of an unsealed evidence bundle.")],
    root: Annotated[Path | None, typer.Option("--root", help="The institution's root certificate (PEM).")] = None,
    data: DataOption = None,
    user: Annotated[str, typer.Option("--user", help="Who signs in, when the data folder gives the root.")] = "",
    passphrase_file: Annotated[
        str, typer.Option("--passphrase-file", help="A file whose first line is the password; - reads it from stdin.")
    ] = "",
    as_json: JsonOption = False,
    lang: Annotated[str, typer.Option("--lang", help="en or zh_CN.")] = ENGLISH,
) -> None:
    """Check every signature, digest and chain of a bundle against the root; name the first thing that is wrong."""
    from officer_app.casework.verdicts import verdict_lines
    from officer_app.exchange.bundle import verify_bundle

    if lang not in LANGUAGES:
        raise typer.BadParameter(lang, param_hint="--lang")
    verdict = verify_bundle(path, _root(root, data, user, passphrase_file))
    if as_json:
        sys.stdout.write(json.dumps(_told(verdict), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(f"{say(line, lang)}\n" for line in verdict_lines(verdict)))
    if not verdict.ok:
        raise typer.Exit(1)


def _root(root: Path | None, data: Path | None, user: str, passphrase_file: str) -> bytes:
    """The root that was given, else the data folder's. Errors: ROOT_NEEDED, FILE_MISSING, those of opening."""
    if root is not None:
        from officer_app.base.files import read_limited

        return read_limited(root, _LARGEST_ROOT)
    if not user or not passphrase_file:
        raise Fault(Code.ROOT_NEEDED)

    with seated(data, user, passphrase_file) as desk:
        if desk.institution is None:
            raise Fault(Code.ROOT_NEEDED)
        return desk.institution.root


def _told(verdict: BundleVerdict) -> dict[str, object]:
    found: dict[str, object] = {"ok": verdict.ok, "files": verdict.files}
    if verdict.dossier:
        found |= {
            "case_number": verdict.case_number,
            "version": verdict.version,
            "dossier": verdict.dossier,
            "outcomes": [outcome.value for outcome in verdict.outcomes],
            "amount": None if verdict.amount is None else str(verdict.amount),
            "receipts": verdict.receipts,
            "notices": verdict.notices,
            "signers": [
                {
                    "name": signer.person.name,
                    "role": signer.person.role.value,
                    "key_id": signer.key_id,
                    "claimed_at": to_text(signer.claimed_at),
                }
                for signer in verdict.signers
            ],
        }
    if verdict.wrong is not None:
        found |= _told_wrong(verdict.wrong)
    return found


def _told_wrong(wrong: Wrong) -> dict[str, object]:
    error = {"code": wrong.fault.code.name, "message": say(wrong.fault.sentence, ENGLISH), "where": wrong.file}
    return {"error": error, "expected": wrong.expected, "found": wrong.found}
