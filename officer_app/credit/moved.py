"""What an answer moved, and why: the amount and the cap that carries it, checks, red flags, the risk index.

Source: DOMAIN, e.17.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from officer_app.base.words import N_, Message, Parameter, Sayable
from officer_app.credit.assessment import Assessment, Flag, Verdict
from officer_app.credit.figures import ZERO, known
from officer_app.credit.sizing import CAP_LABELS


@dataclass(frozen=True, slots=True)
class CheckMove:
    """One check that came out otherwise; None where it was not there at all."""

    title: Sayable
    was: Verdict | None
    now: Verdict | None


@dataclass(frozen=True, slots=True)
class Moved:
    """Two assessments of one case held side by side; amounts in yuan, None where they cannot be told.

    A flag that a check raises is told with its check, unless the policy refuses on it.
    """

    was: Decimal | None
    now: Decimal | None
    cap_was: str | None
    cap_now: str | None
    checks: tuple[CheckMove, ...]
    raised: tuple[Flag, ...]
    gone: tuple[Flag, ...]
    index_was: Decimal | None
    index_now: Decimal | None

    @property
    def by(self) -> Decimal:
        """By how much the amount moved; 0 while it cannot be told on either side."""
        return ZERO if self.was is None or self.now is None else self.now - self.was

    @property
    def sentences(self) -> tuple[Message, ...]:
        """What moved, the amount first; nothing when nothing did."""
        return (*_amount(self), *self.beside)

    @property
    def beside(self) -> tuple[Message, ...]:
        """What moved beside the amount."""
        return tuple(_beside(self))


def what_moved(before: Assessment, after: Assessment) -> Moved:
    """From the assessment before an answer to the one after it, of the same case."""
    raised, gone = _new_flags(before, after), _new_flags(after, before)
    return Moved(
        was=known(before.sizing.recommended_max_loan),
        now=known(after.sizing.recommended_max_loan),
        cap_was=_cap(before),
        cap_now=_cap(after),
        checks=tuple(_checks(before, after)),
        raised=raised,
        gone=gone,
        index_was=known(before.risk_index.index),
        index_now=known(after.risk_index.index),
    )


def _cap(assessment: Assessment) -> str | None:
    cap = assessment.sizing.binding_cap
    return cap if isinstance(cap, str) else None


def _new_flags(before: Assessment, after: Assessment) -> tuple[Flag, ...]:
    """Flags of the second that the first does not raise, but for those that a check says already."""
    known_before = {flag.code for flag in before.flags}
    by_checks = {code for check in after.checks for code in check.flags}
    return tuple(
        flag for flag in after.flags if flag.code not in known_before and (flag.hard or flag.code not in by_checks)
    )


def _checks(before: Assessment, after: Assessment) -> Iterator[CheckMove]:
    former = {check.id: check for check in before.checks}
    for check in after.checks:
        was = former.pop(check.id, None)
        if was is None or was.verdict is not check.verdict:
            yield CheckMove(check.title, was.verdict if was else None, check.verdict)
    for left in former.values():
        yield CheckMove(left.title, left.verdict, None)


def _beside(moved: Moved) -> Iterator[Message]:
    for verdict, text in (
        (Verdict.FAILED, N_("Does not agree now: {checks}")),
        (Verdict.PASSED, N_("Agrees now: {checks}")),
        (Verdict.MISSING, N_("Lacks inputs now: {checks}")),
    ):
        titles = tuple(check.title for check in moved.checks if check.now is verdict)
        if titles:
            yield Message(text, {"checks": titles})
    for flag in moved.raised:
        yield Message(N_("New red flag: {flag}"), {"flag": flag.sentence})
    for flag in moved.gone:
        yield Message(N_("Red flag gone: {flag}"), {"flag": flag.sentence})
    if moved.index_was is not None and moved.index_now is not None and moved.index_was != moved.index_now:
        values: dict[str, Parameter] = {"was": moved.index_was, "now": moved.index_now}
        yield Message(N_("Risk index {was:points} → {now:points}"), values)


def _amount(moved: Moved) -> Iterator[Message]:
    """The amount with its reason: another cap binds, the same cap moved, or a red flag refuses."""
    if moved.now is None or moved.now == moved.was:
        return
    hard = [flag for flag in moved.raised if flag.hard]
    values: dict[str, Parameter] = {"was": moved.was, "now": moved.now}
    if moved.was is None:
        yield Message(N_("The amount can be told now: {now:money}"), values)
    elif not moved.now and hard:
        yield Message(N_("Amount {was:money} → {now:money}, since a red flag refuses"), values)
    elif moved.cap_now is not None and moved.cap_now != moved.cap_was:
        values["cap"] = Message(CAP_LABELS[moved.cap_now])
        yield Message(N_("Amount {was:money} → {now:money}, now limited by: {cap}"), values)
    elif moved.cap_now is not None:
        values["cap"] = Message(CAP_LABELS[moved.cap_now])
        yield Message(N_("Amount {was:money} → {now:money}, since this limit moved: {cap}"), values)
