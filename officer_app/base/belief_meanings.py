"""What is said of something that is signed as it should be and still is not believed."""

from __future__ import annotations

from typing import Final

from officer_app.base.meanings import refusal
from officer_app.base.words import N_

CASE_OF_ANOTHER: Final = refusal(
    N_("The case is somebody else's: {person} did not make it, and nobody handed it over to {person}."),
    N_("If it was handed over, let the manager exchange first. If not, tell head office who sent it."),
)
CASE_REFUSED_BEFORE: Final = refusal(
    N_("Case {case} was refused, and a refused case does not come back as its next version."),
    N_("Open a new case; the refusal stays where it is and is found again by the customer's number."),
)
NAME_DIFFERS: Final = refusal(
    N_("The record names {named}, but the key that signed it is {person}'s."),
    N_("Do not rely on it. Tell head office: it was not made by this program."),
)
TIME_DIFFERS: Final = refusal(
    N_("The record tells another time than the signature over it."),
    N_("Do not rely on it. Tell head office: it was not made by this program."),
)
POLICY_FOREIGN: Final = refusal(
    N_("The file was judged by a policy ({policy}) that head office has not sent to this laptop."),
    N_("Exchange, then open it again. If it stays so, ask head office whether this policy is theirs."),
)
LEFT_OUT: Final = refusal(
    N_("The file does not tell what its own facts show ({what})."),
    N_("Do not decide on it. Return it to the officer and tell head office: it was not made by this program."),
)
INSTITUTION_OTHER: Final = refusal(
    N_("The answer comes from another institution than the one this laptop works for."),
    N_("Do not take it. Call head office, and have the fingerprint of its root read to you."),
)
ANSWER_OLDER: Final = refusal(
    N_("The answer is older than what this laptop has from head office already."),
    N_("Nothing is lost: go on as before. If it was meant to change something, ask head office for a new answer."),
)
