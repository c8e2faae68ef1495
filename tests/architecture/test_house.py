"""The map of the house holds, and would be seen to break."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_contracts_hold() -> None:
    found = _contracts(ROOT)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("base/planted.py", "import officer_app.vault"),
        ("credit/planted.py", "import os"),
        ("memos/planted.py", "import PySide6"),
        ("casework/planted.py", "import sqlalchemy"),
    ],
)
def test_a_planted_violation_is_seen(tmp_path: Path, place: str, line: str) -> None:
    shutil.copytree(ROOT / "officer_app", tmp_path / "officer_app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "officer_app" / place).write_text(line + "\n")
    found = _contracts(tmp_path)
    assert found.returncode == 1, found.stdout
    assert "BROKEN" in found.stdout


def test_a_new_package_must_be_placed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "officer_app", tmp_path / "officer_app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "officer_app" / "planted").mkdir()
    (tmp_path / "officer_app" / "planted" / "__init__.py").touch()
    assert _contracts(tmp_path).returncode == 1


def test_only_the_window_loads_qt() -> None:
    packages = [
        path.parent.name for path in (ROOT / "officer_app").glob("*/__init__.py") if path.parent.name != "desktop"
    ]
    names = ", ".join(f"officer_app.{name}" for name in packages)
    script = (
        "import pkgutil, importlib, sys\n"
        f"import {names}\n"
        f"for p in {packages!r}:\n"
        "    m = importlib.import_module('officer_app.' + p)\n"
        "    for i in pkgutil.walk_packages(m.__path__, m.__name__ + '.'):\n"
        "        importlib.import_module(i.name)\n"
        "print([n for n in sys.modules if n.startswith('PySide6')])"
    )
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_credit_computes_in_decimals_alone() -> None:
    for source in (ROOT / "officer_app" / "credit").rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            place = f"{source.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Constant):
                assert not isinstance(node.value, float), place
            if isinstance(node, ast.Name):
                assert node.id not in {"float", "round"}, place
            if isinstance(node, ast.Import):
                assert all(alias.name != "math" for alias in node.names), place
            if isinstance(node, ast.ImportFrom):
                assert node.module != "math", place


def test_functions_and_modules_stay_small() -> None:
    long = [
        str(source.relative_to(ROOT))
        for source in (ROOT / "officer_app").rglob("*.py")
        if source.read_text(encoding="utf-8").count("\n") > 600
    ]
    assert not long, "split by subject"


def test_no_window_asks_qt_for_what_qt_deletes_unseen() -> None:
    """Wrappers of layout items and of Qt's own children outlive them: `desktop.kit.nesting` tells how that ends."""
    asked = [
        f"{source.relative_to(ROOT)}:{node.lineno} {node.attr}"
        for part in ("officer_app/desktop", "tests/desktop", "tests/support", "tests/tour", "packaging")
        for source in (ROOT / part).rglob("*.py")
        if source.name != "nesting.py"
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"addLayout", "setLayout", "itemAt", "children"}
    ]
    assert not asked, "nest and lay_out are in desktop.kit.nesting"


def test_nothing_unbound_listens_to_the_language() -> None:
    """The language outlives every window; Qt lets go of a bound method with its widget, of a lambda never."""
    heard = [
        f"{source.relative_to(ROOT)}:{node.lineno}"
        for source in (ROOT / "officer_app" / "desktop").rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("speech.changed.connect", "appearance.changed.connect"))
        and not isinstance(node.args[0], ast.Attribute)
    ]
    assert not heard
