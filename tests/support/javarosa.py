"""JavaRosa, the engine of ODK Collect, as it comes inside pyxform's ODK Validate: does it take an instance?"""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path


def _jar() -> Path | None:
    found = find_spec("pyxform")
    if found is None or found.origin is None:
        return None
    jar = Path(found.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    return jar if jar.is_file() else None


def lacking() -> str:
    """What is missing for asking it, "" when nothing is."""
    if shutil.which("javac") is None:
        return "no Java with its compiler is installed"
    return "" if _jar() is not None else "pyxform's ODK_Validate.jar is missing"


def taken_in(form: bytes, instance: bytes, folder: Path) -> list[tuple[str, str]]:
    """What it holds after reading an instance of a form: (path without numbers, value) in document order."""
    files = folder / "form.xml", folder / "instance.xml"
    for file, data in zip(files, (form, instance), strict=True):
        file.write_bytes(data)
    source = Path(__file__).with_name("Accept.java")
    words = ["java", "-cp", str(_jar()), str(source), *map(str, files)]
    done = subprocess.run(words, capture_output=True, timeout=250, check=False)
    assert done.returncode == 0, done.stderr.decode()
    pairs = (line.partition("\t") for line in done.stdout.decode().splitlines())
    return [(path, value) for path, _, value in pairs]
