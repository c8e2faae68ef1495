"""Cold start: from starting the program until sign-in accepts keys, against a bare QMainWindow of the same PySide6.

    python tests/benchmarks/bench_start.py [--smoke]

Each figure is a whole process, started by hand in turn with the other; median of the runs. Bar: ratio ≤ 1.5.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_BARE = """
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from PySide6.QtCore import QTimer
app = QApplication([])
window = QMainWindow()
line = QLineEdit()
window.setCentralWidget(line)
window.resize(1093, 614)
window.show()
def look():
    if line.isVisible() and window.isVisible():
        print("ready", flush=True)
        app.quit()
    else:
        QTimer.singleShot(1, look)
QTimer.singleShot(0, look)
app.exec()
"""

_OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from officer_app.desktop.app.start import _appearance, _application
from officer_app.desktop.app.application import Application
from officer_app.base.clock import SystemClock
qt = _application(())
application = Application(qt, Path(sys.argv[1]), SystemClock(), _appearance(qt))
application.start()
def look():
    entrance = application._entrance
    line = entrance.box.line if entrance is not None else None
    if line is not None and line.isVisible() and line.isEnabled():
        print("ready", flush=True)
        application.shell.close()
        qt.quit()
    else:
        QTimer.singleShot(1, look)
QTimer.singleShot(0, look)
qt.exec()
"""


def _seconds(code: str, *arguments: str) -> float:
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    line = child.stdout.readline()
    took = time.perf_counter() - began
    child.wait(timeout=60)
    assert line.strip() == "ready", f"the child said {line!r}"
    return took


def _vault(folder: Path) -> None:
    from officer_app.base.clock import SystemClock
    from officer_app.vault.keyring import new_recovery_code
    from officer_app.vault.store import NewUser, Vault

    newcomer = NewUser("bench", "张三", frozenset({"officer"}))
    Vault.create(
        folder, newcomer, "a passphrase for a bench", SystemClock(), recovery_code=new_recovery_code()
    ).close()


def main() -> int:
    """Print both medians and their ratio."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    runs = 1 if "--smoke" in sys.argv else 7
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = scratch
        folder = Path(scratch) / "data"
        _vault(folder)
        _seconds(_BARE)
        _seconds(_OURS, str(folder))
        pairs = [(_seconds(_BARE), _seconds(_OURS, str(folder))) for _ in range(runs)]
    bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"bare QMainWindow    {bare * 1000:7.0f} ms   (median of {runs})")
    print(f"sign-in takes keys  {ours * 1000:7.0f} ms   ratio {ours / bare:.2f}   (bar 1.5)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
