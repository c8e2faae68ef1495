"""The form of a rule: what a kind of route needs, how it computes, how it is said, what it covers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.routes import Coverage, Mouth, RouteInputs
from officer_app.credit.figures import Figure

Elsewhere: TypeAlias = Mapping[str, Callable[[CaseFacts, RouteInputs], Figure]]


@dataclass(frozen=True, slots=True)
class RouteRule:
    """One kind of route: the inputs it needs, how it computes, and how it is said.

    `coverage` and `mouth` hold where the route does not say otherwise. `elsewhere` gives inputs that other facts of
    the case tell when the route does not (the meter, the wage sheet). `normed` is the input that a norm bounds.
    """

    needs: tuple[str, ...]
    value: Callable[[RouteInputs, Figure], Figure]
    formula: str
    shown: str
    mouth: Mouth = Mouth.PAPER
    coverage: Coverage = Coverage.FULL
    normed: str = ""
    elsewhere: Elsewhere = field(default_factory=dict)
