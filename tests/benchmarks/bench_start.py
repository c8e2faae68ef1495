"""Cold start: from starting the program until sign-in accepts keys, against a bare QMainWindow of the same PySide6.

    python tests/benchmarks/bench_start.py [--smoke]

Each figure is a whole process, the two started in turn; median of the runs. Over when the window was painted and its
line has the keyboard, for the bare one as for ours; a letter is typed then and must stand there. Both run from
bytecode, as an installed program does (`packaging/setup` compiles it), kept for this run alone. Wall time is what a
person waits; CPU time, of all threads up to then, is what can be compared on a machine that does other things as
well. Bar: ratio ≤ 1.5.
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

# The letter is typed when the time was taken: building a key event by hand costs more than the key of a keyboard.
_TYPE = """
import time
from PySide6.QtCore import QTimer
def ready(line, window):
    if not line.isEnabled() or line.isReadOnly() or not line.isVisible() or not line.hasFocus():
        return False
    print(time.process_time(), flush=True)
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QCoreApplication.sendEvent(window.focusWidget(), key)
    print(line.text(), flush=True)
    return True
"""

_BARE = """
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
app = QApplication([])
class Line(QLineEdit):
    painted = False
    def paintEvent(self, event):
        super().paintEvent(event)
        Line.painted = True
window = QMainWindow()
line = Line()
window.setCentralWidget(line)
window.resize(1093, 614)
window.show()
line.setFocus()
def look():
    if Line.painted and ready(line, window):
        app.quit()
    else:
        QTimer.singleShot(1, look)
QTimer.singleShot(0, look)
app.exec()
"""

_OURS = """
import sys
from pathlib import Path
from officer_app.desktop.app.start import _appearance, _application
from officer_app.desktop.app.application import Application
from officer_app.base.clock import SystemClock
qt = _application(())
application = Application(qt, Path(sys.argv[1]), SystemClock(), _appearance(qt))
application.start()
entrance = application._entrance
painted = []
ours = type(entrance.button).paintEvent
def paint(button, event):
    ours(button, event)
    painted.append(button)
type(entrance.button).paintEvent = paint
def look():
    if entrance.button in painted and ready(entrance.box.line, application.shell):
        application.shell.close()
        qt.quit()
    else:
        QTimer.singleShot(1, look)
QTimer.singleShot(0, look)
qt.exec()
"""


def _start(code: str, *arguments: str) -> tuple[float, float]:
    """Seconds of wall and of CPU time until the line holds what was typed."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", _TYPE + code, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    cpu = child.stdout.readline()
    took = time.perf_counter() - began
    typed = child.stdout.readline()
    child.wait(timeout=60)
    assert typed == "a\n", f"the line holds {typed!r}"
    return took, float(cpu)


def _vault(folder: Path) -> None:
    from officer_app.base.clock import SystemClock
    from officer_app.vault.keyring import new_recovery_code
    from officer_app.vault.store import NewUser, Vault

    newcomer = NewUser("bench", "张三", frozenset({"officer"}))
    Vault.create(
        folder, newcomer, "a passphrase for a bench", SystemClock(), recovery_code=new_recovery_code()
    ).close()


def main() -> int:
    """Print the medians and their ratios."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    runs = 1 if "--smoke" in sys.argv else 15
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = scratch
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(scratch) / "bytecode")
        folder = Path(scratch) / "data"
        _vault(folder)
        _start(_BARE)
        _start(_OURS, str(folder))
        pairs = [(_start(_BARE), _start(_OURS, str(folder))) for _ in range(runs)]
    for place, what in enumerate(("wall", "CPU ")):
        bare = statistics.median(pair[0][place] for pair in pairs)
        ours = statistics.median(pair[1][place] for pair in pairs)
        ratio = statistics.median(pair[1][place] / pair[0][place] for pair in pairs)
        print(f"{what}  bare QMainWindow    {bare * 1000:7.0f} ms   (median of {runs})")
        print(f"{what}  sign-in takes keys  {ours * 1000:7.0f} ms   ratio {ratio:.2f}   (bar 1.5)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
