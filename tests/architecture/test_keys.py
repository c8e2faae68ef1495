"""A key of the whole window means one thing: two shortcuts on one key leave Qt with neither."""

from __future__ import annotations

import re
from pathlib import Path

DESKTOP = Path(__file__).resolve().parents[2] / "officer_app" / "desktop"
SHOWN = {"Ctrl+N"}  # buttons that do the same show it
WINDOWS_OWN = re.compile(r'keys\.add\(\s*"([^"]+)"')


def test_no_screen_takes_a_key_of_the_whole_window() -> None:
    own = set(WINDOWS_OWN.findall((DESKTOP / "app" / "application.py").read_text(encoding="utf-8")))
    assert "Ctrl+L" in own
    taken = [
        f"{path.relative_to(DESKTOP)}: {key}"
        for folder in ("screens", "questions", "widgets")
        for path in sorted((DESKTOP / folder).rglob("*.py"))
        if "settings" not in path.parts  # the list of keys names them
        for key in sorted(own - SHOWN)
        if f'"{key}"' in path.read_text(encoding="utf-8")
    ]
    assert not taken
