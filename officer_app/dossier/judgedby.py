"""By which policy and which list of products a file was judged, as a decision on it repeats them."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.canonical import Json
from officer_app.dossier.fields import Fields
from officer_app.dossier.manifest import Manifest, PackRef, pack_told, read_pack


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """The versions that the figures rest on: the policy's, and that of head office's list of products."""

    policy: PackRef
    products: PackRef


def judged_by(manifest: Manifest) -> JudgedBy | None:
    """What a manifest names; None where the policy's own table of products held, as its digest alone says."""
    return JudgedBy(manifest.policy, manifest.products) if manifest.products is not None else None


def judged_by_told(versions: JudgedBy | None) -> Json:
    """Both as JSON, null for none."""
    if versions is None:
        return None
    return {"policy": pack_told(versions.policy), "products": pack_told(versions.products)}


def read_judged_by(fields: Fields) -> JudgedBy:
    """Both from JSON."""
    found = JudgedBy(read_pack(fields.inner("policy")), read_pack(fields.inner("products")))
    fields.done()
    return found
