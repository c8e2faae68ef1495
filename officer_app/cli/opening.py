"""Opening a vault from the command line, and telling what came of it: the same options and way for every command."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer

from officer_app.base.clock import SystemClock
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.base.paths import default_data_folder

if TYPE_CHECKING:
    from officer_app.casework.desk import Desk
    from officer_app.vault.store import Vault

_LONGEST: Final = 10_000

DataOption: TypeAlias = Annotated[
    Path | None, typer.Option("--data", help="The data folder; without it, this system's usual one.")
]
UserOption: TypeAlias = Annotated[str, typer.Option("--user", help="Who signs in.")]
PassphraseOption: TypeAlias = Annotated[
    str, typer.Option("--passphrase-file", help="A file whose first line is the password; - reads it from stdin.")
]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


def opened(data: Path | None, user: str, passphrase_file: str) -> Vault:
    """The vault, open. Errors: those of `Vault.open`, FILE_MISSING for the password's file."""
    from officer_app.vault.store import Vault

    return Vault.open(folder_of(data), user, passphrase(passphrase_file), SystemClock())


@contextmanager
def seated(data: Path | None, user: str, passphrase_file: str) -> Iterator[Desk]:
    """The desk of whoever signs in, closed again at the end. Errors: as `opened`."""
    with seated_by(data, user, passphrase(passphrase_file)) as desk:
        yield desk


@contextmanager
def seated_by(data: Path | None, user: str, word: str) -> Iterator[Desk]:
    """The same for a password that was read already: standard input gives it once."""
    from officer_app.casework.desk import sign_in

    desk = sign_in(folder_of(data), user, word, SystemClock())
    try:
        yield desk
    finally:
        desk.close()


def folder_of(data: Path | None) -> Path:
    """The data folder that is meant."""
    return default_data_folder() if data is None else data


def passphrase(file: str) -> str:
    """The first line of a file, or of standard input for `-`. Errors: FILE_MISSING, FILE_UNREADABLE."""
    raw = sys.stdin.buffer.readline(_LONGEST) if file == "-" else read_limited(Path(file), _LONGEST)
    try:
        return raw.decode().split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError as error:
        raise Fault(Code.FILE_UNREADABLE, file=Path(file).name) from error


def tell_progress(done: int, total: int) -> None:
    """Progress on stderr, one line that grows over itself, on a terminal alone."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))
        sys.stderr.flush()


def tell(found: object, text: str, *, as_json: bool) -> None:
    """What came of it on stdout: one JSON document, or the text for people."""
    sys.stdout.write((json.dumps(found, ensure_ascii=False) if as_json else text) + "\n")
