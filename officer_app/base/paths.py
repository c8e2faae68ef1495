"""Where things lie: the product's own files, and the user's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parents[1]


@cache
def _product_root() -> Path:
    """Beside the package in a checkout, inside it in a wheel."""
    checkout = _PACKAGE.parent
    return checkout if (checkout / "pyproject.toml").is_file() else _PACKAGE / "_data"


def resource_folder() -> Path:
    """Icons, catalogues, fonts, help, demo pictures."""
    return _product_root() / "resources"


def forms_folder() -> Path:
    """The shipped checklists and the default policy."""
    return _product_root() / "forms"


def norms_folder() -> Path:
    """The shipped norms, one file for each trade."""
    return forms_folder() / "norms"


def migrations_folder() -> Path:
    """Alembic scripts: `vault` and `warehouse` below it."""
    return _product_root() / "migrations"


def settings_folder() -> Path:
    """Where this system keeps how a window was left; nothing about anybody lies there."""
    from platformdirs import user_config_path

    return user_config_path("firsthand", appauthor=False)


def default_data_folder() -> Path:
    """Where this system keeps a user's data, for a vault without a folder of its own."""
    from platformdirs import user_data_path

    return user_data_path("firsthand", appauthor=False)
