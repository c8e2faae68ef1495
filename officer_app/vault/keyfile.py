"""The keyring's file before anybody's key: who can sign in here.

The window asks for these names while it opens, so this page imports no more than it takes to read them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.vault.layout import Layout

VERSION: Final = 1
_LIMIT: Final = 1_000_000


def logins(folder: Path) -> tuple[str, ...]:
    """Who can sign in here; needs no key. Errors: VAULT_MISSING, VAULT_BROKEN, VAULT_NEWER."""
    return tuple(sorted(read_file(folder)["slots"]))


def read_file(folder: Path) -> dict[str, Any]:
    """The file as parsed: version `v` is ours, `slots` is an object.

    Errors: VAULT_MISSING, VAULT_BROKEN, VAULT_NEWER.
    """
    path = Layout(folder).keyring
    if not path.is_file():
        raise Fault(Code.VAULT_MISSING, folder=str(folder))
    try:
        found = json.loads(read_limited(path, _LIMIT))
    except (ValueError, RecursionError) as error:
        raise broken(folder) from error
    if not isinstance(found, dict) or not isinstance(found.get("slots"), dict) or "v" not in found:
        raise broken(folder)
    if found["v"] != VERSION:
        raise Fault(Code.VAULT_NEWER)
    return found


def broken(folder: Path) -> Fault:
    """What to raise when the file is not what it should be."""
    name = Layout(folder).keyring.name
    return Fault(Code.VAULT_BROKEN, where=name, file=name)
