"""What is shipped is whole: the wheel runs outside the checkout, the lock is hashed and names no registry."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_TRY = """
import officer_app, sys
from officer_app.base.paths import forms_folder, migrations_folder, resource_folder
from officer_app.base.words import message, say
from officer_app.checklists.compile import compile_form
from officer_app.credit.policy import read_policy
from officer_app.credit.vocabulary import VOCABULARY
assert officer_app.__file__.startswith(sys.argv[1]), officer_app.__file__
assert say(message("Loan officer"), "zh_CN") == "信贷员"
source = forms_folder() / "business_visit.md"
compile_form(source.read_bytes(), source.name, VOCABULARY)
read_policy((forms_folder() / "policy.toml").read_text(encoding="utf-8"))
assert list((migrations_folder() / "vault" / "versions").glob("*.py"))
assert (resource_folder() / "fonts" / "NotoSansSC-Regular.ttf").is_file()
assert (resource_folder() / "icons" / "app.svg").is_file()
print("whole")
"""


def test_the_wheel_runs_outside_the_checkout(tmp_path: Path) -> None:
    built = tmp_path / "built"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    there = tmp_path / "there"
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(there)
    found = subprocess.run(
        [sys.executable, "-c", _TRY, str(there)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(there)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout.strip() == "whole", found.stderr


def test_the_lock_is_hashed_and_names_no_registry() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt", "requirements-reading.txt"):
        text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index" not in text
        pins = re.findall(r"^[a-z0-9].*==.*$", text, re.MULTILINE)
        assert pins
        blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
        assert all("--hash=sha256:" in block for block in blocks)


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["dev"], *extras["reading"]]
    for requirement in wanted:
        lines = [line for line in text.splitlines() if f'"{requirement}"' in line]
        assert any("  # " in line for line in lines), requirement


def test_the_reading_extra_is_locked_beside_the_rest_and_repeats_none_of_it() -> None:
    """Installed without its dependencies being looked for: whatever it needs stands in one of the two locks."""
    pinned = [_pins(name) for name in ("requirements.txt", "requirements-reading.txt")]
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(extra["reading"]) <= {f"{name}=={version}" for name, version in pinned[1].items()}
    assert not pinned[0].keys() & pinned[1].keys()
    assert "opencv-python" not in pinned[1], "a second OpenCV in one place breaks both"
    both = pinned[0] | pinned[1]
    for wanted in ("opencv-python-headless", "numpy", "pillow", "pyyaml", "shapely", "pyclipper", "omegaconf"):
        assert wanted in both


def _pins(lock: str) -> dict[str, str]:
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ \\\\;]+)", text, re.MULTILINE))


def test_one_pyside_version_that_does_not_abort() -> None:
    text = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8")
    assert "pyside6-essentials==6.11.3" in text
    assert "pyside6-addons==6.11.3" in text
