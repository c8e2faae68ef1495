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
    """A check still to be done: what to do, and the question to go to, which is asked now; "" where none is."""

    check: CheckResult
    words: Sayable
    ref: str


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
        ref, words = _left_out(check, findings, places) or _way(check, places)
        yield Demanded(check, words, ref)


def _left_out(check: CheckResult, findings: Findings, places: FactPlaces) -> tuple[str, Sayable] | None:
    """Where the reason is written, when the checklist asks for one now: the check was said not to be possible."""
    name = _REASON_OF.get(check.id)
    ref, closed = places.asked(f"not_applicable.{name}") if name is not None else ("", None)
    if name is None or not ref or closed is not None:
        return None
    told = inapplicable.reason_of(name, findings.facts)
    if told:
        words = N_("{check}: “{reason}” is no reason yet. Write what is the case here and how you know")
        return ref, message(words, check=check.title, reason=Verbatim(told))
    return ref, message(N_("{check}: do it, or write down why it does not apply"), check=check.title)


def _way(check: CheckResult, places: FactPlaces) -> tuple[str, Sayable]:
    """Where a check is done, and in words what is to be done there: first what is not answered yet."""
    ways = [(ref, opening) for ref, opening in map(places.asked, check.missing or check.paths) if ref]
    still = (way for way in ways if way[1] is not None or not places.is_answered(way[0]))
    ref, opening = next(still, ways[0] if ways else ("", None))
    if opening is None:
        return ref, message(N_("{check}: must be done here"), check=check.title)
    if opening.choice is None:
        words = N_("{check}: must be done here. First answer “{question}”")
        return ref, message(words, check=check.title, question=opening.question)
    words = N_("{check}: must be done here. First choose “{choice}” at “{question}”")
    return ref, message(words, check=check.title, choice=opening.choice, question=opening.question)
