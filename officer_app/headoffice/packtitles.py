"""What a published pack calls itself, and the day from which it holds: what its number leaves out."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Final

from officer_app.base.errors import Fault
from officer_app.checklists.bundles import opened
from officer_app.credit.policy import Policy, read_policy
from officer_app.dossier.records import PackKind
from officer_app.headoffice.publishing import Pack

_TITLE: Final = re.compile(r"<h:title>([^<]{1,200})</h:title>")


def title_of(pack: Pack) -> str:
    """The title of a checklist, the version of a policy as the institution numbers them; "" for what there is one of.

    A policy that this program cannot read has no title here; whoever judges by it is told why. Errors: FORM_DAMAGED,
    FORM_TOO_LARGE.
    """
    match pack.note.kind:
        case PackKind.FORM:
            found = _TITLE.search(opened(pack.content).xml.decode("utf-8", "replace"))
            return unescape(found[1]).strip() if found is not None else ""
        case PackKind.POLICY:
            policy = _policy(pack)
            return policy.version if policy is not None else ""
        case _:
            return ""


def first_day_of(pack: Pack) -> date | None:
    """From which day it holds; a policy says so itself. None: from its arrival."""
    if pack.note.kind is PackKind.POLICY:
        policy = _policy(pack)
        return policy.effective_from if policy is not None else None
    return pack.note.effective_from


def _policy(pack: Pack) -> Policy | None:
    """None where this program cannot read it: the list of packs still stands."""
    try:
        return read_policy(pack.content.decode())
    except (Fault, UnicodeDecodeError):
        return None
