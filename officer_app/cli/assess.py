"""Assess a worked case without a window, list the vocabulary of facts, judge identity numbers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.base.numerals import show
from officer_app.base.words import CHINESE, ENGLISH, N_, Message, say, translate

if TYPE_CHECKING:
    from officer_app.base.canonical import Json
    from officer_app.credit.assessment import Assessment, CheckResult
    from officer_app.credit.identity import Identity
    from officer_app.credit.vocabulary import FactSpec

_AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
_Language = Annotated[str, typer.Option("--lang", help="en or zh_CN.")]

_MARKS: Final = {"passed": "✓", "failed": "■", "missing": "○", "not_done": "○"}


def register(app: typer.Typer) -> None:
    """Add `assess`, `facts` and `identity`."""
    app.command("assess")(_assess)
    app.command("facts")(_facts)
    app.command("identity")(_identity)


def _assess(
    case: Annotated[Path, typer.Argument(metavar="CASE.yaml")], as_json: _AsJson = False, lang: _Language = ENGLISH
) -> None:
    """Assess a worked case: statements, cross-checks, size, ratios, risk index and red flags."""
    from officer_app.credit.assess import assess
    from officer_app.credit.expected import expected_block
    from officer_app.credit.reading import complete, read_facts
    from officer_app.training.worked_cases import SIZE_LIMIT, read_worked_case

    worked = read_worked_case(read_limited(case, SIZE_LIMIT), case.name)
    facts = read_facts(worked.facts)
    absent = ", ".join(complete(facts))
    if absent:
        raise Fault(Code.FACTS_MISSING, where=absent, paths=absent)
    assessment = assess(facts, worked.policy)
    block = expected_block(assessment)
    if as_json:
        _write_json(block)
    else:
        _write_lines(_report(assessment, _spoken(lang)))


def _facts(as_json: _AsJson = False, lang: _Language = ENGLISH) -> None:
    """List every fact that a checklist may bind: path, type, unit, label."""
    from officer_app.credit.vocabulary import VOCABULARY

    entries = [_fact(spec, _spoken(lang)) for spec in VOCABULARY.values()]
    if as_json:
        _write_json(entries)
        return
    width = max(len(path) for path in VOCABULARY)
    _write_lines(
        f"{entry['path']:<{width}}  {entry['type']:<8}  {entry['unit']:<14}  {entry['label']}" for entry in entries
    )


def _fact(spec: FactSpec, language: str) -> dict[str, Json]:
    entry: dict[str, Json] = {
        "path": spec.path,
        "type": spec.kind.value,
        "unit": spec.unit,
        "label": translate(spec.label, language),
    }
    if spec.choices:
        entry["choices"] = list(spec.choices)
    if spec.key:
        entry["key"] = list(spec.key)
    return entry


def _identity(
    codes: Annotated[list[str], typer.Argument(metavar="CODE…")],
    on: Annotated[str, typer.Option("--on", help="The day as of which to judge, YYYY-MM-DD.")],
    as_json: _AsJson = False,
    lang: _Language = ENGLISH,
) -> None:
    """Judge resident ID numbers and unified social credit codes."""
    from officer_app.credit.identity import inspect_identity

    day = _day(on)
    found = [inspect_identity(code, day) for code in codes]
    if as_json:
        _write_json([_identity_json(identity) for identity in found])
    else:
        _write_lines(_identity_line(identity, _spoken(lang)) for identity in found)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(text, param_hint="--on") from error


def _identity_json(identity: Identity) -> dict[str, Json]:
    return {
        "input": identity.input,
        "type": identity.type,
        "valid": identity.valid,
        "normalised": identity.normalised,
        "birth_date": identity.birth_date.isoformat() if identity.birth_date else None,
        "sex": identity.sex,
        "reason": identity.reason,
    }


def _identity_line(identity: Identity, language: str) -> str:
    from officer_app.credit.identity import reason_sentence

    told = say(reason_sentence(identity.reason), language) if identity.reason else ""
    return f"{_MARKS['failed' if told else 'passed']} {identity.normalised}  {told}".rstrip()


def _spoken(language: str) -> str:
    if language not in (ENGLISH, CHINESE):
        raise typer.BadParameter(language, param_hint="--lang")
    return language


def _report(assessment: Assessment, language: str) -> Iterator[str]:
    """The assessment as lines for a reader: conclusion first, then what it stands on."""
    yield from _conclusion(assessment, language)
    yield ""
    yield translate(N_("Caps"), language)
    yield from _caps(assessment, language)
    yield ""
    yield translate(N_("Cross-checks"), language)
    yield from (_check_line(check, language) for check in assessment.checks if check.counted)
    yield ""
    yield translate(N_("Risk index"), language)
    yield from _index(assessment, language)
    if assessment.flags:
        yield ""
        yield translate(N_("Red flags"), language)
        yield from (f"  {flag.code}: {say(flag.sentence, language)}" for flag in assessment.flags)


def _conclusion(assessment: Assessment, language: str) -> Iterator[str]:
    sizing, capacity, index = assessment.sizing, assessment.capacity, assessment.risk_index
    figures: Mapping[str, tuple[object, str]] = {
        N_("Recommended loan"): (sizing.recommended_max_loan, "money"),
        N_("Tested loan"): (capacity.tested_loan, "money"),
        N_("Instalment or monthly equivalent"): (capacity.instalment, "money"),
        N_("Disposable income a month"): (assessment.household.disposable_income, "money"),
        N_("Debt service cover"): (capacity.dscr, "ratio"),
        N_("All-in rate a year"): (capacity.all_in_rate_percent, "percent"),
        N_("Risk index"): (index.index, "ratio"),
    }
    for label, (value, kind) in figures.items():
        yield _line(label, show(value, kind, language) if isinstance(value, Decimal) else "—", language)
    yield _line(N_("Grade"), str(index.grade), language)


def _line(label: str, value: str, language: str) -> str:
    return f"  {value:>14}  {translate(label, language)}"


def _caps(assessment: Assessment, language: str) -> Iterator[str]:
    from officer_app.credit.sizing import CAP_LABELS

    for name, cap in assessment.sizing.caps.items():
        mark = "←" if name == assessment.sizing.binding_cap else " "
        value = show(cap, "money", language) if isinstance(cap, Decimal) else "—"
        yield f"{_line(CAP_LABELS[name], value, language)} {mark}".rstrip()


def _check_line(check: CheckResult, language: str) -> str:
    return f"  {_MARKS[check.verdict.value]} {say(check.title, language)}: {say(check.sentence, language)}"


def _index(assessment: Assessment, language: str) -> Iterator[str]:
    for part in assessment.risk_index.parts:
        points = Message(
            N_("{points:ratio} of {weight:ratio} points: {why}"),
            {
                "points": part.points if isinstance(part.points, Decimal) else None,
                "weight": part.weight,
                "why": part.sentence,
            },
        )
        yield f"  {say(part.label, language)}: {say(points, language)}"


def _write_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _write_lines(lines: Iterator[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
