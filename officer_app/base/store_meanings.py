"""What may go wrong between this laptop and a store, and with what lies in one: the meanings of those codes."""

from __future__ import annotations

from typing import Final

from officer_app.base.meanings import environment, refusal
from officer_app.base.words import N_

STORE_UNKNOWN: Final = refusal(
    N_("{url} is not a place that the program can exchange through."),
    N_("Give a folder, or an address that begins with s3://, davs:// or sftp://. See F1, “Stores and addresses”."),
)
STORE_ADDRESS: Final = refusal(
    N_("The address of the store cannot be read ({part})."),
    N_("Compare it with the examples under F1, “Stores and addresses”, or ask whoever runs the server."),
)
STORE_SECRET_IN_ADDRESS: Final = refusal(
    N_("The address holds a name or a password."),
    N_("Take it out: name and password have fields of their own and are kept encrypted."),
)
STORE_PLAIN: Final = refusal(
    N_("The address would send the password to {host} without encryption."),
    N_("Use s3:// or davs://. If the line is safe in another way, add ?plain=yes to the address."),
)
STORE_GONE: Final = environment(
    N_("The exchange folder {store} is no longer there."),
    N_("Put the stick back or connect the folder again, then exchange once more. Nothing is lost or sent twice."),
)
STORE_UNREACHED: Final = environment(
    N_("{store} does not answer."),
    N_("Check the network, then exchange once more: it goes on where it stopped. A stick needs no network."),
)
STORE_REFUSED: Final = environment(
    N_("{store} does not let this laptop in."),
    N_("Check name and password of the store, or ask whoever runs it for the right to read and write."),
)
STORE_PLACE_MISSING: Final = environment(
    N_("The server answers, but {store} is not there."),
    N_("Check bucket and path of the address, or have the place made on the server."),
)
STORE_FULL: Final = environment(
    N_("There is no more room in {store}."),
    N_("Ask whoever runs the server for room, then exchange once more. Nothing is lost."),
)
STORE_HOST_UNKNOWN: Final = environment(
    N_("The server {host} shows a key that nobody has confirmed yet: {fingerprint}."),
    N_("Compare it with what whoever runs the server tells, then confirm it once. How: F1, “Stores and addresses”."),
)
STORE_HOST_CHANGED: Final = environment(
    N_("The server {host} shows another key than the confirmed one."),
    N_("Send nothing there. Ask whoever runs the server whether the key was changed; then confirm the new one."),
)
STORE_CERTIFICATE: Final = environment(
    N_("The certificate of {host} is not to be believed: of an unknown authority, or for another name."),
    N_("Send nothing there. Ask whoever runs the server; its own authority is taken with “Key or certificate file”."),
)
STORE_CERTIFICATE_DAY: Final = environment(
    N_("The certificate of {host} is not valid on the day that this laptop shows."),
    N_("Set the laptop's date and time right, then try again. If they are right, ask whoever runs the server."),
)
STORE_CLOCK: Final = environment(
    N_("{store} refuses because this laptop's clock differs too much from its own."),
    N_("Set the laptop's date, time and time zone right, then try again. Name and password may well be right."),
)
STORE_AUTHORITY: Final = refusal(
    N_("The file of the server's certificate authority cannot be read."),
    N_("Give the authority's certificate as text that begins with BEGIN CERTIFICATE, without any key."),
)
STORE_KEY_UNREADABLE: Final = refusal(
    N_("The key for the server cannot be read."),
    N_("Give a private key in OpenSSH's form that has no passphrase."),
)
STORE_CONFLICT: Final = refusal(
    N_("The store already holds something else under the name {name}."),
    N_(
        "Tell head office: two laptops use one certificate, this laptop's data folder was set back, or somebody "
        "wrote into the store in its name. What others sent was taken in."
    ),
)
STORE_NAME: Final = refusal(
    N_("{name} is not a name of the exchange."), N_("Leave it where it is; the program does not touch it.")
)
OBJECT_CHANGED: Final = refusal(
    N_("The file {name} in the store was changed or damaged."),
    N_("Ask the sender to send it again; what came before is not touched."),
)
OBJECT_TOO_LARGE: Final = refusal(
    N_("The file {name} in the store is larger than an exchange ever makes."),
    N_("Leave it out; somebody put it there who is not of this program."),
)
DELIVERY_UNREADABLE: Final = refusal(
    N_("A delivery is not as it must be ({field})."),
    N_("It was damaged or not made by this program. Ask the sender to send it again."),
)
DELIVERY_FOREIGN: Final = refusal(
    N_("A delivery lies in a folder that is not its sender's."),
    N_("Somebody moved or forged it. Tell head office."),
)
DELIVERY_REPLACED: Final = refusal(
    N_("Delivery {counter} of device {device} is not the one that was taken in."),
    N_("Ask whose laptop it is whether the data folder was put back to an earlier day, and keep both copies."),
)
DELIVERY_TOO_LARGE: Final = refusal(
    N_("{size_mb} MB are more than one delivery may hold ({limit_mb} MB)."),
    N_("Leave out photos that prove nothing more, then submit again."),
)
