"""Sessions of the shipped business visit, filled step by step."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from officer_app.base.paths import forms_folder
from officer_app.checklists.compile import compile_form
from officer_app.checklists.form import Form, read_form
from officer_app.checklists.session import FormSession
from officer_app.credit.vocabulary import VOCABULARY
from officer_app.training.visit_steps import SetAnswer, Step


class VisitClock:
    """A clock that stands on the day of the visit."""

    def now(self) -> datetime:
        """The morning of 8 October 2026 in China."""
        return datetime(2026, 10, 8, 2, 40, tzinfo=UTC)

    def elapsed(self) -> float:
        """It stands."""
        return 0.0

    def boot(self) -> str:
        return ""


@cache
def business_visit() -> Form:
    """The shipped form, compiled once."""
    source = forms_folder() / "business_visit.md"
    return read_form(compile_form(source.read_bytes(), source.name, VOCABULARY).xml)


def new_visit() -> FormSession:
    """A visit that nobody has begun."""
    return FormSession(business_visit(), VisitClock(), random.Random(0))  # noqa: S311  the form draws nothing


def taken(session: FormSession, steps: Iterable[Step]) -> FormSession:
    """The session after the steps."""
    for step in steps:
        if isinstance(step, SetAnswer):
            session.set(step.ref, step.text)
        else:
            session.add_repeat(step.ref)
    return session


def without_photos_found(tree: Mapping[str, object]) -> dict[str, object]:
    """The facts that a checklist can give: where each photo was taken comes from the photos.

    A point is kept as numbers, which write no zeros behind.
    """
    photos = tree.get("photos")
    if not isinstance(photos, Mapping):
        return dict(tree)
    door = {name: f"{Decimal(str(value)).normalize():f}" for name, value in photos.items() if name != "items"}
    return {**tree, "photos": door}
