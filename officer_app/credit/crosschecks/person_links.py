"""What the people of a case share with other cases: one person under two names, one purse behind two loans, circles.

A link is a question, not a verdict: a couple has one address, brothers share a phone. What is asked about is named
with the other case. Source: DOMAIN, rows 28 and 39, d.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from officer_app.base.words import N_, Message, Parameter, Verbatim
from officer_app.credit.assessment import Cause, CheckResult, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, judged
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.screening import Screening, SharedLink
from officer_app.credit.figures import Missing, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import whole_key
from officer_app.credit.links import KIND_LABELS, ROLE_LABELS, LinkKind
from officer_app.credit.policy import Policy

GUARANTOR_CASES_MAX: Final = whole_key("guarantor_cases_max", "count", optional=True)

IMPERSONATION: Final = FlagKind("IMPERSONATION_SUSPECTED", 310, 1, N_("one identity number under two names"))
STACKING: Final = FlagKind("LOAN_STACKING", 311, 1, N_("the same people borrow in another case"))
SHARED: Final = FlagKind("SHARED_CONTACT", 312, 1, N_("a number is shared with another borrower"))
OVERCOMMITTED: Final = FlagKind("GUARANTOR_OVERCOMMITTED", 313, 1, N_("a guarantor stands for too many loans"))
NOT_TOLD: Final = FlagKind("GUARANTEE_NOT_TOLD", 314, 1, N_("the borrower guarantees for others and did not say so"))
RING: Final = FlagKind("GUARANTEE_RING", 315, 1, N_("people guarantee for each other in a circle"))

_TITLE: Final = Message(N_("Links to other cases"))
_FORMULA: Final = Message(
    N_("identity number, phone, account, address, plate and licence of everybody against all other cases here")
)
_ASK: Final = Message(N_("Ask what connects the two; ask each of them alone, and see who uses the money"))
# Whoever has the money in the end: a loan of theirs elsewhere is a second loan on one purse.
_PURSE: Final = frozenset({"borrower", "spouse", "co_borrower", "actual_user", "actual_controller", "payee"})


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Fails for each link that wants an explanation. Speaks only then: to share nothing proves no answer true."""
    screening = ground.facts.screening
    if screening is None:
        return ()
    causes = tuple(_causes(ground.facts, screening, ground.policy))
    if not causes:
        return ()
    paths = tuple(dict.fromkeys(path for cause in causes for path in cause.paths))
    sentence = causes[0].sentence
    return (judged(Finding("LINKS", _TITLE, _FORMULA, sentence, False, _ASK, paths, unit=Unit.COUNT, causes=causes)),)


def _causes(facts: CaseFacts, screening: Screening, policy: Policy) -> Iterator[Cause]:
    for link in screening.links:
        if link.kind == LinkKind.RESIDENT_ID:
            yield from _of_person(facts, link)
        elif link.same_person is not True:
            yield _cause(
                SHARED, link, N_("{kind} of the {role} is also that of the {other} in case {case} ({person})")
            )
    yield from _overcommitted(screening.links, policy)
    for ring in screening.rings:
        sentence = Message(
            N_("A circle of guarantees: {persons}"), {"persons": tuple(Verbatim(one) for one in ring.persons)}
        )
        yield Cause(RING, f"RING:{'-'.join(ring.cases)}", sentence, ("guarantors",))


def _of_person(facts: CaseFacts, link: SharedLink) -> Iterator[Cause]:
    if link.same_name is False:
        yield _cause(
            IMPERSONATION, link, N_("The identity number of the {role} stands in case {case} under another name")
        )
    if link.other_live is not True:
        return
    if link.role in _PURSE and link.other_role == "borrower":
        yield _cause(STACKING, link, N_("The {role} also borrows in case {case}: {amount:money}"))
    if link.role == "borrower" and link.other_role == "guarantor" and not facts.guarantees_given:
        yield _cause(NOT_TOLD, link, N_("The {role} guarantees {amount:money} in case {case} and named no guarantee"))


def _overcommitted(links: Sequence[SharedLink], policy: Policy) -> Iterator[Cause]:
    """More live cases than the policy allows for one guarantor, this one not counted."""
    most = policy.get(GUARANTOR_CASES_MAX, None)
    if most is None:
        return
    cases: dict[str, set[str]] = {}
    for link in links:
        live = link.kind == LinkKind.RESIDENT_ID and link.other_live is True
        if live and link.role == "guarantor" and link.other_role == "guarantor":
            cases.setdefault(link.of, set()).add(link.other_case)
    for path, found in cases.items():
        if len(found) > most:
            sentence = Message(
                N_("A guarantor already stands for {found:count} other loans; at most {most:count} are allowed"),
                {"found": len(found), "most": most},
            )
            yield Cause(OVERCOMMITTED, f"GUARANTOR:{path}", sentence, (path,))


def _cause(kind: FlagKind, link: SharedLink, sentence: str) -> Cause:
    said: dict[str, Parameter] = {
        "kind": _label(KIND_LABELS, link.kind),
        "role": _label(ROLE_LABELS, link.role),
        "other": _label(ROLE_LABELS, link.other_role),
        "case": Verbatim(link.other_case),
        "person": Verbatim(link.other_person),
        "amount": known(link.other_amount),
    }
    subject = f"{link.of}:{link.other_case}:{link.other_role}"
    return Cause(kind, subject, Message(sentence, said), (link.of,))


def _label(labels: Mapping[str, str], word: str | Missing) -> Parameter:
    return Message(labels[word]) if isinstance(word, str) else None


CHECK: Final = Check(IMPERSONATION.order, (IMPERSONATION, STACKING, SHARED, OVERCOMMITTED, NOT_TOLD, RING), _examine)
