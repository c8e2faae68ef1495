"""What is still missing before a case can be submitted, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from officer_app.base.words import N_, Bilingual, Sayable, Verbatim, message
from officer_app.casework.captures import waiting
from officer_app.casework.cosigning import OFFICER_B, Signed, Standing, standing_of
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Findings
from officer_app.casework.lane_checks import demanded, wanted
from officer_app.casework.owed import owed, titles_of
from officer_app.casework.revisits import ANOTHER_VISIT, visits_needed
from officer_app.casework.shots import missing
from officer_app.casework.visits import Visit
from officer_app.checklists.view import Section, Violation, ViolationKind
from officer_app.credit.approval import SECOND_SIGNS
from officer_app.credit.contradictions import NOT_CHECKED
from officer_app.credit.reading import complete
from officer_app.credit.vocabulary import label_of


class Lacking(Enum):
    """What kind of thing is missing."""

    ANSWER = "answer"
    PICTURE = "picture"
    CONTRADICTION = "contradiction"
    FACT = "fact"
    CHECK = "check"
    CAPTURE = "capture"
    SIGNATURE = "signature"


# Where a second signature is given: no question of the checklist.
COSIGN: Final = "cosign"


@dataclass(frozen=True, slots=True)
class Gap:
    """One missing thing: what it is, and where to mend it (a question, a contradiction's key, or a fact)."""

    kind: Lacking
    words: Sayable
    section: Sayable
    ref: str
    how: Sayable | None = None  # what to do at that place, where the words do not say it


def gaps(desk: Desk, visit: Visit, findings: Findings) -> tuple[Gap, ...]:
    """Everything that keeps the case from being submitted, in the order of the checklist."""
    open_questions = tuple(_open_questions(desk, visit))
    asked = {gap.ref for gap in open_questions}
    return (
        *open_questions,
        *_missing_facts(visit, findings, asked),
        *_of_lane(visit, findings),
        *_missing_shots(visit, findings, asked),
        *_open_contradictions(findings),
        *_tray(visit),
    )


def _open_questions(desk: Desk, visit: Visit) -> Iterable[Gap]:
    for one in owed(desk, visit):
        kind = Lacking.PICTURE if one.picture else Lacking.ANSWER
        yield Gap(kind, _wanted(one.label, one.problem.violation), one.section, one.problem.ref)


def _missing_shots(visit: Visit, findings: Findings, asked: set[str]) -> Iterable[Gap]:
    """Pictures that product, trade or amount ask for, where neither they nor a reason are there."""
    titles = titles_of(visit.session)
    for frame in missing(visit, findings):
        if frame.ref not in asked:
            section = next((title for ref, title in titles.items() if frame.ref.startswith(f"{ref}/")), None)
            how = message(N_("Take the picture, or write why there is none"))
            yield Gap(Lacking.PICTURE, frame.label, section or message(N_("Pictures")), frame.ref, how)


def _tray(visit: Visit) -> Iterable[Gap]:
    left = len(waiting(visit))
    if left:
        words = N_("One capture is not filed yet") if left == 1 else N_("{count:count} captures are not filed yet")
        told = message(words) if left == 1 else message(words, count=left)
        yield Gap(Lacking.CAPTURE, told, message(N_("Tray of the visit")), "")


def _wanted(label: Bilingual, violation: Violation) -> Sayable:
    if violation.kind is ViolationKind.REQUIRED:
        return label
    return message(N_("{question}: {why}"), question=label, why=violation.message)


def _missing_facts(visit: Visit, findings: Findings, asked: set[str]) -> Iterable[Gap]:
    """Facts the analysis cannot do without, named by the question that asks for them."""
    places = _places_of_all(visit)
    seen: set[str] = set()
    for path in complete(findings.facts):
        ref, section = places.get(_generic(path), ("", Bilingual("", "")))
        if ref in asked or (ref or path) in seen:
            continue
        seen.add(ref or path)
        yield Gap(Lacking.FACT, message(N_("{fact}: not known yet"), fact=label_of(path)), section, ref)


def _of_lane(visit: Visit, findings: Findings) -> Iterable[Gap]:
    """What the case's lane and its path of approval ask for besides: checks, a second officer, a second visit."""
    places, checks = _places(visit), message(N_("Cross-checks"))
    for one in demanded(visit.session, findings):
        yield Gap(Lacking.CHECK, one.words, _section_of(one.ref, visit) or checks, one.ref, one.how)
    if two_needed(findings) and not _second_officer(findings):
        ref, section = places.get(OFFICER_B, ("", checks))
        yield Gap(Lacking.FACT, message(N_("A second officer must take part in this case")), section, ref)
    elif two_sign(findings):
        yield from _unsigned(visit, findings)
    visits = visits_needed(findings)
    if findings.visits < visits:
        words = message(N_("{visits:count} visits are needed for this case"), visits=visits)
        yield Gap(Lacking.FACT, words, message(N_("Visits")), ANOTHER_VISIT)


def two_needed(findings: Findings) -> bool:
    """Whether the case's lane or its path of approval asks for two officers."""
    return (findings.lane is not None and findings.lane.officers > 1) or bool(findings.path.second_officer)


def two_sign(findings: Findings) -> bool:
    """Whether the second officer has to sign besides."""
    return two_needed(findings) and findings.assessment.policy.get(SECOND_SIGNS, "not_asked") == "on_this_laptop"


def _unsigned(visit: Visit, findings: Findings) -> Iterable[Gap]:
    """Visits that two made and one signed. Where nobody is named visit by visit, the newest one is signed."""
    every = (*visit.earlier, visit)
    pictures = tuple(one.record for one in findings.photos)
    standings = [standing_of(one, pictures) for one in every]
    if all(one.state is Signed.NOBODY for one in standings):
        standings[-1] = Standing(Signed.WAITING, _named(findings))
    for number, found in enumerate(standings, start=1):
        words = _UNSIGNED.get(found.state)
        if words is not None:
            told = message(words, number=number, name=Verbatim(found.name))
            yield Gap(Lacking.SIGNATURE, told, message(N_("Visits")), COSIGN)


_UNSIGNED: Final = {
    Signed.WAITING: N_("Visit {number:count}: {name}, who came along, has not signed"),
    Signed.CHANGED: N_("Visit {number:count}: changed since {name} signed it"),
}


def _named(findings: Findings) -> str:
    visit = findings.facts.site_visit
    return visit.officer_b.strip() if visit is not None else ""


def _section_of(ref: str, visit: Visit) -> Bilingual | None:
    """The title of the section that a question stands in."""
    return next((title for section, title in titles_of(visit.session).items() if ref.startswith(f"{section}/")), None)


def _second_officer(findings: Findings) -> bool:
    return bool(_named(findings))


def _places(visit: Visit) -> dict[str, tuple[str, Bilingual]]:
    """First question and section title for each fact of the checklist."""
    titles = titles_of(visit.session)
    found: dict[str, tuple[str, Bilingual]] = {}
    for section in visit.session.sections("en"):
        for path, ref in _bound(section):
            found.setdefault(path, (ref, titles[section.ref]))
    return found


def _places_of_all(visit: Visit) -> dict[str, tuple[str, Bilingual]]:
    """As the newest checklist has them; what it does not ask, where an earlier visit's checklist asks it."""
    found: dict[str, tuple[str, Bilingual]] = {}
    for one in (*visit.earlier, visit):
        found |= _places(one)
    return found


def _bound(section: Section) -> Iterable[tuple[str, str]]:
    pending: list[object] = list(section.items)
    while pending:
        item = pending.pop(0)
        pending[:0] = [*getattr(item, "items", ()), *getattr(item, "instances", ())]
        for question in getattr(item, "questions", ()):
            if question.fact:
                yield str(question.fact), str(question.ref)


def _generic(path: str) -> str:
    """liabilities[3].balance as the vocabulary writes it: liabilities[].balance."""
    return re.sub(r"\[\d+\]", "[]", path)


def _open_contradictions(findings: Findings) -> Iterable[Gap]:
    """A check that was skipped and is demanded besides stands in the list once: where it is to be done."""
    once = {f"{NOT_CHECKED}:{check.id}" for check in wanted(findings)}
    for one in (one for one in findings.open if one.key not in once):
        yield Gap(Lacking.CONTRADICTION, one.sentence, message(N_("Contradictions")), one.key)
