"""What is said when a decision cannot be made, kept or replaced."""

from __future__ import annotations

from officer_app.base.meanings import refusal
from officer_app.base.words import N_

DECISION_OTHER_DOSSIER = refusal(
    N_("The decision on case {case} is about another dossier than this one."),
    N_("Open the version that was decided, or decide on this one anew."),
)
DECISION_INCOMPLETE = refusal(
    N_("The decision lacks {what}."), N_("Fill it in; a decision is signed whole or not at all.")
)
FOUR_EYES = refusal(
    N_("{person} took part in this case and cannot decide on it."),
    N_("Another person with enough authority must decide."),
)
RELATED_TO_CASE = refusal(
    N_("{person} has the name of somebody in this file, so this person cannot decide on it."),
    N_("Pass it to the next level; somebody who is not named in the file decides."),
)
NOBODY_ABOVE = refusal(
    N_("Nobody is enrolled who may approve {limit:money}, so the case would wait in nobody's queue."),
    N_("Ask head office to enrol somebody with this limit, exchange, then pass the case on."),
)
CLOCK_WORD_NEEDED = refusal(
    N_("Since this file came, this laptop's clock was moved, or may have been; the decision carries its time."),
    N_(
        "Write in one sentence what happened to the clock; it stands in the signed decision. "
        "Set the clock if it is wrong."
    ),
)
CALL_BACK_NEEDED = refusal(
    N_("Above {limit:money} the customer is called before an approval."),
    N_("Call the customer, type what you hear, then decide."),
)
CALL_BACK_DONE = refusal(
    N_("The call on this file is noted already; what was heard is not changed."),
    N_("Go on with what was heard; say in the remark what became clear since."),
)
DECISION_NOT_LATEST = refusal(
    N_("This decision takes the place of one that is not the latest on this file."),
    N_("Open the file again and decide on what stands now."),
)
ABOVE_LIMIT = refusal(
    N_("{amount:money} is above the approval limit of {limit:money}."),
    N_("Pass the case to the next level, or approve no more than the limit."),
)
BELOW_TIER = refusal(
    N_("The policy gives this case to a level whose limit is at least {limit:money}; this one is {own:money}."),
    N_("Pass the case to the next level."),
)
OVERRIDE_NEEDED = refusal(
    N_("This decision sets rules of the policy aside: {rules}."),
    N_("Name a reason for each of them, or decide within the rules."),
)
OVERRIDE_NOT_ALLOWED = refusal(
    N_("Rules of the policy may be set aside only from a limit of {limit:money}; this one is {own:money}."),
    N_("Pass the case to the next level, or decide within the rules."),
)
