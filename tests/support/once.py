"""What takes seconds to make is made once in a run, by whichever worker needs it first, and copied by the others."""

from __future__ import annotations

import fcntl
import pickle  # written and read by the workers of one run
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar, cast

T = TypeVar("T")

_NOTE: Final = "note.pickle"
_shelves: list[Path] = []


def shelve_in(folder: Path) -> None:
    """Share what is made with every worker that names the same folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _shelves[:] = [folder]


def made_once(name: str, to: Path, make: Callable[[Path], T]) -> T:
    """A copy at `to` of the folder that `make` made under this name, and what it gave, which can be pickled.

    Outside of a test run there is no shelf, and `make` fills `to` itself.
    """
    if not _shelves:
        return make(to)
    made, given = shelved(name, make)
    shutil.copytree(made, to, dirs_exist_ok=True)
    return given


def shelved(name: str, make: Callable[[Path], T]) -> tuple[Path, T]:
    """The folder on the shelf itself, to be copied and left as it is. One that was not finished is made anew."""
    place, lock = _shelves[0] / name, _shelves[0] / f"{name}.lock"
    with lock.open("wb") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        note = place.with_name(f"{name}.{_NOTE}")
        if not note.is_file():
            shutil.rmtree(place, ignore_errors=True)
            note.write_bytes(pickle.dumps(make(place)))
        return place, cast("T", pickle.loads(note.read_bytes()))  # noqa: S301  as above
