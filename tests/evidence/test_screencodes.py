"""Codes off another screen, read back from pictures as a laptop's camera takes them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import resource_folder
from officer_app.base.qr import Gathered, series_of
from officer_app.base.workers import Worker
from officer_app.evidence.screencodes import read_screen
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import read_request, request
from officer_app.trust.identities import new_keys
from tests.support.coded import holding
from tests.support.screened import screened

SCENE = sorted((resource_folder() / "demo").glob("*.jpg"))[0]


def test_a_request_held_into_the_camera_is_the_request(reader: Worker) -> None:
    keys = new_keys()
    asked = request(keys, name="欧阳建国", branch="城关中心支行营业部", role=Role.OFFICER)
    found = Gathered()
    for text in series_of(asked):
        for read in read_screen(screened(text), reader, "a.jpg"):
            found.take(read)
    assert found.whole() == asked
    assert read_request(found.whole()).name == "欧阳建国"


def test_a_picture_without_our_codes_says_what_to_do(reader: Worker) -> None:
    for picture in (SCENE.read_bytes(), holding(SCENE.read_bytes(), "https://pay.example/4711", share=0.4)):
        with pytest.raises(Fault) as refused:
            read_screen(picture, reader, "b.jpg")
        assert refused.value.code is Code.SCREEN_NO_CODE
        assert refused.value.parameters["file"] == "b.jpg"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=2000))
def test_what_is_no_picture_is_refused(reader: Worker, data: bytes) -> None:
    with pytest.raises(Fault) as refused:
        read_screen(data, reader, "c.jpg")
    assert refused.value.code in {Code.PHOTO_BROKEN, Code.SCREEN_NO_CODE}
