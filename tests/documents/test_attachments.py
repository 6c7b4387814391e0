"""Papers attached to records: what is taken, how it lies, how it is handed out (docs/trust.md, 13)."""

from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from common.errors import Refused
from documents.attaching import JPEG, MOST_BYTES, PDF, PNG, type_of
from documents.registry import Params, register_file
from documents.services.attachments import attachment_keep
from school.models import School, User

pytestmark = pytest.mark.django_db

WHOLE_PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
WHOLE_JPEG = b"\xff\xd8\xff\xe0" + b"0" * 60 + b"\xff\xd9"
WHOLE_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"0" * 40 + b"\x00\x00\x00\x00IEND\xaeB`\x82"


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: Path) -> None:
    """Files of a test are its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_type_is_known_by_the_content() -> None:
    assert [type_of(content) for content in (WHOLE_PDF, WHOLE_JPEG, WHOLE_PNG)] == [PDF, JPEG, PNG]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"PK\x03\x04 a workbook",
        b"MZ a program",
        b"GIF89a a picture of another kind",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        WHOLE_PDF[:-10],
        WHOLE_JPEG[:-2],
        WHOLE_PNG[:-12],
        b"0" + WHOLE_PDF,
        b"\x00\x00\x00\x18ftypheic0000",
        WHOLE_PDF + b"0" * MOST_BYTES,
    ],
)
def test_anything_else_is_refused_with_a_reason(content: bytes, school: School, user: User) -> None:
    with pytest.raises(Refused) as refused:
        attachment_keep(by=user, school=school, kind="paper", params={}, title="Справка", content=content)
    assert refused.value.message
    assert not list(Path(configured.MEDIA_ROOT).rglob("*"))


def test_a_paper_lies_under_a_random_name_and_is_kept_for_good(school: School, user: User) -> None:
    file = attachment_keep(by=user, school=school, kind="paper", params={}, title="Справка", content=WHOLE_JPEG)
    other = attachment_keep(by=user, school=school, kind="paper", params={}, title="Справка", content=WHOLE_JPEG)
    assert (file.name, file.content_type, file.expires_at) == ("Справка.jpg", "image/jpeg", None)
    assert file.path != other.path
    assert "Справка" not in file.path


def test_it_is_served_as_an_attachment_and_its_reader_is_noted(client: Client, school: School, user: User) -> None:
    read: list[tuple[User, Params]] = []
    register_file("paper", lambda user, params: True, lambda user, params: read.append((user, params)))
    file = attachment_keep(
        by=user, school=school, kind="paper", params={"pupil": 7}, title="Справка", content=WHOLE_PNG
    )
    client.force_login(user)
    answer = client.get(reverse("documents:file", args=[file.pk]))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert read == [(user, {"pupil": 7})]


def test_a_reading_that_was_refused_is_not_noted(client: Client, school: School, user: User) -> None:
    read: list[User] = []
    register_file("paper", lambda user, params: False, lambda user, params: read.append(user))
    file = attachment_keep(by=user, school=school, kind="paper", params={}, title="Справка", content=WHOLE_PNG)
    client.force_login(user)
    assert client.get(reverse("documents:file", args=[file.pk])).status_code == 404
    assert read == []
