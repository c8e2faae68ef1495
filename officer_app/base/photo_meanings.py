"""What the errors of pictures say; apart from the others for their length alone."""

from __future__ import annotations

from officer_app.base.meanings import environment, refusal
from officer_app.base.words import N_

PHOTO_KIND = refusal(
    N_("The file {file} is not a photo that can be read: JPEG, PNG, HEIC, AVIF and WebP are."),
    N_("Choose the original photo. A file that was renamed is still what it was."),
)
PHOTO_PIXELS = refusal(
    N_("The photo {file} claims {megapixels} megapixels; at most {limit} are read."),
    N_("Take the picture again with the camera's usual size."),
)
PHOTO_BROKEN = refusal(
    N_("The photo {file} is damaged: nothing of the picture can be shown."),
    N_("Copy the original from the phone again, or take the picture again."),
)
PHOTO_LAYER = refusal(
    N_("What was laid over the photo {file} cannot be applied: step {step} names no part of it."),
    N_("Take the last step back, and mark the part again."),
)
PHOTO_LIST = refusal(
    N_("The list of photos cannot be read: entry {line} is no photo."),
    N_("Make the list again with “officer-app photo list”, and publish that."),
)
PHOTO_RECEIPT = refusal(
    N_("The receipt of the photo {file} does not hold: it is not what was signed when the photo came in."),
    N_("Do not rely on this photo. Ask the officer for the vault it was taken in, and report it to head office."),
)
READING_MISSING = environment(
    N_("Reading papers and watermarks is an extra that is not installed here."),
    N_(
        "Run “packaging/setup reading” in the program's folder: {fetched} MB to fetch, {installed} MB on the disk. "
        "Everything else works without it."
    ),
)
