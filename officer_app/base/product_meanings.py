"""What is said of head office's list of products: one that cannot be read, and one that is not head office's."""

from __future__ import annotations

from typing import Final

from officer_app.base.meanings import refusal
from officer_app.base.words import N_

PRODUCTS_NOT_TOML: Final = refusal(
    N_("The list of products cannot be read: {detail}."),
    N_("Save the list of today as a workbook, and change that."),
)
PRODUCTS_TOO_LARGE: Final = refusal(
    N_("The list of products has {found} bytes; at most {limit} are read."), N_("Take products out of it.")
)
PRODUCTS_TOO_NEW: Final = refusal(
    N_("The list of products was written by a newer version of the program (form {found}, known {known})."),
    N_("Install the newest version on this laptop, then exchange again."),
)
PRODUCT_WRONG: Final = refusal(
    N_("The list of products, {key}: this does not hold what it should, {needed}."),
    N_("Correct this place; the sheet of words in the template says what may stand there."),
)
PRODUCTS_DIFFER: Final = refusal(
    N_("The file names list of products version {version}, but what it holds is not what head office signed as it."),
    N_("Do not decide on it. Ask the officer to submit a new version, and tell head office."),
)
PRODUCTS_FOREIGN: Final = refusal(
    N_("The file was judged by a list of products (version {version}) that head office has not sent to this laptop."),
    N_("Exchange, then open it again. If it stays so, ask head office whether this list is theirs."),
)
POLICY_DIFFERS: Final = refusal(
    N_("The policy in the file is not the one that the file names."),
    N_("Do not decide on it. Ask the officer to submit a new version, and tell head office."),
)
