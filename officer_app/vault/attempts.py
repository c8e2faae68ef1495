"""Wrong passwords make the next try wait, longer each time. Nothing is ever wiped.

The count lies beside the data, so that it outlives the program. It slows down somebody at the keyboard; who copies
the folder is slowed down by Argon2id alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Final

from officer_app.base.canonical import Json, encode
from officer_app.base.clock import Clock, from_text, to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.files import write_whole

# Seconds to wait after so many failures; from the tenth on an hour each.
_WAITS: Final = (0, 0, 0, 5, 10, 20, 40, 80, 160, 320)
_LONGEST: Final = 3600


class Attempts:
    """The count of one data folder."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """Take where the count lies and the clock that measures the waits."""
        self._path = path
        self._clock = clock

    @contextmanager
    def guarded(self, login: str) -> Iterator[None]:
        """Around one try with a passphrase. Errors: PASSPHRASE_WAIT before it begins.

        The failure is written before the try and struck out after success: killing the program in between gains
        nothing.
        """
        counts = self._read()
        failed, last = counts.get(login, (0, None))
        self._refuse_early(failed, last)
        self._write(counts | {login: (failed + 1, self._clock.now())})
        try:
            yield
        except Fault as fault:
            if fault.code not in (Code.WRONG_PASSPHRASE, Code.RECOVERY_WRONG):
                self._write(counts)
            raise
        self._write({name: count for name, count in counts.items() if name != login})

    def _refuse_early(self, failed: int, last: datetime | None) -> None:
        wait = _WAITS[failed] if failed < len(_WAITS) else _LONGEST
        if last is None or not wait:
            return
        # A clock set back must not lengthen the wait beyond itself.
        passed = max(0.0, (self._clock.now() - last).total_seconds())
        if passed < wait:
            raise Fault(Code.PASSPHRASE_WAIT, seconds=ceil(wait - passed))

    def _read(self) -> dict[str, tuple[int, datetime | None]]:
        try:
            found = json.loads(self._path.read_bytes())
            return {login: (int(count), from_text(last)) for login, (count, last) in found.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            # No file yet, or one that somebody damaged: whoever can do that can delete it as well.
            return {}

    def _write(self, counts: dict[str, tuple[int, datetime | None]]) -> None:
        said: Json = {login: [count, to_text(last)] for login, (count, last) in counts.items() if last}
        try:
            write_whole(self._path, encode(said))
        except Fault as fault:
            # A full disk must not lock the officer out of the work that frees it.
            if fault.code is not Code.DISK_FULL:
                raise
