"""What authors hear beyond the compiler: rules on an uncompiled checklist, found by walking this package.

A new rule is one function and one `Rule` in the module of its subject (or a new module) with `RULES`, its words in
the catalogue, and its test.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from officer_app.checklists.authoring.draft import Draft
from officer_app.checklists.lint.rule import Rule
from officer_app.checklists.problems import FormProblem

# A sheet pasted one column off breaks every row alike: beyond this many, more of the same teach nobody anything.
MOST_OF_A_KIND = 200


@cache
def rules() -> tuple[Rule, ...]:
    """All rules."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return tuple(rule for module in modules for rule in getattr(module, "RULES", ()))


def linted(draft: Draft) -> list[FormProblem]:
    """Everything that the rules find."""
    found: list[FormProblem] = []
    for rule in rules():
        for count, problem in enumerate(rule.problems(draft)):
            if count >= MOST_OF_A_KIND:
                break
            found.append(problem)
    return found
