"""A signed paper is judged as a whole: who signed, and whether anything came after."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from officer_app.base.errors import Code, Fault
from officer_app.trust.papers import FieldBox, PdfVerdict, add_fields, sign_field, signature_fields, verify_pdf
from tests.support.institution import AT, house, memo_with_fields, new_house, plain_pdf


@cache
def one_signature() -> bytes:
    return sign_field(
        memo_with_fields(), "officer_a", house().officer, AT, lines=("信贷员 李明", "100% 实地"), certify=True
    )


@cache
def two_signatures() -> bytes:
    lines = ("同意 80,000 元 / 12 个月", "网点经理 王芳", "2026-10-08 11:40")
    return sign_field(one_signature(), "branch_manager", house().manager, AT + timedelta(hours=1), lines=lines)


def code_of(pdf: bytes, root: bytes | None = None) -> Code | None:
    verdict: PdfVerdict = verify_pdf(pdf, root or house().root)
    assert verdict.ok == (verdict.reason is None)
    return verdict.reason.code if verdict.reason else None


def refused(code: Code, *arguments: object, **named: object) -> None:
    with pytest.raises(Fault) as caught:
        sign_field(*arguments, **named)  # type: ignore[arg-type]
    assert caught.value.code is code


def test_both_signatures_hold_and_say_who_and_when() -> None:
    verdict = verify_pdf(two_signatures(), house().root)
    assert verdict.ok
    told = [
        (entry.field, entry.signer.person.name, entry.signer.claimed_at)
        for entry in verdict.signatures
        if entry.signer
    ]
    assert told == [("officer_a", "李明", AT), ("branch_manager", "王芳", AT + timedelta(hours=1))]
    assert verify_pdf(one_signature(), house().root).ok
    assert [field.filled for field in signature_fields(one_signature())] == [True, False]


def test_each_signature_only_adds() -> None:
    assert one_signature().startswith(memo_with_fields())
    assert two_signatures().startswith(one_signature())


def test_the_stamps_are_readable_chinese_in_an_embedded_font(tmp_path: Path) -> None:
    (tmp_path / "memo.pdf").write_bytes(two_signatures())
    text = ""
    for annotation in PdfReader(io.BytesIO(two_signatures())).pages[0]["/Annots"]:  # type: ignore[union-attr]
        form = annotation.get_object()["/AP"]["/N"].get_object()
        font = next(iter(form["/Resources"]["/Font"].values())).get_object()
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        text += font["/ToUnicode"].get_object().get_data().decode().upper()
    for sign in "信贷员李明同意网点经理王芳":
        assert f"<{ord(sign):04X}>" in text, sign


def test_pdfsig_agrees_on_both(tmp_path: Path, pdfsig: str) -> None:
    (tmp_path / "memo.pdf").write_bytes(two_signatures())
    found = subprocess.run([pdfsig, tmp_path / "memo.pdf"], capture_output=True, text=True, check=False)
    assert found.stdout.count("Signature is Valid") == 2
    assert "Total document signed" in found.stdout


def test_every_changed_byte_outside_the_signatures_own_envelopes_is_seen() -> None:
    """Inside an envelope a few bytes say nothing (its padding); the records' digests cover those."""
    pdf = two_signatures()
    envelopes = [match.span() for match in re.finditer(rb"/Contents ?<[0-9a-fA-F]{100,}>", pdf)]
    assert len(envelopes) == 2
    for place in range(0, len(pdf), len(pdf) // 60):
        changed = bytearray(pdf)
        changed[place] ^= 1
        if not any(start <= place < end for start, end in envelopes):
            assert code_of(bytes(changed)) is not None, place


def test_no_changed_byte_makes_another_signer() -> None:
    pdf = two_signatures()
    told = [entry.signer for entry in verify_pdf(pdf, house().root).signatures]
    start, end = next(re.finditer(rb"/Contents ?<[0-9a-fA-F]{100,}>", pdf)).span()
    for place in range(start, end, (end - start) // 40):
        changed = bytearray(pdf)
        changed[place] ^= 1
        verdict = verify_pdf(bytes(changed), house().root)
        assert not verdict.ok or [entry.signer for entry in verdict.signatures] == told, place


def test_a_paper_cut_short_is_seen() -> None:
    pdf = two_signatures()
    for size in range(0, len(pdf) - 1, len(pdf) // 20):
        verdict = verify_pdf(pdf[:size], house().root)
        assert not (verdict.ok and len(verdict.signatures) == 2), size


def test_a_page_changed_afterwards_is_seen_though_the_signatures_are_intact() -> None:
    from pyhanko.pdf_utils.generic import NameObject, StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(two_signatures()))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=b"BT (APPROVED 800,000) Tj ET"))
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    assert out.getvalue().startswith(two_signatures())
    assert code_of(out.getvalue()) is Code.PDF_CHANGED


def test_bytes_after_the_end_are_seen() -> None:
    assert code_of(two_signatures() + b"\n% more\n") is Code.PDF_CHANGED


def test_another_institutions_signature_is_foreign() -> None:
    assert code_of(two_signatures(), new_house().root) is Code.CERTIFICATE_FOREIGN
    stranger = new_house()
    mixed = sign_field(one_signature(), "branch_manager", stranger.manager, AT, lines=("同意",))
    assert code_of(mixed) is Code.CERTIFICATE_FOREIGN


def test_a_withdrawn_key_does_not_hold() -> None:
    verdict = verify_pdf(two_signatures(), house().root, {house().manager.person.key_id: AT})
    assert verdict.reason is not None
    assert verdict.reason.code is Code.CERTIFICATE_REVOKED


def test_no_signature_is_no_verdict() -> None:
    assert code_of(plain_pdf()) is Code.PDF_UNSIGNED
    assert code_of(memo_with_fields()) is Code.PDF_UNSIGNED
    for junk in (b"", b"%PDF-1.7\n", b"\x00" * 500, b"<html>", two_signatures()[4000:]):
        assert code_of(junk) is Code.PDF_UNREADABLE


def test_fields_are_made_before_the_first_signature_and_filled_once() -> None:
    with pytest.raises(Fault) as caught:
        add_fields(one_signature(), [FieldBox("late", 0, 0, 0, 100, 50)])
    assert caught.value.code is Code.PDF_ALREADY_SIGNED
    manager = house().manager
    refused(Code.PDF_FIELD_MISSING, one_signature(), "nowhere", manager, AT, lines=("x",))
    refused(Code.PDF_FIELD_TAKEN, one_signature(), "officer_a", manager, AT, lines=("x",))
    refused(Code.PDF_ALREADY_SIGNED, one_signature(), "branch_manager", manager, AT, lines=("x",), certify=True)
    refused(Code.PDF_UNREADABLE, b"junk", "officer_a", manager, AT, lines=("x",))


def test_a_sign_that_the_stamp_cannot_show_is_refused_by_name() -> None:
    with pytest.raises(Fault) as caught:
        sign_field(memo_with_fields(), "officer_a", house().officer, AT, lines=("𠮷野",), certify=True)
    assert caught.value.code is Code.STAMP_SIGN_MISSING
    assert caught.value.parameters["sign"] == "𠮷"
