"""A photo that was seen before: in this case, or in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from officer_app.base.words import N_, message
from officer_app.evidence.search import Match
from officer_app.evidence.verdicts import Finding, FindingCode, Verdict


@dataclass(frozen=True, slots=True)
class KnownPhoto:
    """A photo known here or at head office: how a person names it, and whose it is."""

    photo_id: str
    label: str
    same_case: bool
    same_visit: bool


def reuse(matches: Sequence[Match], known: Mapping[str, KnownPhoto]) -> tuple[Finding, ...]:
    """What each match means. Shots of one visit may look alike; a photo of another case may not.

    A match whose photo is not in `known` is read as another case's.
    """
    found = (_one_reuse(match, known.get(match.photo_id)) for match in matches)
    return tuple(finding for finding in found if finding is not None)


def _one_reuse(match: Match, other: KnownPhoto | None) -> Finding | None:
    label = other.label if other is not None else match.photo_id
    same_visit, same_case = (other.same_visit, other.same_case) if other is not None else (False, False)
    if same_visit and not match.identical:
        return None
    code = FindingCode.SAME_FILE if match.identical else FindingCode.SIMILAR_PHOTO
    text = _REUSE_TEXTS[(match.identical, same_case or same_visit)]
    verdict = Verdict.LOOK_CLOSER if same_case or same_visit else Verdict.STOP
    return Finding(code, verdict, message(text, other=label), other_photo=match.photo_id)


_REUSE_TEXTS: Final = {
    (True, True): N_("The same file is already in this case: {other}."),
    (True, False): N_("The same file stands in another case: {other}."),
    (False, True): N_("Made from, or nearly the same as, an earlier photo of this case: {other}."),
    (False, False): N_("Made from, or nearly the same as, a photo of another case: {other}. Compare the two."),
}
