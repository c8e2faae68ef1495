"""Pictures of windows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from officer_app.base.errors import Code, Fault


def grab(widget: QWidget, file: Path) -> Path:
    """A PNG of what the widget shows now, at the screen's own resolution. Errors: FOLDER_READ_ONLY."""
    QApplication.processEvents()
    if not widget.grab().save(str(file), "PNG"):
        raise Fault(Code.FOLDER_READ_ONLY, folder=str(file.parent))
    return file
