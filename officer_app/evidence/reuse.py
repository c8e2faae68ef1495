"""A photo that was seen before: in this case, or in another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from officer_app.base.words import N_, Sayable, message
from officer_app.evidence.search import Match
from officer_app.evidence.verdicts import Finding, FindingCode, Verdict


class Seen(Enum):
    """What the closer look said of a pair, if anybody looked."""

    COPY = "copy"
    DIFFERENT = "different"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class KnownPhoto:
    """A photo known here or at head office: how a person names it, and whose it is.

    `listed` stands for head office's list: a fingerprint without a picture, which nobody here can look at.
    """

    photo_id: str
    label: Sayable | str
    same_case: bool
    same_visit: bool
    seen: Seen = Seen.NOT_YET
    listed: bool = False


MOST_TOLD: Final = 20
LISTED_SCORE: Final = Decimal("0.780")  # of a likeness that may be told without a look: 56 of 256 bits apart


def reuse(matches: Iterable[Match], whose: Callable[[Match], KnownPhoto | None]) -> tuple[Finding, ...]:
    """What each match means, the surest first. Shots of one visit may look alike; a photo of another case may not.

    A match that `whose` does not know is read as another case's; it is asked only for what is told. A picture that
    meets hundreds meets its own copies: the first `MOST_TOLD` are told, files that are the same as many again, and
    of the rest only how many they are.
    """
    told: list[Finding] = []
    untold = 0
    for match in matches:
        if len(told) >= (2 * MOST_TOLD if match.identical else MOST_TOLD):
            untold += 1
        elif (finding := _one_reuse(match, whose(match))) is not None:
            told.append(finding)
    if untold:
        told.append(Finding(FindingCode.SIMILAR_PHOTO, Verdict.LOOK_CLOSER, message(_MORE, count=untold)))
    return tuple(told)


def _one_reuse(match: Match, other: KnownPhoto | None) -> Finding | None:
    known = other or KnownPhoto(match.photo_id, match.photo_id, same_case=False, same_visit=False)
    if known.listed:
        return _listed(match, known)
    within = known.same_case or known.same_visit
    if match.identical:
        verdict = Verdict.LOOK_CLOSER if within else Verdict.STOP
        return _told(FindingCode.SAME_FILE, verdict, _SAME_FILE[within], match, known)
    if known.same_visit or known.seen is Seen.DIFFERENT:
        return None
    if known.seen is Seen.NOT_YET:
        return _told(FindingCode.SIMILAR_PHOTO, Verdict.LOOK_CLOSER, _NOT_YET, match, known)
    verdict = Verdict.LOOK_CLOSER if within else Verdict.STOP
    return _told(FindingCode.SIMILAR_PHOTO, verdict, _SIMILAR[within], match, known)


def is_told(match: Match) -> bool:
    """Whether a match with head office's list is sure enough to be told without a look."""
    return match.identical or match.score >= LISTED_SCORE


def _listed(match: Match, known: KnownPhoto) -> Finding | None:
    """The same bytes are certain; a likeness is told when it is near-certain, and never stops by itself."""
    if match.identical:
        return _told(FindingCode.SAME_FILE, Verdict.STOP, _LISTED_FILE, match, known)
    if not is_told(match):
        return None
    return _told(FindingCode.SIMILAR_PHOTO, Verdict.LOOK_CLOSER, _LISTED_LIKE, match, known)


def _told(code: FindingCode, verdict: Verdict, text: str, match: Match, known: KnownPhoto) -> Finding:
    other = None if known.listed else match.photo_id
    return Finding(code, verdict, message(text, other=known.label), other_photo=other)


_SAME_FILE: Final = {
    True: N_("The same file is already in this case: {other}."),
    False: N_("The same file stands in another case: {other}."),
}
_SIMILAR: Final = {
    True: N_("Made from, or nearly the same as, an earlier photo of this case: {other}."),
    False: N_("Made from, or nearly the same as, a photo of another case: {other}. Compare the two."),
}
_NOT_YET: Final = N_("Looks like another photo, and nobody held the two against one another yet: {other}.")
_LISTED_FILE: Final = N_("The same file stands on head office's list: {other}.")
_LISTED_LIKE: Final = N_("Looks like a photo on head office's list: {other}. Ask head office to compare the two.")
_MORE: Final = N_("{count:count} more photos look like it and are not told one by one.")
