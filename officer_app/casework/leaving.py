"""Before one leaves: what cannot be had by phone later, by the place where it must be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from officer_app.base.words import N_, Bilingual, Message
from officer_app.casework.gate import Gap, Lacking
from officer_app.casework.visits import Visit


class Where(Enum):
    """A place that one has to be at."""

    SHOP = "shop"
    HOME = "home"


WHERE: Final = {Where.SHOP: Message(N_("At the shop")), Where.HOME: Message(N_("At the home"))}
_OF_THE_TALK: Final = Where.SHOP


@dataclass(frozen=True, slots=True)
class Leaving:
    """One thing to do before leaving a place."""

    where: Where
    gap: Gap


def before_leaving(visit: Visit, gaps: Iterable[Gap]) -> tuple[Leaving, ...]:
    """The gaps that need the place itself, every picture that is not taken yet, and the tray; shop first.

    What was said and not filed belongs to the place too: only now can one still ask what was meant.
    """
    found = [Leaving(where, gap) for gap in gaps for where in [_where(visit, gap)] if where is not None]
    known = {leaving.gap.ref for leaving in found}
    found += [Leaving(_OF_THE_TALK, gap) for gap in _pictures(visit) if gap.ref not in known]
    return tuple(sorted(found, key=lambda leaving: leaving.where is not Where.SHOP))


def _where(visit: Visit, gap: Gap) -> Where | None:
    if gap.kind is Lacking.CAPTURE:
        return _OF_THE_TALK
    place = visit.session.place_of(gap.ref) if gap.ref.startswith("/") else ""
    return next((where for where in Where if where.value == place), None)


def _pictures(visit: Visit) -> Iterable[Gap]:
    """Pictures one could still take, also those that the form does not insist on."""
    chinese = {question.ref: question.label for question in visit.session.open_pictures("zh_CN")}
    for question in visit.session.open_pictures("en"):
        label = Bilingual(question.label, chinese.get(question.ref, ""))
        yield Gap(Lacking.PICTURE, label, Message(N_("Pictures")), question.ref)
