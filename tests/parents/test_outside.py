"""The public face: addresses, secrets, drawings."""

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from parents.outside import failed, outside_view, public_address, secret_hash, secret_new, secret_of
from parents.qr import qr_svg


def _asked(rf: RequestFactory, secret: str) -> HttpRequest:
    return rf.get("/p/", {"k": secret})


@outside_view
def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("внутри")


def test_there_is_no_address_where_the_school_has_none(settings: LazySettings) -> None:
    settings.PUBLIC_URL = ""
    assert public_address("/p/") is None

    settings.PUBLIC_URL = "https://opora.example"
    assert public_address("/p/") == "https://opora.example/p/"


def test_a_secret_is_random_signed_and_for_one_purpose(rf: RequestFactory) -> None:
    secret = secret_new("link")

    assert len(secret) == 40 and secret != secret_new("link")
    assert secret_of(_asked(rf, secret), "link") == secret
    assert secret_of(_asked(rf, secret), "survey") == ""
    assert secret_hash(secret) != secret and len(secret_hash(secret)) == 64


@pytest.mark.parametrize("told", ["", "x", "А" * 40, "x" * 40, "x" * 5000, "\0"])
def test_what_nobody_signed_is_no_secret(rf: RequestFactory, told: str) -> None:
    assert secret_of(_asked(rf, told), "link") == ""


def test_a_changed_secret_is_none(rf: RequestFactory) -> None:
    secret = secret_new("link")
    changed = ("A" if secret[0] != "A" else "B") + secret[1:]

    assert secret_of(_asked(rf, changed), "link") == ""


def test_its_pages_are_kept_nowhere_and_tell_nobody_where_one_was(rf: RequestFactory, settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://opora.example"

    answer = _page(rf.get("/p/"))

    assert answer.content.decode() == "внутри"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]


def test_they_are_closed_where_there_is_no_public_address(rf: RequestFactory, settings: LazySettings) -> None:
    settings.PUBLIC_URL = ""

    answer = _page(rf.get("/p/"))

    assert answer.status_code == 404
    assert "Эта ссылка не открывается" in answer.content.decode()


def test_whoever_fails_too_often_finds_everything_closed(rf: RequestFactory, settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://opora.example"
    for _ in range(30):
        failed(rf.get("/p/", REMOTE_ADDR="10.4.4.4"))

    assert _page(rf.get("/p/", REMOTE_ADDR="10.4.4.4")).status_code == 404
    assert _page(rf.get("/p/", REMOTE_ADDR="10.4.4.5")).status_code == 200


def test_a_code_is_drawn_without_style_and_script() -> None:
    drawn = qr_svg("https://opora.example/p/?k=" + "x" * 40)

    assert drawn.startswith("<svg") and 'role="img"' in drawn and "style" not in drawn
    assert drawn.count("M") > 200
