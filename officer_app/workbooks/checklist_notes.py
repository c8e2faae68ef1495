"""What stands behind the headers of a checklist's workbook, as notes on the cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from officer_app.base.words import N_

# By sheet and column.
COLUMN_NOTES: Final[Mapping[tuple[str, str], str]] = {
    ("survey", "type"): N_(
        "What kind of question it is. Choose from the list. Behind select_one stands its choice list."
    ),
    ("survey", "name"): N_("A short name of Latin letters, used once. Other cells refer to it as ${name}."),
    ("survey", "label"): N_("What the officer reads. ${name} puts in an answer."),
    ("survey", "hint"): N_("One line of help below the question."),
    ("survey", "required"): N_("yes: the visit is not complete without an answer."),
    ("survey", "relevant"): N_("When the question is shown, for example ${married} = 'yes'. Blank: always."),
    ("survey", "constraint"): N_("Which answers are allowed, for example . >= 0. The dot is the answer."),
    ("survey", "constraint_message"): N_("What the officer reads when the answer is not allowed."),
    ("survey", "required_message"): N_("What the officer reads when the answer is missing."),
    ("survey", "calculation"): N_("How the program reckons the value, for example round(${a} * ${b}, 2)."),
    ("survey", "choice_filter"): N_("Which choices are shown, for example county = ${county}."),
    ("survey", "repeat_count"): N_("How many entries the list has. Blank: the officer adds them."),
    ("survey", "appearance"): N_("How the question looks. Choose from the list, or leave it blank."),
    ("survey", "trigger"): N_("${name}: the value is reckoned anew when that answer changes."),
    ("survey", "bind::fact"): N_("Which fact the answer fills, so that all checks can use it. Choose from the list."),
    ("survey", "bind::place"): N_(
        "Where it must be asked or seen: shop, home or desk. What belongs to shop or home is asked for before one "
        "leaves. Blank: as its group; without any, it can be asked by phone later."
    ),
    ("survey", "bind::again"): N_(
        "true(): when a known customer comes again, the last answer may be offered to stand. Blank: as its group; "
        "without any, it is asked anew. What must be seen each time, such as stock and debts, stays blank."
    ),
    ("choices", "list_name"): N_("The list that the choice belongs to, as select_one names it."),
    ("choices", "name"): N_("The value that is stored: Latin letters and digits, no spaces."),
    ("choices", "label"): N_("What the officer reads."),
    ("settings", "form_id"): N_("The name of the checklist for the program. It stays the same for ever."),
    ("settings", "version"): N_("Raise it with every change. Visits begun before keep the version they began with."),
    ("settings", "form_title"): N_("What officers see as the name of the checklist."),
    ("settings", "default_language"): N_("The language that is used when the checklist lacks the officer's own."),
}
