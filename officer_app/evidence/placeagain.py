"""Is it the same place as on an earlier visit? What two pictures of one thing, taken weeks apart, have in common.

Four of five second pictures of one shop gave fifteen corners that one movement carries over; two shops seldom give
so many. It is a hint for whoever looks: nothing found again asks for a look and never stops.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from officer_app.base.words import N_, message
from officer_app.evidence.derived import Look, Looked
from officer_app.evidence.verdicts import Finding, FindingCode, Verdict

_ENOUGH: Final = 15  # corners carried by one movement; source: the evidence rules, measured


@dataclass(frozen=True, slots=True)
class Earlier:
    """A picture of the same thing from an earlier visit; `look` is None while nobody compared the two."""

    photo_id: str
    file_name: str
    look: Look | None


def place_again(earlier: Sequence[Earlier]) -> Finding | None:
    """What the likest picture of an earlier visit says. None where there is none to hold against."""
    if not earlier:
        return None
    looked = [(one, one.look) for one in earlier if one.look is not None]
    if not looked:
        words = N_("Not held against the picture of the earlier visit yet: {other}.")
        return _told(Verdict.CANNOT_TELL, words, earlier[0], 0)
    best, look = max(looked, key=lambda pair: (bool(pair[1].region), pair[1].carried))
    if look.verdict is Looked.COPY:
        words = N_("So like the picture of the earlier visit that it may be made from it: {other}. Compare the two.")
        return _told(Verdict.LOOK_CLOSER, words, best, look.carried)
    if look.region and look.carried >= _ENOUGH:
        words = N_("Looks like the same place as on the earlier visit: {points:count} points found again in {other}.")
        return _told(Verdict.PASS, words, best, look.carried)
    words = N_(
        "Too little of the earlier visit's picture was found again: {other}. Look closer whether it is one place."
    )
    return _told(Verdict.LOOK_CLOSER, words, best, look.carried)


def _told(verdict: Verdict, words: str, other: Earlier, points: int) -> Finding:
    told = message(words, other=other.file_name, points=points)
    return Finding(FindingCode.PLACE_AGAIN, verdict, told, other_photo=other.photo_id)
