"""What the errors of checklists say; apart from the others for their length alone."""

from __future__ import annotations

from officer_app.base.meanings import refusal
from officer_app.base.words import N_

FORM_REFUSED = refusal(
    N_("The checklist {file} cannot be used: {count:count} problems."),
    N_("Mend the cells in the list, then check the file again. Nothing was changed."),
)
FORM_DAMAGED = refusal(
    N_("The checklist is not a form that can be read ({detail})."),
    N_("Compile it again from its workbook, or ask head office for a fresh copy."),
)
FORM_TOO_LARGE = refusal(
    N_("The checklist is larger than {limit_mb} MB."), N_("Move long choice lists out of it, or split it.")
)
FORM_FILE_EXISTS = refusal(
    N_("There is already a file {file}."), N_("Choose another name, so that nobody's work is written over.")
)
FORM_NO_SUCH_QUESTION = refusal(
    N_("The checklist has no question {ref}."),
    N_("Check the name; it may belong to another version of the form."),
)
FORM_READ_ONLY = refusal(
    N_("The question {ref} is filled by the checklist itself."), N_("Change the answers it is reckoned from.")
)
FORM_NO_SUCH_REPEAT = refusal(
    N_("The checklist has no repeated part {ref} with that number."), N_("Open the visit again and retry.")
)
FORM_REPEAT_FIXED = refusal(
    N_("How often {ref} repeats is set by another answer."), N_("Change the answer that sets the number.")
)
FORM_ANSWER_TOO_LONG = refusal(
    N_("The answer to {ref} is longer than {limit:count} characters."),
    N_("Shorten it, or attach it as a picture."),
)
FORM_TOO_MANY_INSTANCES = refusal(
    N_("{ref} cannot repeat more than {limit:count} times."), N_("Put the rest into a second visit.")
)
FORM_STEPS_MALFORMED = refusal(
    N_("The steps cannot be read at line {line}."),
    N_("Write one step a line: set, add, remove, lang or finalize, then tabs."),
)
FORM_CASES_MALFORMED = refusal(
    N_("The file of expressions cannot be read."), N_("It must be JSON with contexts and cases.")
)
