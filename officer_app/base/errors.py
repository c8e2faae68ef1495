"""Errors are codes with a sentence, a remedy and a kind: whose fault it is, and what to do now.

Code raises `Fault(Code.X, name=value)`; only the rim (`desktop`, `cli`) turns it into words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from officer_app.base.words import N_, Message, Parameter


class Kind(Enum):
    """Whose fault it is: the surroundings, what was asked, or ours."""

    ENVIRONMENT = "environment"
    REFUSAL = "refusal"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an error code says to a person: one sentence and one remedy, both message ids."""

    kind: Kind
    sentence: str
    remedy: str


def _environment(sentence: str, remedy: str) -> Meaning:
    return Meaning(Kind.ENVIRONMENT, sentence, remedy)


def _refusal(sentence: str, remedy: str) -> Meaning:
    return Meaning(Kind.REFUSAL, sentence, remedy)


class Code(Enum):
    """Every error the program can tell a person about. The name is the code that scripts see."""

    # --- any package -------------------------------------------------------------------------------
    UNEXPECTED = Meaning(
        Kind.BUG,
        N_("Something went wrong inside the program ({what})."),
        N_("Your work up to now is saved. Go on; the report in the data folder helps us mend it."),
    )
    CANCELLED = _refusal(N_("Stopped on request."), N_("Nothing half done was kept. Start again when you like."))
    DISK_FULL = _environment(
        N_("The disk is full: {needed_mb} MB more are needed."),
        N_("Free some space, then try again. What was saved before is safe."),
    )
    FOLDER_READ_ONLY = _environment(
        N_("The folder {folder} cannot be written."),
        N_("Choose another folder, or ask whoever looks after the laptop for the right to write there."),
    )
    FILE_MISSING = _environment(N_("The file {file} is not there."), N_("Check the name, or choose the file again."))
    FILE_UNREADABLE = _environment(
        N_("The file {file} cannot be read."), N_("Close other programs that use it, then try again.")
    )
    FILE_TOO_LARGE = _refusal(
        N_("The file {file} is larger than {limit_mb} MB."), N_("Choose a smaller file, or split it.")
    )
    WORKER_LIMIT = _refusal(
        N_("Reading {what} took more memory or time than is allowed."),
        N_("The file is probably damaged or made to do harm. Leave it out, or take the picture again."),
    )
    # --- base --------------------------------------------------------------------------------------
    NOT_CANONICAL = Meaning(
        Kind.BUG, N_("A record holds a value that has no canonical form ({what})."), N_("Please report this.")
    )
    # Each package adds its own codes below, in a block headed by its name.


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
