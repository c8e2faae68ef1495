"""Whether somebody of the case stands on one of head office's lists.

Black refuses by policy, grey wants an explanation, a member of staff makes it a related party's case; a good payer is
good news and no flag. Entries that have run out were left out when the case was looked up. Source: DOMAIN, row 51.
"""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import Cause, CheckResult, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, judged
from officer_app.credit.facts.screening import ListHit
from officer_app.credit.ground import Ground
from officer_app.credit.links import ROLE_LABELS

BLACK: Final = FlagKind("BLACKLISTED", 290, 1, N_("the borrower is on a list of those not lent to"))
GREY: Final = FlagKind("GREY_LISTED", 291, 1, N_("somebody of the case is on the watch list"))
STAFF: Final = FlagKind("LISTED_AS_STAFF", 292, 1, N_("somebody of the case works for the lender"))

_KINDS: Final = {"black": BLACK, "grey": GREY, "staff": STAFF}
_SENTENCES: Final = {
    "black": N_("{role}: on the blacklist since {since:date} ({reason})"),
    "grey": N_("{role}: on the watch list since {since:date} ({reason})"),
    "staff": N_("{role}: a member of our own staff"),
}
_TITLE: Final = Message(N_("Head office's lists"))
_FORMULA: Final = Message(N_("nobody of the case on the black list, the watch list or the list of staff"))
_ASK: Final = Message(N_("Ask head office for the entry and what became of it; the person may object to it"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Fails for each entry. Speaks only then: not to be on a list proves no answer true."""
    hits = ground.facts.screening.hits if ground.facts.screening is not None else ()
    causes = tuple(
        Cause(_KINDS[hit.list], f"LIST:{hit.of}:{hit.list}", _sentence(hit, hit.list), (hit.of,))
        for hit in hits
        if isinstance(hit.list, str) and hit.list in _KINDS
    )
    if not causes:
        return ()
    paths = tuple(dict.fromkeys(path for cause in causes for path in cause.paths))
    sentence = causes[0].sentence
    return (judged(Finding("LISTS", _TITLE, _FORMULA, sentence, False, _ASK, paths, unit=Unit.COUNT, causes=causes)),)


def _sentence(hit: ListHit, which: str) -> Message:
    role = Message(ROLE_LABELS[hit.role]) if isinstance(hit.role, str) else Message(N_("Somebody of the case"))
    return Message(
        _SENTENCES[which], {"role": role, "since": hit.since, "reason": Verbatim(hit.reason) if hit.reason else None}
    )


CHECK: Final = Check(BLACK.order, (BLACK, GREY, STAFF), _examine)
