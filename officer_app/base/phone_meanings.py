"""What the errors of the phone page say; apart from the others for their length alone."""

from __future__ import annotations

from officer_app.base.meanings import environment, refusal
from officer_app.base.words import N_

LAN_ADDRESS = environment(
    N_("The page cannot be opened at {address}."),
    N_("Join the phone's hotspot or the same network, then open the phone page again."),
)
PHONE_TOKEN_USED = refusal(
    N_("This code was used already."), N_("Open the phone page anew on the laptop and scan its new code.")
)
PHONE_TOKEN_OLD = refusal(
    N_("This code is older than {minutes} minutes."),
    N_("Open the phone page anew on the laptop and scan its new code."),
)
PHONE_UNKNOWN = refusal(
    N_("Another phone takes the pictures of this visit, or its page was closed."),
    N_("Open the phone page anew on the laptop and scan its new code."),
)
PHONE_ENOUGH = refusal(
    N_("{limit} pictures have come over this page; it takes no more."),
    N_("Open the phone page anew on the laptop and scan its new code."),
)
PHONE_TOO_FAST = refusal(
    N_("Pictures come faster than they can be taken in ({limit} a minute)."),
    N_("Wait a moment and send it again."),
)
PHONE_WAITED = environment(
    N_("The laptop did not take picture {number} in."), N_("Look at the laptop, then send the picture again.")
)
PHONE_FRAME = refusal(
    N_("The visit does not ask for this shot any more."),
    N_("Choose another shot on the phone, then take the picture again."),
)
