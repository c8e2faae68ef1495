"""The checks that a case's lane and path of approval demand and nobody did: what to do, and at which question.

Source: DOMAIN e.1 (skipping must not pay), e.14.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.fact_places import FactPlaces
from officer_app.casework.findings import Findings
from officer_app.casework.openings import Opening
from officer_app.checklists.session import FormSession
from officer_app.credit import inapplicable
from officer_app.credit.approval import undone
from officer_app.credit.assessment import CheckResult

# Checks that may be left out for a reason, and where that reason is written.
_REASON_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "UTILITIES": inapplicable.UTILITIES,
        "PEERS": inapplicable.PEERS,
        "RENT": inapplicable.RENT,
        "LEASE": inapplicable.LEASE,
    }
)


@dataclass(frozen=True, slots=True)
class Demanded:
    """A check still to be done, and the question to go to, which is asked now; "" where none is.

    `how` is what to do there when the check alone does not say it: a part to open, a reason to mend.
    """

    check: CheckResult
    words: Sayable
    ref: str
    how: Sayable | None = None


def wanted(findings: Findings) -> tuple[CheckResult, ...]:
    """The checks of lane and path that nobody did, or that lack facts."""
    lane = findings.lane
    codes = dict.fromkeys((*(lane.checks if lane is not None else ()), *findings.path.extra_checks))
    return undone(findings.assessment, codes)


def demanded(session: FormSession, findings: Findings) -> Iterator[Demanded]:
    """Each with the question that brings it on; behind a closed part, with the answer that opens it."""
    found = wanted(findings)
    if not found:
        return
    places = FactPlaces(session)
    for check in found:
        yield _left_out(check, findings, places) or _way(check, places)


def _left_out(check: CheckResult, findings: Findings, places: FactPlaces) -> Demanded | None:
    """Where the reason is written, when the checklist asks for one now: the check was said not to be possible."""
    name = _REASON_OF.get(check.id)
    ref, closed = places.asked(f"not_applicable.{name}") if name is not None else ("", None)
    if name is None or not ref or closed is not None:
        return None
    words = message(N_("{check}: do it, or write down why it does not apply"), check=check.title)
    told = inapplicable.reason_of(name, findings.facts)
    if not told:
        return Demanded(check, words, ref)
    how = message(N_("“{reason}” is no reason. Write what is the case here and how you know"), reason=Verbatim(told))
    return Demanded(check, words, ref, how)


def _way(check: CheckResult, places: FactPlaces) -> Demanded:
    """Where a check is done, and what opens the part it is done in: first what is not answered yet."""
    ways = [(ref, opening) for ref, opening in map(places.asked, check.missing or check.paths) if ref]
    still = (way for way in ways if way[1] is not None or not places.is_answered(way[0]))
    ref, opening = next(still, ways[0] if ways else ("", None))
    words = message(N_("{check}: must be done here"), check=check.title)
    return Demanded(check, words, ref, None if opening is None else _first(opening))


def _first(opening: Opening) -> Sayable:
    if opening.choice is None:
        return message(N_("First answer “{question}”"), question=opening.question)
    return message(N_("First choose “{choice}” at “{question}”"), choice=opening.choice, question=opening.question)
