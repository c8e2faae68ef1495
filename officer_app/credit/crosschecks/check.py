"""The form of a cross-check: what it declares, and how a result is judged from numbers that may be missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from officer_app.base.words import N_, Message, Sayable
from officer_app.credit.assessment import Cause, CheckResult, Field, FlagKind, Unit, Verdict
from officer_app.credit.figures import Figure, Missing, Truth, known
from officer_app.credit.ground import Ground
from officer_app.credit.vocabulary import label_of


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of cross-check. `order` is its place in the reference order, shared with its flags."""

    order: int
    flags: tuple[FlagKind, ...]
    examine: Callable[[Ground], tuple[CheckResult, ...]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, before it is judged.

    `sentence` is neutral and names what was told and what was found; `ask` is what to ask next when it fails.
    """

    id: str
    title: Sayable
    formula: Message
    sentence: Message
    passes: Truth
    ask: Message
    paths: tuple[str, ...]
    told: Figure | None = None
    found: Figure | None = None
    deviation: Figure | None = None
    tolerance: Figure | None = None
    unit: Unit = Unit.MONEY
    deviation_unit: Unit = Unit.PERCENT
    fields: tuple[Field, ...] = ()
    causes: tuple[Cause, ...] = ()


def judged(finding: Finding) -> CheckResult:
    """The verdict: missing facts are named and asked for, never counted as passed."""
    passes = finding.passes
    missing = passes.paths if isinstance(passes, Missing) else ()
    verdict = _verdict(passes)
    return CheckResult(
        id=finding.id,
        title=finding.title,
        formula=finding.formula,
        sentence=finding.sentence,
        told=_number(finding.told),
        found=_number(finding.found),
        deviation=_number(finding.deviation),
        tolerance=_number(finding.tolerance),
        unit=finding.unit,
        deviation_unit=finding.deviation_unit,
        verdict=verdict,
        missing=missing,
        ask_next=_asked(finding.ask, verdict, missing),
        paths=finding.paths,
        causes=finding.causes if verdict is Verdict.FAILED else (),
        fields=finding.fields,
    )


def not_done(check_id: str, title: Sayable, formula: Message, ask: Message, *paths: str) -> CheckResult:
    """An optional check whose facts nobody gave: listed with what to ask, not counted."""
    still = Message(N_("Not checked yet"))
    return CheckResult(
        check_id, title, formula, still, None, None, None, None, Unit.MONEY, Unit.PERCENT, Verdict.NOT_DONE,
        paths, ask, paths, (), (),
    )  # fmt: skip


def failing(kind: FlagKind, finding_id: str, sentence: Message, paths: tuple[str, ...]) -> tuple[Cause, ...]:
    """The one cause of a check that raises one flag."""
    return (Cause(kind, finding_id, sentence, paths),)


def _verdict(passes: Truth) -> Verdict:
    if isinstance(passes, Missing):
        return Verdict.MISSING
    return Verdict.PASSED if passes else Verdict.FAILED


def _number(figure: Figure | None) -> Decimal | None:
    return None if figure is None else known(figure)


def _asked(ask: Message, verdict: Verdict, missing: tuple[str, ...]) -> Message | None:
    if verdict is Verdict.MISSING:
        labels = dict.fromkeys(label_of(path).text for path in missing)
        return Message(N_("Still needed: {facts}"), {"facts": tuple(Message(label) for label in labels)})
    return ask if verdict is Verdict.FAILED else None
