"""Zips with ways out, links, doubles, devices, lies and floods: every reader of zips refuses every one of them.

In a process of its own, whose memory is measured; the seconds are printed, not asserted: a busy machine would make
them lie. On a quiet one each is below a fifth of a second.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from officer_app.base.archives import MOST_ENTRIES
from tests.support.hostile_archives import ATTACKS, MANY, READERS

MOST_MEGABYTES = 300
_HANGS = 2 * len(ATTACKS) * len(READERS)


@pytest.mark.timeout(_HANGS + 30)
def test_every_reader_refuses_every_attack_and_writes_nothing(tmp_path: Path) -> None:
    root, place = Path(__file__).resolve().parents[2], tmp_path / "a" / "b" / "c"
    place.mkdir(parents=True)
    command = [sys.executable, "-m", "tests.support.hostile_archives", str(place)]
    surroundings = {**os.environ, "PYTHONPATH": str(root), "TMPDIR": str(place)}
    played = subprocess.run(
        command, cwd=root, env=surroundings, capture_output=True, text=True, check=False, timeout=_HANGS
    )
    assert played.returncode == 0, played.stderr
    told = json.loads(played.stdout)
    slowest = max(told["found"], key=lambda one: one["s"])
    print(f"{len(told['found'])} refusals, {told['megabytes']:.0f} MB, slowest {slowest['s']:.2f} s: {slowest}")
    assert {(one["reader"], one["attack"]) for one in told["found"]} == {(r, a) for r in READERS for a in ATTACKS}
    assert [one for one in told["found"] if not one["refused"]] == []
    assert told["megabytes"] < MOST_MEGABYTES
    assert [path for path in tmp_path.rglob("*") if path.is_file() or path.is_symlink()] == []
    assert MANY > MOST_ENTRIES
