"""Cross-checks, one small module each, found by walking this package.

A new check is one module here with a `CHECK`, its key in the policy, its words in the catalogue, and its test.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from officer_app.credit.crosschecks.check import Check


@cache
def checks() -> tuple[Check, ...]:
    """All checks in reference order."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return tuple(
        sorted((module.CHECK for module in modules if hasattr(module, "CHECK")), key=lambda check: check.order)
    )
