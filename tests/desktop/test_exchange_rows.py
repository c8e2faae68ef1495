"""Every kind of delivery has its name in the list: nobody reads of a mere parcel."""

from __future__ import annotations

from officer_app.base.words import CHINESE, say
from officer_app.desktop.screens.exchange.rows import kind_of
from officer_app.exchange.contents import Content
from officer_app.exchange.parcels import ParcelKind


def test_each_delivery_is_named() -> None:
    nameless = say(kind_of("of another kind"), CHINESE)
    assert nameless
    came = str(Content).split(" | ")
    assert len(came) == len(ParcelKind)
    for kind in (*ParcelKind, *came):
        assert say(kind_of(str(kind)), CHINESE) != nameless, kind
