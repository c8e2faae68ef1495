"""The command line: the same verbs without a screen.

Exit 0 when what was asked holds, 1 when the input is refused or a check fails, 2 on wrong usage. Progress goes to
stderr; with `--json` stdout is one JSON document, errors included.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence
from functools import cache
from typing import Final

import typer

from officer_app.base.errors import Fault
from officer_app.base.words import ENGLISH, say

# Each module of this list has `register(app)`; it imports what it needs inside its commands.
_GROUPS: Final[tuple[str, ...]] = (
    "assess",
    "dossier",
    "exchange",
    "form",
    "headoffice",
    "loan",
    "norms",
    "photo",
    "vault",
    "visit",
)

_app: Final = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


# The window is no command here: it opens without this line being loaded.
_EPILOG: Final = "Windows: officer-app; officer-app demo (a throw-away institution); officer-app tour --out D."


@_app.callback(epilog=_EPILOG)
def _about() -> None:
    """Firsthand 眼见: on-site due diligence for small loans. Without arguments the window opens."""


def run(words: Sequence[str]) -> int:
    """Run one command line and give its exit code."""
    _register()
    try:
        # A command that leaves by typer.Exit comes back here as its code, not as the exception.
        left = _app(args=list(words), prog_name="officer-app", standalone_mode=False)
    except Fault as fault:
        _tell(fault, as_json="--json" in words)
        return 1
    except typer.Exit as leave:
        return leave.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return 1
    except Exception as error:  # noqa: BLE001  sorted at once: usage is told, everything else goes on
        return _usage(error)
    return left if isinstance(left, int) else 0


@cache
def _register() -> None:
    """Once in a process, however many lines it runs."""
    for group in _GROUPS:
        importlib.import_module(f"officer_app.cli.{group}").register(_app)


def _usage(error: Exception) -> int:
    """Wrong usage is the command-line library's to explain; anything else is a bug and is not hidden."""
    show = getattr(error, "show", None)
    if show is None:
        raise error
    show()
    return 2


def _tell(fault: Fault, *, as_json: bool) -> None:
    text = say(fault.sentence, ENGLISH)
    if as_json:
        found = {"error": {"code": fault.code.name, "message": text, "where": fault.where}}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    place = f" [{fault.where}]" if fault.where else ""
    sys.stderr.write(f"{fault.code.name}{place}: {text}\n{say(fault.remedy, ENGLISH)}\n")
