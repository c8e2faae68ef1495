"""Identifiers: random, meaningless, safe in file names. They tell nothing about people."""

from __future__ import annotations

import secrets
from typing import NewType

CaseId = NewType("CaseId", str)
VisitId = NewType("VisitId", str)
PhotoId = NewType("PhotoId", str)
UserId = NewType("UserId", str)
DossierId = NewType("DossierId", str)
RecordId = NewType("RecordId", str)


def new_id() -> str:
    """128 random bits as 32 lower-case hexadecimal characters."""
    return secrets.token_hex(16)
