"""Compiles the catalogues while the wheel is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """`.po` is the source; `.mo` is what the program reads at start."""

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Write a `.mo` beside each `.po`."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in sorted(Path(self.root, "resources", "locale").glob("*/*.po")):
            with source.open("rb") as read, source.with_suffix(".mo").open("wb") as written:
                write_mo(written, read_po(read))
