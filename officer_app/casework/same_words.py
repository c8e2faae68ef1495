"""The same explanation in several files of one officer: honest people do not explain three shops in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.ids import CaseId
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.credit.contradictions import SAME_EXPLANATION_CASES
from officer_app.credit.policy import Policy
from officer_app.vault import explanations
from officer_app.vault.records import ContradictionRecord, Exit
from officer_app.vault.transactions import Reading

SAME_EXPLANATION: Final = "SAME_EXPLANATION"
_DIGITS: Final = 12
_MOST_NUMBERS: Final = 5


@dataclass(frozen=True, slots=True)
class SameWords:
    """One explanation of this case that stands in others too."""

    key: str
    sentence: Message


def same_words(
    tx: Reading, case: CaseId, records: Sequence[ContradictionRecord], policy: Policy
) -> tuple[SameWords, ...]:
    """Every explanation of the case that stands in as many files of its officer as the policy's limit, or more.

    Compared by letters alone: blanks, signs and digits make no difference.
    """
    least = policy.get(SAME_EXPLANATION_CASES, None)
    own = {explanations.letters(one.explanation): one.explanation for one in records if one.exit is Exit.EXPLAINED}
    own.pop("", None)
    if least is None or not own:
        return ()
    numbers: dict[str, list[str]] = {}
    for other in explanations.in_same_words(tx, case, own):
        numbers.setdefault(other.alike, []).append(other.number)
    return tuple(_found(own, {alike: found for alike, found in numbers.items() if len(found) + 1 >= least}))


def _found(own: dict[str, str], numbers: dict[str, list[str]]) -> Iterator[SameWords]:
    for alike, explanation in own.items():
        if alike in numbers:
            others = numbers[alike]
            named = tuple(Verbatim(number) for number in others[-_MOST_NUMBERS:])
            text = N_("The explanation “{words}” stands in {cases:count} files of this officer, also in {numbers}")
            sentence = message(text, words=Verbatim(explanation), cases=len(others) + 1, numbers=named)
            yield SameWords(f"{SAME_EXPLANATION}:{digest(alike.encode())[:_DIGITS]}", sentence)
