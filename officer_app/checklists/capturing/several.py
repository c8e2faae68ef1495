"""Several answers in one line: 房租3200 水电800 煤气380一瓶. Each part finds its question; filing all is one change.

Pure. A line falls into parts where a known word follows an amount, if every part has a word and an amount of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from officer_app.base.spoken.measures import Kind
from officer_app.checklists.capturing.entering import Answers
from officer_app.checklists.capturing.proposing import Asking, Proposal, proposals, reading_of
from officer_app.checklists.capturing.valuing import Line

MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a line as it was typed, its places (likeliest first), and which of them is meant."""

    text: str
    offered: tuple[Proposal, ...]
    chosen: int = 0

    @property
    def proposal(self) -> Proposal | None:
        """The place that is meant; None where there is none."""
        return self.offered[self.chosen] if self.offered else None


@dataclass(slots=True)
class _Pending:
    """Answers as they will stand when the earlier parts of a line are filed."""

    under: Answers
    adds: list[str]
    answers: dict[str, str]

    def peek(self, ref: str) -> str | None:
        return self.answers.get(ref, self.under.peek(ref))

    def count(self, ref: str) -> int:
        return self.under.count(ref) + self.adds.count(ref)


def parts(session: Answers, text: str, asking: Asking, chosen: Sequence[int] = ()) -> tuple[Part, ...]:
    """The parts of a line with their places; one part alone where the line says one thing.

    `chosen` says for each part which place is meant, the likeliest where it says nothing. Each part is read as if
    those before it had been filed: a second cost is a second entry, and who has named a debt goes on about it.
    """
    found: list[Part] = []
    pending = _Pending(session, [], {})
    last = asking.last
    for at, piece in enumerate(_pieces(text, asking)):
        offered = proposals(pending, piece, replace(asking, last=last))
        part = Part(piece, offered, min(chosen[at], len(offered) - 1) if at < len(chosen) and offered else 0)
        if part.proposal is None:
            return (_whole(session, text, asking, chosen),)
        found.append(part)
        pending.adds.extend(part.proposal.adds)
        pending.answers.update(part.proposal.answers)
        last = part.proposal.ref
    return tuple(found) or (_whole(session, text, asking, chosen),)


def together(some: Sequence[Proposal]) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """What filing all of them writes: lists to be lengthened, and the answers."""
    answers: dict[str, str] = {}
    for one in some:
        answers.update(one.answers)
    return tuple(add for one in some for add in one.adds), answers


def _whole(session: Answers, text: str, asking: Asking, chosen: Sequence[int]) -> Part:
    offered = proposals(session, text, asking)
    return Part(text, offered, min(chosen[0], len(offered) - 1) if chosen and offered else 0)


def _pieces(text: str, asking: Asking) -> tuple[str, ...]:
    """The parts of a line as they were typed; none where it is one."""
    reading, line = reading_of(text, asking)
    if line.shapes:
        return ()
    starts = [0, *(reading.typed_at(at) for at in _borders(line)), len(text)]
    pieces = tuple(text[begin:end].strip(" ,，、;；") for begin, end in pairwise(starts))
    return pieces if 1 < len(pieces) <= MOST_PARTS else ()


def _borders(line: Line) -> tuple[int, ...]:
    """Where a new part begins in what was read; nothing where a part would lack its word or its amount."""
    borders: list[int] = []
    has_word, amount_ends = False, -1
    for at, end, is_amount in sorted(_events(line)):
        if is_amount:
            amount_ends = max(amount_ends, end)
        elif amount_ends < 0 or not has_word:
            has_word = True
        elif at >= amount_ends:
            borders.append(at)
            amount_ends = -1
    return tuple(borders) if has_word and amount_ends >= 0 else ()


def _events(line: Line) -> Iterator[tuple[int, int, bool]]:
    """Words before amounts where both begin together: 月供1200 is the word of its amount."""
    for met in line.met:
        yield met.start, met.end, False
    for amount in line.amounts:
        if amount.kind is not Kind.TIME:
            yield amount.start, amount.end, True
