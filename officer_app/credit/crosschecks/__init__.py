"""Cross-checks, one small module each, found by walking this package.

A new check is one module here with a `CHECK`, its key in the policy, its words in the catalogue, and its test; one
module may hold several on one subject as `CHECKS`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from officer_app.credit.crosschecks.check import Check


@cache
def checks() -> tuple[Check, ...]:
    """All checks in reference order."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    found = (check for module in modules for check in _of(module))
    return tuple(sorted(found, key=lambda check: check.order))


def _of(module: ModuleType) -> tuple[Check, ...]:
    if hasattr(module, "CHECK"):
        return (module.CHECK,)
    return getattr(module, "CHECKS", ())
