"""How the window was left: place on the screen, language, light or dark. Nothing about anybody."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from officer_app.base.errors import Fault
from officer_app.base.files import read_limited, write_whole

if TYPE_CHECKING:
    from officer_app.base.canonical import Json

_log: Final = logging.getLogger(__name__)
_LIMIT: Final = 200_000


class Preferences:
    """Small values by name in one JSON file. One that cannot be read counts as empty: it is only comfort."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._values = _read(file)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._file.parent

    def get(self, key: str) -> Json:
        """The value, or None."""
        return self._values.get(key)

    def text(self, key: str) -> str:
        """The value where it is a text, or nothing."""
        found = self._values.get(key)
        return found if isinstance(found, str) else ""

    def put(self, key: str, value: Json) -> None:
        """Keep a value; a disk that refuses is told to the log and costs only the comfort."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._file, json.dumps(self._values, ensure_ascii=False, indent=1).encode())
        except (Fault, OSError) as refused:
            _log.info("preferences are not kept: %s", type(refused).__name__)


def _read(file: Path) -> dict[str, Json]:
    try:
        found = json.loads(read_limited(file, _LIMIT))
    except (Fault, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
