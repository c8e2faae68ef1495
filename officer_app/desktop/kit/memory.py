"""Keeps the collector of garbage from stopping the window in the middle of an answer.

With a large checklist in memory a full collection looks at some 200,000 objects that all stay: 200 ms and more, at a
moment of its own choosing. What stands after a case has been opened is therefore set aside; later collections look
only at what has come since and take a few milliseconds.
"""

from __future__ import annotations

import gc


def settle() -> None:
    """Clear away what the last case left, and set aside what stands now. Call it once a case has been opened."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
