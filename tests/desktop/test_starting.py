"""How the program starts: nothing heavy before the window, and the commands that open it."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("sqlalchemy", "cryptography", "numpy", "lxml", "reportlab", "pyhanko", "alembic", "officer_app.casework")


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, timeout=120)


def test_the_window_is_up_before_anything_heavy_is_loaded() -> None:
    done = _run("-c", "import officer_app.desktop.app.start, sys; print('\\n'.join(sys.modules))")
    loaded = set(done.stdout.split())
    assert not [name for name in HEAVY if name in loaded]
    assert "PySide6.QtWidgets" in loaded


def test_the_demo_explains_itself_without_opening_a_window() -> None:
    done = _run("-m", "officer_app", "demo", "--help")
    assert done.returncode == 0
    assert "--dir" in done.stdout


def test_wrong_usage_of_the_demo_is_exit_2() -> None:
    assert _run("-m", "officer_app", "demo", "--nothing").returncode == 2


def test_the_command_line_names_the_windows() -> None:
    done = _run("-m", "officer_app", "--help")
    assert done.returncode == 0
    assert "demo" in done.stdout
    assert "tour" in done.stdout
