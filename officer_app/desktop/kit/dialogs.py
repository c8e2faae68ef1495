"""Asking the person for a file or a folder: the system's own dialog, in the window's words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit.speech import Speech


def save_file(parent: QWidget, speech: Speech, title: Sayable, name: str) -> Path | None:
    """Where to write; None when the person thinks better of it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, speech.say(title), name)
    return Path(chosen) if chosen else None


def open_file(parent: QWidget, speech: Speech, title: Sayable) -> Path | None:
    """Which file to read."""
    chosen, _ = QFileDialog.getOpenFileName(parent, speech.say(title))
    return Path(chosen) if chosen else None


def choose_folder(parent: QWidget, speech: Speech, title: Sayable) -> Path | None:
    """Which folder to use."""
    chosen = QFileDialog.getExistingDirectory(parent, speech.say(title))
    return Path(chosen) if chosen else None
