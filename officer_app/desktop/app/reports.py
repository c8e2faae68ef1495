"""What is written down when the program itself fails: where in our own code, and nothing of anybody."""

from __future__ import annotations

import json
import platform
import traceback
from pathlib import Path
from types import TracebackType
from typing import Final

from officer_app import __version__
from officer_app.base.clock import Clock, to_text
from officer_app.base.files import write_whole

FOLDER: Final = "reports"
_OURS: Final = "officer_app"
_MOST: Final = 20


def write_report(folder: Path, error: BaseException, clock: Clock) -> Path:
    """A small file with type, code and the lines of our own code that led there; the oldest go.

    Neither the error's own words nor any value is written: they may hold a customer's. Errors: those of
    `base.files.write_whole`, and OSError.
    """
    place = folder / FOLDER
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = to_text(clock.now())
    path = place / f"{moment.replace(':', '').replace('.', '')}.json"
    write_whole(path, json.dumps(_told(error, moment), indent=1).encode())
    for old in sorted(place.glob("*.json"))[:-_MOST]:
        old.unlink()
    return path


def _told(error: BaseException, moment: str) -> dict[str, object]:
    code = getattr(error, "code", None)
    cause = error.__cause__
    told: dict[str, object] = {
        "at": moment,
        "program": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "type": type(error).__name__,
        "code": getattr(code, "name", ""),
        "stack": _stack(error.__traceback__),
    }
    if cause is not None:
        told["cause"] = {"type": type(cause).__name__, "stack": _stack(cause.__traceback__)}
    return told


def _stack(start: TracebackType | None) -> list[str]:
    lines = []
    for frame in traceback.extract_tb(start):
        parts = Path(frame.filename).parts
        if _OURS in parts:
            inside = "/".join(parts[len(parts) - 1 - parts[::-1].index(_OURS) :])
            lines.append(f"{inside}:{frame.lineno} {frame.name}")
    return lines
