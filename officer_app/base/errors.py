"""Errors are codes with a sentence, a remedy and a kind: whose fault it is, and what to do now.

Code raises `Fault(Code.X, name=value)`; only the rim (`desktop`, `cli`) turns it into words.
"""

from __future__ import annotations

from enum import Enum

from officer_app.base import (
    belief_meanings,
    checklist_meanings,
    deciding,
    headoffice_meanings,
    phone_meanings,
    photo_meanings,
    product_meanings,
    store_meanings,
)
from officer_app.base.meanings import Kind, Meaning, environment, refusal
from officer_app.base.words import N_, Message, Parameter


class Code(Enum):
    """Every error the program can tell a person about. The name is the code that scripts see."""

    # --- any package -------------------------------------------------------------------------------
    UNEXPECTED = Meaning(
        Kind.BUG,
        N_("Something went wrong inside the program ({what})."),
        N_("Your work up to now is saved. Go on; the report in the data folder helps us mend it."),
    )
    CANCELLED = refusal(N_("Stopped on request."), N_("Nothing half done was kept. Start again when you like."))
    DISK_FULL = environment(
        N_("The disk is full: {needed_mb} MB more are needed."),
        N_("Free some space, then try again. What was saved before is safe."),
    )
    FOLDER_READ_ONLY = environment(
        N_("The folder {folder} cannot be written."),
        N_("Choose another folder, or ask whoever looks after the laptop for the right to write there."),
    )
    FILE_MISSING = environment(N_("The file {file} is not there."), N_("Check the name, or choose the file again."))
    FILE_UNREADABLE = environment(
        N_("The file {file} cannot be read."), N_("Close other programs that use it, then try again.")
    )
    FILE_TOO_LARGE = refusal(
        N_("The file {file} is larger than {limit_mb} MB."), N_("Choose a smaller file, or split it.")
    )
    WORKER_LIMIT = refusal(
        N_("Reading {what} took more memory or time than is allowed."),
        N_("The file is probably damaged or made to do harm. Leave it out, or take the picture again."),
    )
    # --- base --------------------------------------------------------------------------------------
    NOT_CANONICAL = Meaning(
        Kind.BUG, N_("A record holds a value that has no canonical form ({what})."), N_("Please report this.")
    )
    # --- evidence ----------------------------------------------------------------------------------
    PHOTO_KIND = photo_meanings.PHOTO_KIND
    PHOTO_PIXELS = photo_meanings.PHOTO_PIXELS
    PHOTO_BROKEN = photo_meanings.PHOTO_BROKEN
    PHOTO_LAYER = photo_meanings.PHOTO_LAYER
    PHOTO_LIST = photo_meanings.PHOTO_LIST
    PHOTO_RECEIPT = photo_meanings.PHOTO_RECEIPT
    READING_MISSING = photo_meanings.READING_MISSING
    # --- memos -------------------------------------------------------------------------------------
    GLYPH_MISSING = refusal(
        N_("No font here has the character {sign} ({name}), as in “{context}”."),
        N_("Write the name with another character, or install a font that has it, then make the paper again."),
    )
    MEMO_PICTURE = refusal(
        N_("The picture {photo} cannot be put into the paper."),
        N_("Take the picture again, or leave it out of the file."),
    )
    # --- workbooks ---------------------------------------------------------------------------------
    WORKBOOK_UNREADABLE = refusal(
        N_("This is not a workbook that can be read."),
        N_("Open it in Excel, save it again as .xlsx without a password, then choose it again."),
    )
    # Each package adds its own codes below, in a block headed by its name.
    # --- credit ------------------------------------------------------------------------------------
    FACT_UNKNOWN = refusal(
        N_("No rule knows these facts: {paths}."),
        N_("Check the names against the list that `officer-app facts` prints."),
    )
    FACT_MALFORMED = refusal(
        N_("These facts do not hold what they should: {paths}."),
        N_("`officer-app facts` names the type of each: numbers in plain digits, yes or no, one of the choices."),
    )
    FACTS_MISSING = refusal(
        N_("The case cannot be assessed whole: {paths} are missing or leave a ratio without meaning."),
        N_("Complete or correct these facts, then try again."),
    )
    LOAN_TERMS = refusal(
        N_("The loan cannot be computed: {field}: {why}."), N_("Correct this entry and compute again.")
    )
    LOAN_INCOMPLETE = refusal(
        N_("The loan cannot be laid out yet: {facts}."), N_("Answer these questions; the sheet follows from them.")
    )
    POLICY_NOT_TOML = refusal(
        N_("The policy is not written as TOML: {detail}."),
        N_("Mend the line named, or take the shipped policy as a pattern."),
    )
    NORMS_NOT_TOML = refusal(
        N_("The norms are not written as TOML: {detail}."),
        N_("Mend the line named, or take a shipped file of norms as a pattern."),
    )
    NORM_WRONG = refusal(
        N_("The norms' {key} does not hold what it should: {needed}."),
        N_("Correct the value; the shipped files of norms show each key."),
    )
    NORMS_TOO_LARGE = refusal(
        N_("The file of norms has {found} characters; at most {limit} are read."),
        N_("Keep only the norms that differ."),
    )
    SHOT_LIST_WRONG = refusal(
        N_("The list of shots does not hold what it should: {entry}."),
        N_("Correct this entry; the comments at the top of the shipped list explain each key."),
    )
    PRODUCTS_NOT_TOML = product_meanings.PRODUCTS_NOT_TOML
    PRODUCTS_TOO_LARGE = product_meanings.PRODUCTS_TOO_LARGE
    PRODUCTS_TOO_NEW = product_meanings.PRODUCTS_TOO_NEW
    PRODUCT_WRONG = product_meanings.PRODUCT_WRONG
    PRODUCTS_DIFFER = product_meanings.PRODUCTS_DIFFER
    PRODUCTS_FOREIGN = product_meanings.PRODUCTS_FOREIGN
    POLICY_DIFFERS = product_meanings.POLICY_DIFFERS
    POLICY_KEY_MISSING = refusal(
        N_("The policy does not say: {keys}."), N_("Add these keys; the shipped policy shows each with a comment.")
    )
    POLICY_KEY_UNKNOWN = refusal(
        N_("The policy holds keys that no rule reads: {keys}."),
        N_("Check the spelling against the shipped policy, or leave the keys out."),
    )
    POLICY_VALUE_WRONG = refusal(
        N_("The policy's {key} does not hold what it should: {needed}."), N_("Correct the value.")
    )
    POLICY_TOO_NEW = refusal(
        N_("The policy is written for another version of the program (schema {found}, this one knows {known})."),
        N_("Update the program, or use a policy made for this version."),
    )
    # --- training ----------------------------------------------------------------------------------
    CASE_NOT_YAML = refusal(
        N_("{file} cannot be read as a worked case: {detail}."),
        N_("Check the file at the place named; anchors, aliases and tags are not used in worked cases."),
    )
    CASE_KEY_DOUBLED = refusal(N_("{file} says {key} twice."), N_("Keep the right one and delete the other."))
    CASE_KEY_MISSING = refusal(
        N_("{file} does not say: {keys}."), N_("Add these keys; the worked cases beside it show how.")
    )
    CASE_KEY_UNKNOWN = refusal(
        N_("{file} holds keys that no rule reads: {keys}."), N_("Check the spelling, or leave the keys out.")
    )
    CASE_SENTENCE_UNKNOWN = refusal(
        N_("The rule in {key} is not one that the program knows: {sentence}"),
        N_("Write the sentence as the other worked cases have it."),
    )
    # --- checklists --------------------------------------------------------------------------------
    FORM_REFUSED = checklist_meanings.FORM_REFUSED
    FORM_DAMAGED = checklist_meanings.FORM_DAMAGED
    FORM_TOO_LARGE = checklist_meanings.FORM_TOO_LARGE
    FORM_FILE_EXISTS = checklist_meanings.FORM_FILE_EXISTS
    FORM_NO_SUCH_QUESTION = checklist_meanings.FORM_NO_SUCH_QUESTION
    FORM_READ_ONLY = checklist_meanings.FORM_READ_ONLY
    FORM_NO_SUCH_REPEAT = checklist_meanings.FORM_NO_SUCH_REPEAT
    FORM_REPEAT_FIXED = checklist_meanings.FORM_REPEAT_FIXED
    FORM_ANSWER_TOO_LONG = checklist_meanings.FORM_ANSWER_TOO_LONG
    FORM_TOO_MANY_INSTANCES = checklist_meanings.FORM_TOO_MANY_INSTANCES
    FORM_STEPS_MALFORMED = checklist_meanings.FORM_STEPS_MALFORMED
    FORM_CASES_MALFORMED = checklist_meanings.FORM_CASES_MALFORMED
    # --- exchange ----------------------------------------------------------------------------------
    STORE_UNKNOWN = store_meanings.STORE_UNKNOWN
    STORE_ADDRESS = store_meanings.STORE_ADDRESS
    STORE_SECRET_IN_ADDRESS = store_meanings.STORE_SECRET_IN_ADDRESS
    STORE_PLAIN = store_meanings.STORE_PLAIN
    STORE_GONE = store_meanings.STORE_GONE
    STORE_UNREACHED = store_meanings.STORE_UNREACHED
    STORE_REFUSED = store_meanings.STORE_REFUSED
    STORE_PLACE_MISSING = store_meanings.STORE_PLACE_MISSING
    STORE_FULL = store_meanings.STORE_FULL
    STORE_HOST_UNKNOWN = store_meanings.STORE_HOST_UNKNOWN
    STORE_HOST_CHANGED = store_meanings.STORE_HOST_CHANGED
    STORE_CERTIFICATE = store_meanings.STORE_CERTIFICATE
    STORE_CERTIFICATE_DAY = store_meanings.STORE_CERTIFICATE_DAY
    STORE_CLOCK = store_meanings.STORE_CLOCK
    STORE_AUTHORITY = store_meanings.STORE_AUTHORITY
    STORE_KEY_UNREADABLE = store_meanings.STORE_KEY_UNREADABLE
    STORE_CONFLICT = store_meanings.STORE_CONFLICT
    STORE_NAME = store_meanings.STORE_NAME
    OBJECT_CHANGED = store_meanings.OBJECT_CHANGED
    OBJECT_TOO_LARGE = store_meanings.OBJECT_TOO_LARGE
    DELIVERY_UNREADABLE = store_meanings.DELIVERY_UNREADABLE
    DELIVERY_FOREIGN = store_meanings.DELIVERY_FOREIGN
    DELIVERY_REPLACED = store_meanings.DELIVERY_REPLACED
    DELIVERY_TOO_LARGE = store_meanings.DELIVERY_TOO_LARGE
    ROOT_NEEDED = refusal(
        N_("The institution's root certificate is needed to check the signatures."),
        N_("Give it with --root, or the data folder with --data, --user and --passphrase-file."),
    )
    BUNDLE_MISSING = refusal(
        N_("There is no evidence folder at {folder}."), N_("Give the folder that holds manifest.json.")
    )
    BUNDLE_FOLDER_NOT_EMPTY = refusal(N_("The folder {folder} is not empty."), N_("Choose a new or an empty folder."))
    BUNDLE_FILE_MISSING = refusal(N_("The evidence folder lacks {file}."), N_("Ask for the whole folder again."))
    BUNDLE_FILE_EXTRA = refusal(
        N_("The evidence folder holds {file}, which does not belong to it."),
        N_("Take it out if you put it there yourself; otherwise do not rely on the folder."),
    )
    BUNDLE_FILE_ODD = refusal(
        N_("{file} in the evidence folder is not a plain file."),
        N_("A link or a device has no place there. Ask for the folder again."),
    )
    BUNDLE_FILE_CHANGED = refusal(
        N_("{file} is not the one that was signed."), N_("It was changed or damaged. Ask for the folder again.")
    )
    MEMO_NOT_CONTINUED = refusal(
        N_("The signed memo is not the dossier's memo with a signature added."),
        N_("Do not rely on the decision. Tell head office."),
    )
    MEMO_NOT_SIGNED_BY = refusal(
        N_("The memo bears no signature of {person}."), N_("Do not rely on it. Ask for the signed copy.")
    )
    # --- headoffice --------------------------------------------------------------------------------
    DESK_MISSING = headoffice_meanings.DESK_MISSING
    DESK_EXISTS = headoffice_meanings.DESK_EXISTS
    DESK_BROKEN = headoffice_meanings.DESK_BROKEN
    DESK_CANNOT_ISSUE = headoffice_meanings.DESK_CANNOT_ISSUE
    LIMIT_UNFIT = headoffice_meanings.LIMIT_UNFIT
    PERSON_UNKNOWN = headoffice_meanings.PERSON_UNKNOWN
    PACK_NAME = headoffice_meanings.PACK_NAME
    PACK_BROKEN = headoffice_meanings.PACK_BROKEN
    PEOPLE_FILE = headoffice_meanings.PEOPLE_FILE
    BOOK_FILE = headoffice_meanings.BOOK_FILE
    BOOK_ROWS = headoffice_meanings.BOOK_ROWS
    SAMPLE_SEED = headoffice_meanings.SAMPLE_SEED
    SAMPLE_AWAY = headoffice_meanings.SAMPLE_AWAY
    WAREHOUSE_ADDRESS = headoffice_meanings.WAREHOUSE_ADDRESS
    WAREHOUSE_GONE = headoffice_meanings.WAREHOUSE_GONE
    WAREHOUSE_NEWER = headoffice_meanings.WAREHOUSE_NEWER
    DOSSIER_DECIDED = headoffice_meanings.DOSSIER_DECIDED
    AUDIT_NOT_ADMITTED = headoffice_meanings.AUDIT_NOT_ADMITTED
    WAREHOUSE_OLDER = headoffice_meanings.WAREHOUSE_OLDER
    WAREHOUSE_RIGHTS = headoffice_meanings.WAREHOUSE_RIGHTS
    EXPORT_UNLOGGED = headoffice_meanings.EXPORT_UNLOGGED
    ASIDE_GONE = headoffice_meanings.ASIDE_GONE
    ASIDE_AWAY = headoffice_meanings.ASIDE_AWAY
    CASE_PURGED = headoffice_meanings.CASE_PURGED
    HOLD_OFFICE = headoffice_meanings.HOLD_OFFICE
    WHY_MISSING = headoffice_meanings.WHY_MISSING
    SCREEN_TOO_MUCH = headoffice_meanings.SCREEN_TOO_MUCH
    SCREEN_UNREADABLE = headoffice_meanings.SCREEN_UNREADABLE
    SCREEN_NO_CODE = headoffice_meanings.SCREEN_NO_CODE
    # --- dossier -----------------------------------------------------------------------------------
    DOSSIER_UNREADABLE = refusal(
        N_("The dossier's list of contents is not as it must be ({field})."),
        N_("It was damaged or not made by this program. Ask the sender for it again."),
    )
    DOSSIER_TOO_NEW = refusal(
        N_("The file was made by a newer version of this program."), N_("Update the program, then try again.")
    )
    DOSSIER_PART_MISSING = refusal(
        N_("The dossier lacks its part {part}."), N_("Ask the sender for the whole dossier again.")
    )
    DOSSIER_PART_EXTRA = refusal(
        N_("The dossier holds {part}, which its signed list of contents does not name."),
        N_("Do not rely on it. Ask the sender for the dossier again."),
    )
    DOSSIER_PART_CHANGED = refusal(
        N_("The part {part} is not the one that was signed."),
        N_("It was changed or damaged on the way. Ask the sender for the dossier again."),
    )
    RECORD_UNREADABLE = refusal(
        N_("A signed record is not as it must be ({field})."),
        N_("It was damaged or not made by this program. Ask the sender for it again."),
    )
    DECISION_OTHER_DOSSIER = deciding.DECISION_OTHER_DOSSIER
    DECISION_INCOMPLETE = deciding.DECISION_INCOMPLETE
    FOUR_EYES = deciding.FOUR_EYES
    RELATED_TO_CASE = deciding.RELATED_TO_CASE
    NOBODY_ABOVE = deciding.NOBODY_ABOVE
    CLOCK_WORD_NEEDED = deciding.CLOCK_WORD_NEEDED
    CALL_BACK_NEEDED = deciding.CALL_BACK_NEEDED
    CALL_BACK_DONE = deciding.CALL_BACK_DONE
    DECISION_NOT_LATEST = deciding.DECISION_NOT_LATEST
    ABOVE_LIMIT = deciding.ABOVE_LIMIT
    BELOW_TIER = deciding.BELOW_TIER
    OVERRIDE_NEEDED = deciding.OVERRIDE_NEEDED
    OVERRIDE_NOT_ALLOWED = deciding.OVERRIDE_NOT_ALLOWED
    POLICY_NOT_LATER = refusal(
        N_("Version {version} from {first} does not come after version {here} from {begun}."),
        N_("Give the policy a higher version number and a later first day than the one before."),
    )
    CASE_OF_ANOTHER = belief_meanings.CASE_OF_ANOTHER
    CASE_REFUSED_BEFORE = belief_meanings.CASE_REFUSED_BEFORE
    NAME_DIFFERS = belief_meanings.NAME_DIFFERS
    TIME_DIFFERS = belief_meanings.TIME_DIFFERS
    POLICY_FOREIGN = belief_meanings.POLICY_FOREIGN
    LEFT_OUT = belief_meanings.LEFT_OUT
    INSTITUTION_OTHER = belief_meanings.INSTITUTION_OTHER
    ANSWER_OLDER = belief_meanings.ANSWER_OLDER
    # --- trust -------------------------------------------------------------------------------------
    NAME_UNUSABLE = refusal(
        N_("The name {name} cannot stand in a certificate."),
        N_("Use 1 to 64 visible characters, without line breaks or control characters."),
    )
    CERTIFICATE_UNREADABLE = refusal(
        N_("This is not a certificate of this program."),
        N_("Ask head office to send the file again; do not use what it came with."),
    )
    CERTIFICATE_FOREIGN = refusal(
        N_("The certificate of {person} was not issued by this institution."),
        N_("Do not trust what it signed. Tell head office where it came from."),
    )
    CERTIFICATE_EXPIRED = refusal(
        N_("The certificate of {person} was valid from {since:date} to {until:date}, not on {at:date}."),
        N_("Check the date of the laptop; if it is right, enrol the person anew."),
    )
    CERTIFICATE_REVOKED = refusal(
        N_("Head office revoked the certificate of {person} on {since:date}."),
        N_("Do not act on this. Head office decides whether the work must be signed anew."),
    )
    SIGNATURE_BROKEN = refusal(
        N_("The signature is damaged or was changed."), N_("Ask the sender for the file again.")
    )
    SIGNATURE_OTHER_DATA = refusal(
        N_("{person} signed something else than this."),
        N_(
            "The file was changed after signing, or this signature belongs to another. Ask the sender for both again."
        ),
    )
    SIGNER_NOT_ENTITLED = refusal(
        N_("{person} may not sign this kind of record."),
        N_("It must be signed by somebody whom head office enrolled for it."),
    )
    SEAL_UNOPENED = refusal(
        N_("This sealed file cannot be opened with your key."),
        N_("It was sealed for somebody else, or it is damaged. Ask the sender to send it again, for you."),
    )
    READER_INVALID = refusal(
        N_("{reader} is not a key to seal for."), N_("Ask head office for the current list of people.")
    )
    REQUEST_UNREADABLE = refusal(
        N_("This is not an enrolment request, or it was damaged."),
        N_("Make the request again on the person's laptop and bring the new file."),
    )
    ANSWER_UNREADABLE = refusal(
        N_("This is not head office's answer to a request, or it was damaged."),
        N_("Ask head office for the answer again."),
    )
    ANSWER_FOR_OTHER_KEYS = refusal(
        N_("This answer belongs to another request."),
        N_("Open the answer on the laptop where its request was made, or make a new request here."),
    )
    ROSTER_UNREADABLE = refusal(
        N_("The list of enrolled people cannot be read."), N_("Ask head office to publish it again.")
    )
    PDF_UNREADABLE = refusal(N_("The PDF is damaged or not a PDF."), N_("Ask for the file again, or make it anew."))
    PDF_UNSIGNED = refusal(N_("The PDF bears no signature."), N_("Ask for the signed copy."))
    PDF_CHANGED = refusal(
        N_("The PDF was changed after the signature in the field {field}."),
        N_("Do not use this copy; ask for the one that was signed."),
    )
    PDF_FIELD_MISSING = refusal(
        N_("The PDF has no signature field {field}."),
        N_("Make the memo anew; its fields are laid out before it is signed."),
    )
    PDF_FIELD_TAKEN = refusal(
        N_("The field {field} is signed already."), N_("Nothing is signed twice. Open the memo to see who signed.")
    )
    PDF_ALREADY_SIGNED = refusal(
        N_("A signed PDF takes no more signature fields."), N_("Make the memo anew with all its fields.")
    )
    STAMP_SIGN_MISSING = refusal(
        N_("The stamp cannot show the character {sign}."),
        N_("Write it in another way: a signed paper must not show an empty box."),
    )
    # --- casework ----------------------------------------------------------------------------------
    NOT_ALLOWED = refusal(
        N_("Your role does not allow this step."), N_("Ask someone whose role allows it, or sign in as that person.")
    )
    NOT_ENROLLED = refusal(
        N_("This laptop has no certificate for you yet."),
        N_("Send your enrolment request to head office and load its answer first."),
    )
    COSIGN_SELF = refusal(
        N_("Whoever made the visit cannot be its second officer as well."),
        N_("The colleague who came along signs with the own name and passphrase."),
    )
    COSIGN_NOT_ENROLLED = refusal(
        N_("{login} has no certificate on this laptop."),
        N_("Let {login} sign in once, send the enrolment request to head office and load its answer."),
    )
    CASE_NOT_OPEN = refusal(
        N_("This case has been handed over or closed and cannot be changed."),
        N_("A returned case opens as a new version; work there."),
    )
    VISIT_OVER = refusal(
        N_("A later visit of this case has begun: this one can only be read."),
        N_("Answer in the newest visit; where both differ, the list of contradictions asks which is right."),
    )
    ANSWERED_SINCE = refusal(
        N_("Something was answered since the visit was moved to the newer checklist: the move cannot be taken back."),
        N_("Go on with the newer checklist. Answers without a place are kept and can be read."),
    )
    CASE_INCOMPLETE = refusal(
        N_("{count} things are still missing before this case can be submitted."),
        N_("Open the list of what is missing; each line leads to its place."),
    )
    REASON_NEEDED = refusal(N_("A reason is needed here."), N_("Write one sentence; it stays in the file."))
    PROOF_NEEDED = refusal(
        N_("{amount:money} yuan are apart: an explanation needs something that proves it."),
        N_("Pick a picture, name the paper that you saw, or write who else says so, with name and phone."),
    )
    AMOUNT_INVALID = refusal(
        N_("The amount must be more than zero."), N_("Enter the amount in yuan, for example 50000.")
    )
    NAME_NEEDED = refusal(N_("The applicant's name is missing."), N_("Enter the name as it stands on the ID card."))
    IDENTITY_INVALID = refusal(N_("This is not a valid ID number."), N_("Compare it with the card, digit by digit."))
    PACK_MISSING = environment(
        N_("The {kind} pack {name} is not on this laptop."), N_("Exchange with head office once to receive it.")
    )
    DOSSIER_UNTRUSTED = refusal(
        N_("This file cannot be decided on: its signature does not hold."),
        N_("Ask the officer to send it again, and tell head office."),
    )
    ASSESSMENT_DIFFERS = refusal(
        N_("Computing the file again gives other figures than the file holds."),
        N_("Do not decide on it. Ask the officer to submit a new version, and tell head office."),
    )
    SAMPLES_UNANSWERED = refusal(
        N_("The sampled photos have not all been looked at."), N_("Open each one and write what you see.")
    )
    # --- trust: passphrases and boxes -----------------------------------------------------------------
    WRONG_PASSPHRASE = refusal(
        N_("The name or the password is wrong."),
        N_("Look at Caps Lock and the input method, then type it again. Nothing was deleted."),
    )
    PASSPHRASE_SHORT = refusal(
        N_("The password is too short."),
        N_("Take at least {least} characters; a short sentence is easy to keep in mind."),
    )
    ENVELOPE_BROKEN = refusal(
        N_("A locked key on this laptop is damaged."),
        N_("Restore the last backup, or sign in with the recovery code."),
    )
    ENVELOPE_WEAK = refusal(
        N_("A locked key on this laptop is protected less than the rules ask."),
        N_("Somebody may have exchanged it. Do not sign in; restore the last backup."),
    )
    BOX_BROKEN = refusal(
        N_("An encrypted record was changed or belongs to something else."),
        N_("Restore it from the last backup."),
    )
    # --- the phone as camera ---------------------------------------------------------------------------
    LAN_ADDRESS = phone_meanings.LAN_ADDRESS
    PHONE_TOKEN_USED = phone_meanings.PHONE_TOKEN_USED
    PHONE_TOKEN_OLD = phone_meanings.PHONE_TOKEN_OLD
    PHONE_UNKNOWN = phone_meanings.PHONE_UNKNOWN
    PHONE_ENOUGH = phone_meanings.PHONE_ENOUGH
    PHONE_TOO_FAST = phone_meanings.PHONE_TOO_FAST
    PHONE_WAITED = phone_meanings.PHONE_WAITED
    PHONE_FRAME = phone_meanings.PHONE_FRAME
    # --- vault ---------------------------------------------------------------------------------------
    VAULT_MISSING = refusal(
        N_("There is no data folder at {folder}."), N_("Choose the right folder, or restore a backup into it.")
    )
    VAULT_EXISTS = refusal(
        N_("The folder {folder} already holds data."), N_("Sign in to it, or choose an empty folder.")
    )
    VAULT_IN_USE = environment(
        N_("The data are open in another window of the program."), N_("Go to that window, or close it first.")
    )
    VAULT_BROKEN = environment(
        N_("The data file {file} is damaged or is not ours."),
        N_("Leave the folder as it is and restore the last backup into a new one."),
    )
    VAULT_NEWER = refusal(
        N_("The data were written by a newer version of the program."),
        N_("Install the newest version on this laptop; the data are untouched."),
    )
    VAULT_UPGRADE_FAILED = Meaning(
        Kind.BUG,
        N_("The data could not be brought to the form that this version needs (step {step})."),
        N_("Nothing was changed. Go on with the former version and report this."),
    )
    PASSPHRASE_WAIT = refusal(
        N_("Too many wrong passwords: the next try is possible in {seconds:count} seconds."),
        N_("Wait, then type slowly. Nothing is deleted, however often it fails."),
    )
    USER_EXISTS = refusal(N_("There is already a user {login} on this laptop."), N_("Choose another sign-in name."))
    USER_DISABLED = refusal(
        N_("The user {login} may no longer sign in on this laptop."),
        N_("Ask the branch to switch the account on again."),
    )
    RECOVERY_WRONG = refusal(
        N_("The recovery code does not open these data."),
        N_("Look at the groups one by one; letters and digits count."),
    )
    RECORD_EXISTS = Meaning(
        Kind.BUG, N_("A record of the kind {what} is there already."), N_("Nothing was changed. Please report this.")
    )
    RECORD_MISSING = Meaning(
        Kind.BUG, N_("A record of the kind {what} is not there."), N_("Nothing was changed. Please report this.")
    )
    CASE_NOT_DUE = refusal(
        N_("The case {case} may not be deleted yet."),
        N_("Settings, Keeping and deleting, says why: a hold, a period that runs, or a receipt that is missing."),
    )
    CASE_STATE_CHANGED = refusal(
        N_("The case was changed in the meantime: its state is now {state}."),
        N_("Open it again and look at it anew."),
    )
    CASE_IN_CONFLICT = refusal(
        N_("Another laptop handed over another version of this case."),
        N_("Open Exchange, compare the two and say which one stands; then decide."),
    )
    CONFLICT_FIELDS = refusal(
        N_("{count} fields in which the versions differ have no answer yet."),
        N_("Say for each of them which version is right."),
    )
    BLOB_MISSING = environment(
        N_("A stored file is no longer in the data folder."), N_("Restore it from the last backup.")
    )
    BLOB_BROKEN = environment(
        N_("A stored file in the data folder is damaged."), N_("Restore it from the last backup.")
    )
    PACK_OLDER = refusal(
        N_("{name} version {version} is older than version {here}, which is in use."),
        N_("Nothing was changed. Ask head office if you expected a newer one."),
    )
    DISK_ERROR = environment(
        N_("The disk could not be read or written."),
        N_("Make a backup at once and let somebody look at the disk. What was saved before is kept."),
    )
    BACKUP_BROKEN = refusal(
        N_("The backup is not complete: {file} is missing or damaged."),
        N_("Your data here were not touched. Take another backup."),
    )
    BACKUP_INSIDE = refusal(
        N_("A backup cannot lie inside the data folder."),
        N_("Choose another disk, best a stick that you carry apart."),
    )


class Fault(Exception):  # noqa: N818  a fault may be the surroundings' or the asker's, not only an error
    """An error with its code, the values for its sentence, and where it happened (path, cell, field)."""

    def __init__(self, code: Code, *, where: str = "", **parameters: Parameter) -> None:
        """Take the code, where it happened, and the values that the code's sentence names."""
        super().__init__(code.name, where)
        self.code = code
        self.where = where
        self.parameters = parameters

    @property
    def sentence(self) -> Message:
        """What happened."""
        return Message(self.code.value.sentence, self.parameters)

    @property
    def remedy(self) -> Message:
        """What to do about it."""
        return Message(self.code.value.remedy, self.parameters)

    def __str__(self) -> str:
        """Code and place alone: logs carry no personal data."""
        return f"{self.code.name} {self.where}".strip()
