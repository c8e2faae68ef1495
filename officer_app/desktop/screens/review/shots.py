"""What a manager is asked about a picture: something that only its looking at answers."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, message

_ASKED: Final = {
    "door_plate": N_("Which number is on the door plate?"),
    "street_left": N_("What is the next shop to the left called?"),
    "street_right": N_("What is the next shop to the right called?"),
    "front": N_("What does the sign say?"),
    "inside": N_("What stands nearest to the camera?"),
    "stock": N_("What is there most of?"),
    "equipment": N_("Which machine is it, and what does its plate say?"),
    "meter": N_("What does the meter read?"),
    "book_page": N_("Which is the last entry that can be read?"),
    "borrower_in_place": N_("What is the borrower doing?"),
    "officer_and_borrower": N_("What behind the two shows that it is this shop?"),
    "collateral": N_("What marks it out: plate, number, colour?"),
    "collateral_paper": N_("Whose name is on the paper?"),
}
_ANY: Final = N_("What can be seen that belongs to this business?")


def question_about(ref: str) -> Message:
    """The question about the picture that a checklist's question asked for."""
    name = ref.rpartition("/")[2].removeprefix("shot_")
    return message(_ASKED.get(name, _ANY))
