"""What is said when head office cannot take in, issue or report."""

from __future__ import annotations

from typing import Final

from officer_app.base.meanings import environment, refusal
from officer_app.base.words import N_

DESK_MISSING: Final = refusal(
    N_("There is no head office in the folder {folder}."),
    N_("Choose the folder that `headoffice found` made, or found one there."),
)
DESK_EXISTS: Final = refusal(
    N_("The folder {folder} already holds something."), N_("Found a head office in a new or an empty folder.")
)
DESK_BROKEN: Final = refusal(
    N_("The file {file} of head office is damaged."), N_("Restore head office's folder from its last backup.")
)
DESK_CANNOT_ISSUE: Final = refusal(
    N_("The root key is locked: nobody can be enrolled now."),
    N_("Open head office for enrolling, with its password."),
)
LIMIT_UNFIT: Final = refusal(
    N_("An approval limit of {limit} does not fit the role."),
    N_("Give a manager a limit of nought or more; an officer approves nothing."),
)
PERSON_UNKNOWN: Final = refusal(
    N_("Nobody is enrolled with the key {key}."), N_("Look the key up in the list of people, then try again.")
)
PACK_NAME: Final = refusal(
    N_("{name} is not a name for a pack."), N_("Use lower-case letters, digits and underscores, at most 60.")
)
PACK_BROKEN: Final = refusal(
    N_("This pack of head office cannot be read ({place})."), N_("Ask head office to publish it again.")
)
PEOPLE_FILE: Final = refusal(
    N_("Line {line} of the list cannot be used: {what}."),
    N_("Columns: kind, number, list, reason, since, until; dates as 2026-01-31. Mend the line and try again."),
)
BOOK_FILE: Final = refusal(
    N_("This file cannot be taken: {what}."),
    N_("Take an .xlsx or a CSV; its columns stand under F1, “Head office's warehouse”."),
)
BOOK_ROWS: Final = refusal(
    N_("Nothing was taken: {count} cells cannot be used. The first is in row {row}, column {column}: {what}."),
    N_("Mend the rows in the list and choose the file again. A dry run shows the whole list."),
)
SAMPLE_SEED: Final = refusal(N_("A sample needs a seed."), N_("Write down any words before you draw, and give them."))
SAMPLE_AWAY: Final = environment(
    N_("The store does not show case {case} whole."), N_("Connect the store it came through, then draw again.")
)
WAREHOUSE_ADDRESS: Final = refusal(
    N_("This is not the address of a database that can be used."),
    N_("Give sqlite:/// and a path, or postgresql+psycopg:// and where it is."),
)
WAREHOUSE_GONE: Final = environment(
    N_("The warehouse cannot be reached or written."),
    N_("Check that the database runs and that there is space, then ingest again. Nothing is lost or doubled."),
)
WAREHOUSE_NEWER: Final = refusal(
    N_("The warehouse was made by a newer version of this program."), N_("Update the program, then try again.")
)
DOSSIER_DECIDED: Final = refusal(
    N_("This version of case {case} was decided before."),
    N_("The first decision stands. To change it, return the case and decide on its next version."),
)
AUDIT_NOT_ADMITTED: Final = refusal(
    N_("Head office's folder does not admit this auditor."),
    N_(
        "Ask head office to enrol you as an auditor, or to admit you again after a new key, and open the folder anew."
    ),
)
WAREHOUSE_OLDER: Final = refusal(
    N_("The warehouse has not been brought to the form that this version of the program reads."),
    N_("Let head office open it once with this version, then try again."),
)
WAREHOUSE_RIGHTS: Final = environment(
    N_("The database does not let this role read what it must."),
    N_("Ask whoever runs the database for the rights that stand under F1, “Auditing”."),
)
EXPORT_UNLOGGED: Final = environment(
    N_("The database does not let this role write the log of exports, so nothing is opened or taken out."),
    N_("Ask whoever runs the database for the right to add to that one table: F1, “Auditing”, tells how."),
)
ASIDE_GONE: Final = refusal(
    N_("This delivery is no longer put aside."), N_("Somebody else has dealt with it. Look at the list again.")
)
ASIDE_AWAY: Final = environment(
    N_("The store does not show this delivery."), N_("Connect the store it came through, then try again.")
)
CASE_PURGED: Final = refusal(
    N_("This file was deleted at head office, by certificate {certificate}, and is not taken in again."),
    N_("The certificate is on the page Keeping. What this delivery brought is removed with the next deletion."),
)
HOLD_OFFICE: Final = refusal(
    N_("The case {case} is held by a branch, not by head office."),
    N_("Whoever set the hold in the branch lifts it there. A hold of head office's own can be set besides."),
)
WHY_MISSING: Final = refusal(
    N_("This needs a reason."), N_("Write in a few words why; it stands in head office's journal.")
)
SCREEN_TOO_MUCH: Final = refusal(
    N_("This is too much for a screen: {codes} codes, {most} at most."), N_("Save it as a file, and carry the file.")
)
SCREEN_UNREADABLE: Final = refusal(
    N_("The codes do not make the file that they name."),
    N_("Read them once more from the first on, or take the file."),
)
SCREEN_NO_CODE: Final = refusal(
    N_("There is none of our codes in the picture {file}."),
    N_("Hold the camera straight, so that the whole code fills half of the picture, and take it again."),
)
