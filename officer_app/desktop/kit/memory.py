"""Keeps the collector of garbage from stopping the window in the middle of an answer.

With a large checklist in memory a full collection looks at some 200,000 objects that all stay: 200 ms and more, at a
moment of its own choosing. What stands after a case has been opened is therefore set aside; later collections look
only at what has come since and take a few milliseconds.
"""

from __future__ import annotations

import gc
import itertools
from typing import Final

from PySide6.QtCore import QObject, QTimer

_OFTEN_MS: Final = 150
_TURNS: Final = itertools.cycle(range(8))


def settle() -> None:
    """Clear away what was left, and set aside what stands now. Call it once a case has been opened.

    What was set aside itself is looked through every eighth time only: a few closed cases may wait in memory, and
    opening one does not cost another 200 ms.
    """
    if next(_TURNS) == 0:
        gc.unfreeze()
    gc.collect()
    gc.freeze()


class Sweeper(QObject):
    """Collects garbage in the window's thread alone, for as long as it is at work.

    Python collects in whatever thread happens to allocate. A circle that holds a widget and is cleared away in the
    vault's lane destroys the widget there, and that ends the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_OFTEN_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """What the collector would have done by now, by its own thresholds."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return
        oldest = 2 if counts[1] > limits[1] and counts[2] > limits[2] else int(counts[1] > limits[1])
        gc.collect(oldest)

    def stop(self) -> None:
        """The window is gone: collect as usual again."""
        self._timer.stop()
        gc.enable()
